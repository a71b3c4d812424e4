"""Converts dates of other calendars to Gregorian ones."""

import datetime
from collections.abc import Callable, Mapping
from typing import Final

from engine.tables.calendars import Calendar, calendars

_BEFORE_CHRIST: Final = 543
"""Years from the Buddhist era to ours."""
_BEFORE_THE_REPUBLIC: Final = 1911
"""Years from ours to the Minguo era."""
_YEARS: Final[Mapping[Calendar, range]] = {
    Calendar.PERSIAN: range(1290, 1440),
    Calendar.HIJRI: range(1343, 1500),
    Calendar.BUDDHIST: range(2440, 2620),
    Calendar.MINGUO: range(100, 150),
}
"""Years of each calendar that a passport's dates may have; of Minguo those of three figures."""
_EXACT: Final = 0.9
"""Share of certainty left to a converted date."""
_ABOUT: Final = 0.5
"""The same of the Hijri calendar, whose months begin a day earlier or later by place."""


def to_gregorian(year: int, month: int, day: int, state: str) -> tuple[str, float]:
    """Return the Gregorian YYMMDD of a date in the own calendar of ``state``, and the share of certainty it leaves.

    ("", 0) where the state has no such calendar, the year is none of it, or the day does not exist.

    >>> to_gregorian(1401, 1, 27, "IRN"), to_gregorian(1443, 9, 15, "SAU"), to_gregorian(1443, 9, 15, "FRA")
    (('220416', 0.9), ('220416', 0.5), ('', 0.0))
    """
    calendar = calendars().get(state)
    if calendar is None or year not in _YEARS[calendar]:
        return "", 0.0
    try:
        converted = _CONVERSIONS[calendar](year, month, day)
    except ValueError:
        return "", 0.0
    return f"{converted:%y%m%d}", _ABOUT if calendar is Calendar.HIJRI else _EXACT


def has_our_months(state: str) -> bool:
    """Whether the calendar of ``state`` counts other years, but has our months and days."""
    return calendars().get(state) in (Calendar.BUDDHIST, Calendar.MINGUO)


def _persian(year: int, month: int, day: int) -> datetime.date:
    from persiantools.jdatetime import JalaliDate  # slow to import, and few pages need it

    return datetime.date.fromordinal(JalaliDate(year, month, day).to_gregorian().toordinal())  # type: ignore[no-untyped-call]


def _hijri(year: int, month: int, day: int) -> datetime.date:
    from hijridate import Hijri  # the same

    return datetime.date(*Hijri(year, month, day).to_gregorian().datetuple())


def _buddhist(year: int, month: int, day: int) -> datetime.date:
    return datetime.date(year - _BEFORE_CHRIST, month, day)


def _minguo(year: int, month: int, day: int) -> datetime.date:
    return datetime.date(year + _BEFORE_THE_REPUBLIC, month, day)


_CONVERSIONS: Final[Mapping[Calendar, Callable[[int, int, int], datetime.date]]] = {
    Calendar.PERSIAN: _persian,
    Calendar.HIJRI: _hijri,
    Calendar.BUDDHIST: _buddhist,
    Calendar.MINGUO: _minguo,
}
