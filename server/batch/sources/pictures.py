"""Where the pictures of a batch come from: files, folders, globs, archives, lists and URLs, one after another.

Nothing is listed ahead: a folder of a million files costs no more memory than one of ten. Every file found is given
out, pictures or not, so that whatever cannot be read gets a row that says so.
"""

import functools
import glob
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from .archives import ArchiveDamaged, is_archive, members
from .remote import is_url, remote_files

ANNOTATED: Final = ".annotated.jpg"
"""What ``--annotate`` saves ends so."""
REDACTED: Final = ".redacted.png"
"""What ``passport-ocr redact`` writes ends so."""
MADE_HERE: Final = (ANNOTATED, REDACTED)
"""Pictures of earlier runs, found beside others, are left alone."""

Wanted = Callable[[str], bool]
"""Whether the picture of this name is still to be read."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A file to read: its name in the results, and how to get its bytes (any thread may; OSError where it cannot).

    ``load`` returns one byte more than the engine takes where the file has more: the engine says what is wrong.
    """

    name: str
    load: Callable[[], bytes] = field(repr=False)


def pictures(sources: Iterable[str], wanted: Wanted, max_bytes: int) -> Iterator[Picture]:
    """Go over all pictures that ``sources`` mean and that are ``wanted``, in the order in which they are found.

    Args:
        sources: paths of files, folders and archives (zip, tar), glob patterns, and URLs that fsspec knows.
        wanted: is asked once for each name, before anything of the file is read.
        max_bytes: what the engine takes of one file.

    A folder that cannot be listed and an archive that is damaged are given out by their own names, once what is in
    them has been: loading them fails and says why.

    Raises:
        SourceRefused: a URL cannot be listed, or the library for it is missing.
    """
    for source in sources:
        if is_url(source):
            found = remote_files(source, max_bytes)
            yield from (Picture(name, load) for name, load in found if wanted(name))
        else:
            for path in paths(source):
                yield from _at(path, wanted, max_bytes)


def _at(path: str, wanted: Wanted, max_bytes: int) -> Iterator[Picture]:
    try:
        if is_archive(path):
            yield from (Picture(name, load) for name, load in members(path, wanted, max_bytes))
        elif wanted(path):
            yield Picture(path, lambda: _bytes_of(path, max_bytes))
    except ArchiveDamaged as error:
        if wanted(path):
            yield Picture(path, functools.partial(_failing, error))


def paths(source: str) -> Iterator[str]:
    """Go over the files that a path, a folder or a pattern means; archives are one file each."""
    if Path(source).is_dir():
        return _below(source)
    if not os.path.lexists(source) and glob.has_magic(source):
        return _matching(source)
    return iter((source,))


def _matching(pattern: str) -> Iterator[str]:
    for path in glob.iglob(pattern, recursive=True):  # noqa: PTH207 (pathlib's takes no pattern from the root)
        if not path.endswith(MADE_HERE) and not Path(path).is_dir():
            yield path


def _below(folder: str) -> Iterator[str]:
    """The files below a folder, as the system lists them; links to folders are not followed, they may be circles."""
    waiting = [folder]
    while waiting:
        folder = waiting.pop()
        try:
            entries = os.scandir(folder)
        except OSError:
            yield folder  # opening it as a file fails, and the row says so
            continue
        with entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif not entry.name.endswith(MADE_HERE):
                    yield entry.path


def _bytes_of(path: str, max_bytes: int) -> bytes:
    place = Path(path)
    if place.is_dir():
        link = "a link to a folder is not followed: name that folder, too"
        raise OSError(0, link if place.is_symlink() else "the folder cannot be listed")
    if place.exists() and not place.is_file():
        raise OSError(0, "it is a pipe or a device, no file")  # opening a pipe would wait for ever
    with place.open("rb") as file:
        return file.read(max_bytes + 1)


def _failing(error: OSError) -> bytes:
    raise error
