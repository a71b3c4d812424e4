"""Is the portrait found, and how well do its sides fit? ``python -m benchmarks.portrait --pages 300`` draws pages.

Each picture is read for its machine readable zone, as the engine does, and the portrait is sought on the page placed
by it. Overlap is intersection over union of the quads in the picture. Pictures that show no whole portrait count as
well: whatever is found on them is a false one.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import cv2
import numpy as np
import typer
from rich.progress import track
from rich.table import Table

from benchmarks.accuracy import open_engine
from benchmarks.measure.report import open_console
from engine import Engine
from engine.errors import NothingToRead
from engine.imaging.quads import quad_overlap
from engine.measure.provenance import provenance
from engine.measure.results import save_json
from engine.page import place_page
from engine.values.pictures import Photo, Quad
from engine.visual.portrait import find_portrait
from models.training.draw.capture.picture import Picture
from models.training.draw.samples import make_picture

SEED: Final = 160_160
"""The training uses another seed."""
FITS: Final = 0.85
"""Overlap from which a portrait is found well."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One picture: its ``kind`` of layout, whether it shows a whole portrait, how far what was found overlaps it.

    ``overlap`` is None where nothing was found, or no zone was read (``read`` tells).
    """

    kind: str
    shown: bool
    read: bool
    overlap: float | None


def look(engine: Engine, picture: Picture) -> Outcome:
    """Find the portrait of a picture."""
    kind, true = picture.truth.layout.partition("_")[0] or "none", picture.truth.portrait
    shown = true is not None and _is_inside(true, picture.size)
    try:
        reading = engine.recognize(picture.pixels, items="mrz")
    except NothingToRead:
        return Outcome(kind, shown, False, None)
    page = place_page(reading.mrz.format, reading.mrz_quads)
    pixels = picture.pixels
    gray = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    found = find_portrait(Photo(np.asarray(gray, np.uint8)), page) if page else None
    return Outcome(kind, shown, True, None if found is None else quad_overlap(found, true) if true else 0.0)


def _is_inside(quad: Quad, size: tuple[int, int]) -> bool:
    return all(-1 <= p.x <= size[0] and -1 <= p.y <= size[1] for p in quad)


def summarise(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Count what was found of what is shown, where a zone was read, and what was found where nothing is shown."""
    read = [outcome for outcome in outcomes if outcome.read]
    shown = [outcome.overlap for outcome in read if outcome.shown]
    found = [value for value in shown if value is not None]
    hidden = [outcome for outcome in read if not outcome.shown]
    return {
        "pictures": len(outcomes),
        "zone_read": len(read),
        "portraits": len(shown),
        "found": len(found),
        "overlap_85": sum(value >= FITS for value in found),
        "elsewhere": sum(value < 0.3 for value in found),
        "mean_overlap": round(float(np.mean(found)), 4) if found else 0.0,
        "none_shown": len(hidden),
        "found_all_the_same": sum(outcome.overlap is not None for outcome in hidden),
    }


def main(
    pages: Annotated[int, typer.Option(help="Pictures to draw.")] = 300,
    seed: Annotated[int, typer.Option(help="The same seed draws the same pictures.")] = SEED,
    out: Annotated[Path | None, typer.Option(help="Write the JSON result here.")] = None,
) -> None:
    """Draw pictures and print how many portraits are found, layout by layout."""
    console, engine = open_console(), open_engine("ctc")
    outcomes = [look(engine, make_picture(seed, number)) for number in track(range(pages), console=console)]
    by_kind: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_kind[outcome.kind].append(outcome)
    total = summarise(outcomes)
    table = Table("layout", *total)
    for kind, some in [*sorted(by_kind.items()), ("all", outcomes)]:
        table.add_row(kind, *map(str, summarise(some).values()))
    console.print(table)
    fates = Counter("none" if o.overlap is None else f"{o.overlap:.1f}" for o in outcomes if o.read and o.shown)
    console.print("overlaps:", dict(sorted(fates.items())))
    if out:
        save_json({**provenance(), "seed": seed, **total}, out)


if __name__ == "__main__":
    typer.run(main)
