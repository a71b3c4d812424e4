"""Our lines and rapidocr's on items: ``python -m benchmarks.compare_items FOLDER``.

A passport reader is more than a reader of lines: rapidocr gives no items. So its lines are given to this engine's
assignment in place of ours, with our machine readable zone and our page, and what comes out is counted item by item.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.compare import load_answers, run_system
from benchmarks.measure.borrowed_lines import read_items
from benchmarks.measure.report import open_console
from benchmarks.peers.systems import CACHE, SYSTEMS, set_up
from engine.api import Engine
from engine.errors import NothingToRead
from engine.measure.metrics import Grade, grade
from engine.measure.provenance import provenance
from engine.measure.results import Result, save_json
from engine.measure.truth import Document, load_documents
from engine.readers.select import open_readers
from engine.values.items import Item, ItemReading

PEER: Final = "rapidocr"
_RIGHT: Final = frozenset({Grade.EXACT, Grade.CASELESS})

Counts = Mapping[Item, tuple[int, int]]
"""Right and printed values of each item."""


def count_right(read: Iterable[tuple[Document, Iterable[ItemReading]]]) -> Counts:
    """Count of each item how many printed values came out right, case and spaces aside."""
    right: Counter[Item] = Counter()
    printed: Counter[Item] = Counter()
    for document, items in read:
        values = {item.item: item.value for item in items}
        for item, truth in document.items.items():
            printed[item] += bool(truth.value)
            right[item] += bool(truth.value) and grade(truth.value, values.get(item, "")) in _RIGHT
    return {item: (right[item], printed[item]) for item in Item if printed[item]}


def print_counts(console: Console, dataset: str, counts: Mapping[str, Counts]) -> None:
    """The table: a row an item, a column a system."""
    table = Table(dataset, *counts)
    for item in next(iter(counts.values())):
        table.add_row(item.english, *(f"{right} of {of}" for right, of in (c[item] for c in counts.values())))
    console.print(table)


def _ours(engine: Engine, document: Document) -> tuple[ItemReading, ...]:
    try:
        return engine.recognize(document.path).items
    except NothingToRead:
        return ()


def main(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Pictures with a manifest.jsonl.")],
    limit: Annotated[int | None, typer.Option(help="Only the first N pictures.")] = None,
    seconds: Annotated[float, typer.Option(help="Longest wait for one picture.")] = 300.0,
    out: Annotated[Path | None, typer.Option(help="Write the JSON result here.")] = None,
) -> None:
    """Compare two readers of lines on items."""
    dataset = folder.resolve().name
    documents = [document for document in load_documents(folder)[:limit] if not document.negative]
    kept = CACHE / "runs" / f"{dataset}-{PEER}-texts.jsonl"
    run_system(set_up(SYSTEMS[PEER], None), documents, kept, seconds=seconds)
    answers, engine, readers = load_answers(kept), Engine(), open_readers()
    counts = {
        "ours": count_right((d, _ours(engine, d)) for d in documents),
        f"{PEER}'s lines": count_right((d, read_items(d, answers[d.file]["texts"], readers)) for d in documents),
    }
    print_counts(open_console(), dataset, counts)
    if out:
        items = {name: {item.name: list(c) for item, c in rows.items()} for name, rows in counts.items()}
        result: Result = {
            "dataset": dataset, **provenance(), "requirements": list(SYSTEMS[PEER].requirements), "items": items,
        }  # fmt: skip
        save_json(result, out)


if __name__ == "__main__":
    typer.run(main)
