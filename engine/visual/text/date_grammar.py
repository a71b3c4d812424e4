"""Finds dates in a line as passports print them.

Day first (``12 AUG 1974``, ``12 08 1974``, ``12.08.74``, ``03 10月/OCT 1983`` where 月 reads as 一), year first
(``1974.08.12``, ``2004-12-31``), month first only where the dates of birth and expiry, known from the machine
readable zone, stand so on the page. Month names are understood in many languages, misread letters allowed.
"""

import calendar
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final

from engine.memo import remembered
from engine.tables.look_alikes import Shape, groups
from engine.visual.text.months import agreed_month, months_named


class Order(Enum):
    """The order of day, month and year in a date of digits only."""

    DAY_FIRST = "DMY"
    MONTH_FIRST = "MDY"
    YEAR_FIRST = "YMD"


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date found in a text: ``yymmdd``, and where it stands (``start``, ``end`` index of the text).

    ``named`` tells whether the month stood as a name, so that the order is beyond doubt; ``certainty`` (0..1) falls
    with every character that had to be understood otherwise than it was read.
    """

    yymmdd: str
    start: int
    end: int
    order: Order
    named: bool
    certainty: float


_MISREAD, _GUESSED = 0.8, 0.7
"""Factors on a date's certainty: for each digit that was misread, for a day that may be a field's number."""
_SEPARATOR: Final = r"[\s./,:'\-–—·一]"
_WORD: Final = re.compile(
    r"[^\W\d_一]{3,}|(?<![^\W_一])(?=\w*[^\W\d_]\w*[^\W\d_])(?!\w*\d\w*\d)[^\W_一]{3,4}(?![^\W_])"
)
"""A word of letters, or one with a single figure in it: 0CT, N0V."""
_FUSED: Final = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,4})[Il1|!]([^\W\d_]{3,4})(?![^\W\d_])")
"""Two month names whose slash was read as a letter: ``APRIAVR``."""
_BETWEEN: Final = re.compile(rf"{_SEPARATOR}*")
_SLASH: Final = re.compile(r"\s?/\s?(?=[^\W\d_]{3})")
"""What stands between the names of one month in two languages."""
_FEWEST_DIGITS: Final = 2
"""Of the three of ``1 JUL 21`` one may be misread."""
_CENTURIES: Final = ("19", "20")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What stands before and after the name of a month, and a date of figures only."""

    before_month: re.Pattern[str]
    after_month: re.Pattern[str]
    digits_only: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    digit = rf"[0-9{re.escape(''.join(map(chr, _figures())))}]"
    year = rf"(?:(?={digit}*\d{digit}*\d){digit}{{4}})"  # four figures, two of them read as such
    return _Patterns(
        re.compile(
            rf"(?<![^\W_一])(?:(?P<day>{digit}{{1,2}}){_SEPARATOR}+|(?P<fused>\d{{2}}(?=\d{{1,2}}\s?一)))?"
            rf"(?P<last>{digit}{{1,2}}){_SEPARATOR}*(?:[^\W\d_]{{1,2}}\s?/\s?)?$"  # little was read of the first name
        ),
        re.compile(rf"{_SEPARATOR}*(?P<year>{digit}{{4}}(?!\d(?!\d?\D))|{digit}{{2}}(?![^\W_]))"),
        re.compile(
            rf"(?<![^\W_])({year}|{digit}{{1,2}})\s?({_SEPARATOR})\s?({digit}{{1,2}})\s?{_SEPARATOR}\s?"
            rf"({year}|\d{{2}})(?!\d)"
        ),
    )


@cache
def _figures() -> Mapping[int, str]:
    """What is read for a figure → the figure."""
    return str.maketrans({char: group[0] for group in groups(Shape.FIGURE) for char in group[1:]})


@remembered
def find_dates(text: str, order: Order = Order.DAY_FIRST, state: str = "") -> tuple[PrintedDate, ...]:
    """Return the dates in ``text``, from left to right.

    Args:
        text: a line as read.
        order: how to understand digits that do not begin with a four-digit year.
        state: the issuing one, whose languages tell months apart that share a name.
    """
    if sum(c.isdigit() for c in text) < _FEWEST_DIGITS:
        return ()
    text = _with_slashes(_without_accents(text))
    named = tuple(_named_dates(text, state))
    numeric = (d for d in _numeric_dates(text, order) if not any(d.start < n.end and n.start < d.end for n in named))
    return tuple(sorted((*named, *numeric), key=lambda d: d.start))


