"""The fifteen items of the contract, in the contract's order."""

from enum import StrEnum
from typing import Literal, TypeAlias

Scope: TypeAlias = Literal["all", "mrz"]
"""What is read: the whole page, or its machine readable zone alone."""


class Item(StrEnum):
    """One item; the value is its name on the wire (``contract/notes.md``, "Response")."""

    DOCUMENT_TYPE = "类别"
    ISSUING_STATE = "签发国"
    PASSPORT_NUMBER = "护照号码"
    SEX = "性别英文"
    NATIONALITY = "国籍英文"
    BIRTH_DATE = "出生日期"
    BIRTH_PLACE = "出生地英文"
    ISSUE_DATE = "签发日期"
    ISSUE_PLACE = "签发地英文"
    EXPIRY_DATE = "有效期至"
    AUTHORITY = "签发机关"
    MRZ_LINE_1 = "机读码1"
    MRZ_LINE_2 = "机读码2"
    SURNAME = "英文姓"
    GIVEN_NAMES = "英文名"

    @property
    def english(self) -> str:
        """A short English name, e.g. ``passport number``."""
        return self.name.lower().replace("_", " ").replace("mrz", "MRZ")
