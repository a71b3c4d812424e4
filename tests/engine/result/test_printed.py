"""How an item is printed, in Latin letters."""

import pytest

from engine.result.printed import keep_printed
from engine.values.items import Item, ItemReading, Source, VisualReading, VisualValue
from engine.values.pictures import Point

QUAD = (Point(0, 0), Point(9, 0), Point(9, 9), Point(0, 9))


def printed(text: str, source: Source) -> str:
    visual = VisualReading({Item.EXPIRY_DATE: VisualValue("290805", text, 0.9, QUAD, ())})
    (item,) = keep_printed([ItemReading(Item.EXPIRY_DATE, "290805", 0.9, source=source)], visual)
    return item.printed


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("12 AUG/AOÛT 1984", "12 AUG/AOÛT 1984"),
        ("05 8一/AUG 2029", "05 8/AUG 2029"),
        ("一一 KYIV", "KYIV"),
        ("一一", ""),
    ],
)
def test_letters_of_other_scripts_are_left_out(text: str, kept: str) -> None:
    assert printed(text, Source.BOTH) == kept


def test_what_the_zone_alone_says_has_no_print() -> None:
    assert printed("05 AUG 2029", Source.MRZ) == ""
