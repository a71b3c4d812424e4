"""``multipart/form-data`` taken apart in memory.

FastAPI's and Starlette's own form reading keeps files above 1 MiB on disk; pictures of passports must never touch the
disk. So python-multipart, which Starlette uses as well, is called here with a limit that no body reaches.
"""

from typing import Final

from python_multipart import FormParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import Field, File, parse_options_header

from ..contract.faults import MALFORMED, Refused

MAX_PARTS: Final = 32


def parse_multipart(content_type: str, body: bytes) -> dict[str, str | bytes]:
    """The fields of a form: text as ``str``; files, and what is not UTF-8, as ``bytes``. The last of a name wins.

    Raises:
        Refused: 400 where the boundary is missing or the body does not follow the format.
    """
    parts: list[Field | File] = []
    ends: list[bool] = []

    def take(part: Field | File) -> None:
        if len(parts) == MAX_PARTS:  # thousands of empty ones would cost a second
            raise Refused(MALFORMED)
        parts.append(part)

    try:
        parser = FormParser(
            "multipart/form-data",
            on_field=take,
            on_file=take,
            on_end=lambda: ends.append(True),
            boundary=parse_options_header(content_type)[1].get(b"boundary") or None,
            config={"MAX_MEMORY_FILE_SIZE": len(body)},
        )
        parser.write(body)
        parser.finalize()
        if not ends:  # the body is cut off
            raise Refused(MALFORMED)
        return {(part.field_name or b"").decode(): _value(part) for part in parts}
    except (FormParserError, UnicodeDecodeError):
        raise Refused(MALFORMED) from None


def _value(part: Field | File) -> str | bytes:
    if isinstance(part, File):
        part.file_object.seek(0)
        return part.file_object.read()
    value = part.value or b""
    try:
        return value.decode()
    except UnicodeDecodeError:  # a client that sends the picture without a file name
        return value
