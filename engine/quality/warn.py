"""Stage 9: what about the picture made reading hard, said in words a person can act on.

Every threshold was set on drawn pictures; ``python -m benchmarks.warnings FOLDER`` measures what they find.
"""

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np

from engine.imaging.quads import quad_height
from engine.imaging.warp import map_points
from engine.page import PlacedPage
from engine.quality.glare import glared_items
from engine.quality.sharpness import is_blurred
from engine.values.chinese import NO_CHINESE, ChinesePrint
from engine.values.items import Item, ItemReading, Source
from engine.values.pictures import LocatedMrz, Photo
from engine.values.warnings import Caution, Contradiction, Warning

SMALL_TEXT: Final = 11.0
"""Height in px of MRZ lines under which strokes run together: 9 to 10 at 94 dpi, 14 and more at 150 dpi."""
CUT: Final = 5.0
"""Millimetres of the page that lie beyond the picture's edge where it counts as cut: values stand no nearer to the
page's own edge, and the top of the page is located to some 3 mm."""
PRINTED: Final = (Item.PASSPORT_NUMBER, Item.BIRTH_DATE, Item.ISSUE_DATE, Item.EXPIRY_DATE)
"""Items that every passport prints, the first of them at the top of the page: where all were seen nothing is cut."""

_OF_ITEMS: Final = (Warning.GLARE, Warning.HIDDEN, Warning.CONTRADICTION, Warning.CHINESE_PRINT)
"""Warnings that name the items they concern."""


def picture_warnings(
    photo: Photo,
    mrz: LocatedMrz,
    page: PlacedPage | None,
    items: Sequence[ItemReading],
    contradictions: Sequence[Contradiction],
    looked_for: Collection[Item] = PRINTED,
    hidden: Sequence[Item] = (),
    chinese: ChinesePrint = NO_CHINESE,
) -> tuple[Caution, ...]:
    """Return what is amiss with a picture, in the order of `Warning`; at most one of a kind.

    Where no ``page`` could be placed, nothing is said of reflections on it and of its edges. ``looked_for`` are the
    items of every page that were looked for on this one; none where its zone alone is wanted. ``hidden`` are those of
    which the zone's characters were not wholly seen; ``chinese`` is what was read in Chinese characters.
    """
    small = min((quad_height(q) for q in mrz.quads), default=SMALL_TEXT) < SMALL_TEXT
    glared = glared_items(photo, page, items) if page else ()
    misfits = tuple(item for item, text in chinese.by_item.items() if not text.fits)
    found = {
        Warning.TOO_SMALL: small,
        Warning.BLURRED: not small and bool(mrz.quads) and is_blurred(photo, mrz.quads),
        Warning.GLARE: bool(glared),
        Warning.PAGE_CUT: page is not None and _is_print_lost(photo, page, items, contradictions, looked_for),
        Warning.GRAY: photo.colourless,
        Warning.LINE_LENGTH: mrz.reading.misprinted,
        Warning.CHECK_DIGIT: not all(check.ok for check in mrz.reading.checks),
        Warning.REPAIRED: any(check.ok and check.repaired for check in mrz.reading.checks),
        Warning.HIDDEN: bool(hidden),
        Warning.OTHER_DOCUMENTS: bool(mrz.others),
        Warning.NO_ZONE: not mrz.reading.lines,
        Warning.CONTRADICTION: bool(contradictions),
        Warning.CHINESE_NAME: not chinese.name.fits,
        Warning.CHINESE_PRINT: bool(misfits),
    }  # a mirrored picture was turned before it came here: the pipeline tells of it
    differing = tuple(c.item for c in contradictions)
    concerned = dict(zip(_OF_ITEMS, (glared, tuple(hidden), differing, misfits), strict=True))
    return tuple(Caution(w, concerned.get(w, ())) for w in Warning if found.get(w))


def _is_print_lost(
    photo: Photo,
    page: PlacedPage,
    items: Sequence[ItemReading],
    contradictions: Sequence[Contradiction],
    looked_for: Collection[Item],
) -> bool:
    """Whether the page is cut and some of its print was not found.

    Where the page lies is computed from its zone alone, and zones are printed longer, shorter and off their place:
    that the page goes on beyond the edge is no reason to take the picture again if everything was read.
    """
    seen = {item.item for item in items if item.source in (Source.VIZ, Source.BOTH)}
    seen |= {contradiction.item for contradiction in contradictions}
    return not seen.issuperset(looked_for) and is_page_cut(photo, page)


def is_page_cut(photo: Photo, page: PlacedPage) -> bool:
    """Return whether the top or a side of the page lies outside the picture; below the MRZ nothing can be lost."""
    size = page.size
    left, right, top, bottom = CUT, size.width - CUT, CUT, size.height / 2
    inner = np.array([(left, top), (right, top), (left, bottom), (right, bottom), (size.width / 2, top)])
    x, y = map_points(page.to_photo, inner).T
    return bool((x < -0.5).any() or (y < -0.5).any() or (x > photo.width).any() or (y > photo.height).any())
