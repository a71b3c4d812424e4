"""What a batch was asked to read: sources named, and a list with one a line, which is never loaded as a whole."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..refused import SourceRefused

STDIN: Final = "-"
"""Stands for the standard input, which can be gone through once."""


@dataclass(frozen=True, slots=True)
class Sources:
    """A loop gives each source once: those ``named`` first, then the lines of the file ``listed``.

    The loop raises SourceRefused where the list cannot be opened.
    """

    named: tuple[str, ...]
    listed: str | None = None

    def __iter__(self) -> Iterator[str]:
        """Go over the sources."""
        yield from self.named
        if self.listed == STDIN:
            yield from _lines(sys.stdin)
        elif self.listed:
            try:
                with Path(self.listed).open(encoding="utf-8", errors="surrogateescape") as file:
                    yield from _lines(file)
            except OSError as error:
                raise SourceRefused(f"the list {self.listed} cannot be read: {error.strerror}") from None


def _lines(file: Iterator[str]) -> Iterator[str]:
    for line in file:
        if name := line.rstrip("\r\n"):
            yield name
