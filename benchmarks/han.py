"""Is the Chinese name read? ``python -m benchmarks.han --pages 300`` draws mainland passports and reads them whole.

The names are made up and set in two faces that the network never saw. Half of the names have given characters as a
word list's names have them, half any of the 8,105. Counted are names that are right to the last character.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import numpy as np
import typer
from rich.progress import track
from rich.table import Table

from benchmarks.accuracy import open_engine
from benchmarks.measure.report import open_console
from engine import Engine
from engine.errors import NothingToRead
from engine.measure.provenance import provenance
from engine.measure.results import save_json
from engine.values.items import NO_NAME, SURE_FROM
from models.training.han.faces import held_out_faces
from models.training.han.pages import VERSIONS, NamePage, draw_name_page, file_of
from models.training.steps import WORK

SEED: Final = 81_059
"""The training and the fit of the confidences use others."""
KINDS: Final = ("scan200", "scan94", "photo2")
"""Ways of taking the pictures."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A page: how it was taken, whose names it draws, whether it shows a name, what was told of it, how surely."""

    kind: str
    names: str
    shown: bool
    told: bool
    right: bool
    confidence: float


def draw(seed: int, number: int, folder: Path) -> tuple[NamePage, str, str]:
    """Page ``number`` of a seed, how it was taken and of which names it is."""
    rng = np.random.default_rng((seed, number))
    kind, names = KINDS[number % len(KINDS)], ("common", "uniform")[number // len(KINDS) % 2]
    version, faces = VERSIONS[int(rng.integers(len(VERSIONS)))], held_out_faces()
    face = faces[int(rng.integers(len(faces)))]
    return draw_name_page(rng, version, kind, face, folder, uniform=names == "uniform"), kind, names


def look(engine: Engine, page: NamePage, kind: str, names: str) -> Outcome:
    """Read a page."""
    try:
        name = engine.recognize(file_of(page.picture)).chinese_name
    except NothingToRead:
        name = NO_NAME
    shown = bool(page.lines)
    right = name.value == (page.name.native if shown else "")
    return Outcome(kind, names, shown, bool(name.value), right, name.confidence)


def summarise(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Count names that are right, wrong and not told, and those that were told surely."""
    shown = [outcome for outcome in outcomes if outcome.shown]
    sure = [outcome for outcome in outcomes if outcome.confidence >= SURE_FROM]
    return {
        "pages": len(outcomes),
        "names": len(shown),
        "right": sum(outcome.right for outcome in shown),
        "wrong": sum(outcome.told and not outcome.right for outcome in shown),
        "not_told": sum(not outcome.told for outcome in shown),
        "invented": sum(outcome.told for outcome in outcomes if not outcome.shown),
        "sure": len(sure),
        "silent": sum(not outcome.right for outcome in sure),
        "share_right": round(sum(outcome.right for outcome in shown) / max(len(shown), 1), 4),
    }


def grouped(outcomes: Sequence[Outcome]) -> Mapping[str, Sequence[Outcome]]:
    """The outcomes by names and kind of picture, by either alone, and all."""
    groups: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        for name in (f"{outcome.names}, {outcome.kind}", outcome.names, outcome.kind, "all"):
            groups[name].append(outcome)
    return dict(sorted(groups.items(), key=lambda entry: len(entry[1])))


def main(
    pages: Annotated[int, typer.Option(help="Pages to draw.")] = 300,
    seed: Annotated[int, typer.Option(help="The same seed draws the same pages.")] = SEED,
    work: Annotated[Path, typer.Option(help="Folder where drawn faces are kept.")] = WORK / "han_v1",
    out: Annotated[Path | None, typer.Option(help="Write the JSON result here.")] = None,
) -> None:
    """Draw pages and print how many Chinese names are read."""
    console, engine = open_console(), open_engine("ctc")
    outcomes = [look(engine, *draw(seed, number, work)) for number in track(range(pages), console=console)]
    groups = {name: summarise(some) for name, some in grouped(outcomes).items()}
    table = Table("names, pictures", *groups["all"])
    for name, counts in groups.items():
        table.add_row(name, *map(str, counts.values()))
    console.print(table)
    if out:
        save_json({**provenance(), "seed": seed, "groups": groups}, out)


if __name__ == "__main__":
    typer.run(main)
