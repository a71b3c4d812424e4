"""The fifteen fields of a passport by the names that clients of this dialect look them up by."""

from collections.abc import Mapping
from typing import Any, Final

from ..facts import BoxFact, Facts, ItemFact

NOWHERE: Final[BoxFact] = {"x": 0, "y": 0, "width": 0, "height": 0}
SEXES: Final[Mapping[str, str]] = {"M": "男/M", "F": "女/F"}
PLAIN: Final[Mapping[str, str]] = {
    "国家码": "ISSUING_STATE",
    "护照签发地点": "ISSUE_PLACE",
    "护照号码": "PASSPORT_NUMBER",
    "出生地点": "BIRTH_PLACE",
    "签发机关": "AUTHORITY",
    "护照类型": "DOCUMENT_TYPE",
    "MRZCode1": "MRZ_LINE_1",
    "MRZCode2": "MRZ_LINE_2",
}
"""Fields that say what an item says."""
DATES: Final[Mapping[str, str]] = {"有效期至": "EXPIRY_DATE", "签发日期": "ISSUE_DATE", "生日": "BIRTH_DATE"}


def passport_fields(facts: Facts) -> dict[str, Any]:
    """Return ``words_result``: all fifteen, each with ``words``, empty where nothing was read, and ``location``."""
    items = facts["items"]
    surname, given_names = items["SURNAME"], items["GIVEN_NAMES"]
    sex, nationality = items["SEX"], items["NATIONALITY"]
    return {
        **{name: _field(items[item]["value"], items[item]) for name, item in PLAIN.items()},
        **{name: _field(items[item]["date"], items[item]) for name, item in DATES.items()},
        "姓名": _placed(facts["chinese_name"], facts["chinese_name_box"]),
        "姓名拼音": _placed(_joined(surname, given_names), _around(surname["box"], given_names["box"])),
        "性别": _field(SEXES.get(sex["value"], sex["value"]), sex),
        "国籍": _field(nationality["printed"] or nationality["value"], nationality),
    }


def _joined(surname: ItemFact, given_names: ItemFact) -> str:
    return ",".join(item["value"] for item in (surname, given_names) if item["value"])


def _field(words: str, item: ItemFact) -> dict[str, Any]:
    return _placed(words, item["box"])


def _placed(words: str, box: BoxFact) -> dict[str, Any]:
    place = {"left": box["x"], "top": box["y"], "width": box["width"], "height": box["height"]}
    return {"location": place, "words": words}


def _around(*boxes: BoxFact) -> BoxFact:
    """The box around those that are somewhere."""
    known = [box for box in boxes if box["width"]]
    if not known:
        return NOWHERE
    x, y = min(box["x"] for box in known), min(box["y"] for box in known)
    right = max(box["x"] + box["width"] for box in known)
    bottom = max(box["y"] + box["height"] for box in known)
    return {"x": x, "y": y, "width": right - x, "height": bottom - y}
