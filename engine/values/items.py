"""The fifteen items of the contract, in the contract's order, and what is read of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal, TypeAlias, get_args

from engine.values.pictures import Quad
from engine.values.text import CharReading

Scope: TypeAlias = Literal["all", "mrz"]
"""What is read: the whole page, or its machine readable zone alone."""
SCOPES: Final[tuple[str, ...]] = get_args(Scope)


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

    @classmethod
    def _missing_(cls, value: object) -> "Item | None":
        """Let English names stand for an item, too: ``Item("passport_number")``, ``Item("passport number")``."""
        return cls.__members__.get(value.upper().replace(" ", "_")) if isinstance(value, str) else None

    @property
    def english(self) -> str:
        """A short English name, e.g. ``passport number``."""
        return self.name.lower().replace("_", " ").replace("mrz", "MRZ")


MRZ_LINES: Final = (Item.MRZ_LINE_1, Item.MRZ_LINE_2)
"""The items that are whole lines of the machine readable zone."""
DATES: Final = (Item.BIRTH_DATE, Item.ISSUE_DATE, Item.EXPIRY_DATE)
"""The items that are dates."""
PAGE_ALONE: Final = (Item.BIRTH_PLACE, Item.ISSUE_DATE, Item.ISSUE_PLACE, Item.AUTHORITY)
"""Items that the machine readable zone does not hold."""


class Source(StrEnum):
    """Where an item's value came from."""

    MRZ = "MRZ"
    VIZ = "VIZ"
    BOTH = "both"
    NONE = "none"


class Certainty(StrEnum):
    """How far a value may be relied on, in three steps that the command line, drawings and the web page share."""

    SURE = "sure"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"


SURE_FROM: Final = 0.99
LIKELY_FROM: Final = 0.9
"""Confidences from which a value is sure, or likely."""


@dataclass(frozen=True, slots=True)
class VisualValue:
    """One item as printed in the visual zone.

    ``value`` is normalised as the contract wants it (dates YYMMDD, sex M/F/X, single spaces), ``printed`` the
    Latin text as it stands on the page; ``quad`` (photo px) is tight around the printed value.
    """

    value: str = field(repr=False)
    printed: str = field(repr=False)
    confidence: float
    quad: Quad
    characters: tuple[CharReading, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class VisualReading:
    """What the visual zone said, item by item; items that were not found are absent."""

    values: Mapping[Item, VisualValue] = field(default_factory=dict)


def certainty_of(value: str, confidence: float) -> Certainty:
    """How far a value may be relied on; an empty one not at all."""
    if not value or confidence < LIKELY_FROM:
        return Certainty.DOUBTFUL
    return Certainty.SURE if confidence >= SURE_FROM else Certainty.LIKELY


@dataclass(frozen=True, slots=True)
class ItemReading:
    """One of the fifteen items.

    ``value`` is "" and ``confidence`` 0 where it could not be read; ``confidence`` is the probability that
    ``value`` is exactly right. ``quad`` (photo px) surrounds the printed value, None where none is known.
    ``score`` is what candidates were ranked by, before `engine.fusion.calibrate` makes ``confidence`` of it.
    ``printed`` is the text on the page that ``value`` was taken from or agrees with, as it stands there: a date with
    its month in words, a nationality spelt out; "" where none was read. ``repr`` tells neither.
    """

    item: Item
    value: str = ""
    confidence: float = 0.0
    quad: Quad | None = None
    characters: tuple[CharReading, ...] = ()
    source: Source = Source.NONE
    score: float = 0.0
    printed: str = ""

    @property
    def certainty(self) -> Certainty:
        """How far ``value`` may be relied on; an empty one not at all."""
        return certainty_of(self.value, self.confidence)

    def __repr__(self) -> str:
        """Say how sure the item is, and nothing of its value."""
        return f"<ItemReading {self.item.english}: {len(self.value)} characters, {self.confidence:.3f}>"
