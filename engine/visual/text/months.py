"""Which month a printed word names; a name may mean different months in different languages."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from rapidfuzz.distance import Levenshtein

from engine.memo import remembered
from engine.tables.months import month_names
from engine.visual.text.fold import fold

_CUT: Final = ("name", "short")
"""Forms that are printed cut as well."""
_CUTS: Final = (3, 4)
"""Letters that are left of a name that is cut."""
_WORDS: Final = re.compile(r"[^\W\d_]{3,}|(?<![^\W_])[IVX]{1,2}(?![^\W_])")
"""Words and short Roman numerals."""


@cache
def _months() -> Mapping[str, frozenset[int]]:
    """Folded names, and shortened ones where those are no name themselves: Dutch MEI is no Irish MEITHEAMH."""
    return _meanings(None)


@cache
def _spoken(state: str) -> Mapping[str, frozenset[int]]:
    """The same in the languages of ``state`` alone; empty where they are not known."""
    return _meanings(state)


def _meanings(state: str | None) -> Mapping[str, frozenset[int]]:
    whole: dict[str, set[int]] = {}
    cut: dict[str, set[int]] = {}
    for row in month_names():
        if state is not None and state not in row.states:
            continue
        for month, name in enumerate(row.names, start=1):
            (cut if row.form == "short" else whole).setdefault(name, set()).add(month)
            for letters in _CUTS if row.form in _CUT else ():
                cut.setdefault(name[:letters], set()).add(month)
    return {name: frozenset(months) for name, months in (cut | whole).items()}


@cache
def _english() -> Mapping[str, int]:
    """The first three letters of English names."""
    names = next(row.names for row in month_names() if (row.language, row.form) == ("en", "name"))
    return {name[:3]: month for month, name in enumerate(names, start=1)}


@remembered
def months_named(word: str) -> tuple[frozenset[int], float]:
    """Return the months ``word`` may name and how sure that is (0..1); nothing and 0 for other words.

    A word of three letters may carry one misread letter, a longer one two, if what is meant stays unique.
    """
    name, months = fold(word), _months()
    if name in months:
        return months[name], 1.0
    if len(name) < 3:
        return frozenset(), 0.0
    if twice := _named_twice(name):
        return twice, 1.0
    errors, meant = _nearest_names(name)
    return _months_of_misread(errors, meant) if meant else (frozenset(), 0.0)


def _named_twice(name: str) -> frozenset[int]:
    """The month that a word names in two languages whose slash was not read (``JANVJAN``)."""
    months = _months()
    halves = ((name[:i], name[i:]) for i in range(3, len(name) - 2))
    return frozenset().union(*(months.get(a, frozenset()) & months.get(b, frozenset()) for a, b in halves))


def _nearest_names(name: str) -> tuple[int, list[str]]:
    """The month names at the least edit distance from ``name``, and that distance; none where it is too far."""
    most_errors, letters = 1 if len(name) <= 4 else 2, set(name)
    alike = (
        other
        for other in _months()
        if abs(len(other) - len(name)) <= 1 and len(letters.intersection(other)) >= len(set(other)) - most_errors
    )
    distances = {other: Levenshtein.distance(name, other) for other in alike}
    least = min(distances.values(), default=most_errors + 1)
    return least, [other for other, distance in distances.items() if distance == least <= most_errors]


def _months_of_misread(errors: int, meant: list[str]) -> tuple[frozenset[int], float]:
    """The months that the names ``meant`` stand for, and how sure that is after so many ``errors``."""
    months = frozenset().union(*(_months()[name] for name in meant))
    if len(months) == 1:
        return months, 1 - 0.3 * errors
    english = frozenset(_english()[name] for name in meant if name in _english())
    return (english, 0.5) if len(english) == 1 else (months, 0.3)  # English stands on nearly every page


def month_words(text: str, month: int) -> list[str]:
    """Return the words of ``text`` that name ``month``."""
    return [word for word in _WORDS.findall(text) if month in months_named(word)[0]]


def agreed_month(words: tuple[str, ...], state: str = "") -> tuple[int, float]:
    """Return the month that all the names of one date mean, and how sure that is; (0, 0) where none or several.

    Where the names can mean several months, English decides, then the languages of the issuing ``state``: LISTOPAD is
    October in Croatia and November in Poland.
    """
    named = [(fold(word), months, sure) for word in words for months, sure in (months_named(word),) if sure]
    if not named:
        return 0, 0.0
    common = frozenset.intersection(*(months for _, months, _ in named))
    english = _meant_in_english([name for name, _, sure in named if sure == 1])
    certainty = max(sure for _, _, sure in named)
    own = common.intersection(*(_spoken(state).get(name, common) for name, _, _ in named)) or common
    for months, share in ((english & common, 1.0), (own, 1.0), (english, 0.8)):
        if len(months) == 1:
            return next(iter(months)), share * certainty
    return 0, 0.0


def _meant_in_english(names: Sequence[str]) -> frozenset[int]:
    """The months of those folded ``names`` that begin as English ones do."""
    return frozenset(_english()[name[:3]] for name in names if name[:3] in _english())
