"""What one run of ``passport-ocr batch`` was told, taken apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.result.drawings import Drawing
from engine.values.items import Item, Scope

from ...batch.results.rows import NAMES
from ...batch.sources.listed import Sources
from ...batch.sources.wanted import Shard


@dataclass(frozen=True, slots=True)
class Order:
    """Which pictures are read, what of them is kept, and where."""

    sources: Sources
    out: str
    scope: Scope
    kept: tuple[Item, ...]
    only: str
    errors: Path | None
    retry_failed: bool
    share: Shard
    deadline: float
    jobs: int | None
    folders: Mapping[Drawing, Path]

    @property
    def names(self) -> tuple[str, ...]:
        """The items' columns."""
        return tuple(NAMES[item] for item in self.kept)
