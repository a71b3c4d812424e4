"""Pages read as if nobody had looked at their state: ``python -m benchmarks.unseen FOLDER --misses``.

Each page is read once, and its lines are given to the items with what the tables say of its own state left out:
offices, places, cities. That is as near as one comes to states that nobody saw. Rules made with pages in view still
are in view; what the networks learned is drawn, never a real page.

Of every wrong value it says how far its print was read – in one line, nearly, or not – and what was given instead:
nothing, nearly the text, a part of it, or another one. What was read and not given is the choice of lines to blame
for, what was not read the readers.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio
from rich.console import Console
from rich.table import Table

from benchmarks.measure.report import open_console
from benchmarks.rules import RIGHT, ReadPage, give_to_items, read_pages, tables_without
from engine.measure.metrics import expected_calibration_error, grade, reliability
from engine.measure.provenance import provenance
from engine.measure.results import save_json
from engine.measure.runner import SURE
from engine.measure.truth import load_documents
from engine.values.items import MRZ_LINES, Item, ItemReading
from engine.visual.text.fold import fold

ITEMS: Final = tuple(item for item in Item if item not in MRZ_LINES)
_NEAR: Final = 70.0
"""Likeness (0 to 100) from which a text is nearly another one."""


@dataclass(frozen=True, slots=True)
class Value:
    """One item of one page: what is printed, what was given, and how far its print was read."""

    file: str
    truth: str
    read: ItemReading
    lines: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether it was given as it is printed, case and spaces aside."""
        return grade(self.truth, self.read.value) in RIGHT

    @property
    def cause(self) -> str:
        """Why it is wrong."""
        if not self.truth:
            return "nothing printed"
        return (
            f"{_how_read(fold(self.truth), self.lines)}, given: {_how_given(fold(self.truth), fold(self.read.value))}"
        )


def _how_read(truth: str, lines: Sequence[str]) -> str:
    if any(truth in line for line in lines):
        return "read"
    return "nearly read" if any(partial_ratio(truth, line) >= _NEAR for line in lines if line) else "not read"


def _how_given(truth: str, given: str) -> str:
    if not given:
        return "nothing"
    if 100 * Levenshtein.normalized_similarity(truth, given) >= _NEAR:
        return "nearly it"
    return "a part" if given in truth or truth in given else "another"


def read_unseen(pages: Sequence[ReadPage]) -> list[Value]:
    """Return the values of all pages, each read without its own state's rows of the tables."""
    values: list[Value] = []
    for page in pages:
        with tables_without(page.mrz.fields.issuing_state):
            items = give_to_items(page)
        lines = tuple(fold(line.text.text) for line in page.lines)
        values += [
            Value(page.document.file, truth.value, items[item], lines)
            for item, truth in page.document.items.items()
            if item in ITEMS
        ]
    return values


def summary(values: Sequence[Value]) -> dict[str, Any]:
    """Right values by item, pages with all of them, values sure but wrong, calibration error, causes by item."""
    given = [value for value in values if value.read.value]
    whole = {value.file for value in values} - {value.file for value in values if not value.right}
    return {
        "pages": len({value.file for value in values}),
        "all_right": len(whole),
        "silent": sum(value.read.confidence >= SURE and not value.right for value in given),
        "ece": round(expected_calibration_error(reliability((v.read.confidence, v.right) for v in given)), 4),
        "items": {item.english: _of_item([v for v in values if v.read.item is item]) for item in ITEMS},
    }


def _of_item(values: Sequence[Value]) -> dict[str, Any]:
    printed = [value for value in values if value.truth]
    causes = Counter(value.cause for value in values if not value.right)
    return {
        "printed": len(printed),
        "right": sum(value.right for value in printed),
        "invented": sum(not value.truth and not value.right for value in values),
        "causes": dict(causes.most_common()),
    }


def print_summary(console: Console, result: Mapping[str, Any], values: Sequence[Value], *, misses: bool) -> None:
    """A row an item; with ``misses`` every wrong value and why."""
    table = Table(f"own state left out, {result['pages']} pages", "printed", "right", "%", "invented", "causes")
    for item in ITEMS:
        row = result["items"][item.english]
        share = f"{100 * row['right'] / row['printed']:.1f}" if row["printed"] else ""
        causes = "; ".join(f"{count} {cause}" for cause, count in row["causes"].items())
        table.add_row(item.english, *(str(row[k]) for k in ("printed", "right")), share, str(row["invented"]), causes)
    console.print(table)
    told = ("all_right", "silent", "ece")
    console.print("pages with all items right {}, values sure but wrong {}, ECE {}".format(*map(result.get, told)))
    for value in (value for value in values if misses and not value.right):
        given = f"{value.read.value!r} ({value.read.confidence:.2f})"
        miss = f"{value.read.item.english}: {value.file}: {value.truth!r}, given {given}: {value.cause}"
        console.print(miss, markup=False, soft_wrap=True)


def main(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Pictures with a manifest.jsonl.")],
    limit: Annotated[int | None, typer.Option(help="Only the first N pictures.")] = None,
    misses: Annotated[bool, typer.Option(help="List every wrong value.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write the JSON result here.")] = None,
) -> None:
    """Read the pages of FOLDER, each as one of a state that nobody looked at."""
    documents = [document for document in load_documents(folder)[:limit] if not document.negative]
    values = read_unseen(read_pages(documents))
    result = summary(values)
    print_summary(open_console(), result, values, misses=misses)
    if out:
        save_json({**provenance(), "folder": folder.name, **result}, out)


if __name__ == "__main__":
    typer.run(main)
