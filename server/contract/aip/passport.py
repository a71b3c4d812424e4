"""The fifteen fields of a passport by the names that clients of this dialect look them up by."""

from collections.abc import Mapping
from typing import Any, Final

from engine.values.items import LIKELY_FROM

from ..facts import NAME, BoxFact, Facts, ItemFact

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
PLACES: Final[Mapping[str, str]] = {"护照签发地点": "ISSUE_PLACE", "出生地点": "BIRTH_PLACE"}
"""Fields of those of which both scripts are told."""
DATES: Final[Mapping[str, str]] = {"有效期至": "EXPIRY_DATE", "签发日期": "ISSUE_DATE", "生日": "BIRTH_DATE"}


def passport_fields(facts: Facts) -> dict[str, Any]:
    """Return ``words_result``: all fifteen, each with ``words``, empty where nothing was read, and ``location``."""
    items = facts["items"]
    surname, given_names = items["SURNAME"], items["GIVEN_NAMES"]
    sex, nationality = items["SEX"], items["NATIONALITY"]
    authority = _chinese(facts, "AUTHORITY")
    return {
        **{name: _field(items[item]["value"], items[item]) for name, item in PLAIN.items()},
        **{name: _place(facts, item) for name, item in PLACES.items()},
        **{name: _field(items[item]["date"], items[item]) for name, item in DATES.items()},
        "签发机关": _placed(*authority) if authority[0] else _field(items["AUTHORITY"]["value"], items["AUTHORITY"]),
        "姓名": _placed(facts["chinese"][NAME]["value"], facts["chinese"][NAME]["box"]),
        "姓名拼音": _placed(_joined(surname, given_names), _around(surname["box"], given_names["box"])),
        "性别": _field(SEXES.get(sex["value"], sex["value"]), sex),
        "国籍": _field(nationality["printed"] or nationality["value"], nationality),
    }


def _place(facts: Facts, name: str) -> dict[str, Any]:
    """``福建/FUJIAN`` where both were read."""
    (chinese, box), item = _chinese(facts, name), facts["items"][name]
    words = "/".join(filter(None, (chinese, item["value"])))
    return _placed(words, _around(box, item["box"]))


def _chinese(facts: Facts, name: str) -> tuple[str, BoxFact]:
    """What stands in Chinese beside an item, and where; nothing where it is doubtful: fields say no confidence."""
    found = facts["chinese"][name]
    return (found["value"], found["box"]) if found["fits"] and found["confidence"] >= LIKELY_FROM else ("", NOWHERE)


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
