"""The fields of both actions."""

import datetime
import json
from dataclasses import replace
from typing import Any

import pytest

from engine import Caution, Item, PassportReading, Source, Warning
from engine.values.chinese import ChinesePrint, ChineseText
from engine.values.items import ItemReading
from engine.values.mrz import NO_ZONE, Field
from server.contract.facts import Facts, facts_of
from server.contract.faults import Refused
from server.contract.v3.actions import ACTIONS
from server.contract.v3.errors import error_of
from tests.doubles import LINES, fixed_reading

TODAY = datetime.date(2026, 11, 28)
PORTRAIT = {"jpeg": "/9j/AAAA", "x": 1, "y": 2, "width": 3, "height": 4}


def reading(**items: tuple[str, str, Source]) -> PassportReading:
    """`fixed_reading` with items of value, print and source."""
    given = [
        ItemReading(item, *_parts(items[item.name])) if item.name in items else one
        for item, one in zip(Item, fixed_reading().items, strict=True)
    ]
    return replace(fixed_reading(), items=tuple(given), read_on=TODAY)


def named() -> PassportReading:
    """`reading` with a name in Chinese characters."""
    return replace(reading(), chinese=ChinesePrint(ChineseText("张三", 0.9876)))


def _parts(part: tuple[str, str, Source]) -> tuple[Any, ...]:
    value, printed, source = part
    return value, 0.9, None, (), source, 0.0, printed


def answer(action: str, read: PassportReading, *cautions: Caution, **changes: Any) -> dict[str, Any]:
    facts: Facts = {**facts_of(read, b"", portrait=False), **changes}  # type: ignore[typeddict-item]
    return ACTIONS[action].answer(facts, cautions)


class TestPassportOcr:
    def test_every_field_of_the_documentation_is_there(self) -> None:
        read = reading(
            ISSUE_DATE=("200102", "02 JAN 2020", Source.VIZ),
            BIRTH_PLACE=("SHANGHAI", "SHANGHAI", Source.VIZ),
            ISSUE_PLACE=("BEIJING", "BEIJING", Source.VIZ),
        )
        assert answer("PassportOCR", read) == {
            "Country": "UTO",
            "PassportNo": "X1234567",
            "Sex": "F",
            "Nationality": "UTO",
            "BirthDate": "19900101",
            "BirthPlace": "SHANGHAI",
            "IssueDate": "20200102",
            "IssuePlace": "BEIJING",
            "ExpiryDate": "20300101",
            "Signature": "",
            "CodeSet": LINES[0],
            "CodeCrc": LINES[1],
            "Name": "",
            "FamilyName": "SPECIMEN",
            "FirstName": "MUSTER ANNA",
            "PortraitImageInfo": {
                "PortraitImage": "",
                "ImageCoordinates": {"X": 0, "Y": 0, "Width": 0, "Height": 0},
            },
        }

    def test_a_portrait_and_a_chinese_name(self) -> None:
        found = answer("PassportOCR", named(), portrait=PORTRAIT)
        assert found["Name"] == "张三"
        place = {"X": 1, "Y": 2, "Width": 3, "Height": 4}
        assert found["PortraitImageInfo"] == {"PortraitImage": "/9j/AAAA", "ImageCoordinates": place}

    @pytest.mark.parametrize(
        ("issue", "expiry", "told"),
        [
            ("991231", "091230", "19991231"),
            ("000101", "091231", "20000101"),
            ("300101", "291231", "19300101"),  # the latest that is before the expiry
            ("200230", "300101", ""),  # no such day
            ("2001<<", "300101", ""),  # partly unknown
            ("261128", "", "20261128"),  # without expiry, not after today
            ("261129", "", "19261129"),
        ],
    )
    def test_the_century_of_an_issue(self, issue: str, expiry: str, told: str) -> None:
        read = reading(ISSUE_DATE=(issue, "", Source.VIZ), EXPIRY_DATE=(expiry, "", Source.MRZ))
        assert answer("PassportOCR", read)["IssueDate"] == told

    def test_nothing_is_a_text_all_the_same(self) -> None:
        nothing = {item.name: ("", "", Source.NONE) for item in Item}
        found = answer("PassportOCR", reading(**nothing))
        assert {type(value) for name, value in found.items() if name != "PortraitImageInfo"} == {str}
        assert not any(value for name, value in found.items() if name != "PortraitImageInfo")


