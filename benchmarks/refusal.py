"""Pictures in which no machine readable zone can be read: ``python -m benchmarks.refusal --count 20 --seed 1``.

Draws three groups and reads each picture with the whole engine:

- **pages without their zone** (cut off, its second line cut, covered, never printed): how many are read all the same,
  and how many of their items are right, wrong, or wrong at a confidence of 0.9;
- **other papers** (identity cards, licences, visas, forms, cheques …): of these nothing may be read;
- **no document at all** (empty, a desk, text, a keyboard).

Of all of them: the CPU milliseconds that reading or refusing takes.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import cv2
import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from benchmarks.accuracy import open_engine
from benchmarks.measure.report import open_console
from benchmarks.measure.scene_causes import EMPTY, draw_empty
from engine import Engine
from engine.errors import NothingToRead
from engine.measure.metrics import percentile
from engine.measure.provenance import provenance
from engine.measure.results import save_json
from engine.result.reading import PassportReading
from engine.values.items import MRZ_LINES
from models.training.draw.capture.picture import Picture
from models.training.draw.others import PAPERS, draw_other
from models.training.draw.pages.records import Truth
from models.training.draw.zoneless import KINDS, draw_zoneless

SURE = 0.9
GROUPS = ("page without its zone", "other paper", "no document")


@dataclass
class Tally:
    """What became of the pictures of one kind; items are counted over the pages that were read."""

    milliseconds: list[float] = field(default_factory=list)
    read: int = 0
    right: int = 0
    wrong: int = 0
    surely_wrong: int = 0
    missed: int = 0


def _pictures(count: int, seed: int, only: str) -> Iterator[tuple[str, str, Picture]]:
    """Group, kind and picture; ``count`` of each kind."""
    for kind in (name for name in KINDS if only in name):
        yield from ((GROUPS[0], kind, draw_zoneless(seed, i, kind)) for i in range(count))
    for kind in (name for name in PAPERS if only in name):
        yield from ((GROUPS[1], kind, draw_other(seed, i, kind)) for i in range(count))
    for kind in (name for name in EMPTY if only in name and name != "page without its zone"):
        yield from ((GROUPS[2], kind, picture) for picture in draw_empty(kind, count, seed))


def add(tally: Tally, reading: PassportReading | None, truth: Truth, milliseconds: float) -> None:
    """Count one picture."""
    tally.milliseconds.append(milliseconds)
    if reading is None:
        return
    tally.read += 1
    for item, true in truth.items.items():
        if not true.printed or item in MRZ_LINES:
            continue
        seen = reading[item]
        if seen.value == true.value:
            tally.right += 1
        elif seen.value:
            tally.wrong += 1
            tally.surely_wrong += seen.confidence >= SURE
        else:
            tally.missed += 1


def _read(engine: Engine, picture: Picture) -> tuple[PassportReading | None, float]:
    start = time.process_time()
    try:
        reading = engine.recognize(np.ascontiguousarray(picture.pixels))
    except NothingToRead:
        reading = None
    return reading, 1000 * (time.process_time() - start)


def evaluate_refusal(engine: Engine, count: int, seed: int, only: str = "") -> dict[str, Any]:
    """Draw and read ``count`` pictures of each kind whose name holds ``only``; returns their `summary`."""
    tallies: dict[tuple[str, str], Tally] = {}
    for group, kind, picture in _pictures(count, seed, only):
        reading, milliseconds = _read(engine, picture)
        add(tallies.setdefault((group, kind), Tally()), reading, picture.truth, milliseconds)
    return summary(tallies)


def summary(tallies: Mapping[tuple[str, str], Tally]) -> dict[str, Any]:
    """By group, and by kind within it: counts, and CPU milliseconds at p50 and p90."""
    groups: dict[str, Any] = {}
    for group in GROUPS:
        kinds = {kind: tally for (of, kind), tally in tallies.items() if of == group}
        if kinds:
            groups[group] = _row(list(kinds.values())) | {"kinds": {k: _row([t]) for k, t in kinds.items()}}
    return groups


def _row(tallies: list[Tally]) -> dict[str, Any]:
    times = [ms for tally in tallies for ms in tally.milliseconds]
    counts = {name: sum(getattr(tally, name) for tally in tallies) for name in _COUNTS}
    spread = {f"cpu_ms_p{p}": round(percentile(times, p / 100), 1) for p in (50, 90)}
    return {"pictures": len(times), **counts, **spread}


_COUNTS = ("read", "right", "wrong", "surely_wrong", "missed")


def print_summary(console: Console, groups: Mapping[str, Any]) -> None:
    """One table: a line a group, and one a kind."""
    table = Table("no readable zone", "pictures", "read", "items right", "wrong", "≥ 0.9", "missed", "CPU ms", "p90")
    for group, row in groups.items():
        for name, cells in ((group, row), *((f"  {kind}", kind_row) for kind, kind_row in row["kinds"].items())):
            table.add_row(
                name, *(str(cells[column]) for column in ("pictures", *_COUNTS, "cpu_ms_p50", "cpu_ms_p90"))
            )
    console.print(table)


def main(
    count: Annotated[int, typer.Option(min=1, help="Pictures of each kind.")] = 20,
    seed: Annotated[int, typer.Option(help="The same seed draws the same pictures.")] = 1,
    only: Annotated[str, typer.Option(help="Only the kinds whose name holds this.")] = "",
    out: Annotated[Path | None, typer.Option(help="Write the JSON result here.")] = None,
) -> None:
    """Print what was read and what it cost; ends with status 1 if another paper was read as a passport."""
    cv2.setNumThreads(1)
    groups = evaluate_refusal(open_engine("auto"), count, seed, only)
    print_summary(open_console(), groups)
    if out:
        save_json({**provenance(), "count": count, "seed": seed, "groups": groups}, out)
    if any(groups[group]["read"] for group in GROUPS[1:] if group in groups):
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
