"""Finds a date that the machine readable zone lets expect where its print was read with a wrong figure."""

from collections.abc import Iterator, Sequence
from typing import Final

from engine.visual.items.text_spans import TextSpan
from engine.visual.text.date_grammar import Order
from engine.visual.text.fold import fold
from engine.visual.text.match import match_text, posterior
from engine.visual.text.months import month_words

_LEAST_SIMILARITY: Final = 0.8
"""Of the expected characters: one of six or seven may be quite another, more only look-alikes."""


def find_expected_date(
    spans: Sequence[TextSpan], yymmdd: str, order: Order, other: Sequence[TextSpan]
) -> tuple[TextSpan, float] | None:
    """Return where ``yymmdd`` is printed, as far as a doubtful reading shows, and how probably; None if nowhere.

    Args:
        spans: what may hold it.
        yymmdd: the date.
        order: in which day and month stand where both are figures.
        other: pieces that were read as other dates.
    """
    found: list[tuple[float, float, TextSpan]] = []
    for span in spans:
        for text in _spellings(span.text, yymmdd, order):
            match = match_text(span.chars, text)
            if match is None or match.similarity < _LEAST_SIMILARITY:
                continue
            part = span.part(match.start, match.stop)
            is_other = any(part.overlaps(x) for x in other)
            if match.similarity == 1 or not is_other:
                found.append((match.similarity, match.probability, part))
    best = max(found, key=lambda entry: entry[:2], default=None)
    return (best[2], posterior(best[1])) if best else None


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
