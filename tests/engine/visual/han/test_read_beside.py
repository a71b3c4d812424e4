"""What stands in Chinese beside places and the authority, off a committed picture whose Latin print is changed."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

import engine
from engine import Item, PassportReading
from engine.page import PlacedPage, place_page
from engine.tables.han import han_characters
from engine.tables.places import places
from engine.tables.rows import read_rows
from engine.values.chinese import NOT_READ, ChineseText
from engine.values.items import ItemReading
from engine.values.pictures import Photo, Point
from engine.visual.han.chinese_print import chinese_print, latin_key
from engine.visual.han.read_beside import read_beside

PAGE = Path(__file__).parents[3] / "images" / "chn_2012_specimen.jpg"


@pytest.fixture(scope="module")
def reading() -> PassportReading:
    return engine.recognize(PAGE)


def beside(
    reading: PassportReading, item: Item, latin: str, confidence: float = 0.99, down: float = 0.0
) -> ChineseText:
    """What is read beside an item of the page if its Latin print said ``latin`` and stood ``down`` px lower."""
    photo = Photo(np.asarray(cv2.imread(str(PAGE), cv2.IMREAD_GRAYSCALE), np.uint8))
    page = place_page(reading.mrz.format, reading.mrz_quads)
    quad = reading[item].quad
    assert isinstance(page, PlacedPage) and quad is not None
    a, b, c, d = (Point(corner.x, corner.y + down) for corner in quad)
    changed = replace(reading[item], value=latin, confidence=confidence, quad=(a, b, c, d))
    return read_beside(photo, page, [changed])[item]


class TestThePage:
    def test_says_what_the_latin_print_says(self, reading: PassportReading) -> None:
        found = {item.name: text.value for item, text in reading.chinese.by_item.items()}
        assert found == {"BIRTH_PLACE": "陕西", "ISSUE_PLACE": "北京", "AUTHORITY": "中华人民共和国国家移民管理局"}
        assert all(text.confidence > 0.9 and text.fits for text in reading.chinese.by_item.values())

    def test_the_characters_are_before_places_and_above_the_authority(self, reading: PassportReading) -> None:
        for item, text in reading.chinese.by_item.items():
            assert text.quad is not None and reading[item].quad is not None
            chinese, latin = np.array(text.quad), np.array(reading[item].quad)
            if item is Item.AUTHORITY:
                assert chinese[:, 1].max() < latin[:, 1].min() + 3
            else:
                assert chinese[:, 0].max() < latin[:, 0].min()

    def test_with_the_zone_alone_nothing_is_looked_for(self) -> None:
        assert engine.recognize(PAGE, items="mrz").chinese.authority is NOT_READ


class TestOtherLatinPrint:
    def test_another_place_is_contradicted(self, reading: PassportReading) -> None:
        found = beside(reading, Item.BIRTH_PLACE, "HUNAN")
        assert (found.value, found.fits) == ("陕西", False)
        assert found.confidence <= 0.8

    def test_of_another_length_too(self, reading: PassportReading) -> None:
        assert beside(reading, Item.BIRTH_PLACE, "INNER MONGOLIA").value == "陕西"

    def test_another_authority_is_contradicted(self, reading: PassportReading) -> None:
        found = beside(reading, Item.AUTHORITY, "MPS Exit & Entry Administration")
        assert (found.value, found.fits) == ("中华人民共和国国家移民管理局", False)

    def test_beside_an_unknown_place_what_is_plainly_shown(self, reading: PassportReading) -> None:
        found = beside(reading, Item.ISSUE_PLACE, "ATLANTIS")
        assert (found.value, found.fits) == ("北京", True)

    def test_beside_an_unknown_authority_what_any_is_called(self, reading: PassportReading) -> None:
        found = beside(reading, Item.AUTHORITY, "AN OFFICE OF NO STATE")
        assert (found.value, found.fits) == ("中华人民共和国国家移民管理局", True)

    def test_what_is_plainly_shown_is_sure_however_doubtful_the_latin_print(self, reading: PassportReading) -> None:
        assert beside(reading, Item.ISSUE_PLACE, "BEIJING", 0.3).confidence > 0.9

    def test_a_misread_blank_or_comma_changes_nothing(self) -> None:
        assert chinese_print("place")[latin_key("inner. mongolia,")] == ("内蒙古",)


class TestNothing:
    @pytest.mark.parametrize("item", [Item.BIRTH_PLACE, Item.AUTHORITY])
    def test_is_told_where_nothing_is_printed(self, reading: PassportReading, item: Item) -> None:
        assert beside(reading, item, reading[item].value, down=90.0) is NOT_READ

    def test_is_told_without_latin_print(self, reading: PassportReading) -> None:
        photo, page = Photo(np.zeros((8, 8), np.uint8)), PlacedPage(None, np.eye(3), ())  # type: ignore[arg-type]
        assert set(read_beside(photo, page, []).values()) == {NOT_READ}
        bare = ItemReading(Item.BIRTH_PLACE, "HUNAN", 0.9)
        assert read_beside(photo, page, [bare])[Item.BIRTH_PLACE] is NOT_READ


class TestTheTable:
    def test_has_every_province(self) -> None:
        assert {latin_key(place) for place in places()["CHN"]} <= set(chinese_print("place"))

    def test_is_of_standard_characters_alone(self) -> None:
        for kind in ("place", "authority"):
            texts = [text for some in chinese_print(kind).values() for text in some]
            assert texts and set("".join(texts)) <= {*han_characters(), "…"}

    def test_every_row_has_a_source(self) -> None:
        rows = read_rows("chinese_print", "engine.visual.han")
        assert len({(row["latin"], row["chinese"]) for row in rows}) == len(rows) > 30
        assert all(row["source"] and row["chinese"] and row["kind"] in ("place", "authority") for row in rows)
