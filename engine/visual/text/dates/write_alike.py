"""Writes another day as a page writes its dates: ``14 MAI /MAY 22`` tells how it would print 14 May 2012."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

ANY_MONTH: Final = "??"
"""Stands in a day (YYMMDD) for a month that is named and was not understood."""
_NUMBER: Final = re.compile(r"\d+")
_CENTURY: Final = 60
"""Years of two figures up to it are those of this century: no passport is older."""


@dataclass(frozen=True, slots=True)
class Written:
    """How a page writes dates: the ``text`` that prints ``yymmdd``."""

    text: str
    yymmdd: str


def as_written(text: str) -> Written | None:
    """Return how print in which no date was found seems to write one: a number, the name of a month, a number.

    None where it has more or fewer numbers.
    """
    numbers = _NUMBER.findall(text)
    if len(numbers) != 2:
        return None
    day, year = numbers if len(numbers[0]) <= 2 else numbers[::-1]
    return Written(text, year[-2:].zfill(2) + ANY_MONTH + day[-2:].zfill(2))


def write_alike(model: Written, yymmdd: str) -> str | None:
    """Return the text that writes a day as the model does its own.

    None where that names another month, or the model's text has not two or three numbers.

    >>> write_alike(Written("14 MAI /MAY 22", "220514"), "120515")
    '15 MAI /MAY 12'
    >>> write_alike(Written("1.9.2022", "220901"), "121203")
    '3.12.2012'
    """
    found = list(_NUMBER.finditer(model.text))
    places = _places([match.group() for match in found], model.yymmdd)
    if places is None or ("M" not in places and model.yymmdd[2:4] not in (ANY_MONTH, yymmdd[2:4])):
        return None
    parts, last = [], 0
    for match, place in zip(found, places, strict=True):
        parts += [model.text[last : match.start()], _figures(match.group(), place, yymmdd)]
        last = match.end()
    return "".join((*parts, model.text[last:]))


def _places(numbers: Sequence[str], yymmdd: str) -> str | None:
    """Which numbers of a text are year, month and day, as letters; None where more than one is another number."""
    year, month, day = yymmdd[:2], yymmdd[2:4], yymmdd[4:]
    wanted = {"D": day, "M": month, "Y": year}
    options = ("DY", "YD") if len(numbers) == 2 else ("DMY", "MDY", "YMD")
    fits = {o: sum(number[-2:].zfill(2) == wanted[p] for number, p in zip(numbers, o, strict=False)) for o in options}
    best = max(options, key=lambda option: fits[option])
    return best if len(numbers) == len(best) and fits[best] >= len(numbers) - 1 else None


def _figures(number: str, place: str, yymmdd: str) -> str:
    """The figures of a day in one place, as many as were there; one of a year may be lost."""
    if place == "Y":
        century = "" if len(number) <= 2 else "20" if int(yymmdd[:2]) <= _CENTURY else "19"
        return century + yymmdd[:2]
    figures = yymmdd[4:] if place == "D" else yymmdd[2:4]
    return figures[1:] if len(number) == 1 and figures[0] == "0" else figures
