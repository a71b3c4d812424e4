"""The protocol of line readers: the one thing the engine asks of any recogniser."""

from collections.abc import Sequence
from typing import Protocol

from engine.values.pictures import LineImage
from engine.values.text import LineText


class LineReader(Protocol):
    """Reads upright line images. Opened once, holds no state between calls, safe to share between threads."""

    @property
    def version(self) -> str:
        """Names reader and model exactly, e.g. ``ctc-mrz_line_v1``; written into results and golden files."""
        ...

    @property
    def alphabet(self) -> str:
        """Every character an answer can hold."""
        ...

    def read(self, lines: Sequence[LineImage]) -> list[LineText]:
        """Read each line; one answer a line, in the same order.

        A line image without text gives an empty `LineText`. The crop reaches 0.2 × text height above and below
        the text rows.

        Raises:
            ReaderMissing, ReaderCrashed, ReaderTimeout: never an empty text instead.
        """
        ...
