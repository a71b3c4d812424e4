"""Which of the pictures found are read: those of this machine's share that are not done and not under way."""

import threading
from dataclasses import dataclass
from pathlib import Path

from ..results.ledger import BESIDE, Ledger, picture_key


@dataclass(frozen=True, slots=True)
class Shard:
    """The share of one machine among several that read the same sources without knowing of each other."""

    number: int = 1
    of: int = 1

    @classmethod
    def parse(cls, text: str) -> "Shard":
        """Take ``3/10`` apart.

        Raises:
            ValueError: it is no share.
        """
        number, of = (int(part) for part in text.split("/"))
        if not 1 <= number <= of:
            raise ValueError("the first number is from 1 to the second")
        return cls(number, of)

    def takes(self, name: str) -> bool:
        """Whether the picture of this name is in the share; every name is in one share exactly."""
        if self.of == 1:
            return True
        return int.from_bytes(picture_key(name), "big") % self.of == self.number - 1


class Wanted:
    """Asked for each name in turn; a picture it wants is under way until `finished` is called for it."""

    def __init__(self, ledger: Ledger, shard: Shard, own: frozenset[Path]) -> None:
        """Prepare; ``own`` are the files of results, which may lie among the pictures."""
        self._ledger = ledger
        self._shard = shard
        self._own = frozenset(f"{path}{suffix}" for path in own for suffix in ("", *BESIDE))
        self._folders = tuple(f"{path}/" for path in own)
        self._under_way: set[str] = set()
        self._lock = threading.Lock()
        self.before = 0
        """Pictures met that earlier runs did."""

    def __call__(self, name: str) -> bool:
        """Whether this picture is to be read now."""
        if self._is_own(name) or not self._shard.takes(name):
            return False
        with self._lock:
            if name in self._under_way:
                return False
            if self._ledger.holds(name):
                self.before += 1
                return False
            self._under_way.add(name)
            return True

    def finished(self, name: str) -> None:
        """The ledger knows the picture now."""
        with self._lock:
            self._under_way.discard(name)

    def _is_own(self, name: str) -> bool:
        """Whether it is a file of results, one of SQLite beside the ledger, or lies in a folder of results."""
        place = Path(name.replace("\0", "")).resolve().as_posix()  # names in archives may hold what no path may
        return place in self._own or place.startswith(self._folders)
