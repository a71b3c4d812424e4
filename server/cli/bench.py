"""The command ``passport-ocr bench``: how well a folder of one's own pictures is read."""

import shlex
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console
from rich.markup import escape

from engine import Engine

from .complaint import complaint
from .find import find_pictures
from .read import ItemsChoice, ReaderChoice

if TYPE_CHECKING:  # measuring is loaded when it is asked for
    from engine.measure.truth import Problem

    from ..bench.page import Report
    from ..bench.run import Bench

SHOWN: Final = 12
"""Problems that are printed; the report has all."""


class TableKind(StrEnum):
    """What ``--init`` writes."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    LABEL_STUDIO = "label-studio"
    FIFTYONE = "fiftyone"


_CORRECT: Final = (
    "Next: correct every row against its picture (write something for each ?, - where nothing is printed), write yes"
    " in the column checked, then: passport-ocr bench {folder}"
)
_NEXT: Final = {
    TableKind.LABEL_STUDIO: "Next: paste the .xml as Labeling Interface, import the .json, correct, export JSON over"
    " {path}, then: passport-ocr bench {folder}",
    TableKind.FIFTYONE: "Next: open the folder as FiftyOneImageDetectionDataset, correct it, set checked to true,"
    " export it, then: passport-ocr bench {folder} --truth {path}",
}


def _html_only(out: Path | None) -> Path | None:
    if out is not None and out.suffix.lower() not in (".html", ".htm"):
        raise typer.BadParameter(f"{out} is no .html: a .json of the same name is written beside it")
    return out


FolderArgument = Annotated[Path, typer.Argument(metavar="FOLDER", help="Pictures, and a table of what is on them.")]
TruthOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="CSV, xlsx, JSON; truth.csv, truth.xlsx or manifest.jsonl in FOLDER otherwise."
    ),
]
InitOption = Annotated[
    bool, typer.Option("--init", help="Write a table to fill in, prefilled with what is read, for you to correct.")
]
FormatOption = Annotated[TableKind, typer.Option(help="Of the table that --init writes.")]
OutOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.html",
        callback=_html_only,
        help="The report, NAME-bench.html otherwise; a .json is written beside it.",
    ),
]
AgainstOption = Annotated[
    Path | None, typer.Option(metavar="FILE.json", help="An earlier result to compare with, picture by picture.")
]
ItemsOption = Annotated[ItemsChoice, typer.Option(help="all fifteen, or mrz: what the machine readable zone holds.")]
ReaderOption = Annotated[ReaderChoice, typer.Option(help="What reads the machine readable zone.")]


def bench(
    folder: FolderArgument,
    truth: TruthOption = None,
    init: InitOption = False,
    format: FormatOption = TableKind.CSV,
    out: OutOption = None,
    against: AgainstOption = None,
    items: ItemsOption = ItemsChoice.ALL,
    reader: ReaderOption = ReaderChoice.AUTO,
) -> None:
    """Measure how well your own pictures are read, and write a report.

    First --init writes a table of what is read; correct it, write yes in its column "checked"; then run without.

    Exit status: 0 everything was judged, 1 something was left out and named, 2 wrong usage.
    """
    from engine.measure.truth import TableRefused

    from ..bench.run import Bench, load_earlier, write_report

    console = Console(stderr=True, highlight=False)
    try:
        earlier = load_earlier(against)
        opened = Bench(folder, _pictures(folder), Engine(reader.value), console)
        if init:
            _write_table(opened, folder, truth, format)
            return
        known = opened.truth(truth)
        _print_problems(console, known.problems)
        report = opened.report(known, items.value, earlier)
        target = out or Path(f"{opened.name}-bench.html")
        write_report(report, target)
    except TableRefused as error:
        raise complaint(str(error), status=2) from None
    except OSError as error:
        raise complaint(f"{error.filename}: {error.strerror}", status=2) from None
    _print_summary(report, target)
    raise typer.Exit(1 if known.problems else 0)


def _pictures(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise complaint(f"{folder} is no folder: name the folder that your pictures lie in", status=2)
    pictures = find_pictures([folder]).pictures
    if not pictures:
        raise complaint(f"there are no pictures in {folder}", status=2)
    return pictures


def _write_table(opened: "Bench", folder: Path, given: Path | None, kind: TableKind) -> None:
    written, unread = opened.prefill(given, kind.value)
    for name in unread:
        typer.echo(f"nothing was read, fill in by hand: {name}", err=True)
    typer.echo(f"written: {', '.join(map(str, written))}")
    named = {"folder": shlex.quote(str(folder)), "path": shlex.quote(str(written[0]))}
    typer.echo(_NEXT.get(kind, _CORRECT).format(**named))


def _print_problems(console: Console, problems: "tuple[Problem, ...]") -> None:
    for problem in problems[:SHOWN]:
        line = f"[yellow]{problem.kind.value}[/]: {escape(problem.where)}: {escape(problem.advice)}"
        console.print(line, soft_wrap=True)
    if len(problems) > SHOWN:
        console.print(f"… and {len(problems) - SHOWN} more, all in the report")
    if problems:
        console.print(f"passport-ocr: {len(problems)} left out of the figures, named above", soft_wrap=True)


def _print_summary(report: "Report", out: Path) -> None:
    summary, silent = report.result["summary"], sum(miss.silent for miss in report.misses)
    zones, seconds, mean = summary["mrz"], summary["cpu_seconds"], summary["items"]["mean_exact"]
    typer.echo(f"{len(report.outcomes)} pictures judged")
    typer.echo(f"machine readable zones exact: {zones['exact']} of {zones['count']}")
    typer.echo(f"items exact, mean: {'–' if mean is None else f'{100 * mean:.1f} %'}; misses: {len(report.misses)}")
    typer.echo(f"silent errors: {silent}")
    typer.echo(f"CPU seconds a picture: median {seconds['median']:.2f}, p90 {seconds['p90']:.2f}")
    if report.against:
        worse = sum(bool(change.lost) for change in report.changes)
        typer.echo(f"against the earlier run: {len(report.changes) - worse} pictures improved, {worse} worsened")
    typer.echo(f"report: {out}\nresult: {out.with_suffix('.json')}")
