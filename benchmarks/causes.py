"""What makes items hard to read: ``python -m benchmarks.causes FOLDER`` over generated pictures with traits.

Pictures for it are drawn by ``python -m models.training.draw.samples FOLDER --layout random --count N --seed S``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.accuracy import open_engine
from benchmarks.measure.report import open_console
from engine.measure.metrics import Grade
from engine.measure.runner import FileOutcome, ItemOutcome, measure
from engine.measure.truth import load_documents
from engine.values.items import Item

ITEMS: Final = (Item.BIRTH_PLACE, Item.ISSUE_DATE, Item.AUTHORITY, Item.SURNAME, Item.GIVEN_NAMES)
"""Items that the page alone tells, or tells better than the zone."""

_RIGHT: Final = frozenset({Grade.EXACT, Grade.CASELESS})
_SIZES: Final = ((10, "print under 10 px"), (15, "print of 10 to 14 px"), (10**6, "print of 15 px and more"))

Counts = Mapping[str, Mapping[Item, tuple[int, int]]]
"""Right and all printed ones of each item, by cause."""


def count_causes(outcomes: Iterable[FileOutcome]) -> Counts:
    """Count what was right (case and spaces aside), by cause; ``all`` counts every printed item once."""
    counts: dict[str, dict[Item, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for outcome in outcomes:
        for item in outcome.items:
            for cause in causes_of(outcome, item):
                counts[cause][item.item][0] += item.grade in _RIGHT
                counts[cause][item.item][1] += 1
    return {cause: {item: (n[0], n[1]) for item, n in row.items()} for cause, row in counts.items()}


def causes_of(outcome: FileOutcome, item: ItemOutcome) -> Iterator[str]:
    """Yield what may make an item hard to read; nothing where it is not printed."""
    truth = outcome.document.items[item.item]
    if not truth.value or truth.box is None:
        return
    yield "all"
    yield from truth.traits
    lines = 2 if "two lines" in truth.traits else 1
    yield next(name for limit, name in _SIZES if truth.box.height / lines < limit)


def print_causes(console: Console, counts: Counts, items: Sequence[Item] = ITEMS) -> None:
    """Print a table of shares, the causes by name."""
    table = Table(title="right, case and spaces aside")
    table.add_column("cause")
    for item in items:
        table.add_column(item.name.lower().replace("_", " "), justify="right")
    for cause in sorted(counts, key=lambda cause: (cause != "all", cause)):
        row = counts[cause]
        table.add_row(cause, *(_share(*row[item]) if item in row else "" for item in items))
    console.print(table)


def _share(right: int, printed: int) -> str:
    return f"{100 * right / printed:.0f} % of {printed}"


def main(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Pictures with a manifest.jsonl.")],
    limit: Annotated[int | None, typer.Option(help="Only the first N pictures.")] = None,
) -> None:
    """Read every picture and print how often each item was right, by cause."""
    outcomes = list(measure(open_engine("auto"), load_documents(folder)[:limit], items="all"))
    print_causes(open_console(), count_causes(outcomes))


if __name__ == "__main__":
    typer.run(main)
