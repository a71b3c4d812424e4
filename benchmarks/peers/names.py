"""What the compared systems are called, in figures, plots and tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PeerName:
    """Its name alone, with what else is compared under it in a plot, and as a table's row says how it was set up."""

    plain: str
    plotted: str
    described: str


NAMES: Final[Mapping[str, PeerName]] = {
    "ours": PeerName("passport-ocr", "passport-ocr", "passport-ocr"),
    "rapidocr": PeerName("rapidocr", "rapidocr", "rapidocr, its lines put together by code of ours"),
    "passporteye-ocrb": PeerName(
        "PassportEye", "PassportEye + OCR-B model", "PassportEye, with our OCR-B model for Tesseract"
    ),
    "passporteye": PeerName("PassportEye", "PassportEye", "PassportEye as installed"),
    "fastmrz": PeerName("fastmrz", "fastmrz + OCR-B model", "fastmrz, with our OCR-B model for Tesseract"),
}
"""By the names of `benchmarks.peers.systems.SYSTEMS`, in the order of tables."""
