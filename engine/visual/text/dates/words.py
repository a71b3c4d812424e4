"""Dates whose month is a word: ``12 AUG 1974``, ``AUG 12, 1974``, ``1974 AUG 12``, ``12 VIII 1974``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from engine.visual.text.dates.calendars import has_our_months, to_gregorian
from engine.visual.text.dates.digits import SEPARATOR, as_read, digit, misread
from engine.visual.text.dates.figures import MISREAD
from engine.visual.text.dates.gregorian import date_of
from engine.visual.text.dates.printed import Order, PrintedDate
from engine.visual.text.months import agreed_month, months_named

_GUESSED: Final = 0.7
"""Factor on the certainty of a date whose day may be a field's number, or whose year has two figures behind a day."""
_WORD: Final = re.compile(
    r"[^\W\d_一]{3,}"
    r"|(?<![^\W_一])(?=\w*[^\W\d_]\w*[^\W\d_])(?!\w*\d\w*\d)[^\W_一]{3,4}(?![^\W_])"
    r"|(?<![^\W_])(?<![^\W\d_]/)(?<![^\W\d_]/\s)(?<![^\W\d_]\s/\s)[IVX]{1,2}(?![^\W_]|\s?/\s?[^\W\d_])"
)
"""A word of letters, or one with a single figure in it (0CT, N0V), or a short Roman numeral."""
_FUSED: Final = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,4})[Il1|!]([^\W\d_]{3,4})(?![^\W\d_])")
"""Two month names whose slash was read as a letter: ``APRIAVR``."""
_ROMAN: Final = re.compile(r"(?<=[\s./\-])(?=[1Il|]*[VX])[1Il|VX]{2,4}(?=[\s./\-])")
"""A Roman month, in which a I may have been read as another stroke."""
_STROKES: Final = str.maketrans("1l|", "III")
_BETWEEN: Final = re.compile(rf"{SEPARATOR}*")
_SLASH: Final = re.compile(r"\s?/\s?(?=[^\W\d_]{3})")
"""What stands between the names of one month in two languages."""
_DIGIT_BEFORE: Final = re.compile(rf"\d{SEPARATOR}*$")


def word_dates(text: str, order: Order | None, state: str) -> Iterator[PrintedDate]:
    """Yield the dates whose month is a name or a Roman numeral, from left to right.

    ``order`` matters only where day and year have two figures each.
    """
    text, done = _with_slashes(_with_numerals(text)), 0
    for group in _month_groups(text):
        month, certainty = agreed_month(tuple(match.group() for match in group), state)
        start = group[0].start() + _begins_with_day(group[0].group())
        around = _Around(text[done:start], text, done, start, group[-1].end())
        parts = (_day_first(around, month) or _month_first(around) or _year_first(around)) if month else None
        yymmdd, share = _dated(parts, month, order, state) if parts else ("", 0.0)
        if parts and yymmdd:
            certainty *= MISREAD ** misread(parts.day + parts.year) * parts.share
            yield PrintedDate(yymmdd, parts.start, parts.end, parts.order, True, certainty, share, share < 1)
            done = parts.end


