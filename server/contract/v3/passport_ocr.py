"""The fields of `PassportOCR`: one text each, empty where nothing was read."""

from typing import Any

from ..facts import NAME, Facts, PortraitFact

NOWHERE: dict[str, int] = {"X": 0, "Y": 0, "Width": 0, "Height": 0}


def passport_ocr(facts: Facts) -> dict[str, Any]:
    """Return the answer without ``RequestId``: dates as YYYYMMDD, names as the contract's fifteen items have them.

    ``Signature`` is always empty, ``Name`` is the name in Chinese characters alone.
    """
    items = facts["items"]
    return {
        "Country": items["ISSUING_STATE"]["value"],
        "PassportNo": items["PASSPORT_NUMBER"]["value"],
        "Sex": items["SEX"]["value"],
        "Nationality": items["NATIONALITY"]["value"],
        "BirthDate": items["BIRTH_DATE"]["date"],
        "BirthPlace": items["BIRTH_PLACE"]["value"],
        "IssueDate": items["ISSUE_DATE"]["date"],
        "IssuePlace": items["ISSUE_PLACE"]["value"],
        "ExpiryDate": items["EXPIRY_DATE"]["date"],
        "Signature": "",
        "CodeSet": items["MRZ_LINE_1"]["value"],
        "CodeCrc": items["MRZ_LINE_2"]["value"],
        "Name": facts["chinese"][NAME]["value"],
        "FamilyName": items["SURNAME"]["value"],
        "FirstName": items["GIVEN_NAMES"]["value"],
        "PortraitImageInfo": _portrait(facts["portrait"]),
    }


def _portrait(found: PortraitFact | None) -> dict[str, Any]:
    if found is None:
        return {"PortraitImage": "", "ImageCoordinates": NOWHERE}
    place = {"X": found["x"], "Y": found["y"], "Width": found["width"], "Height": found["height"]}
    return {"PortraitImage": found["jpeg"], "ImageCoordinates": place}
