"""Pages read as if nobody had looked at their state."""

from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks.rules import ReadPage, give_to_items
from benchmarks.unseen import Value, print_summary, read_unseen, summary
from engine.measure.truth import Document, ItemTruth
from engine.values.items import Item, ItemReading, Source
from engine.values.text import LineText
from tests.engine.readings import mrz_reading
from tests.engine.visual.pages import label, line
from tests.engine.visual.text.reading import chars_of, evidence_of

MRZ = mrz_reading(("P<POLKOWALSKA<<ANNA<<<<<<<<<<<<<<<<<<<<<<<<<", "L898902C36POL7408122F1204159ZE184226B<<<<<10"))
OFFICE = chars_of("WOJEWODA MAZGWIECKI", 0.99, {12: (0.6, {"O": 0.4})})
LINES = (
    label("Surname", 40, 17.0),
    line("KOWALSKA", 40, 20.0),
    label("Place of birth", 40, 36.5),
    line("ZENITH", 40, 40.0),
    label("Authority", 40, 46.5),
    replace(line("WOJEWODA MAZGWIECKI", 40, 50.0), text=LineText(OFFICE, evidence_of(OFFICE))),
)
TRUTH = {Item.BIRTH_PLACE: ItemTruth("Zenith"), Item.AUTHORITY: ItemTruth("WOJEWODA MAZOWIECKI")}


PAGE = ReadPage(Document("page.png", Path("page.png"), "TD3", (), MRZ.lines, TRUTH), LINES, MRZ)


@pytest.fixture
def values() -> list[Value]:
    return read_unseen([PAGE])


def test_an_office_of_the_pages_own_state_is_not_known(values: list[Value]) -> None:
    """WOJEWODA MAZOWIECKI stands in the table of Poland's offices, which puts the misread letter right."""
    assert give_to_items(PAGE)[Item.AUTHORITY].value == "WOJEWODA MAZOWIECKI"
    assert {value.read.item: value.right for value in values} == {Item.BIRTH_PLACE: True, Item.AUTHORITY: False}
    counted = summary(values)
    assert (counted["pages"], counted["all_right"], counted["items"]["birth place"]["right"]) == (1, 0, 1)
    assert counted["items"]["authority"]["causes"] == {"nearly read, given: nearly it": 1}


def test_misses_are_listed_with_their_cause(values: list[Value]) -> None:
    console = Console(width=200, record=True)
    print_summary(console, summary(values), values, misses=True)
    assert "authority: page.png: 'WOJEWODA MAZOWIECKI', given" in console.export_text()


@pytest.mark.parametrize(
    ("truth", "given", "lines", "cause"),
    [
        ("OSLO", "", ("OSLO",), "read, given: nothing"),
        ("OSLO", "BERGEN", ("XXOSLOXX",), "read, given: another"),
        ("TRONDHEIM", "TRONDHE1M", ("TRONDHE1M",), "nearly read, given: nearly it"),
        ("NEW YORK", "YORK", ("YORK",), "nearly read, given: a part"),
        ("OSLO", "", ("BERGEN",), "not read, given: nothing"),
        ("", "OSLO", ("OSLO",), "nothing printed"),
    ],
)
def test_a_wrong_value_has_a_cause(truth: str, given: str, lines: tuple[str, ...], cause: str) -> None:
    read = ItemReading(Item.BIRTH_PLACE, given, confidence=0.5, source=Source.VIZ)
    assert Value("page.png", truth, read, lines).cause == cause
