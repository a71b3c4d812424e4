"""What a caller gets: items by any name, loops, plain values; no personal data where it may be logged."""

import datetime
import json
from dataclasses import replace

import pytest

from engine import Contradiction, Item, ItemReading, PassportReading, Source
from engine.result.printed import keep_printed
from engine.values.chinese import ChinesePrint, ChineseText
from engine.values.items import Certainty, VisualReading, VisualValue
from engine.values.pictures import Point
from engine.values.text import LineText
from tests.doubles import LINES, QUAD, VALUES, fixed_reading


class TestItems:
    @pytest.mark.parametrize("item", Item)
    def test_every_name_of_an_item_finds_it(self, item: Item) -> None:
        reading = fixed_reading()
        name = item.name.lower()
        for same in (item, item.value, name, item.english, item.name):
            assert reading[same].item is item
            assert same in reading
        assert getattr(reading, name) is reading[item]
        assert getattr(PassportReading, name) is item

    @pytest.mark.parametrize("name", ["passport no", "", "items ", 3, None])
    def test_other_names_are_refused_with_the_choices(self, name: object) -> None:
        assert name not in fixed_reading()
        with pytest.raises(KeyError, match="passport_number"):
            fixed_reading()[name]  # type: ignore[index]

    def test_a_loop_goes_over_all_fifteen(self) -> None:
        reading = fixed_reading()
        assert [item.item for item in reading] == list(Item)
        assert len(reading) == 15
        assert all(item in reading for item in reading)
        assert ItemReading(Item.SEX, "X") not in reading

    def test_readings_can_be_keys(self) -> None:
        assert hash(fixed_reading()) == hash(replace(fixed_reading(), timings={"decode": 9.0}))
        assert len({fixed_reading(), fixed_reading(), replace(fixed_reading(), width=1)}) == 2

    @pytest.mark.parametrize(
        ("value", "confidence", "certainty"),
        [
            ("P", 0.99, Certainty.SURE),
            ("P", 0.9899, Certainty.LIKELY),
            ("P", 0.9, Certainty.LIKELY),
            ("P", 0.8999, Certainty.DOUBTFUL),
            ("", 1.0, Certainty.DOUBTFUL),
        ],
    )
    def test_certainty(self, value: str, confidence: float, certainty: Certainty) -> None:
        assert ItemReading(Item.SEX, value, confidence).certainty is certainty


class TestRepr:
    def everything(self) -> list[object]:
        reading = fixed_reading()
        number = reading.passport_number
        seen = VisualValue(number.value, number.value, 0.9, QUAD, number.characters)
        differing = Contradiction(Item.SURNAME, "SPECIMEN", "MUSTER ANNA", 0.9, 0.9)
        return [
            reading, reading.items, reading.mrz, reading.mrz.fields, reading.mrz.checks, reading.mrz.corrections,
            number.characters, LineText(number.characters), seen, VisualReading({Item.PASSPORT_NUMBER: seen}),
            differing, replace(reading, contradictions=(differing,)),
        ]  # fmt: skip

    def test_tells_nothing_that_was_read(self) -> None:
        told = "".join(repr(one) + str(one) for one in self.everything())
        secrets = [value for value in (*VALUES.values(), *LINES, "MUSTER") if len(value) > 3]
        assert not [secret for secret in secrets if secret in told]

    def test_is_short(self) -> None:
        assert all(len(repr(one)) < 160 for one in (fixed_reading(), fixed_reading().sex, fixed_reading().mrz))
        assert "11 of 15 items" in repr(fixed_reading())


