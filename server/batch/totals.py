"""How a run stands."""

import time
from dataclasses import dataclass, field

from .file_faults import READ
from .results.rows import Row, is_doubtful


@dataclass(slots=True)
class Totals:
    """How a run stands: pictures read, those of them a person should look at, and those that could not be read.

    ``before`` were done by earlier runs, ``failed_before`` of which could not be read.
    """

    read: int = 0
    doubtful: int = 0
    failed: int = 0
    before: int = 0
    failed_before: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def done(self) -> int:
        """Pictures with a row."""
        return self.read + self.failed

    @property
    def rate(self) -> float:
        """Pictures a second since the run began."""
        return self.done / max(time.monotonic() - self.began, 1e-6)

    def count(self, row: Row) -> None:
        """Take a row into account."""
        read = row["code"] == READ.code
        self.read += read
        self.failed += not read
        self.doubtful += is_doubtful(row)

    def add(self, read: int, doubtful: int, failed: int) -> None:
        """Take several rows into account."""
        self.read += read
        self.doubtful += doubtful
        self.failed += failed
