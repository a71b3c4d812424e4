"""What is each rule beside the network worth? ``python -m benchmarks.rules FOLDER`` leaves one out after the other.

The last row leaves out what the tables say of each page's own state: its offices, places and cities. That is as near
as one comes to pages of a state nobody looked at: the networks have never seen a real page, but the rules were made
with these ones in view, and that cannot be undone.

The lines of every page are read once; then they are given to items anew without the rule, and what comes out right
is counted. A rule that changes nothing on pages nobody tuned on has no reason to stay, save those about spaces, which
do not count here, and those that keep confidence low on damaged pages: what they are worth `benchmarks.damage` tells.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Final
from unittest.mock import patch

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.measure.report import open_console
from engine.api import Engine
from engine.errors import NothingToRead
from engine.fusion.calibrate import calibrate, load_curves
from engine.fusion.fuse import fuse
from engine.measure.metrics import Grade, grade
from engine.measure.truth import Document, load_documents
from engine.memo import forget
from engine.values.items import Item, ItemReading, VisualReading
from engine.values.mrz import MrzReading
from engine.values.pictures import LocatedMrz
from engine.visual import zone
from engine.visual.items.assign import assign_items
from engine.visual.items.text_spans import RecognisedLine

ITEMS: Final = (Item.BIRTH_PLACE, Item.ISSUE_DATE, Item.AUTHORITY, Item.ISSUE_PLACE)
RIGHT: Final = frozenset({Grade.EXACT, Grade.CASELESS, Grade.ABSENT})
_SURE: Final = 0.99
_HOME: Final = "engine.visual"

Counts = tuple[Counter[Item], int, int]
"""Right values by item, pages with all of them, and values sure but wrong."""
_TABLES: Final = ("text.lexicon.authorities", "text.lexicon.places", "text.cities.cities",
                  "items.tagging.word_features.authorities")  # fmt: skip
_REMEMBERED: Final = (
    "text.lexicon.lexicon", "text.lexicon._folded", "text.lexicon._all_authorities", "text.cities._known",
    "text.cities._towns", "text.cities._abroad", "text.known.office_words._words",
    "items.tagging.word_features._authorities",
)  # fmt: skip
"""What keeps what it made of the tables."""

RULES: Final[Mapping[str, tuple[str, Callable[..., Any]]]] = {
    "network": ("items.page_text.tag_page", lambda lines, fields: None),
    "rules for places and authority": ("items.places.find_places.find_by_rules", lambda *_: None),
    "label near the line": ("items.places.line_scores._label_score", lambda *_: 0.0),
    "order of fields": ("items.places.line_scores._order_score", lambda *_: 0.0),
    "wording of authorities": ("items.places.line_scores._wording_score", lambda *_: 0.0),
    "further lines of a value": ("items.places.by_rules.value_lines", lambda page, found, others: [found]),
    "value that may go on": ("items.places.by_rules.may_go_on", lambda *_: False),
    "value that is cut short": ("items.places.found_place._is_cut_short", lambda *_: False),
    "words of stamps": ("items.places.by_network.without_overprint", lambda piece: [piece]),
    "known text spelt": ("items.places.found_place.known_text", lambda *_: None),
    "cities and towns": ("text.place_text.correct_city", lambda chars, state, evidence: tuple(chars)),
    "lone brackets": ("text.place_text._without_lone_brackets", lambda chars: tuple(chars)),
    "labels handed down": ("items.page_text._handed_down", lambda *_: []),
    "columns parted": ("items.page_text.split_columns", lambda span, labels: [span]),
    "misread date of issue": ("items.printed_dates.find_shown_issue", lambda *_: None),
    "values against the zone": ("items.assign.find_rivals", lambda *_: {}),
}
"""What is left out: a function below `_HOME`, and what takes its place."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page: its truth, its lines as read, its machine readable zone."""

    document: Document
    lines: tuple[RecognisedLine, ...]
    mrz: MrzReading


