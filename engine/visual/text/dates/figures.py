"""Dates of figures only: ``12.08.1974``, ``1974-08-12``, ``74.08.12``, ``2017年8月12日``."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from engine.visual.text.dates.calendars import to_gregorian
from engine.visual.text.dates.digits import SEPARATOR, as_read, digit, full_year, misread
from engine.visual.text.dates.gregorian import date_of
from engine.visual.text.dates.printed import Order, PrintedDate

MISREAD: Final = 0.8
"""Factor on a date's certainty for each digit that was misread."""
AMBIGUOUS: Final = 0.3
"""Share of certainty left to a date that means another day in another order, where nothing tells the order."""


def figure_dates(text: str, order: Order | None, state: str) -> Iterator[PrintedDate]:
    """Yield the dates of figures only, from left to right.

    ``order`` None: not known. The day is taken to come first then, and the date is doubtful if it may mean another
    day.
    """
    done = 0
    while match := _next(text, done):
        found = _understood(match, order, state)
        has_year = len(match["first"]) > 2  # one that is none of ours, nor of the state's, is a date all the same
        done = match.end() if found or has_year else match.start() + 1
        if found:
            yield found


def _next(text: str, start: int) -> re.Match[str] | None:
    """The first thing like a date from ``start`` on; of two that begin together that with a full year in front."""
    matches = [pattern().search(text, start) for pattern in (_year_first, _minguo, _others)]
    return min((match for match in matches if match), key=lambda match: match.start(), default=None)


def orders_of(text: str) -> Iterator[Mapping[Order, str]]:
    """Yield for each date whose figures do not tell their order what it means (YYMMDD) in each possible one."""
    for match in _others().finditer(text):
        if readings := _readings(match["first"], match["middle"], match["last"]):
            yield readings


def _understood(match: re.Match[str], order: Order | None, state: str) -> PrintedDate | None:
    first, middle, last = match["first"], match["middle"], match["last"]
    certainty = MISREAD ** misread(first + middle + last)
    if len(first) > 2:
        yymmdd, share, converted = _of_year(first, as_read(middle), as_read(last), state)
        this = Order.YEAR_FIRST
    else:
        readings = _readings(first, middle, last)
        this = _fitting(readings, order, last)
        yymmdd, share, converted = readings.get(this, ""), 1.0, False
        if not yymmdd and len(last) > 2 and this is Order.DAY_FIRST:
            yymmdd, share, converted = _of_year(last, as_read(middle), as_read(first), state)
        elif order is None and len(set(readings.values())) > 1:
            share = AMBIGUOUS
    if not yymmdd:
        return None
    return PrintedDate(yymmdd, match.start(), match.end(), this, False, certainty, share, converted)


def _of_year(year: str, month: int, day: int, state: str) -> tuple[str, float, bool]:
    """A date with its year in three or four figures, converted where the year is none of ours: whether it was."""
    if len(year) == 4 and (yymmdd := date_of(as_read(year), month, day)):
        return yymmdd, 1.0, False
    yymmdd, share = to_gregorian(as_read(year), month, day, state)
    return yymmdd, share, True


def _readings(first: str, middle: str, last: str) -> dict[Order, str]:
    """What three figures mean in each order in which they are a date; the first has two figures at most."""
    a, b = as_read(first), as_read(middle)
    year = as_read(last)
    found = {Order.DAY_FIRST: date_of(year, b, a), Order.MONTH_FIRST: date_of(year, a, b)}
    if len(last) == 2 and len(first) == 2:
        found[Order.YEAR_FIRST] = date_of(a, b, year)
    return {order: yymmdd for order, yymmdd in found.items() if yymmdd}


def _fitting(readings: Mapping[Order, str], order: Order | None, last: str) -> Order:
    """The order to read a date in; the first possible one where the page's is not known."""
    if order is None:
        return next(iter(readings), Order.DAY_FIRST)
    return Order.DAY_FIRST if order is Order.YEAR_FIRST and len(last) == 4 else order


@cache
def _year_first() -> re.Pattern[str]:
    return re.compile(_parted(rf"(?<![^\W_一])(?P<first>{full_year()})", r"(?P<last>\d{1,2})(?!\d)"))


@cache
def _minguo() -> re.Pattern[str]:
    return re.compile(_parted(r"(?<![^\W_一])(?P<first>1\d\d)", r"(?P<last>\d{1,2})(?!\d)"))


@cache
def _others() -> re.Pattern[str]:
    first, last = rf"(?<![^\W_])(?<!\d[./\-])(?P<first>{digit()}{{1,2}})", rf"(?P<last>{full_year()}|\d{{2}})(?!\d)"
    return re.compile(_parted(first, last))


def _parted(first: str, last: str) -> str:
    between = rf"\s?{SEPARATOR}\s?"
    middle = rf"(?<=[./\-])\d\s\d(?=[./\-])|{digit()}{{1,2}}"  # a blank between two figures is no separator there
    return rf"{first}{between}(?P<middle>{middle}){between}{last}"
