"""The fields of `MLIDPassportOCR`: above what the machine readable zone says, below what the page prints."""

import json
from collections.abc import Mapping
from typing import Any, Final

from engine.values.mrz import Field

from ..facts import NAME, Facts, ItemFact

ZONE_FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    "ID": (Field.DOCUMENT_NUMBER,),
    "Name": (Field.NAMES,),
    "DateOfBirth": (Field.BIRTH_DATE,),
    "Sex": (Field.SEX,),
    "DateOfExpiration": (Field.EXPIRY_DATE,),
    "IssuingCountry": (Field.ISSUING_STATE,),
    "Nationality": (Field.NATIONALITY,),
    "Surname": (Field.NAMES,),
    "GivenName": (Field.NAMES,),
    "Type": (Field.DOCUMENT_CODE,),
}
"""Whose probability is a field's."""
PAGE_FIELDS: Final[Mapping[str, str]] = {
    "Type": "DOCUMENT_TYPE",
    "IssuingCountry": "ISSUING_STATE",
    "PassportID": "PASSPORT_NUMBER",
    "Surname": "SURNAME",
    "GivenName": "GIVEN_NAMES",
    "Nationality": "NATIONALITY",
    "DateOfBirth": "BIRTH_DATE",
    "Sex": "SEX",
    "DateOfIssuance": "ISSUE_DATE",
    "DateOfExpiration": "EXPIRY_DATE",
    "IssuePlace": "ISSUE_PLACE",
    "IssuingAuthority": "AUTHORITY",
    "BirthPlace": "BIRTH_PLACE",
}
"""The item that a field of ``PassportRecognizeInfos`` tells."""
AS_PRINTED: Final = frozenset({"Nationality", "DateOfBirth", "DateOfIssuance", "DateOfExpiration"})
"""Fields that hold the print itself, not the value it stands for."""
MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def mlid_passport_ocr(facts: Facts) -> dict[str, Any]:
    """Return the answer without ``WarnCardInfos`` and ``RequestId``; what was not read is ``""``.

    ``AdvancedInfo`` holds, as JSON in a text, the probability that a field is right, for each field that is given.
    """
    top, page = _zone(facts), _page(facts)
    portrait = facts["portrait"]
    return {
        **top,
        "Warn": [],
        "Image": portrait["jpeg"] if portrait else "",
        "AdvancedInfo": json.dumps(_confidences(facts, top, page), separators=(",", ":")),
        "PassportRecognizeInfos": page,
    }


def _zone(facts: Facts) -> dict[str, str]:
    zone, fields = facts["zone"], facts["zone"]["fields"]
    lines = [*zone["lines"], "", ""]
    return {
        "ID": fields["document_number"],
        "Name": f"{fields['surname']} {fields['given_names']}".strip(),
        "DateOfBirth": zone["birth_date"],
        "Sex": fields["sex"],
        "DateOfExpiration": zone["expiry_date"],
        "IssuingCountry": fields["issuing_state"],
        "Nationality": fields["nationality"],
        "CodeSet": lines[0],
        "CodeCrc": lines[1],
        "Surname": fields["surname"],
        "GivenName": fields["given_names"],
        "Type": fields["document_code"],
    }


def _page(facts: Facts) -> dict[str, str]:
    read = {name: facts["items"][item] for name, item in PAGE_FIELDS.items()}
    found = {name: _printed(name, item) for name, item in read.items()}
    return found | {"Name": facts["chinese"][NAME]["value"], "Signature": ""}


def _printed(name: str, item: ItemFact) -> str:
    if not item["on_page"]:
        return ""
    return (item["printed"] or _date_in_words(item["date"]) or item["value"]) if name in AS_PRINTED else item["value"]


def _date_in_words(date: str) -> str:
    return f"{date[6:]} {MONTHS[int(date[4:6]) - 1]} {date[:4]}" if date else ""


def _confidences(facts: Facts, top: Mapping[str, str], page: Mapping[str, str]) -> dict[str, Any]:
    zone, items = facts["zone"], facts["items"]
    lines = dict(zip(("CodeSet", "CodeCrc"), zone["line_confidences"], strict=False))
    fields = {name: _weakest(zone["confidences"], of) for name, of in ZONE_FIELDS.items()} | lines
    printed = {name: items[item]["confidence"] for name, item in PAGE_FIELDS.items()}
    printed["Name"] = facts["chinese"][NAME]["confidence"]
    told = {name: _figure(fields[name]) for name, value in top.items() if value and fields.get(name) is not None}
    return told | {
        "PassportRecognizeInfos": {name: _figure(p) for name, p in printed.items() if page[name]},
    }


def _weakest(confidences: Mapping[str, float], fields: tuple[Field, ...]) -> float | None:
    return min((confidences[field.value] for field in fields if field.value in confidences), default=None)


def _figure(probability: float | None) -> dict[str, str]:
    return {"Confidence": f"{probability or 0.0:.4f}"}
