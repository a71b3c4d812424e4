"""Which items a hidden character of the zone concerns."""

from dataclasses import replace

import pytest

from engine.fusion.hidden import hidden_items
from engine.values.items import Item
from tests.engine.readings import mrz_reading

LINES = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")


@pytest.mark.parametrize(
    ("place", "items"),
    [
        ((0, 3), (Item.ISSUING_STATE, Item.MRZ_LINE_1)),
        ((0, 7), (Item.MRZ_LINE_1, Item.SURNAME, Item.GIVEN_NAMES)),
        ((0, 40), (Item.MRZ_LINE_1,)),
        ((0, 25), (Item.MRZ_LINE_1, Item.SURNAME, Item.GIVEN_NAMES)),
        ((1, 2), (Item.PASSPORT_NUMBER, Item.MRZ_LINE_2)),
        ((1, 15), (Item.BIRTH_DATE, Item.MRZ_LINE_2)),
        ((1, 9), (Item.MRZ_LINE_2,)),
    ],
)
def test_a_hidden_character_concerns_its_line_and_the_values_of_its_field(
    place: tuple[int, int], items: tuple[Item, ...]
) -> None:
    assert hidden_items(replace(mrz_reading(LINES), unseen=(place,))) == items


def test_a_zone_that_was_wholly_seen_concerns_nothing() -> None:
    assert hidden_items(mrz_reading(LINES)) == ()
