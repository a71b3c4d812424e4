"""Dates of the machine readable zone: YYMMDD, unknown parts as fillers (ICAO 9303-3 §4.8)."""

import datetime
from enum import Enum


class DateKind(Enum):
    """Which century a two-digit year means depends on the kind of date."""

    BIRTH = "birth"
    EXPIRY = "expiry"


_DAYS = {f"{m:02}": d for m, d in enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), start=1)}


def date_exists(yymmdd: str) -> bool:
    """Whether a complete date without fillers exists; 29 February in years divisible by four (1900 is past).

    >>> date_exists("990229"), date_exists("960229"), date_exists("9602<<")
    (False, True, False)
    """
    if len(yymmdd) != 6 or not (yymmdd.isascii() and yymmdd.isdigit()):
        return False
    year, month, day = int(yymmdd[:2]), yymmdd[2:4], int(yymmdd[4:])
    if month == "02" and day == 29:
        return year % 4 == 0
    return 1 <= day <= _DAYS.get(month, 0)


def date_is_partial(yymmdd: str) -> bool:
    """Whether parts of a date are given as unknown: ``<<`` for day, month and day, or everything.

    >>> date_is_partial("9602<<"), date_is_partial("96<<<<"), date_is_partial("960229")
    (True, True, False)
    """
    year, month, day = yymmdd[:2], yymmdd[2:4], yymmdd[4:]
    if len(yymmdd) != 6 or day != "<<":
        return False
    if month == "<<":
        return year == "<<" or (year.isascii() and year.isdigit())
    return month in _DAYS and year.isascii() and year.isdigit()


def full_date(yymmdd: str, kind: DateKind, *, today: datetime.date) -> datetime.date | None:
    """The date with its century, None where it does not exist or is partly unknown.

    A birth is the latest such date that is not after ``today``; an expiry the one nearest to ``today``: no document
    is valid for fifty years, and none that expired fifty years ago had a machine readable zone.
    """
    if not date_exists(yymmdd):
        return None
    year, month, day = int(yymmdd[:2]), int(yymmdd[2:4]), int(yymmdd[4:])
    century = today.year // 100 * 100
    found = [d for c in (century - 100, century, century + 100) if (d := _date(c + year, month, day)) is not None]
    if kind is DateKind.BIRTH:
        return max((d for d in found if d <= today), default=None)
    return min(found, key=lambda d: abs((d - today).days), default=None)


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:  # 29 February of a year such as 1900
        return None
