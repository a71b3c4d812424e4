"""Where zones are lost, by cause: ``python -m benchmarks.scenes --count 60 --seed 1``.

Draws pictures in which one thing is hard (small, leaning, turned, bent, crowded …), reads each, and says how many
machine readable zones were read exactly and which stage lost the others:

- **unseen**: no candidate lies where the zone is; **backwards**: only one that reads the other way does
- **uncut**: rectifying found no rows, too few or too many; **misread**: the lines were cut, their text is wrong
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated

import cv2
import numpy as np
import typer
from rich.table import Table

from benchmarks.measure.report import open_console
from benchmarks.measure.scene_causes import CAUSES, EMPTY, draw_empty, draw_placed
from engine.errors import MrzNotFound
from engine.locate.search import locate_mrz, search_mrz, search_upside_down
from engine.measure.metrics import percentile
from engine.read_mrz import read_mrz
from engine.readers.select import Readers, open_readers
from engine.rectify.cut_lines import rectify_band
from engine.values.pictures import LocatedMrz, MrzBand, Photo, Quad
from models.training.draw.pages.records import Truth

STAGES = ("exact", "unseen", "backwards", "uncut", "misread")


@dataclass
class Tally:
    """What became of the pictures of one cause, and the CPU ms each took."""

    stages: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)


def judge(photo: Photo, truth: Truth, readers: Readers) -> tuple[str, float]:
    """Which of `STAGES` a picture ends in, and the CPU ms of finding and reading it."""
    start = time.process_time()
    try:
        lines = _read(photo, readers).reading.lines
    except MrzNotFound:
        lines = ()
    spent = 1000 * (time.process_time() - start)
    return ("exact" if lines == truth.mrz else _losing_stage(photo, truth)), spent


def _read(photo: Photo, readers: Readers) -> LocatedMrz:
    return read_mrz(photo, search_mrz(photo), readers.mrz, readers.second, search_upside_down(photo))


def _losing_stage(photo: Photo, truth: Truth) -> str:
    zone = (*truth.mrz_quads[0][:2], *truth.mrz_quads[-1][2:])
    there = [band for band in locate_mrz(photo) if _covers(band.quad, zone)]
    right = [band for band in there if _along(band.quad) @ _along(zone) > 0]
    if not there:
        return "unseen"
    if not right:
        return "backwards"
    return "misread" if any(_is_cut(photo, band, truth) for band in right) else "uncut"


def _is_cut(photo: Photo, band: MrzBand, truth: Truth) -> bool:
    return len(rectify_band(photo, band)) == len(truth.mrz)


def _covers(one: Sequence[Sequence[float]], other: Sequence[Sequence[float]]) -> bool:
    a, b = np.array(one, np.float32), np.array(other, np.float32)
    shared, _ = cv2.intersectConvexConvex(cv2.convexHull(a), cv2.convexHull(b))
    return bool(shared > 0.4 * min(cv2.contourArea(a), cv2.contourArea(b)) and shared > 0.2 * cv2.contourArea(b))


def _along(quad: Sequence[Sequence[float]] | Quad) -> np.ndarray:
    return np.subtract(quad[1], quad[0])


def _tallies(readers: Readers, count: int, seed: int, only: str) -> Iterator[tuple[str, Tally]]:
    for cause in (name for name in CAUSES if only in name):
        tally = Tally()
        for i, picture in enumerate(draw_placed(cause, count, seed)):
            stage, spent = judge(Photo(picture.pixels), picture.truth, readers)
            tally.stages[stage] += 1
            tally.milliseconds.append(spent)
            if stage != "exact":
                tally.lost.append(i)
        yield cause, tally


def _empty_tallies(readers: Readers, count: int, seed: int, only: str) -> Iterator[tuple[str, Tally]]:
    for cause in (name for name in EMPTY if only in name):
        tally = Tally()
        for picture in draw_empty(cause, count, seed):
            photo, start = Photo(picture.pixels), time.process_time()
            try:
                _read(photo, readers)
                tally.stages["read"] += 1
            except MrzNotFound:
                tally.stages["refused"] += 1
            tally.milliseconds.append(1000 * (time.process_time() - start))
        yield cause, tally


def main(
    count: Annotated[int, typer.Option(min=1, help="Pictures a cause.")] = 60,
    seed: Annotated[int, typer.Option(help="The same seed draws the same pictures.")] = 1,
    only: Annotated[str, typer.Option(help="Only the causes whose name holds this.")] = "",
    lost: Annotated[bool, typer.Option(help="Name the lost pictures by number.")] = False,
) -> None:
    """Print what became of the pictures, by cause."""
    cv2.setNumThreads(1)
    readers, console = open_readers(), open_console()
    table = Table("cause", *STAGES, "CPU ms median", "p90", title=f"{count} pictures a cause, seed {seed}")
    for cause, tally in _tallies(readers, count, seed, only):
        numbers = [str(tally.stages[stage] or "") for stage in STAGES]
        table.add_row(cause, *numbers, *_spread(tally), *([str(tally.lost)] if lost else []))
    console.print(table)
    table = Table("without a zone", "refused", "read", "CPU ms median", "p90")
    for cause, tally in _empty_tallies(readers, count, seed, only):
        table.add_row(cause, str(tally.stages["refused"]), str(tally.stages["read"] or ""), *_spread(tally))
    console.print(table)


def _spread(tally: Tally) -> tuple[str, str]:
    return f"{percentile(tally.milliseconds, 0.5):.0f}", f"{percentile(tally.milliseconds, 0.9):.0f}"


if __name__ == "__main__":
    typer.run(main)