def learn_order(texts: Iterable[str], expected: Iterable[str], state: str = "") -> Order:
    """Return the order in which most of the ``expected`` dates (YYMMDD) stand in ``texts``; day first by default.

    ``state`` is as in `find_dates`, whose answers are remembered: whoever asks for the same lines later gives it too.
    """
    lines, wanted = tuple(texts), {date for date in expected if date}
    found = {order: _count(lines, wanted, order, state) for order in (Order.DAY_FIRST, Order.MONTH_FIRST)}
    return Order.MONTH_FIRST if found[Order.MONTH_FIRST] > found[Order.DAY_FIRST] else Order.DAY_FIRST


def _count(lines: tuple[str, ...], wanted: set[str], order: Order, state: str) -> int:
    """How many dates of digits only are among those ``wanted``, if they stand in this order."""
    return sum(date.yymmdd in wanted for line in lines for date in find_dates(line, order, state) if not date.named)


def _named_dates(text: str, state: str) -> Iterator[PrintedDate]:
    """The dates whose month is a name."""
    done = 0
    for group in _month_groups(text):
        month, certainty = agreed_month(tuple(match.group() for match in group), state)
        before = _patterns().before_month.search(text[done : group[0].start()])
        after = _patterns().after_month.match(text, group[-1].end())
        if not month or not before or not after:
            continue
        day, guessed = _day_before(before, month)
        year = after["year"]
        date = _date(year.translate(_figures()), month, int(day.translate(_figures())))
        if date:
            certainty *= _MISREAD ** (_misread(day) + _misread(year)) * (_GUESSED if guessed else 1)
            yield PrintedDate(date, done + before.start(), after.end(), Order.DAY_FIRST, True, certainty)
            done = after.end()


def _without_accents(text: str) -> str:
    """The text with every letter its base letter, as long as before: specks over figures read as accents."""
    return text if text.isascii() else "".join(unicodedata.normalize("NFD", char)[0] for char in text)


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


def _day_before(before: re.Match[str], month: int) -> tuple[str, bool]:
    """The day in ``03 10月/OCT``, ``0310月/OCT``, ``03 OCT`` and ``5 03 OCT`` (a field's number first).

    Returns:
        The day as read, and whether it is a guess.
    """
    first, last = before["day"] or before["fused"], before["last"]
    if first is None:
        return last, False
    if last.translate(_figures()).lstrip("0") == str(month):
        return first, False
    return (last, False) if len(first) == 1 else (first, True)


def _misread(digits: str) -> int:
    """How many of some digits were read as letters or marks."""
    return sum(not c.isdigit() for c in digits)


def _numeric_dates(text: str, order: Order) -> Iterator[PrintedDate]:
    """The dates of digits only."""
    for match in _patterns().digits_only.finditer(text):
        read = match.group(1), match.group(3), match.group(4)
        first, middle, last = (figures.translate(_figures()) for figures in read)
        if len(first) == 4:
            found, this_order = _date(first, int(middle), int(last)) if len(last) == 2 else "", Order.YEAR_FIRST
        else:
            day, month = (middle, first) if order is Order.MONTH_FIRST else (first, middle)
            found, this_order = _date(last, int(month), int(day)), order
        if found:
            certainty = _MISREAD ** sum(map(_misread, read))
            yield PrintedDate(found, match.start(), match.end(), this_order, False, certainty)


def _date(year: str, month: int, day: int) -> str:
    """YYMMDD, or "" where the calendar has no such day (29 February is taken to exist in years divisible by 4)."""
    if not 1 <= month <= 12 or (len(year) == 4 and year[:2] not in _CENTURIES):
        return ""
    last_day = calendar.monthrange(2000 + int(year[-2:]), month)[1]
    return f"{year[-2:]}{month:02}{day:02}" if 1 <= day <= last_day else ""
