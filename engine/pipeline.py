"""The whole way of a picture, stage by stage. Read this first.

1. Decode: bytes become a photo (`engine.decode`).
2. Locate: find where a machine readable zone may be (`engine.locate`).
3. Rectify: cut the zone's lines out, upright and straight (`engine.rectify`).
4. Read lines: line images become texts (`engine.readers`).
5. Decode MRZ: texts become the zone that was most probably printed (`engine.mrz.decoder`).
6. Place the page: the zone's lines tell where the page lies (`engine.page`).
7. Visual zone: find, read and sort what the page prints above the zone, find the portrait (`engine.visual`).
8. Fuse: both zones become the fifteen items, each with its confidence (`engine.fusion`). By where the Latin name then
   stands the one in Chinese characters is found and read, so are places and the authority (`engine.visual.han`).
9. Quality: what about the picture made reading hard (`engine.quality`).

Where no zone is read, the page is read without one if its words say that it is a passport's (`engine.visual.alone`).

`engine.read_mrz` conducts 2 to 5, which take turns: another place is looked for only if those before were read in
vain. Of several documents in view the passport is taken (`engine.documents_in_view`). A file of several pages
(TIFF, PDF) is read page after page until one is a passport with its zone; a page on which no zone is found is looked
at once more, mirrored.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from engine.clock import StageClock
from engine.decode import Limits, PictureSource, open_pages
from engine.errors import BadImage, MrzNotFound, NothingToRead, PassportError
from engine.fusion.calibrate import calibrate, load_curves
from engine.fusion.fuse import contradictions, doubt_contradicted, doubt_unconfirmed, fuse
from engine.fusion.hidden import hidden_items
from engine.locate.search import CAREFUL, QUICK, Looks
from engine.memo import forget
from engine.page import PlacedPage, place_page
from engine.quality.warn import PRINTED, picture_warnings
from engine.read_mrz import find_mirrored_mrz, find_mrz
from engine.readers.base import LineReader
from engine.readers.select import Readers
from engine.result.mirrored import of_mirrored
from engine.result.printed import keep_printed
from engine.result.reading import PassportReading
from engine.values.chinese import NO_CHINESE, ChinesePrint
from engine.values.items import Item, ItemReading, Scope, VisualReading
from engine.values.mrz import NO_ZONE, MrzReading
from engine.values.pictures import LocatedMrz, Photo, Quad
from engine.visual.alone.read_page import read_page_alone
from engine.visual.han.read_chinese import read_chinese
from engine.visual.portrait import find_portrait
from engine.visual.zone import read_visual_zone

TIMED: Final = ("decode", "locate", "mrz", "visual", "fuse", "quality")
"""The keys of a reading's ``timings``: stages 1, 2, 3 to 5, 6 and 7, 8, 9."""


def read_passport(source: PictureSource, readers: Readers, limits: Limits, scope: Scope = "all") -> PassportReading:
    """Read one picture; see `engine.recognize`. Nothing of it is remembered."""
    try:
        return _read_pages(source, readers, limits, PLANS[scope])
    finally:
        forget()


def leave_visual_zone(
    photo: Photo, page: PlacedPage, mrz: MrzReading, reader: LineReader, careful: LineReader | None
) -> VisualReading:
    """Take the place of `read_visual_zone` where the machine readable zone is all that is wanted."""
    return VisualReading()


def leave_page_alone(photo: Photo, reader: LineReader, careful: LineReader | None) -> VisualReading | None:
    """Take the place of `read_page_alone` where the machine readable zone is all that is wanted."""
    return None


def leave_portrait(photo: Photo, page: PlacedPage) -> Quad | None:
    """Take the place of `find_portrait` there."""
    return None


def leave_chinese(photo: Photo, page: PlacedPage, mrz: MrzReading, items: Sequence[ItemReading]) -> ChinesePrint:
    """Take the place of `read_chinese` there."""
    return NO_CHINESE


@dataclass(frozen=True, slots=True)
class Plan:
    """How the stages are gone through for what is wanted of a picture."""

    looks: Looks
    """Stage 2: how the picture is looked at first."""
    visual: Callable[[Photo, PlacedPage, MrzReading, LineReader, LineReader | None], VisualReading]
    """Stage 7."""
    alone: Callable[[Photo, LineReader, LineReader | None], VisualReading | None]
    """The same for a picture in which no zone is read."""
    portrait: Callable[[Photo, PlacedPage], Quad | None]
    """Stage 7 as well: where the holder's picture is."""
    chinese: Callable[[Photo, PlacedPage, MrzReading, Sequence[ItemReading]], ChinesePrint]
    """After stage 8: what is printed in Chinese characters, by where the Latin print stands and what it says."""
    curves: Scope
    """Stage 8: whose curves make probabilities of the confidences."""
    looked_for: tuple[Item, ...]
    """Stage 9: items of every page, of which one that is missing may be cut off."""


