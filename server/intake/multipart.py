"""``multipart/form-data`` taken apart in memory.

Starlette's own form parser spools files above 1 MiB to disk; pictures of passports must never touch the disk.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from server.contract.faults import MALFORMED, Refused

MAX_PARTS = 32


@dataclass(slots=True)
class _Part:
    headers: dict[bytes, bytes] = field(default_factory=dict)
    header_name: bytearray = field(default_factory=bytearray)
    header_value: bytearray = field(default_factory=bytearray)
    content: bytearray = field(default_factory=bytearray)


def parse_multipart(content_type: str, body: bytes) -> dict[str, str | bytes]:
    """The fields of a form: text as ``str``; files, and what is not UTF-8, as ``bytes``. The last of a name wins.

    Raises:
        Refused: 400 where the boundary is missing or the body does not follow the format.
    """
    boundary = parse_options_header(content_type)[1].get(b"boundary")
    if not boundary:
        raise Refused(MALFORMED)
    return dict(_name_and_value(part) for part in _split(boundary, body))


def _split(boundary: bytes, body: bytes) -> list[_Part]:
    parts: list[_Part] = []
    complete = False

    def begin_part() -> None:
        if len(parts) == MAX_PARTS:
            raise Refused(MALFORMED)
        parts.append(_Part())

    def take(attribute: str) -> Callable[[bytes, int, int], None]:
        return lambda data, start, end: getattr(parts[-1], attribute).extend(data[start:end])

    def end_header() -> None:
        part = parts[-1]
        part.headers[bytes(part.header_name).lower()] = bytes(part.header_value)
        part.header_name.clear()
        part.header_value.clear()

    def end() -> None:
        nonlocal complete
        complete = True

    try:
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": begin_part,
                "on_header_field": take("header_name"),
                "on_header_value": take("header_value"),
                "on_header_end": end_header,
                "on_part_data": take("content"),
                "on_end": end,
            },
        )
        parser.write(body)
        parser.finalize()
    except FormParserError:
        raise Refused(MALFORMED) from None
    if not complete:
        raise Refused(MALFORMED)
    return parts


def _name_and_value(part: _Part) -> tuple[str, str | bytes]:
    _, options = parse_options_header(part.headers.get(b"content-disposition"))
    try:
        name = options[b"name"].decode()
    except (KeyError, UnicodeDecodeError):
        raise Refused(MALFORMED) from None
    content = bytes(part.content)
    if b"filename" in options:
        return name, content
    try:
        return name, content.decode()
    except UnicodeDecodeError:  # a client that sends the picture without a file name
        return name, content
