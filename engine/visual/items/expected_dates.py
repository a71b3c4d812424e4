"""Finds a date that the machine readable zone lets expect where its print was read with a wrong figure."""

from collections.abc import Iterator, Sequence
from typing import Final

from engine.visual.items.phrases import Phrase
from engine.visual.text.date_grammar import Order
from engine.visual.text.fold import fold
from engine.visual.text.match import match_text, trust
from engine.visual.text.months import month_words

_LEAST_LIKENESS: Final = 0.8
"""Of the expected characters: one of six or seven may be quite another, more only look-alikes."""


def find_known_date(
    phrases: Sequence[Phrase], yymmdd: str, order: Order, other: Sequence[Phrase]
) -> tuple[Phrase, float] | None:
    """Return where ``yymmdd`` is printed, as far as a doubtful reading shows, and how probably; None if nowhere.

    Args:
        phrases: what may hold it.
        yymmdd: the date.
        order: in which day and month stand where both are figures.
        other: pieces that were read as other dates.
    """
    found: list[tuple[float, float, Phrase]] = []
    for phrase in phrases:
        for text in _spellings(phrase.text, yymmdd, order):
            match = match_text(phrase.chars, text)
            if match is None or match.likeness < _LEAST_LIKENESS:
                continue
            part = phrase.part(match.start, match.stop)
            is_other = any(part.overlaps(x) for x in other)
            if match.likeness == 1 or not is_other:
                found.append((match.likeness, match.probability, part))
    best = max(found, key=lambda entry: entry[:2], default=None)
    return (best[2], trust(best[1])) if best else None


def _spellings(text: str, yymmdd: str, order: Order) -> Iterator[str]:
    """The date folded as ``text`` may print it: with the month names that stand there, or in figures."""
    year, month, day = yymmdd[:2], yymmdd[2:4], yymmdd[4:]
    if sum(c.isdigit() for c in text) < 3:
        return
    words = month_words(text, int(month))
    if len(words) > 1:  # in two languages
        words.append("".join(words))
    years = [century + year for century in ("19", "20") if century + year[0] in text] or [year]
    for full in years:
        for word in words:
            yield day + fold(word) + full
        if not words:
            yield month + day + full if order is Order.MONTH_FIRST else day + month + full
            yield full + month + day