class TestPlainValues:
    def test_json_holds_all_of_it(self) -> None:
        reading = fixed_reading()
        told = json.loads(reading.to_json())
        assert told == json.loads(json.dumps(reading.to_dict()))
        number, birth = told["items"][2], told["items"][5]
        assert (number["name"], number["value"], number["confidence"]) == ("passport number", "X1234567", 0.987)
        assert number["box"] == {"x": 10, "y": 20, "width": 100, "height": 20}
        assert (birth["value"], birth["date"]) == ("900101", "1990-01-01")
        assert told["mrz"]["lines"] == list(LINES)
        assert [check["ok"] for check in told["mrz"]["checks"]] == [True, False]
        assert told["warnings"][0]["warning"] == "CHECK_DIGIT"

    def test_json_holds_the_chinese_name(self) -> None:
        place = (Point(1.0, 2.0), Point(30.0, 2.0), Point(30.0, 12.0), Point(1.0, 12.0))
        reading = replace(fixed_reading(), chinese=ChinesePrint(ChineseText("王琳", 0.95, place)))
        assert reading.chinese_name.value == "王琳"
        told = reading.to_dict()["chinese_name"]
        assert (told["value"], told["confidence"], told["certainty"]) == ("王琳", 0.95, "likely")
        assert told["box"] is not None
        assert fixed_reading().to_dict()["chinese_name"]["value"] == ""

    def test_json_holds_what_stands_beside_items(self) -> None:
        beside = ChinesePrint(birth_place=ChineseText("陕西", 0.995), authority=ChineseText("外交部", 0.8))
        told = replace(fixed_reading(), chinese=beside).to_dict()
        assert (told["chinese_birth_place"]["value"], told["chinese_birth_place"]["certainty"]) == ("陕西", "sure")
        assert (told["chinese_issue_place"]["value"], told["chinese_authority"]["value"]) == ("", "外交部")

    def test_indented_on_demand(self) -> None:
        assert "\n" not in fixed_reading().to_json()
        assert fixed_reading().to_json(indent=2).count("\n") > 15


def dated(birth: str = "", issue: str = "", expiry: str = "", **printed: str) -> PassportReading:
    values = {Item.BIRTH_DATE: birth, Item.ISSUE_DATE: issue, Item.EXPIRY_DATE: expiry}
    items = tuple(
        ItemReading(item, values.get(item, ""), printed=printed.get(item.name.lower(), "")) for item in Item
    )
    return replace(fixed_reading(), items=items, read_on=datetime.date(2026, 11, 28))


class TestDates:
    @pytest.mark.parametrize(
        ("reading", "item", "year"),
        [
            (dated(birth="840812"), "birth_date", 1984),
            (dated(birth="261128"), "birth_date", 2026),
            (dated(birth="261129"), "birth_date", 1926),
            (dated(birth="200101", issue="190101", expiry="290101"), "birth_date", 1920),
            (dated(birth="200101", issue="210101", expiry="310101"), "birth_date", 2020),
            (dated(birth="191231", expiry="190101"), "birth_date", 1919),
            (dated(expiry="360101"), "expiry_date", 2036),
            (dated(expiry="980101"), "expiry_date", 1998),
            (dated(issue="260102", expiry="360101"), "issue_date", 2026),
            (dated(issue="270102", expiry="370101"), "issue_date", 2027),
            (dated(issue="990102", expiry="090101"), "issue_date", 1999),
            (dated(issue="360101", expiry="360101"), "issue_date", 1936),
            (dated(issue="270101"), "issue_date", 1927),
            (dated(birth="200812", birth_date="12 AUG/AOÛT 1920"), "birth_date", 1920),
            (dated(expiry="760101", expiry_date="01.01.1976"), "expiry_date", 1976),
        ],
    )
    def test_century(self, reading: PassportReading, item: str, year: int) -> None:
        date = reading.date(item)
        assert date is not None
        assert date.year == year
        assert date.strftime("%y%m%d") == reading[item].value

    @pytest.mark.parametrize(
        "reading",
        [dated(), dated(birth="84<<<<"), dated(birth="840230"), dated(birth="8408<<", birth_date="AUG 1984")],
    )
    def test_none_where_there_is_no_whole_date(self, reading: PassportReading) -> None:
        assert reading.date("birth_date") is None

    def test_a_printed_year_that_is_another_decides_nothing(self) -> None:
        date = dated(birth="840812", birth_date="12 AUG 1985 1885").date(Item.BIRTH_DATE)
        assert date == datetime.date(1984, 8, 12)

    def test_other_items_are_no_dates(self) -> None:
        assert fixed_reading().date("sex") is None
        with pytest.raises(KeyError):
            fixed_reading().date("birthday")


class TestPrinted:
    SEEN = VisualReading({Item.BIRTH_DATE: VisualValue("840812", "12 AUG 1984", 0.9, QUAD, ())})

    @pytest.mark.parametrize(
        ("source", "printed"), [(Source.BOTH, "12 AUG 1984"), (Source.VIZ, "12 AUG 1984"), (Source.MRZ, "")]
    )
    def test_kept_where_the_value_is_that_of_the_page(self, source: Source, printed: str) -> None:
        (item,) = keep_printed([ItemReading(Item.BIRTH_DATE, "840812", 0.9, source=source)], self.SEEN)
        assert item.printed == printed

    def test_other_items_stay(self) -> None:
        sex = ItemReading(Item.SEX, "F", 0.9, source=Source.BOTH)
        assert keep_printed([sex], self.SEEN) == (sex,)
