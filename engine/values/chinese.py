"""What a page prints in Chinese characters beside Latin letters, as passports of mainland China do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.values.items import Certainty, Item, certainty_of
from engine.values.pictures import Quad


@dataclass(frozen=True, slots=True)
class ChineseText:
    """A value in Chinese characters.

    ``value`` is "" and ``confidence`` 0 where none was read; ``confidence`` is the probability that ``value`` is
    exactly right. ``quad`` (photo px) surrounds the characters. ``fits`` says that they agree with the Latin letters:
    a name can be read as the machine readable zone spells it, a place or authority is the one named beside it.
    ``repr`` tells nothing of the value.
    """

    value: str = field(default="", repr=False)
    confidence: float = 0.0
    quad: Quad | None = None
    fits: bool = True

    @property
    def certainty(self) -> Certainty:
        """How far ``value`` may be relied on; an empty one not at all."""
        return certainty_of(self.value, self.confidence)

    def __repr__(self) -> str:
        """Say how sure the value is, and nothing of it."""
        return f"<ChineseText: {len(self.value)} characters, {self.confidence:.3f}>"


NOT_READ: Final = ChineseText()
"""What is told where nothing was read."""


@dataclass(frozen=True, slots=True)
class ChinesePrint:
    """The holder's name and what stands beside three of the items, each empty where it was not read."""

    name: ChineseText = NOT_READ
    birth_place: ChineseText = NOT_READ
    issue_place: ChineseText = NOT_READ
    authority: ChineseText = NOT_READ

    @property
    def texts(self) -> Mapping[str, ChineseText]:
        """All four by their names in JSON, drawings and crops."""
        return {
            "chinese_name": self.name,
            "chinese_birth_place": self.birth_place,
            "chinese_issue_place": self.issue_place,
            "chinese_authority": self.authority,
        }

    @property
    def by_item(self) -> Mapping[Item, ChineseText]:
        """Those that stand beside an item."""
        return {
            Item.BIRTH_PLACE: self.birth_place,
            Item.ISSUE_PLACE: self.issue_place,
            Item.AUTHORITY: self.authority,
        }


NO_CHINESE: Final = ChinesePrint()
"""What passports of other states have."""
