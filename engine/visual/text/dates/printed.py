"""What a date on a page is, once it is understood."""

from dataclasses import dataclass
from enum import Enum


class Order(Enum):
    """The order of day, month and year in a date whose figures do not tell it."""

    DAY_FIRST = "DMY"
    MONTH_FIRST = "MDY"
    YEAR_FIRST = "YMD"


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date found in a text: ``yymmdd``, and where it stands (``start``, ``end`` index of the text).

    ``named`` tells whether the month stood as a name; ``certainty`` (0..1) falls with every character that had to be
    understood otherwise than it was read. ``share`` (0..1) is what its meaning leaves of that: less than 1 where its
    figures may mean another day too, or where it was converted from another calendar.
    """

    yymmdd: str
    start: int
    end: int
    order: Order
    named: bool
    certainty: float
    share: float = 1.0
    converted: bool = False

    def overlaps(self, other: "PrintedDate") -> bool:
        """Whether both hold a character of the text."""
        return self.start < other.end and other.start < self.end
