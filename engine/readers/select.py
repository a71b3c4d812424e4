"""Opens the reader that each zone is read with."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from engine.errors import ModelDamaged
from engine.readers.base import LineReader
from engine.weights import HashMismatch

ReaderName: TypeAlias = Literal["auto", "ctc", "tesseract", "pytesseract"]
READER_NAMES: Final[tuple[str, ...]] = get_args(ReaderName)


@dataclass(frozen=True, slots=True)
class Readers:
    """The readers of one engine: for the MRZ, its second opinion, and the visual zone."""

    mrz: LineReader
    second: LineReader | None
    visual: LineReader

    @property
    def versions(self) -> dict[str, str]:
        """The exact version of each reader, for results and reports."""
        named = {"mrz": self.mrz, "second": self.second, "visual": self.visual}
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
        return Readers(open_mrz_reader("ctc" if name == "auto" else name), second, _open_latin())
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
