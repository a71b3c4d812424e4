"""Pictures of a reading as JPEG files: the annotated picture, and the parts cut out."""

from typing import TYPE_CHECKING, Final, Literal, get_args

import cv2
import numpy as np

from engine.decode import PictureSource
from engine.result.annotate import annotate
from engine.result.crops import cut_crops
from engine.values.pictures import Pixels

if TYPE_CHECKING:
    from engine.result.reading import PassportReading

Drawing = Literal["annotated", "crops"]
DRAWINGS: Final[tuple[Drawing, ...]] = get_args(Drawing)
LONGEST: Final = 1600
"""Longer crops are reduced, as the annotated picture is."""
QUALITY: Final = 90


def drawn_files(
    source: PictureSource, reading: "PassportReading", wanted: "tuple[Drawing, ...]"
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
    scale = min(1.0, LONGEST / max(pixels.shape[:2]))
    if scale < 1:
        pixels = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    _, encoded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return encoded.tobytes()
