"""The whole way of a picture, stage by stage. Read this first.

1. Decode: bytes become a photo (`engine.decode`).
2. Locate: find where a machine readable zone may be (`engine.locate`).
3. Rectify: cut the zone's lines out, upright and straight (`engine.rectify`).
4. Read lines: line images become texts (`engine.readers`).
5. Decode MRZ: texts become the zone that was most probably printed (`engine.mrz.decoder`).
6. Place the page: the zone's lines tell where the page lies (`engine.page`).
7. Visual zone: find, read and sort what the page prints above the zone (`engine.visual`).
8. Fuse: both zones become the fifteen items, each with its confidence (`engine.fusion`).
9. Quality: what about the picture made reading hard (`engine.quality`).

`engine.read_mrz` conducts 2 to 5, which take turns: another place is looked for only if those before were read in
vain.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from engine.clock import StageClock
from engine.decode import Limits, PictureSource, decode_photo
from engine.fusion.calibrate import calibrate, load_curves
from engine.fusion.fuse import contradictions, fuse
from engine.locate.search import CAREFUL, QUICK, Looks
from engine.memo import forget
from engine.page import PlacedPage, place_page
from engine.quality.warn import picture_warnings
from engine.read_mrz import find_mrz
from engine.readers.base import LineReader
from engine.readers.select import Readers
from engine.values.items import Scope, VisualReading
from engine.values.mrz import MrzReading
from engine.values.pictures import Photo
from engine.values.reading import PassportReading
from engine.visual.zone import read_visual_zone

TIMED: Final = ("decode", "locate", "mrz", "visual", "fuse", "quality")
"""The keys of a reading's ``timings``: stages 1, 2, 3 to 5, 6 and 7, 8, 9."""


def read_passport(source: PictureSource, readers: Readers, limits: Limits, scope: Scope = "all") -> PassportReading:
    """Read one picture; see `engine.recognize`. Nothing of it is remembered."""
    try:
        return _read(source, readers, limits, PLANS[scope])
    finally:
        forget()


def leave_visual_zone(
    photo: Photo, page: PlacedPage, mrz: MrzReading, reader: LineReader, careful: LineReader | None
) -> VisualReading:
    """Take the place of `read_visual_zone` where the machine readable zone is all that is wanted."""
    return VisualReading()


@dataclass(frozen=True, slots=True)
class Plan:
    """How the stages are gone through for what is wanted of a picture."""

    looks: Looks
    """Stage 2: how the picture is looked at first."""
    visual: Callable[[Photo, PlacedPage, MrzReading, LineReader, LineReader | None], VisualReading]
    """Stage 7."""
    curves: Scope
    """Stage 8: whose curves make probabilities of the confidences."""


PLANS: Final[Mapping[Scope, Plan]] = {
    "all": Plan(looks=CAREFUL, visual=read_visual_zone, curves="all"),
    "mrz": Plan(looks=QUICK, visual=leave_visual_zone, curves="mrz"),
}


def _read(source: PictureSource, readers: Readers, limits: Limits, plan: Plan) -> PassportReading:
    clock = StageClock(TIMED)
    with clock("decode"):  # 1
        photo = decode_photo(source, limits)
    with clock("mrz"):  # 2 to 5
        mrz = find_mrz(photo, plan.looks, readers, clock)
    with clock("visual"):
        page = place_page(mrz.reading.format, mrz.quads)  # 6
        given = (readers.visual, readers.careful)
        visual = plan.visual(photo, page, mrz.reading, *given) if page else VisualReading()  # 7
    with clock("fuse"):  # 8
        items = calibrate(fuse(mrz, visual), load_curves(plan.curves))
    with clock("quality"):  # 9
        different = contradictions(mrz, visual)
        warnings = picture_warnings(photo, mrz, page, items, different)
    return PassportReading(
        items, mrz.reading, warnings, clock.seconds, photo.width, photo.height, contradictions=different
    )
