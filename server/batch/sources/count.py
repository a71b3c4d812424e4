"""How many pictures there are, counted beside the reading: only then can the time that is left be told."""

import threading
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress

from ..refused import SourceRefused
from .archives import DAMAGED, is_archive, is_zip
from .pictures import paths
from .remote import is_url


class Count:
    """Counts the pictures of some sources in a thread of its own; it gives up where a tar file or a URL is met."""

    def __init__(self, sources: Iterable[str], takes: Callable[[str], bool]) -> None:
        """Begin; ``takes`` says of a name whether it is in this machine's share."""
        self._sources = sources
        self._takes = takes
        self.total: int | None = None
        """The number, None as long as it is not known."""
        self._thread = threading.Thread(target=self._count, daemon=True, name="count")
        self._thread.start()

    def wait(self) -> None:
        """Wait until it is counted, or known that it cannot be."""
        self._thread.join()

    def _count(self) -> None:
        with suppress(SourceRefused):  # the run itself will say so
            self.total = self._number()

    def _number(self) -> int | None:
        number = 0
        for source in self._sources:
            if is_url(source):
                return None
            for path in paths(source):
                if not is_archive(path):
                    number += self._takes(path)
                elif is_zip(path):
                    number += self._in_zip(path)
                else:
                    return None
        return number

    def _in_zip(self, path: str) -> int:
        with suppress(*DAMAGED), zipfile.ZipFile(path) as archive:
            return sum(self._takes(f"{path}/{info.filename}") for info in archive.infolist() if not info.is_dir())
        return 0
