"""Opens the reader that each zone is read with."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, TypeAlias, get_args

from engine.errors import ModelDamaged
from engine.readers.base import LineReader
from engine.values.pictures import LineImage
from engine.values.text import LineText
from engine.weights import HashMismatch

ReaderName: TypeAlias = Literal["auto", "ctc", "tesseract", "pytesseract"]
READER_NAMES: Final[tuple[str, ...]] = get_args(ReaderName)
_LARGE: Final = "latin_large_v2"


@dataclass(frozen=True, slots=True)
class Readers:
    """The readers of one engine: for the MRZ, its second opinion, the visual zone, and its doubtful lines."""

    mrz: LineReader
    second: LineReader | None
    visual: LineReader
    careful: LineReader | None = None

    @property
    def versions(self) -> dict[str, str]:
        """The exact version of each reader, for results and reports."""
        named = {"mrz": self.mrz, "second": self.second, "visual": self.visual, "careful": self.careful}
        return {use: reader.version for use, reader in named.items() if reader is not None}


def open_readers(name: ReaderName = "auto") -> Readers:
    """Open the readers.

    ``auto`` reads the MRZ with the network and asks Tesseract where that is unsure; the other names use one
    reader alone. The visual zone is always read by the Latin network.

    Raises:
        ReaderMissing: the reader's library or program is not installed.
        ModelDamaged: a model file is missing or is not the one that was released.
        ValueError: there is no such reader.
    """
    try:
        second = open_mrz_reader("tesseract") if name == "auto" else None
        return Readers(open_mrz_reader("ctc" if name == "auto" else name), second, _open_latin(), OpenedLater(_LARGE))
    except HashMismatch as error:
        raise ModelDamaged(str(error)) from error


def open_mrz_reader(name: str) -> LineReader:
    """Open one reader of MRZ lines; its runtime is imported only here."""
    if name == "ctc":
        from engine.readers.ctc import CtcReader

        return CtcReader("mrz_line_v1")
    if name == "tesseract":
        from engine.readers.tesseract import TesseractReader

        return TesseractReader()
    if name == "pytesseract":
        from engine.readers.pytesseract_reader import PytesseractReader

        return PytesseractReader()
    raise ValueError(f"no reader is called {name!r}: choose one of {', '.join(READER_NAMES)}")


def _open_latin() -> LineReader:
    from engine.readers.ctc import CtcReader

    return CtcReader("latin_line_v3")


@dataclass(frozen=True)  # without slots: the reader is kept once it is open
class OpenedLater:
    """A `CtcReader` that is opened when the first line comes: its model is large, and most pages never need it."""

    model: str

    @property
    def version(self) -> str:
        """That of the reader, whose file is named for it."""
        return f"ctc-{self.model}"

    @property
    def alphabet(self) -> str:
        """That of the reader; opens it.

        Raises:
            ReaderMissing, ModelDamaged: it could not be opened.
        """
        return self._reader.alphabet

    def read(self, lines: Sequence[LineImage]) -> list[LineText]:
        """Read each line; see `LineReader.read`.

        Raises:
            ReaderMissing, ModelDamaged: it could not be opened.
        """
        return self._reader.read(lines)

    @cached_property
    def _reader(self) -> LineReader:
        from engine.readers.ctc import CtcReader

        return CtcReader(self.model)
