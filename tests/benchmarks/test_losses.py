"""Where items are said to be lost."""

import pytest

from benchmarks.losses import RIGHT, UNREAD, find_losses, stage_of_loss
from engine.readers.select import open_readers
from engine.values.items import Item
from models.training.draw.capture.picture import Picture
from models.training.draw.pages.records import NOTHING, ItemTruth
from models.training.draw.samples import make_picture
from models.training.draw.type.fonts import is_fetched

needs_fonts = pytest.mark.skipif(not is_fetched(), reason="no fonts: run `make fonts`")

OFFICE = ItemTruth("PASSPORT OFFICE ZENITH", "PASSPORT OFFICE ZENITH")
LINES = ("PASSPORT OFFICE", "ZENITH")
READ = "Authority\nPASSPORT OFFICE\nZENITH 12 JAN 2015"


@pytest.mark.parametrize(
    ("value", "found", "ideal", "stage"),
    [
        ("Passport Office Zenith", "", "", RIGHT),
        ("PASSPORT OFFICE", "PASSPORT OFFICE\nZEN", READ, "line not whole"),
        ("PASSPORT OFFICE ZENIIH", "PASSPORT OFFICE\nZENIIH", "PASSPORT OFFICE\nZENIIH", "misread"),
        ("PASSPORT OFFICE", READ, READ, "joined or parted"),
        ("PASSPORT OFFICE ZENITH 12 JAN 2015", READ, READ, "joined or parted"),
        ("UTOPIAN", READ, READ, "other text"),
        ("", READ, READ, "nothing given"),
    ],
)
def test_an_item_is_lost_at_the_first_stage_that_does_not_hand_it_on(
    value: str, found: str, ideal: str, stage: str
) -> None:
    assert stage_of_loss(OFFICE, value, LINES, found, ideal) == stage


@needs_fonts
def test_each_printed_item_is_told_once() -> None:
    picture = make_picture(1, 3, kind="scan300", layout="random")
    losses = dict(find_losses(picture, open_readers()))
    printed = {item for item in losses if picture.truth.items[item].value}
    assert set(losses) == printed >= {Item.SURNAME, Item.GIVEN_NAMES, Item.ISSUE_DATE}
    assert losses[Item.SURNAME] != UNREAD


@needs_fonts
def test_a_picture_without_a_zone_loses_all_of_them() -> None:
    picture = make_picture(1, 3, kind="scan300", layout="random")
    blank = Picture(picture.pixels * 0 + 255, picture.truth)
    assert set(dict(find_losses(blank, open_readers())).values()) == {UNREAD}
    assert not list(find_losses(Picture(blank.pixels, NOTHING), open_readers()))
