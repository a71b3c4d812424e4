"""The fifteen fields."""

import datetime
from dataclasses import replace
from typing import Any

import pytest

from engine import Item, PassportReading, Source
from engine.values.chinese import ChinesePrint, ChineseText
from engine.values.items import ItemReading
from engine.values.pictures import Point
from server.contract.aip.passport import passport_fields
from server.contract.facts import facts_of
from tests.doubles import LINES, fixed_reading

NAMES = [
    *("国家码", "护照签发地点", "护照号码", "出生地点", "签发机关", "护照类型", "MRZCode1", "MRZCode2"),
    *("有效期至", "签发日期", "生日", "姓名", "姓名拼音", "性别", "国籍"),
]
NOWHERE = {"left": 0, "top": 0, "width": 0, "height": 0}


def quad(left: float, top: float, right: float, bottom: float) -> tuple[Point, Point, Point, Point]:
    return Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)


def fields_of(*changed: ItemReading) -> dict[str, Any]:
    reading: PassportReading = replace(fixed_reading(), read_on=datetime.date(2026, 11, 28))
    items = list(reading.items)
    for item in changed:
        items[list(Item).index(item.item)] = item
    return passport_fields(facts_of(replace(reading, items=tuple(items)), b"", portrait=False))


def test_all_fifteen_are_there_read_or_not() -> None:
    fields = fields_of()
    assert list(fields) == NAMES
    assert fields["护照签发地点"] == fields["姓名"] == {"location": NOWHERE, "words": ""}
    assert fields["护照号码"] == {
        "location": {"left": 10, "top": 20, "width": 100, "height": 20},
        "words": "X1234567",
    }
    assert (fields["MRZCode1"]["words"], fields["MRZCode2"]["words"]) == LINES


def test_dates_have_their_century() -> None:
    fields = fields_of()
    assert (fields["生日"]["words"], fields["有效期至"]["words"]) == ("19900101", "20300101")
    assert fields["签发日期"]["words"] == ""


@pytest.mark.parametrize(("value", "words"), [("M", "男/M"), ("F", "女/F"), ("X", "X"), ("", "")])
def test_the_sex_is_told_in_both_languages(value: str, words: str) -> None:
    assert fields_of(ItemReading(Item.SEX, value, 0.9))["性别"]["words"] == words


def test_names_are_one_field_with_one_box() -> None:
    surname = ItemReading(Item.SURNAME, "ZHENGJIAN", 0.9, quad(50, 60, 90, 70))
    given = ItemReading(Item.GIVEN_NAMES, "YANGBEN", 0.9, quad(40, 80, 80, 91))
    assert fields_of(surname, given)["姓名拼音"] == {
        "location": {"left": 40, "top": 60, "width": 50, "height": 31},
        "words": "ZHENGJIAN,YANGBEN",
    }


def test_a_name_of_one_part_has_no_comma_and_the_box_of_that_part() -> None:
    fields = fields_of(
        ItemReading(Item.SURNAME, "", 0.0), ItemReading(Item.GIVEN_NAMES, "ANNA", 0.9, quad(4, 8, 9, 9))
    )
    assert fields["姓名拼音"] == {"location": {"left": 4, "top": 8, "width": 5, "height": 1}, "words": "ANNA"}


def test_the_nationality_is_told_as_it_is_printed_else_by_its_code() -> None:
    printed = ItemReading(Item.NATIONALITY, "CHN", 0.9, source=Source.BOTH, printed="中国/CHINESE")
    assert fields_of(printed)["国籍"]["words"] == "中国/CHINESE"
    assert fields_of()["国籍"]["words"] == "UTO"


def test_the_name_in_chinese_has_its_place() -> None:
    field = chinese_fields(ChinesePrint(ChineseText("张三", 0.98, quad(10, 20, 109, 39))))["姓名"]
    assert field["words"] == "张三"
    assert (field["location"]["left"], field["location"]["top"]) == (10, 20)


def chinese_fields(chinese: ChinesePrint) -> dict[str, Any]:
    items = [
        ItemReading(Item.BIRTH_PLACE, "FUJIAN", 0.99, quad(80, 50, 119, 59), source=Source.VIZ),
        ItemReading(Item.AUTHORITY, "Ministry of Public Security", 0.99, quad(80, 90, 199, 99), source=Source.VIZ),
    ]
    given = {item.item: item for item in items}
    whole = tuple(given.get(item.item, item) for item in fixed_reading().items)
    reading = replace(fixed_reading(), items=whole, width=400, height=300, chinese=chinese)
    return passport_fields(facts_of(reading, b"", portrait=False))


def test_a_place_is_told_in_both_scripts_with_the_box_around_both() -> None:
    field = chinese_fields(ChinesePrint(birth_place=ChineseText("福建", 0.99, quad(50, 48, 74, 60))))["出生地点"]
    assert field == {"location": {"left": 50, "top": 48, "width": 69, "height": 12}, "words": "福建/FUJIAN"}


@pytest.mark.parametrize("text", [ChineseText("福建", 0.89), ChineseText("湖南", 0.95, fits=False), ChineseText()])
def test_a_place_stays_latin_where_the_characters_are_doubtful_or_another_place(text: ChineseText) -> None:
    assert chinese_fields(ChinesePrint(birth_place=text))["出生地点"]["words"] == "FUJIAN"


def test_the_authority_is_told_in_chinese_where_it_was_read() -> None:
    told = ChinesePrint(authority=ChineseText("公安部出入境管理局", 0.99, quad(80, 70, 199, 84)))
    field = chinese_fields(told)["签发机关"]
    assert (field["words"], field["location"]["top"]) == ("公安部出入境管理局", 70)
    assert chinese_fields(ChinesePrint())["签发机关"]["words"] == "Ministry of Public Security"
