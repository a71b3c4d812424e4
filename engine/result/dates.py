"""Which century a date of two-digit years means.

A year printed in full on the page decides. Else a birth was before the reading, before the issue and before the
expiry; an issue was before the expiry; an expiry is the date nearest to the day of the reading.
"""

import datetime
import re
from collections.abc import Callable
from typing import Final

from engine.mrz.dates import DateKind, full_date
from engine.values.items import DATES, Item, ItemReading

_FULL_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DAY: Final = datetime.timedelta(days=1)


def date_of(item: Item, look: Callable[[Item], ItemReading], today: datetime.date) -> datetime.date | None:
    """Return the date that an item states, with its century.

    Args:
        item: one of `DATES`; for any other item there is no date.
        look: gives what was read of an item: the other dates are asked where the century is doubtful.
        today: the day of the reading.

    Returns:
        None where the item is no date, is empty, does not exist in the calendar or lacks its day or month.
    """
    reading = look(item)
    printed = _printed_in_full(reading)
    if item not in DATES or printed:
        return printed
    if item is Item.EXPIRY_DATE:
        return full_date(reading.value, DateKind.EXPIRY, today=today)
    expiry = date_of(Item.EXPIRY_DATE, look, today)
    if item is Item.ISSUE_DATE:
        return full_date(reading.value, DateKind.BIRTH, today=expiry - _DAY if expiry else today)
    later = (today, expiry, date_of(Item.ISSUE_DATE, look, today))
    return full_date(reading.value, DateKind.BIRTH, today=min(day for day in later if day))


def _printed_in_full(reading: ItemReading) -> datetime.date | None:
    """The date with the year of four digits that is printed, where one is and ends as the value's year does."""
    years = {year for year in _FULL_YEAR.findall(reading.printed) if year[2:] == reading.value[:2]}
    if reading.item not in DATES or len(years) != 1 or len(reading.value) != 6:
        return None
    try:
        return datetime.date(int(years.pop()), int(reading.value[2:4]), int(reading.value[4:]))
    except ValueError:  # unknown parts, or no such day
        return None