PLANS: Final[Mapping[Scope, Plan]] = {
    "all": Plan(
        looks=CAREFUL,
        visual=read_visual_zone,
        alone=read_page_alone,
        portrait=find_portrait,
        chinese=read_chinese,
        curves="all",
        looked_for=PRINTED,
    ),
    "mrz": Plan(
        looks=QUICK,
        visual=leave_visual_zone,
        alone=leave_page_alone,
        portrait=leave_portrait,
        chinese=leave_chinese,
        curves="mrz",
        looked_for=(),
    ),
}


def _read_pages(source: PictureSource, readers: Readers, limits: Limits, plan: Plan) -> PassportReading:
    """Read the first page of the source that is a passport; what is wrong with the others does not matter then.

    One that shows its zone is preferred to one that does not.
    """
    clock = StageClock(TIMED)
    failures: list[PassportError] = []
    alone: PassportReading | None = None
    with clock("decode"):
        pages = open_pages(source, limits)
    for number in pages:
        try:
            with clock("decode"):  # 1
                photo = pages.photo(number)
            reading = replace(_read(photo, readers, plan, clock), page=number)
        except (BadImage, NothingToRead) as error:
            failures.append(error)
            continue
        if reading.mrz.lines:
            return reading
        alone = alone or reading
    if alone is not None:
        return alone
    raise _failure(failures)


def _failure(failures: Sequence[PassportError]) -> PassportError:
    """What to say of a file none of whose pages could be read."""
    nothing = [failure for failure in failures if isinstance(failure, NothingToRead)]
    if nothing and len(failures) > 1:
        return MrzNotFound(f"no machine readable zone was found on {len(failures)} pages: send the data page alone")
    return (nothing or failures)[0]


def _read(photo: Photo, readers: Readers, plan: Plan, clock: StageClock) -> PassportReading:
    try:
        with clock("mrz"):  # 2 to 5
            mrz = find_mrz(photo, plan.looks, readers, clock)
    except MrzNotFound:
        mirrored = Photo(np.ascontiguousarray(photo.gray[:, ::-1]), photo.colourless)
        with clock("mrz"):
            found = find_mirrored_mrz(mirrored, readers, clock)
        if found is None:
            if (reading := _read_alone(photo, readers, plan, clock)) is None:
                raise
            return reading
        return of_mirrored(_read_around(mirrored, found, readers, plan, clock))
    return _read_around(photo, mrz, readers, plan, clock)


def _read_around(photo: Photo, mrz: LocatedMrz, readers: Readers, plan: Plan, clock: StageClock) -> PassportReading:
    """Read the page around its machine readable zone."""
    with clock("visual"):
        page = place_page(mrz.reading.format, mrz.quads)  # 6
        given = (readers.visual, readers.careful)
        visual = plan.visual(photo, page, mrz.reading, *given) if page else VisualReading()  # 7
    return _concluded(photo, mrz, page, visual, plan, clock)


def _read_alone(photo: Photo, readers: Readers, plan: Plan, clock: StageClock) -> PassportReading | None:
    """Read a page without a machine readable zone; None where the picture shows no passport's page."""
    with clock("visual"):
        visual = plan.alone(photo, readers.visual, readers.careful)
    return _concluded(photo, LocatedMrz(NO_ZONE, ()), None, visual, plan, clock) if visual else None


def _concluded(
    photo: Photo, mrz: LocatedMrz, page: PlacedPage | None, visual: VisualReading, plan: Plan, clock: StageClock
) -> PassportReading:
    """Make the reading of what both zones say."""
    with clock("visual"):
        portrait = plan.portrait(photo, page) if page else None
    with clock("fuse"):  # 8
        different = contradictions(mrz, visual)
        probable = calibrate(fuse(mrz, visual), load_curves(plan.curves))
        items = doubt_contradicted(probable, different, mrz.reading)
        items = items if mrz.reading.lines else doubt_unconfirmed(items)
    with clock("visual"):
        chinese = plan.chinese(photo, page, mrz.reading, items) if page else NO_CHINESE
    with clock("quality"):  # 9
        hidden = hidden_items(mrz.reading)
        warnings = picture_warnings(photo, mrz, page, items, different, plan.looked_for, hidden, chinese)
    return PassportReading(
        keep_printed(items, visual),
        mrz.reading,
        warnings,
        clock.seconds,
        photo.width,
        photo.height,
        contradictions=different,
        mrz_quads=mrz.quads,
        other_documents=mrz.others,
        portrait_quad=portrait,
        chinese=chinese,
    )
