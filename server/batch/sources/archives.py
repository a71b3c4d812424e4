"""Pictures inside zip and tar files. They are read in order, without unpacking anything to the disk."""

import functools
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Final

ZIP: Final = (".zip",)
TAR: Final = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
Member = tuple[str, Callable[[], bytes]]

DAMAGED: Final = (
    *(OSError, EOFError, ValueError, IndexError, RuntimeError, struct.error),
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError),
)
"""What Python's readers of archives raise over bytes that are none; they document only a part of it."""
BOUNDED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways of packing that `zipfile` undoes piece by piece. Of others it undoes all at once, however much that is."""


class ArchiveDamaged(OSError):
    """An archive cannot be gone through to its end; ``strerror`` says why."""


def is_archive(path: str) -> bool:
    """Whether a file is taken for an archive, by its suffix."""
    return path.lower().endswith(ZIP + TAR)


def is_zip(path: str) -> bool:
    """Whether a file is taken for a zip archive, which knows how many members it has."""
    return path.lower().endswith(ZIP)


def members(path: str, wanted: Callable[[str], bool], max_bytes: int) -> Iterator[Member]:
    """Go over the files in an archive that are ``wanted``: ``scans.zip/2024/a.jpg`` is the name of one.

    Their bytes are read here, one file after another (what is returned for it gives them out): an archive is one
    stream. No more than ``max_bytes`` + 1 bytes of a member are unpacked, however well it was packed.

    Raises:
        ArchiveDamaged: the archive cannot be opened, or ends too early; what came before it is good.
    """
    walk = _in_zip if is_zip(path) else _in_tar
    try:
        yield from walk(path, wanted, max_bytes)
    except DAMAGED as error:
        reason = getattr(error, "strerror", None) or "damaged or cut off"
        raise ArchiveDamaged(0, f"the archive cannot be read to its end: {reason}") from error


def _in_zip(path: str, wanted: Callable[[str], bool], max_bytes: int) -> Iterator[Member]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            name = f"{path}/{info.filename}"
            if not info.is_dir() and wanted(name):
                yield name, _zipped(archive, info, max_bytes)


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, max_bytes: int) -> Callable[[], bytes]:
    if info.compress_type not in BOUNDED:
        return functools.partial(_failing, "this member of the archive is not packed by deflate: unpack it first")
    try:
        with archive.open(info) as file:
            return functools.partial(_given, file.read(max_bytes + 1))
    except DAMAGED as error:
        encrypted = isinstance(error, RuntimeError) and not isinstance(error, NotImplementedError)
        reason = "encrypted: unpack it first" if encrypted else "damaged, or packed in a way that is not known"
        return functools.partial(_failing, f"this member of the archive is {reason}")


def _in_tar(path: str, wanted: Callable[[str], bool], max_bytes: int) -> Iterator[Member]:
    with tarfile.open(path, "r:*") as archive:  # not "r|*", which unpacks 10 KB at once, of bzip2 gigabytes
        for info in archive:
            name = f"{path}/{info.name}"
            if info.isfile() and wanted(name):
                file = archive.extractfile(info)
                assert file is not None  # it is a file
                yield name, functools.partial(_given, file.read(max_bytes + 1))
            archive.members = []  # type: ignore[attr-defined]  # or tarfile would remember every member


def _given(data: bytes) -> bytes:
    return data


def _failing(reason: str) -> bytes:
    raise OSError(0, reason)
