"""Dates of our calendar."""

import calendar
from typing import Final

_CENTURIES: Final = (19, 20)


def date_of(year: int, month: int, day: int) -> str:
    """Return YYMMDD, or "" where the calendar has no such day.

    ``year`` may be one of two figures; 29 February is taken to exist in years divisible by 4.

    >>> date_of(1984, 2, 29), date_of(84, 2, 29), date_of(1401, 2, 29), date_of(83, 2, 29)
    ('840229', '840229', '', '')
    """
    if not 1 <= month <= 12 or (year > 99 and year // 100 not in _CENTURIES):
        return ""
    last_day = calendar.monthrange(2000 + year % 100, month)[1]
    return f"{year % 100:02}{month:02}{day:02}" if 1 <= day <= last_day else ""
