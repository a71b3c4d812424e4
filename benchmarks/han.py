"""Is Chinese print read? ``python -m benchmarks.han --pages 300`` draws mainland passports and reads them whole.

They are set in two faces that the network never saw. The names are made up: half of them have given characters as a
word list's names have them, half any of the 8,105, and some have a dot. Some pages were issued abroad, on some the
two scripts of the place of birth contradict each other. Counted are values that are right to the last character.
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
from engine.values.chinese import NO_CHINESE, ChineseText
from engine.values.items import SURE_FROM, Item
from models.training.han.faces import held_out_faces
from models.training.han.pages import VERSIONS, NamePage, draw_name_page, file_of
from models.training.steps import WORK

SEED: Final = 81_059
"""The training and the fit of the confidences use others."""
KINDS: Final = ("scan200", "scan94", "photo2")
"""Ways of taking the pictures."""
NAMES: Final = ("common", "uniform", "dotted")
"""Kinds of names; pages take turns in the first two."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A value of a page: how the page was taken, what it is, whether it is shown, what was told of it, how surely.

    ``right`` is also that the value is said to fit the Latin print if it does, and not to if not.
    """

    kind: str
    what: str
    shown: bool
    told: bool
    right: bool
    confidence: float


def draw(seed: int, number: int, folder: Path, kinds: Sequence[str] = KINDS) -> tuple[NamePage, str, str]:
    """Page ``number`` of a seed, how it was taken and of which names it is."""
    rng = np.random.default_rng((seed, number))
    kind, names = kinds[number % len(kinds)], NAMES[number // len(kinds) % 2]
    version, faces = VERSIONS[int(rng.integers(len(VERSIONS)))], held_out_faces()
    face = faces[int(rng.integers(len(faces)))]
    return draw_name_page(rng, version, kind, face, folder, uniform=names == "uniform"), kind, names


def look(engine: Engine, page: NamePage, kind: str, names: str) -> list[Outcome]:
    """Read a page."""
    try:
        read = engine.recognize(file_of(page.picture)).chinese
    except NothingToRead:
        read = NO_CHINESE
    what = "dotted" if "·" in page.name.native else names
    outcomes = [_judged(kind, what, page.name.native if page.lines else "", read.name)]
    for item, text in read.by_item.items():
        fits = page.fits or item is not Item.BIRTH_PLACE
        outcomes.append(_judged(kind, _WHAT[item] if fits else "contradicting", page.beside[item], text, fits=fits))
    return outcomes


_WHAT: Final = {Item.BIRTH_PLACE: "places", Item.ISSUE_PLACE: "places", Item.AUTHORITY: "authorities"}


def _judged(kind: str, what: str, truth: str, read: ChineseText, *, fits: bool = True) -> Outcome:
    right = read.value == truth and (read.fits is fits or not truth)
    return Outcome(kind, what, bool(truth), bool(read.value), right, read.confidence)


def summarise(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Count values that are right, wrong and not told, and those that were told surely."""
    shown = [outcome for outcome in outcomes if outcome.shown]
    sure = [outcome for outcome in outcomes if outcome.confidence >= SURE_FROM]
    return {
        "looked_at": len(outcomes),
        "shown": len(shown),
        "right": sum(outcome.right for outcome in shown),
        "wrong": sum(outcome.told and not outcome.right for outcome in shown),
        "not_told": sum(not outcome.told for outcome in shown),
        "invented": sum(outcome.told for outcome in outcomes if not outcome.shown),
        "sure": len(sure),
        "silent": sum(not outcome.right for outcome in sure),
        "share_right": round(sum(outcome.right for outcome in shown) / max(len(shown), 1), 4),
    }


def grouped(outcomes: Sequence[Outcome]) -> Mapping[str, Sequence[Outcome]]:
    """The outcomes by what they are and kind of picture, by either alone, and all names."""
    groups: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        for name in (f"{outcome.what}, {outcome.kind}", outcome.what):
            groups[name].append(outcome)
        if outcome.what in NAMES:
            groups["all names"].append(outcome)
    return dict(sorted(groups.items(), key=lambda entry: len(entry[1])))


def main(
    pages: Annotated[int, typer.Option(help="Pages to draw.")] = 300,
    seed: Annotated[int, typer.Option(help="The same seed draws the same pages.")] = SEED,
    kind: Annotated[str, typer.Option(help="One way of taking the pictures alone, e.g. scan94.")] = "all",
    work: Annotated[Path, typer.Option(help="Folder where drawn faces are kept.")] = WORK / "han_v1",
    out: Annotated[Path | None, typer.Option(help="Write the JSON result here.")] = None,
) -> None:
    """Draw pages and print how much of their Chinese print is read."""
    kinds = [one for one in KINDS if kind in ("all", one)]
    console, engine = open_console(), open_engine("ctc")
    numbers = track(range(pages), console=console)
    outcomes = [outcome for number in numbers for outcome in look(engine, *draw(seed, number, work, kinds))]
    groups = {name: summarise(some) for name, some in grouped(outcomes).items()}
    table = Table("values, pictures", *groups["all names"])
    for name, counts in groups.items():
        table.add_row(name, *map(str, counts.values()))
    console.print(table)
    if out:
        save_json({**provenance(), "seed": seed, "kind": kind, "groups": groups}, out)


if __name__ == "__main__":
    typer.run(main)
