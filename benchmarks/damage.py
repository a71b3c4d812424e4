"""What is said of damaged and contradictory pages: ``python -m benchmarks.damage --count 600 --seed 1``.

Draws pages of which one or two characters of the machine readable zone are hidden, or a printed value, pages that say
two things, and undamaged ones (`models.training.draw.damaged`), reads them, and counts what was right, what was wrong
and told, and what was wrong and said to be sure. A smaller ``--count`` does for daily use.
"""

import logging
import tempfile
import traceback
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.accuracy import exit_below_floors, open_engine
from benchmarks.measure.honesty import (
    DamagedDocument,
    PageOutcome,
    Verdict,
    judge_page,
    load_damaged,
    summarise_pages,
)
from benchmarks.measure.report import open_console, percent
from engine.api import Engine
from engine.errors import NothingToRead
from engine.measure.provenance import provenance
from engine.measure.results import Result, save_result
from models.training.draw.damaged import write_damaged
from models.training.draw.type.fonts import FontsMissing

DATASET = "damage"

_logger = logging.getLogger(__name__)


def evaluate_damage(engine: Engine, folder: Path, *, console: Console) -> tuple[Result, list[PageOutcome]]:
    """Read a set of damaged pages and build the JSON result."""
    pages = load_damaged(folder)
    outcomes = list(track(_read_all(engine, pages), total=len(pages), console=console))
    head: Result = {"dataset": DATASET, **provenance(), "versions": dict(engine.versions)}
    return head | {"summary": summarise_pages(outcomes), "files": [_row(o) for o in outcomes]}, outcomes


def _read_all(engine: Engine, pages: Iterable[DamagedDocument]) -> Iterator[PageOutcome]:
    for page in pages:
        try:
            yield judge_page(page, engine.recognize(page.document.path))
        except NothingToRead:
            yield PageOutcome(page, {}, refused=True)
        except Exception as error:  # a benchmark must count a defect of the engine and go on to the next picture
            frames = "".join(traceback.format_tb(error.__traceback__))  # no message: it may repeat what was read
            _logger.error("the engine crashed on %s: %s\n%s", page.document.file, type(error).__name__, frames)
            yield PageOutcome(page, {}, crash=type(error).__name__)


def _row(outcome: PageOutcome) -> Result:
    """One picture's row: verdicts, no text."""
    return {
        "file": outcome.page.document.file,
        "kind": outcome.page.kind,
        "what": outcome.page.what,
        "refused": outcome.refused,
        "crash": outcome.crash,
        "wrong": {i.value: v.value for i, v in outcome.verdicts.items() if v is not Verdict.RIGHT},
        "told": [item.value for item in outcome.told],
    }


def print_damage(console: Console, summary: dict[str, Any]) -> None:
    """Print the counts, all and by kind."""
    columns = ("pages", "refused", *(v.value for v in Verdict))
    shares = ("silent_share", "right_or_told", "right_and_sure")
    table = Table("damage", *columns, *(share.replace("_", " ") for share in shares))
    for name, counts in ({"all": summary} | summary["by_kind"]).items():
        cells = [str(counts[c]) for c in columns] + [percent(counts[s], 1) for s in shares]
        table.add_row(name, *cells)
    console.print(table)
    told = summary["contradictions"]
    console.print(
        f"contradictions found {percent(told['found'], 1)} of {told['count']}, false alarms on undamaged pages "
        f"{percent(told['false_alarms'], 1)}, on pages with hidden print "
        f"{percent(told['false_alarms_on_hidden_print'], 1)}"
    )


def print_lies(console: Console, outcomes: Sequence[PageOutcome], limit: int) -> None:
    """Print which pictures lie, and in what."""
    for outcome in [o for o in outcomes if o.verdict in (Verdict.SILENT, Verdict.UNCLEAR) or o.missed or o.crash][
        :limit
    ]:
        wrong = [f"{i.english} {v}" for i, v in outcome.verdicts.items() if v in (Verdict.SILENT, Verdict.UNCLEAR)]
        missed = ["contradiction not told"] if outcome.missed else []
        crash = [outcome.crash] if outcome.crash else []
        page = outcome.page
        console.print(f"{page.document.file} {page.kind} {page.what}: {', '.join([*wrong, *missed, *crash])}")


def main(
    count: Annotated[int, typer.Option(min=1, help="Pages to draw.")] = 600,
    seed: Annotated[int, typer.Option(help="Another seed draws other pages.")] = 1,
    folder: Annotated[Path | None, typer.Option(help="Read this drawn set instead.", exists=True)] = None,
    out: Annotated[Path | None, typer.Option(help="Write the JSON result here.")] = None,
    worst: Annotated[int, typer.Option(help="How many of those that lie to print.")] = 40,
    floors: Annotated[bool, typer.Option("--floors", help="End with status 1 below floors.toml.")] = False,
) -> None:
    """Draw damaged pages, read them, and print what was right, told and silently wrong."""
    console = open_console()
    with tempfile.TemporaryDirectory() as scratch:
        try:
            drawn = folder or _drawn(Path(scratch), count, seed)
        except FontsMissing as missing:
            console.print(f"no pages can be drawn: {missing}")
            return
        result, outcomes = evaluate_damage(open_engine("auto"), drawn, console=console)
    print_damage(console, result["summary"])
    print_lies(console, outcomes, worst)
    if out:
        save_result(result, out)
    if floors:
        exit_below_floors(console, result)


def _drawn(folder: Path, count: int, seed: int) -> Path:
    write_damaged(folder, count, seed)
    return folder


if __name__ == "__main__":
    typer.run(main)
