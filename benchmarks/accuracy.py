"""How much is read right: ``python -m benchmarks.accuracy FOLDER``, on the terminal and as a result of record.

The folder is one with a ``manifest.jsonl``, or with any truth that ``passport-ocr bench`` takes; what of it cannot be
judged is named.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Protocol, cast

import cv2
import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from benchmarks.floors import check_floors, load_floors
from benchmarks.measure.misses import miss_lines, write_miss
from benchmarks.measure.report import open_console, print_changes, print_misses, print_report
from engine.api import Engine
from engine.measure.provenance import provenance
from engine.measure.results import Result, compare, file_row, load_result, save_result
from engine.measure.runner import FileOutcome, Recogniser, measure
from engine.measure.scoring import summarise
from engine.measure.truth import Document, TableRefused, load_documents, load_truth
from engine.readers.select import READER_NAMES, ReaderName
from engine.values.items import Scope

RESULTS = Path(__file__).with_name("results")
SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp"})
"""Of the pictures of a folder without a manifest."""


class MeasuredEngine(Recogniser, Protocol):
    """An engine that can say which readers and models it used."""

    @property
    def versions(self) -> Mapping[str, str]:
        """Versions by use."""
        ...


def evaluate(
    engine: MeasuredEngine,
    folder: Path,
    *,
    dataset: str,
    console: Console,
    items: Scope = "all",
    only: str | None = None,
    limit: int | None = None,
) -> tuple[Result, list[FileOutcome]]:
    """Read a folder's pictures and build the JSON result."""
    documents = _select(_known(folder, console), only)[:limit]
    outcomes = list(track(measure(engine, documents, items=items), total=len(documents), console=console))
    head: Result = {"dataset": dataset, "items": items, **provenance(), "versions": dict(engine.versions)}
    return head | {"summary": summarise(outcomes), "files": [file_row(o) for o in outcomes]}, outcomes


def main(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Pictures, and what is on them.")],
    limit: Annotated[int | None, typer.Option(help="Only the first N pictures.")] = None,
    only: Annotated[str | None, typer.Option(help="Only pictures whose name or tags contain this.")] = None,
    items: Annotated[str, typer.Option(help="all, or mrz: only the machine readable zone.")] = "all",
    reader: Annotated[str, typer.Option(help="Which MRZ reader the engine uses.")] = "auto",
    name: Annotated[str | None, typer.Option(help="The dataset's name; the folder's otherwise.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the JSON result here.")] = None,
    against: Annotated[Path | None, typer.Option(help="Compare with this result, file by file.")] = None,
    misses: Annotated[Path | None, typer.Option(help="Write annotated pictures of the misses here.")] = None,
    worst: Annotated[int, typer.Option(help="How many misses to print.")] = 40,
    floors: Annotated[bool, typer.Option("--floors", help="End with status 1 below floors.toml.")] = False,
) -> None:
    """Read every picture, print how much was right and what changed since the last committed result."""
    wanted = parse_items(items)
    dataset = name or folder.resolve().name
    console = open_console()
    engine = open_engine(reader)
    result, outcomes = evaluate(
        engine, folder, dataset=dataset, console=console, items=wanted, only=only, limit=limit
    )
    print_report(console, result)
    print_misses(console, outcomes, limit=worst)
    earlier = against or RESULTS / f"{dataset}.json"
    if earlier.is_file():
        print_changes(console, compare(load_result(earlier)["files"], result["files"]), earlier.name)
    if out:
        save_result(result, out)
    if misses:
        _write_misses(outcomes, misses)
    if floors:
        exit_below_floors(console, result)


def parse_items(items: str) -> Scope:
    """Refuse anything but ``all`` and ``mrz``."""
    if items == "all":
        return "all"
    if items == "mrz":
        return "mrz"
    raise typer.BadParameter(f"--items is 'all' or 'mrz', not {items!r}")


def open_engine(reader: str) -> Engine:
    """The engine under test, on one thread, with its models loaded."""
    if reader not in READER_NAMES:
        raise typer.BadParameter(f"--reader is one of {', '.join(READER_NAMES)}, not {reader!r}")
    cv2.setNumThreads(1)
    return Engine(cast(ReaderName, reader))


def _known(folder: Path, console: Console) -> list[Document]:
    if (folder / "manifest.jsonl").is_file():
        return load_documents(folder)
    try:
        truth = load_truth(folder, sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES))
    except TableRefused as error:
        raise typer.BadParameter(str(error), param_hint="FOLDER") from None
    for problem in truth.problems:
        console.print(f"[yellow]{problem.kind.value}[/] {escape(problem.where)}: {escape(problem.advice)}")
    return list(truth.documents)


def _select(documents: list[Document], only: str | None) -> list[Document]:
    return [d for d in documents if only is None or only in d.file or only in d.tags or only == d.doc]


def _write_misses(outcomes: Iterable[FileOutcome], folder: Path) -> None:
    for outcome in outcomes:
        if lines := miss_lines(outcome):
            write_miss(outcome, lines, folder / f"{Path(outcome.document.file).stem}.jpg")


def exit_below_floors(console: Console, *results: Result) -> None:
    """End the program with status 1 where a gate of floors.toml does not hold for one of the results."""
    breaches = [breach for result in results for breach in check_floors(result, load_floors())]
    for breach in breaches:
        console.print(f"[red]gate does not hold:[/] {breach}")
    if breaches:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
