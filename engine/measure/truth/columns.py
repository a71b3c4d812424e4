"""What the columns of a table of truth mean: items in English or Chinese, the file, conditions, lines of the zone."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from rapidfuzz import fuzz, process, utils

from engine.values.items import Item


class Special(StrEnum):
    """A column that is no item; the value is its name."""

    FILE = "file"
    TAGS = "tags"
    CHECKED = "checked"
    MRZ = "mrz"
    MRZ_LINE_3 = "mrz_line_3"
    NOTES = "notes"


Column: TypeAlias = Item | Special

_ALIASES: Final[dict[Column, str]] = {
    Special.FILE: "file filename file_name picture image path 文件 文件名 图片 图像",
    Special.TAGS: "tags tag condition conditions 条件 标签",
    Special.CHECKED: "checked verified 已核对 核对",
    Special.MRZ: "mrz mrz_lines 机读码",
    Special.MRZ_LINE_3: "mrz_line_3 mrz3 机读码3",
    Special.NOTES: "notes note comment remark 备注",
    Item.DOCUMENT_TYPE: "type document_code 证件类型 护照类型",
    Item.ISSUING_STATE: "issuing_country state_of_issue country_code code_of_state 国家码 签发国代码",
    Item.PASSPORT_NUMBER: "passport_no number document_number document_no 护照号 证件号码",
    Item.SEX: "gender 性别",
    Item.NATIONALITY: "nationality_code citizenship 国籍",
    Item.BIRTH_DATE: "date_of_birth dob birthdate birthday 生日",
    Item.BIRTH_PLACE: "place_of_birth birthplace pob 出生地 出生地点",
    Item.ISSUE_DATE: "date_of_issue issued 签发日",
    Item.ISSUE_PLACE: "place_of_issue 签发地 签发地点",
    Item.EXPIRY_DATE: "date_of_expiry expiry expiration_date expires valid_until 有效期",
    Item.AUTHORITY: "issuing_authority authority_en 签发机构",
    Item.MRZ_LINE_1: "mrz1 mrz_1 机读码第一行",
    Item.MRZ_LINE_2: "mrz2 mrz_2 机读码第二行",
    Item.SURNAME: "last_name family_name surnames 姓",
    Item.GIVEN_NAMES: "given_name first_name first_names forenames 名",
}
_ALIKE: Final = 60
"""Similarity, 0 to 100, from which a name is worth suggesting."""


def plain_name(header: str) -> str:
    """Return a header as names are compared: lower case, words joined by ``_``."""
    return "_".join(header.replace("-", " ").replace("_", " ").replace(".", " ").split()).lower()


def column_name(column: Column) -> str:
    """Return what a column is called in tables that we write: ``passport_number``."""
    return column.name.lower() if isinstance(column, Item) else column.value


def _names() -> dict[str, Column]:
    names: dict[str, Column] = {}
    for item in Item:
        names[column_name(item)] = names[plain_name(item.value)] = item
    for column, aliases in _ALIASES.items():
        names.update(dict.fromkeys(aliases.split(), column))
    return names


NAMES: Final = _names()
"""Every name that is understood."""


@dataclass(frozen=True, slots=True)
class UnknownColumn(Exception):
    """A header that means nothing here; ``suggestion`` is the nearest name that does, "" where none is near."""

    header: str
    suggestion: str


def column_of(header: str) -> Column:
    """Return what a header means.

    Raises:
        UnknownColumn: nothing is called so.
    """
    try:
        return NAMES[plain_name(header)]
    except KeyError:
        raise UnknownColumn(header, nearest(plain_name(header), list(NAMES))) from None


def nearest(name: str, names: list[str]) -> str:
    """Return the most similar of ``names``, "" where none is similar."""
    found = process.extractOne(name, names, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=_ALIKE)
    return str(found[0]) if found else ""
