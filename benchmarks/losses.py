"""At which stage items of generated pages are lost: ``python -m benchmarks.losses --pages 150``.

Each page is read twice, with the text lines that the engine finds and with those that are printed. What comes out
wrong was lost at the first stage that did not hand it on: its zone was not read; its text is read in the printed
lines alone, so its lines were not found whole; it is not read in these either; or it is read, and too much or too
little of it was taken, or something else, or nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Final

import cv2
import numpy as np
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.causes import ITEMS
from benchmarks.measure.report import open_console
from engine.clock import StageClock
from engine.errors import NothingToRead
from engine.fusion.calibrate import calibrate, load_curves
from engine.fusion.fuse import fuse
from engine.imaging.warp import map_points
from engine.locate.search import CAREFUL
from engine.measure.metrics import Grade, fold_case, grade
from engine.memo import forget
from engine.page import PageView, PlacedPage, place_page, view_page
from engine.pipeline import TIMED
from engine.read_mrz import find_mrz
from engine.readers.select import Readers, open_readers
from engine.values.items import Item, VisualReading
from engine.values.mrz import MrzReading
from engine.values.pictures import LocatedMrz, Photo
from engine.visual.items.assign import assign_items
from engine.visual.items.text_spans import RecognisedLine
from engine.visual.lines.find_lines import DetectedLine, find_lines
from engine.visual.lines.keystone import measure_keystone
from engine.visual.lines.text_map import map_text
from engine.visual.zone import by_size, choose_lines, read_closely, read_lines
from models.training.draw.capture.picture import Picture
from models.training.draw.pages.records import ItemTruth
from models.training.draw.samples import make_picture
from models.training.text_lines.examples import line_truth

SEED: Final = 882_000
"""Trainings use other seeds."""
RIGHT, UNREAD = "right", "zone not read"
STAGES: Final = (RIGHT, UNREAD, "line not whole", "misread", "joined or parted", "other text", "nothing given")
_RIGHT: Final = frozenset({Grade.EXACT, Grade.CASELESS})


def stage_of_loss(truth: ItemTruth, value: str, needed: Sequence[str], found: str, ideal: str) -> str:
    """Tell where a printed item was lost, or that it is right.

    Args:
        truth: what is printed.
        value: what was answered.
        needed: the texts of its printed lines, or the parts of them that belong to it.
        found: all that was read in the lines that were found.
        ideal: all that was read in the lines that are printed.
    """
    if grade(truth.value, value) in _RIGHT:
        return RIGHT
    if not _holds(found, needed):
        return "line not whole" if _holds(ideal, needed) else "misread"
    if not value:
        return "nothing given"
    printed, answer = fold_case(truth.value), fold_case(value)
    return "joined or parted" if answer in printed or printed in answer else "other text"


def _holds(read: str, needed: Sequence[str]) -> bool:
    return all(fold_case(text) in fold_case(read) for text in needed)


def find_losses(picture: Picture, readers: Readers) -> Iterator[tuple[Item, str]]:
    """Yield each of `ITEMS` that is printed on a picture's page, and where it was lost."""
    printed = {item: picture.truth.items[item] for item in ITEMS if item in picture.truth.items}
    printed = {item: truth for item, truth in printed.items() if truth.value and truth.quad}
    gray = picture.pixels if picture.pixels.ndim == 2 else cv2.cvtColor(picture.pixels, cv2.COLOR_BGR2GRAY)
    photo = Photo(np.asarray(gray, np.uint8))
    try:
        mrz = find_mrz(photo, CAREFUL, readers, StageClock(TIMED))
        page = place_page(mrz.reading.format, mrz.quads)
        if page is None:
            raise NothingToRead("no page")
    except NothingToRead:
        yield from ((item, UNREAD) for item in printed)
        return
    finally:
        forget()
    yield from _losses_on_page(picture, printed, photo, mrz, page, readers)


