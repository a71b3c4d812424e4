"""Pictures of a reading as JPEG files: the annotated picture, and the parts cut out."""

from typing import TYPE_CHECKING, Final, Literal

from engine.decode import PictureSource
from engine.imaging.jpeg import at_most, jpeg_file
from engine.result.annotate import annotate
from engine.result.crops import cut_crops
from engine.values.pictures import Pixels

if TYPE_CHECKING:
    from engine.result.reading import PassportReading

Drawing = Literal["annotated", "crops"]
"""What is drawn: the picture with what was read on it, or its parts cut out."""
LONGEST: Final = 1600
"""Longer crops are reduced, as the annotated picture is."""
QUALITY: Final = 90


def drawn_files(
    source: PictureSource, reading: "PassportReading", wanted: tuple[Drawing, ...]
) -> dict[Drawing, dict[str, bytes]]:
    """Return the JPEG files of each drawing wanted, by name.

    Args:
        source: the picture that was read.
        reading: what was read in it.
        wanted: ``annotated`` is one file of that name, ``crops`` one of each part; see `annotate`, `cut_crops`.

    Raises:
        BadImage, OSError: as `engine.recognize`.
    """
    files: dict[Drawing, dict[str, bytes]] = {}
    if "annotated" in wanted:
        files["annotated"] = {"annotated": _jpeg(annotate(source, reading))}
    if "crops" in wanted:
        files["crops"] = {name: _jpeg(crop) for name, crop in cut_crops(source, reading).items()}
    return files


def _jpeg(pixels: Pixels) -> bytes:
    return jpeg_file(at_most(pixels, LONGEST), QUALITY)
