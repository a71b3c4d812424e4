"""What dialects without boxes are told of a reading."""

import datetime
import io
import json
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from engine import Item, Source
from engine.values.chinese import ChinesePrint, ChineseText
from engine.values.items import ItemReading
from engine.values.pictures import Point
from server.contract.facts import facts_of
from tests.doubles import LINES, fixed_reading

TODAY = datetime.date(2026, 11, 28)
QUAD = (Point(20, 10), Point(59, 10), Point(59, 69), Point(20, 69))


def picture() -> bytes:
    pixels = np.full((100, 120, 3), 255, np.uint8)
    pixels[10:70, 20:60] = (200, 40, 40)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def test_they_are_what_json_can_hold() -> None:
    reading = replace(fixed_reading(), portrait_quad=QUAD)
    facts = facts_of(reading, picture(), portrait=True)
    assert json.loads(json.dumps(facts)) == facts


def test_the_chinese_name_is_told_with_its_confidence() -> None:
    named = replace(fixed_reading(), chinese=ChinesePrint(ChineseText("王琳", 0.98765)))
    facts = facts_of(named, b"", portrait=False)
    assert (facts["chinese"]["name"]["value"], facts["chinese"]["name"]["confidence"]) == ("王琳", 0.9877)
    none = facts_of(fixed_reading(), b"", portrait=False)
    nothing = {"value": "", "fits": True, "confidence": 0.0, "box": {"x": 0, "y": 0, "width": 0, "height": 0}}
    assert none["chinese"] == dict.fromkeys(("name", "BIRTH_PLACE", "ISSUE_PLACE", "AUTHORITY"), nothing)


def test_dates_have_their_century_and_the_page_is_told_from_the_zone() -> None:
    items = list(replace(fixed_reading(), read_on=TODAY).items)
    issue = ItemReading(Item.ISSUE_DATE, "200102", 0.9, source=Source.VIZ, printed="02 JAN 2020")
    items[list(Item).index(Item.ISSUE_DATE)] = issue
    items[list(Item).index(Item.SEX)] = replace(items[3], source=Source.MRZ)
    facts = facts_of(replace(fixed_reading(), items=tuple(items), read_on=TODAY), b"", portrait=False)
    assert facts["items"]["ISSUE_DATE"] == {
        "value": "200102",
        "printed": "02 JAN 2020",
        "date": "20200102",
        "on_page": True,
        "confidence": 0.9,
        "box": {"x": 0, "y": 0, "width": 0, "height": 0},
    }
    assert (facts["items"]["SEX"]["on_page"], facts["items"]["PASSPORT_NUMBER"]["on_page"]) == (False, True)
    assert facts["items"]["BIRTH_DATE"]["date"] == "19900101"
    assert facts["items"]["BIRTH_PLACE"] == {
        "value": "",
        "printed": "",
        "date": "",
        "on_page": False,
        "confidence": 0.0,
        "box": {"x": 0, "y": 0, "width": 0, "height": 0},
    }
    assert facts["items"]["PASSPORT_NUMBER"]["box"] == {"x": 10, "y": 20, "width": 100, "height": 20}


@pytest.mark.parametrize(
    ("birth", "expiry", "expected"),
    [
        ("900101", "300101", ("19900101", "20300101")),
        ("261129", "300101", ("19261129", "20300101")),  # tomorrow: a hundred years ago
        ("250101", "240101", ("19250101", "20240101")),  # born after the expiry: a hundred years earlier
        ("9001<<", "300230", ("", "")),  # partly unknown, and no day of any year
    ],
)
def test_the_zones_own_dates(birth: str, expiry: str, expected: tuple[str, str]) -> None:
    reading = replace(fixed_reading(), read_on=TODAY)
    fields = replace(reading.mrz.fields, birth_date=birth, expiry_date=expiry)
    zone = facts_of(replace(reading, mrz=replace(reading.mrz, fields=fields)), b"", portrait=False)["zone"]
    assert (zone["birth_date"], zone["expiry_date"]) == expected
    assert zone["lines"] == [*LINES]
    assert zone["fields"]["surname"] == "SPECIMEN"


def test_the_portrait_is_a_jpeg_in_colour_with_its_box() -> None:
    reading = replace(fixed_reading(), width=120, height=100, portrait_quad=QUAD)
    portrait = facts_of(reading, picture(), portrait=True)["portrait"]
    assert portrait is not None
    assert (portrait["x"], portrait["y"], portrait["width"], portrait["height"]) == (20, 10, 39, 59)
    assert portrait["jpeg"].startswith("/9j/")


def test_a_portrait_nobody_asked_for_costs_nothing() -> None:
    reading = replace(fixed_reading(), portrait_quad=QUAD)
    assert facts_of(reading, b"no picture", portrait=False)["portrait"] is None


def test_none_was_found() -> None:
    assert facts_of(fixed_reading(), b"no picture", portrait=True)["portrait"] is None
