"""Finds a date that is known beforehand, from the machine readable zone, where its print was read with an error."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from engine.visual.items.text_spans import TextSpan
from engine.visual.text.dates.printed import Order
from engine.visual.text.fold import fold
from engine.visual.text.match import Match, match_text, posterior
from engine.visual.text.months import month_words, months_named

_LEAST_SIMILARITY: Final = 0.8
"""Share of the expected characters that must have been read: one of six or seven may be quite another."""
_CENTURIES: Final = ("19", "20")
_MOST_BESIDE: Final = 1
"""Figures that touch a date at most; where there are more it is part of a number."""
_FEWEST_DIGITS: Final = 3
"""A text with fewer holds no date."""
_FOUR_FIGURES: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NAMES: Final = re.compile(r"[^\W\d_]{3,}")


def find_expected_date(
    spans: Sequence[TextSpan], yymmdd: str, order: Order | None, other: Sequence[TextSpan], least: float = 0.0
) -> tuple[TextSpan, float] | None:
    """Return where the date ``yymmdd`` is printed and with which probability (0..1); None where it is nowhere.

    Args:
        spans: what may hold it.
        yymmdd: the date that is expected.
        order: in which day and month stand where both are figures; None where it is not known.
        other: pieces that were read as other dates; they hold this one only if it can be read there without an error.
        least: probability of the expected date below which another one was read there.
    """
    found: list[tuple[float, float, TextSpan]] = []
    for span in spans:
        for match in _matches(span, yymmdd, order):
            part = span.part(match.start, match.stop)
            if _figures_beside(part) > _MOST_BESIDE:
                continue
            is_other = any(part.overlaps(x) for x in other) or match.probability < least
            if match.similarity == 1 or not is_other:
                found.append((match.similarity, match.probability, part))
    best = max(found, key=lambda entry: entry[:2], default=None)
    return (best[2], posterior(best[1])) if best else None


def _matches(span: TextSpan, yymmdd: str, order: Order | None) -> Iterator[Match]:
    """The places in ``span`` where the date was read, or nearly."""
    matches = (match_text(span.chars, text) for text in _spellings(span.text, yymmdd, order))
    return (match for match in matches if match is not None and match.similarity >= _LEAST_SIMILARITY)


def _figures_beside(part: TextSpan) -> int:
    """How many figures touch a date on either side: those of its first and last word that it leaves over."""
    text, figures = part.line.text.text, "0123456789"
    before, behind = text[: part.start], text[part.stop :]
    return len(before) - len(before.rstrip(figures)) + len(behind) - len(behind.lstrip(figures))


def _spellings(text: str, yymmdd: str, order: Order | None) -> Iterator[str]:
    """The date folded as ``text`` may print it: with the month names that stand there, or in figures."""
    year, month, day = yymmdd[:2], yymmdd[2:4], yymmdd[4:]
    if sum(c.isdigit() for c in text) < _FEWEST_DIGITS:
        return
    names = _month_names(text, int(month))
    for full_year in _years(text, year):
        for name in names:
            yield day + name + full_year
            yield from _turned(text, day, name, full_year)
        if not names and not _names_a_month(text):
            yield month + day + full_year if order is Order.MONTH_FIRST else day + month + full_year
            yield full_year + month + day


def _turned(text: str, day: str, name: str, year: str) -> Iterator[str]:
    """The date with its month first, if the text begins with a letter, or with its year, if that begins it."""
    if text.lstrip()[:1].isalpha():
        yield name + day + year
    if text.lstrip().startswith(year[:2]):
        yield year + name + day


def _month_names(text: str, month: int) -> list[str]:
    """The names of the month in ``text``, folded; where it stands in two languages also both together."""
    names = list(dict.fromkeys(fold(word) for word in month_words(text, month)))
    return [*names, "".join(names)] if len(names) > 1 else names


def _names_a_month(text: str) -> bool:
    """Whether a month's name stands in ``text`` without an error."""
    return any(months_named(word)[1] == 1 for word in _NAMES.findall(text))


def _years(text: str, year: str) -> list[str]:
    """The year in four figures if ``text`` has one of four, be it misread, or begins to say so, else in two.

    Else two figures of another year were taken for it: ``1949`` holds 94.
    """
    begun = [century + year for century in _CENTURIES if century + year[0] in text]
    whole = [century + year for century in _CENTURIES if re.search(rf"(?<!\d){century}\d\d(?!\d)", text)]
    misread = [century + year for century in _CENTURIES if _FOUR_FIGURES.search(text)]
    return begun or whole or misread or [year]