class TestMlidPassportOcr:
    def test_above_is_the_zone_below_the_page(self) -> None:
        read = reading(
            SURNAME=("SPÉCIMEN", "SPÉCIMEN", Source.BOTH),
            PASSPORT_NUMBER=("X7654321", "X7654321", Source.VIZ),
            NATIONALITY=("UTO", "UTOPIAN", Source.BOTH),
            BIRTH_DATE=("900101", "01 JAN/JAN 90", Source.BOTH),
            ISSUE_DATE=("200102", "", Source.VIZ),
            EXPIRY_DATE=("300101", "", Source.MRZ),
            AUTHORITY=("UTOPIA OFFICE", "UTOPIA OFFICE", Source.VIZ),
            SEX=("F", "F", Source.MRZ),
        )
        found = answer("MLIDPassportOCR", read)
        page = found.pop("PassportRecognizeInfos")
        del found["AdvancedInfo"]
        assert found == {
            "ID": "X1234567",
            "Name": "SPECIMEN MUSTER ANNA",
            "Surname": "SPECIMEN",
            "GivenName": "MUSTER ANNA",
            "DateOfBirth": "19900101",
            "DateOfExpiration": "20300101",
            "Sex": "F",
            "IssuingCountry": "UTO",
            "Nationality": "UTO",
            "Type": "P",
            "CodeSet": LINES[0],
            "CodeCrc": LINES[1],
            "Image": "",
            "Warn": [],
            "WarnCardInfos": [],
        }
        assert page == {
            "Type": "P",
            "IssuingCountry": "UTO",
            "PassportID": "X7654321",
            "Surname": "SPÉCIMEN",
            "GivenName": "MUSTER ANNA",
            "Name": "",
            "Nationality": "UTOPIAN",
            "DateOfBirth": "01 JAN/JAN 90",
            "DateOfIssuance": "02 JAN 2020",
            "DateOfExpiration": "",  # the zone alone says it
            "Sex": "",
            "Signature": "",
            "IssuePlace": "",
            "IssuingAuthority": "UTOPIA OFFICE",
            "BirthPlace": "",
        }

    def test_a_name_of_one_part_and_a_single_line(self) -> None:
        read = reading()
        fields = replace(read.mrz.fields, given_names="")
        found = answer("MLIDPassportOCR", replace(read, mrz=replace(read.mrz, fields=fields, lines=LINES[:1])))
        assert (found["Name"], found["GivenName"], found["CodeCrc"]) == ("SPECIMEN", "", "")

    def test_probabilities_in_the_former_format_for_what_is_told_alone(self) -> None:
        read = reading(SURNAME=("SPECIMEN", "SPECIMEN", Source.BOTH), SEX=("F", "F", Source.MRZ))
        zone = replace(read.mrz, field_confidences=((Field.DOCUMENT_NUMBER, 0.99951), (Field.NAMES, 0.5)))
        told = json.loads(answer("MLIDPassportOCR", replace(read, mrz=zone))["AdvancedInfo"])
        page = told.pop("PassportRecognizeInfos")
        named = ("Name", "Surname", "GivenName")
        figures = {"ID": "0.9995", "CodeSet": "0.9800", "CodeCrc": "0.9700"} | dict.fromkeys(named, "0.5000")
        assert told == {name: {"Confidence": figure} for name, figure in figures.items()}
        assert page["Surname"] == {"Confidence": "0.9000"}
        assert not {"Sex", "BirthPlace", "Name"} & set(page)

    def test_a_portrait_and_a_chinese_name(self) -> None:
        found = answer("MLIDPassportOCR", named(), portrait=PORTRAIT)
        assert found["Image"] == "/9j/AAAA"
        assert (found["PassportRecognizeInfos"]["Name"], found["Name"]) == ("张三", "SPECIMEN MUSTER ANNA")

    def test_the_chinese_name_is_told_with_its_probability(self) -> None:
        found = answer("MLIDPassportOCR", named())
        assert found["PassportRecognizeInfos"]["Name"] == "张三"
        figures = json.loads(found["AdvancedInfo"])["PassportRecognizeInfos"]
        assert figures["Name"] == {"Confidence": "0.9876"}

    def test_a_page_without_a_zone_is_no_success_with_empty_fields(self) -> None:
        alone = replace(reading(), mrz=NO_ZONE)
        with pytest.raises(Refused) as refused:
            answer("MLIDPassportOCR", alone)
        assert error_of(refused.value.fault, "MLIDPassportOCR").code == "FailedOperation.NoPassport"
        assert answer("PassportOCR", alone)["PassportNo"] == "X1234567"

    def test_warnings_that_have_a_code(self) -> None:
        cautions = [Caution(warning) for warning in Warning]
        assert answer("MLIDPassportOCR", reading(), *cautions)["WarnCardInfos"] == [-9101, -9102, -9107, -9108]

    def test_what_is_not_looked_for_is_never_told(self) -> None:
        for warning in Warning:
            codes = answer("MLIDPassportOCR", reading(), Caution(warning))["WarnCardInfos"]
            assert not {-9103, -9104, -9106, -9109} & set(codes)
