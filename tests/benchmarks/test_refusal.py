"""How pictures without a readable zone are counted."""

from dataclasses import replace

import pytest

from benchmarks import refusal
from benchmarks.refusal import GROUPS, Tally, add, summary
from engine.result.reading import PassportReading
from engine.values.items import Item, ItemReading
from engine.values.mrz import NO_ZONE
from models.training.draw.pages.records import NOTHING, ItemTruth
from models.training.draw.type.fonts import is_fetched


def reading(**values: tuple[str, float]) -> PassportReading:
    items = tuple(ItemReading(item, *values.get(item.name, ("", 0.0))) for item in Item)
    return PassportReading(items, NO_ZONE, (), {}, 10, 10)


TRUTH = replace(
    NOTHING,
    items={
        Item.SEX: ItemTruth("F", "F"),
        Item.PASSPORT_NUMBER: ItemTruth("E12", "E12"),
        Item.SURNAME: ItemTruth("DOE", "DOE"),
        Item.ISSUE_PLACE: ItemTruth("", ""),
    },
)


def test_items_are_right_wrong_or_missed() -> None:
    tally = Tally()
    add(tally, reading(SEX=("F", 0.9), PASSPORT_NUMBER=("E13", 0.9), ISSUE_PLACE=("X", 0.2)), TRUTH, 100.0)
    add(tally, None, TRUTH, 300.0)
    assert tally == Tally([100.0, 300.0], 1, 1, 1, 1, 1)


def test_groups_are_summed_up() -> None:
    tallies = {(GROUPS[1], "visa"): Tally([1.0, 3.0]), (GROUPS[1], "form"): Tally([2.0], 1)}
    (row,) = summary(tallies).values()
    assert (row["pictures"], row["read"], row["cpu_ms_p50"]) == (3, 1, 2.0)
    assert row["kinds"]["form"]["read"] == 1


@pytest.mark.skipif(not is_fetched(), reason="no fonts to draw pages with")
def test_a_covered_zone_is_read_past(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[object] = []
    monkeypatch.setattr(refusal, "print_summary", lambda console, groups: said.append(groups))
    refusal.main(count=1, seed=1, only="covered", out=None)
    (groups,) = said
    assert isinstance(groups, dict)
    assert list(groups) == [GROUPS[0]]
    assert groups[GROUPS[0]]["read"] == 1