@dataclass(frozen=True, slots=True)
class _Around:
    """The name of a month, ``start`` to ``end`` of a text, and the text ``before`` it, which begins at ``offset``."""

    before: str
    text: str
    offset: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Parts:
    """Day and year as read, and where the date stands in the text; ``share`` of the certainty is left to it."""

    day: str
    year: str
    start: int
    end: int
    order: Order
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What stands before and behind the name of a month."""

    day_before: re.Pattern[str]
    year_behind: re.Pattern[str]
    day_and_year_behind: re.Pattern[str]
    year_before: re.Pattern[str]
    day_behind: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    number, between = digit(), SEPARATOR
    return _Patterns(
        day_before=re.compile(
            rf"(?<![^\W_一])(?:(?P<day>{number}{{1,2}}){between}+|(?P<fused>\d{{2}}(?=\d{{1,2}}\s?一)))?"
            rf"(?P<last>{number}{{1,2}}){between}*(?:[^\W\d_]{{1,2}}\s?/\s?)?$"  # little was read of the first name
        ),
        year_behind=re.compile(rf"{between}*(?P<year>{number}{{4}}(?!\d(?!\d?\D))|{number}{{2}}(?![^\W_]))"),
        day_and_year_behind=re.compile(
            rf"{between}*(?P<day>\d{{1,2}})(?:ST|ND|RD|TH)?{between}{{1,2}}(?P<year>\d{{4}}|\d{{2}})(?![^\W_])", re.I
        ),
        year_before=re.compile(rf"(?<![^\W_一])(?P<year>\d{{4}}){between}*$"),
        day_behind=re.compile(rf"{between}*(?P<day>\d{{1,2}})(?![^\W_一])"),
    )


def _day_first(around: _Around, month: int) -> _Parts | None:
    before = _patterns().day_before.search(around.before)
    behind = _patterns().year_behind.match(around.text, around.end)
    if not before or not behind:
        return None
    day, guessed = _day_before(before, month)
    share = _GUESSED if guessed else 1.0
    return _Parts(day, behind["year"], around.offset + before.start(), behind.end(), Order.DAY_FIRST, share)


def _month_first(around: _Around) -> _Parts | None:
    """Day and year where no figure stands before the month; a year of two figures may be something else."""
    behind = _patterns().day_and_year_behind.match(around.text, around.end)
    if not behind or _DIGIT_BEFORE.search(around.before):
        return None
    share = _GUESSED if len(behind["year"]) == 2 else 1.0
    return _Parts(behind["day"], behind["year"], around.start, behind.end(), Order.MONTH_FIRST, share)


def _year_first(around: _Around) -> _Parts | None:
    before = _patterns().year_before.search(around.before)
    behind = _patterns().day_behind.match(around.text, around.end)
    if not before or not behind:
        return None
    return _Parts(behind["day"], before["year"], around.offset + before.start(), behind.end(), Order.YEAR_FIRST)


def _dated(parts: _Parts, month: int, order: Order | None, state: str) -> tuple[str, float]:
    """YYMMDD, and the share of certainty left to it where its year was converted; "" where there is no such day."""
    day, year = parts.day, parts.year
    if order is Order.YEAR_FIRST and parts.order is Order.DAY_FIRST and len(day) == len(year) == 2:
        day, year = year, day
    if yymmdd := date_of(as_read(year), month, as_read(day)):
        return yymmdd, 1.0
    return to_gregorian(as_read(year), month, as_read(day), state) if has_our_months(state) else ("", 0.0)


def _with_numerals(text: str) -> str:
    """The text with ``I`` in Roman months where another stroke was read."""
    return _ROMAN.sub(lambda match: match.group().translate(_STROKES), text)


def _with_slashes(text: str) -> str:
    """The text with a slash put back between two month names where it was read as a letter (``APRIAVR``)."""
    for match in _FUSED.finditer(text):
        if months_named(match[1])[1] == 1 and months_named(match[2])[1] == 1:
            text = f"{text[: match.end(1)]}/{text[match.start(2) :]}"
    return text


def _month_groups(text: str) -> Iterator[list[re.Match[str]]]:
    """Words that may be month names, those of one date (``AUG/AOÛT``) together: a slash joins even unknown ones."""
    group: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        joined = bool(group) and _BETWEEN.fullmatch(text, group[-1].end(), match.start()) is not None
        if group and not joined:
            yield group
            group = []
        if months_named(match.group())[0] or (group and joined) or _SLASH.match(text, match.end()):
            group.append(match)
    if group:
        yield group


def _begins_with_day(word: str) -> bool:
    """Whether a month's name has its day before it without a space: ``1JUL``. In ``1 JUL 7JUL`` the 7 was a slash."""
    return word[0].isdigit() and months_named(word[1:])[1] == 1


def _day_before(before: re.Match[str], month: int) -> tuple[str, bool]:
    """The day in ``03 10月/OCT``, ``0310月/OCT``, ``03 OCT`` and ``5 03 OCT`` (a field's number first).

    Returns:
        The day as read, and whether it is a guess.
    """
    first, last = before["day"] or before["fused"], before["last"]
    if first is None:
        return last, False
    if as_read(last) == month:
        return first, False
    return (last, False) if len(first) == 1 else (first, True)