def _losses_on_page(
    picture: Picture, printed: Mapping[Item, ItemTruth], photo: Photo, mrz: LocatedMrz, page: PlacedPage,
    readers: Readers,
) -> Iterator[tuple[Item, str]]:  # fmt: skip
    view = view_page(photo, page)
    found = _read(view, page, find_lines(view, map_text(view)), readers, mrz.reading)
    ideal = _texts(_read(view, page, _printed_lines(picture, view), readers, mrz.reading))
    items = calibrate(fuse(mrz, VisualReading(assign_items(found, mrz.reading))), load_curves("all"))
    values = {item.item: item.value for item in items}
    forget()
    for item, truth in printed.items():
        yield item, stage_of_loss(truth, values[item], _needed(picture, truth), _texts(found), ideal)


def _read(
    view: PageView, page: PlacedPage, lines: Sequence[DetectedLine], readers: Readers, mrz: MrzReading
) -> list[RecognisedLine]:
    """Read lines as the engine does."""
    chosen = choose_lines(view, lines)
    keystone = measure_keystone(view, chosen, page.size)
    large, small = (read_lines(view, some, readers.visual, keystone) for some in by_size(view, chosen))
    return read_closely(large, small, mrz, readers.visual, readers.careful)


def _texts(lines: Iterable[RecognisedLine]) -> str:
    return "\n".join(line.text.text for line in lines)


def _printed_lines(picture: Picture, view: PageView) -> list[DetectedLine]:
    """The lines that are printed above the zone, as the engine would have found them at best."""
    to_view = np.asarray(np.linalg.inv(view.to_photo), np.float64)
    height, width = view.pixels.shape
    lines = []
    for line in picture.truth.lines:
        a, b, c, d = line_truth(line.text, map_points(to_view, np.array(line.quad))).corners
        middle, (length, rise) = (a + b + c + d) / 4, c - d
        if 0 <= middle[0] < width and 0 <= middle[1] < height and length > abs(rise):
            cap = float(np.linalg.norm(a - d) + np.linalg.norm(b - c)) / 2
            lines.append(DetectedLine(d[0], c[0], d[1], rise / length, cap, 1.0))
    return lines


def _needed(picture: Picture, truth: ItemTruth) -> list[str]:
    """The texts of the printed lines of an item, or the parts of them that belong to it."""
    corners = np.array(truth.quad)
    low, high = corners.min(axis=0), corners.max(axis=0)
    whole, texts = fold_case(truth.printed), []
    for line in picture.truth.lines:
        middle, text = np.mean(line.quad, axis=0), fold_case(line.text)
        if not line.label and (low <= middle).all() and (middle <= high).all() and text in whole:
            texts.append(line.text)
    return texts or [truth.printed]


def print_losses(console: Console, losses: Iterable[tuple[Item, str]]) -> None:
    """Print a table: an item a row, a stage a column."""
    counts: Mapping[Item, Counter[str]] = defaultdict(Counter)
    for item, stage in losses:
        counts[item][stage] += 1
    table = Table(title="where items of generated pages are lost")
    for name in ("item", "printed", *STAGES):
        table.add_column(name, justify="left" if name == "item" else "right")
    for item in (item for item in ITEMS if item in counts):
        row = counts[item]
        table.add_row(item.english, str(row.total()), *(str(row[stage]) for stage in STAGES))
    console.print(table)


def main(
    pages: Annotated[int, typer.Option(help="How many pages to draw.")] = 150,
    layout: Annotated[str, typer.Option(help="Which layout; see models.training.draw.samples.")] = "random",
    seed: Annotated[int, typer.Option(help="Other seeds draw other pages.")] = SEED,
) -> None:
    """Draw pages, read each with found and with printed lines, and tell where items are lost."""
    cv2.setNumThreads(1)
    console, readers = open_console(), open_readers()
    losses: list[tuple[Item, str]] = []
    for index in track(range(pages), "reading", console=console):
        losses += find_losses(make_picture(seed, index, layout=layout), readers)
    print_losses(console, losses)


if __name__ == "__main__":
    typer.run(main)
