"""Where a picture file comes from: its path, its bytes, or a file that is open. Limits come before it is read."""

import errno
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from engine.errors import EmptyImage, ImageTooLarge, NotAnImage

FileSource: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO
"""A picture file: its path, its bytes, or a file opened for reading bytes."""

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_PIXELS: Final = 64_000_000
MAX_SIDE: Final = 20_000
"""Pixels along one side; an A4 page at 1200 dpi has 14,000. Longer ones are ribbons, no pictures."""

_SCHEMES: Final = ("http:", "https:", "ftp:", "ftps:", "data:", "file:", "s3:", "gs:", "blob:")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_\-\s]+={0,2}\s*", re.ASCII)
_NO_PATH: Final = 200
"""Texts without a dot that are longer than this, and all of base64's alphabet, were meant as base64."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused before it costs memory or time: more bytes, pixels (of all pages together), longer sides."""

    max_bytes: int = MAX_BYTES
    max_pixels: int = MAX_PIXELS
    max_side: int = MAX_SIDE


DEFAULT_LIMITS: Final = Limits()


def file_bytes(source: FileSource, limits: Limits) -> bytes:
    """Return the bytes of a picture file.

    A file object is read from where it stands; it is neither closed nor put back.

    Raises:
        EmptyImage, ImageTooLarge: it has no bytes, or too many.
        NotAnImage: ``source`` is a URL, base64, or a file opened for reading text.
        OSError: a path cannot be opened.
    """
    if isinstance(source, bytes | bytearray | memoryview):
        _check_bytes(len(source), limits)
        return bytes(source)
    if isinstance(source, str | os.PathLike):
        return _bytes_at(os.fspath(source), limits)
    return _bytes_of_file(source, limits)


def _bytes_at(path: str, limits: Limits) -> bytes:
    if path.lstrip().lower().startswith(_SCHEMES):
        raise NotAnImage("a URL is not fetched: download the picture, and pass its bytes or the path of the file")
    try:
        _check_bytes(Path(path).stat().st_size, limits)
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: no path holds a null character
        if _is_no_path(path, error):
            raise NotAnImage(
                "the text is no path: decode base64 first (base64.b64decode) and pass the bytes of the picture"
            ) from None  # the error's text repeats what was given
        raise


def _is_no_path(text: str, error: OSError | ValueError) -> bool:
    if isinstance(error, ValueError) or error.errno == errno.ENAMETOOLONG:
        return True
    return len(text) > _NO_PATH and _BASE64.fullmatch(text) is not None


def _bytes_of_file(file: BinaryIO, limits: Limits) -> bytes:
    if not hasattr(file, "read"):
        raise NotAnImage(
            f"a {type(file).__name__} is no picture: pass a path, bytes, an open file, a numpy array or a PIL image"
        )
    data = bytearray()
    while len(data) <= limits.max_bytes:  # a pipe or a socket gives less than it is asked for
        part = file.read(limits.max_bytes + 1 - len(data))
        if not isinstance(part, bytes):
            raise NotAnImage('the file was opened for reading text: open it with mode "rb"')
        if not part:
            break
        data += part
    _check_bytes(len(data), limits)
    return bytes(data)


def _check_bytes(count: int, limits: Limits) -> None:
    if count == 0:
        raise EmptyImage("the picture is empty: send a JPEG, PNG, BMP, WebP or TIFF")
    if count > limits.max_bytes:
        raise ImageTooLarge(f"the picture has at least {count} bytes; the limit is {limits.max_bytes}")