def read_pages(documents: Sequence[Document]) -> list[ReadPage]:
    """Read all pages once; those of which no lines are read are left out."""
    engine, pages, last = Engine(), [], []

    def keep(lines: Sequence[RecognisedLine], mrz: MrzReading) -> Any:
        last.append((tuple(lines), mrz))
        return assign_items(lines, mrz)

    with patch.object(zone, "assign_items", keep):
        for document in documents:
            last.clear()
            try:
                engine.recognize(document.path)
            except NothingToRead:
                continue
            pages += [ReadPage(document, *last[-1])] if last else []
    return pages


@contextmanager
def left_out(rule: str) -> Iterator[None]:
    """Leave a rule of `RULES` out for a while; "" leaves none out."""
    if not rule:
        yield
        return
    path, stand_in = RULES[rule]
    module, _, name = path.rpartition(".")
    with patch.object(import_module(f"{_HOME}.{module}"), name, stand_in):
        yield


@contextmanager
def tables_without(state: str) -> Iterator[None]:
    """Leave out what the tables say of a state's offices, places and cities for a while."""
    with ExitStack() as stack:
        for path in _TABLES:
            home, _, name = path.rpartition(".")
            module = import_module(f"{_HOME}.{home}")
            rest = {key: value for key, value in getattr(module, name)().items() if key != state}
            stack.enter_context(patch.object(module, name, lambda rest=rest: rest))
        _forget_tables()
        yield
    _forget_tables()


def _forget_tables() -> None:
    for path in _REMEMBERED:
        home, _, name = path.rpartition(".")
        getattr(import_module(f"{_HOME}.{home}"), name).cache_clear()


def count_without_own_state(pages: Sequence[ReadPage]) -> Counts:
    """Count as `count` does, each page read as if its state had never been looked at."""
    right: Counter[Item] = Counter()
    whole = silent = 0
    for page in pages:
        with tables_without(page.mrz.fields.issuing_state):
            own = count([page])
        right, whole, silent = right + own[0], whole + own[1], silent + own[2]
    return right, whole, silent


def count(pages: Sequence[ReadPage]) -> Counts:
    """Count right values by item (case and spaces aside), pages with all of them, and values sure but wrong."""
    right: Counter[Item] = Counter()
    whole = silent = 0
    for page in pages:
        items = give_to_items(page)
        told = {item: grade(truth.value, items[item].value) in RIGHT for item, truth in page.document.items.items()}
        right.update(item for item, is_right in told.items() if is_right)
        whole += all(told.values())
        silent += sum(
            not is_right and items[i].confidence >= _SURE and items[i].value != "" for i, is_right in told.items()
        )
    return right, whole, silent


def give_to_items(page: ReadPage) -> dict[Item, ItemReading]:
    """Return the items of a page, made of its lines and its zone anew."""
    visual = VisualReading(assign_items(page.lines, page.mrz))
    items = calibrate(fuse(LocatedMrz(page.mrz, ()), visual), load_curves("all"))
    forget()
    return {item.item: item for item in items}


def print_worth(console: Console, pages: Sequence[ReadPage]) -> None:
    """A row a rule: how much less comes out right without it."""
    table = Table(f"without, {len(pages)} pages", *(item.english for item in ITEMS), "all items", "sure but wrong")
    full = count(pages)
    table.add_row("nothing left out", *(str(full[0][item]) for item in ITEMS), str(full[1]), str(full[2]))
    for rule in RULES:
        with left_out(rule):
            _add_row(table, rule, full, count(pages))
    _add_row(table, "own state's rows of the tables", full, count_without_own_state(pages))
    console.print(table)


def _add_row(table: Table, name: str, full: Counts, without: Counts) -> None:
    items = (without[0][item] - full[0][item] for item in ITEMS)
    changes = (*items, without[1] - full[1], without[2] - full[2])
    table.add_row(name, *(f"{change:+d}" if change else "·" for change in changes))


def main(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Pictures with a manifest.jsonl.")],
    limit: Annotated[int | None, typer.Option(help="Only the first N pictures.")] = None,
) -> None:
    """Read the pages of FOLDER and tell what each rule is worth there."""
    documents = [document for document in load_documents(folder)[:limit] if not document.negative]
    print_worth(open_console(), read_pages(documents))


if __name__ == "__main__":
    typer.run(main)
