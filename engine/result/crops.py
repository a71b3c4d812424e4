"""Pictures of the parts of a reading: each item that has a place, and the machine readable zone."""

from typing import TYPE_CHECKING, Final

import numpy as np

from engine.decode import PictureSource, decode_color
from engine.imaging.quads import around_lines, quad_height, quad_width
from engine.imaging.warp import FINE, cut_view, homography
from engine.values.items import Item
from engine.values.pictures import Pixels, Quad

if TYPE_CHECKING:
    from engine.result.reading import PassportReading

PORTRAIT: Final = "portrait"
"""Name of the holder's portrait."""
MRZ: Final = "mrz"
"""Name of the strip that holds all lines of the machine readable zone."""
_AROUND: Final = 0.25
"""Share of the height of one line that is left around what is cut out."""


def cut_crops(source: PictureSource, reading: "PassportReading") -> dict[str, Pixels]:
    """Cut each part out, upright however the passport lies in the picture, at the picture's own scale.

    Args:
        source: the picture that was read.
        reading: what was read in it.

    Returns:
        h×w×3 uint8 BGR by name: ``mrz``, ``portrait``, the English names of the items (``passport_number``)
        that have a place, and ``chinese_name``, ``chinese_birth_place``, ``chinese_issue_place``,
        ``chinese_authority`` where they were read.

    Raises:
        BadImage, OSError: as `engine.recognize`.
    """
    return crops_of(decode_color(source, page=reading.page), reading)


def crops_of(photo: Pixels, reading: "PassportReading") -> dict[str, Pixels]:
    """Cut the parts out of ``photo``, H×W×3 uint8 BGR, the picture that was read, decoded; see `cut_crops`."""
    crops = {item.name.lower(): _cut(photo, quad, quad_height(quad)) for item, quad in places_of(reading).items()}
    for name, text in reading.chinese.texts.items():
        if text.quad:
            crops[name] = _cut(photo, text.quad, quad_height(text.quad))
    if reading.portrait_quad:
        crops[PORTRAIT] = _cut(photo, reading.portrait_quad, 0.0)
    if reading.mrz_quads:
        crops[MRZ] = _cut(photo, around_lines(reading.mrz_quads), quad_height(reading.mrz_quads[0]))
    return crops


def places_of(reading: "PassportReading") -> dict[Item, Quad]:
    """Return where each item is printed (photo px), so far as known; also where print stands that the zone denies."""
    denied = {found.item: found.quad for found in reading.contradictions if found.quad}
    return {item.item: quad for item in reading if (quad := item.quad or denied.get(item.item))}


def _cut(photo: Pixels, quad: Quad, line_height: float) -> Pixels:
    """Cut ``quad`` (photo px) out; no larger than the photo's longer side, whatever the quad claims."""
    around, longest = _AROUND * line_height, max(photo.shape[:2])
    width, height = (min(longest, max(2, round(side + 2 * around))) for side in (quad_width(quad), quad_height(quad)))
    left, top, right, bottom = around, around, width - 1 - around, height - 1 - around
    inner = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    return cut_view(photo, homography(inner, np.array(quad, dtype=np.float64)), (width, height), FINE)
