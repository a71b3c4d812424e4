"""Finds a date of issue that was misread by what the picture shows: a usual validity tells which days to look for.

Each such day is written as the page writes dates – as those known from the machine readable zone are printed, or as
the print itself was read – and weighed against the reader's evidence.
"""

import datetime
import math
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Levenshtein

from engine.mrz.dates import date_exists
from engine.visual.items.text_spans import TextSpan
from engine.visual.text.dates.write_alike import Written, write_alike

USUAL_YEARS: Final = (3, 5, 6, 7, 10)
"""Years for which passports are issued."""
_OTHER_YEARS: Final = 0.05
"""Weight of another whole number of years, up to `_MOST_YEARS`, against a usual one."""
_MOST_YEARS: Final = 15
_DAYS: Final[Mapping[int, float]] = {0: 1.0, 1: 1.0, 2: 0.2, -1: 0.2, -2: 0.1}
"""Weight of a date of issue so many days behind the one on which the document expires years later."""
UNREAD: Final = 3e-4
"""Weight of any other day where what was read can be no date of issue."""
UNUSUAL: Final = 0.01
"""The same where it can be one, or the print need be none: some passports run for an odd time."""
_LEAST: Final = 0.5
"""Probability from which a day is told: of two that are as likely neither is."""
_LIKE: Final = 0.5
"""Likeness (0..1) to what was read of a date that is weighed at all."""
_MOST_WEIGHED, _MOST_TEXTS = 10, 2
"""Days that are weighed, at most, and texts of each: those most like what was read."""
_USUAL_MODELS: Final = tuple(
    Written(mark.join(numbers), "070416")
    for numbers in (("16", "04", "2007"), ("2007", "04", "16"), ("16", "04", "07"))
    for mark in " ./-"
)
"""How dates of figures are usually written."""


@dataclass(frozen=True, slots=True)
class ShownIssue:
    """A date of issue (YYMMDD), the print that shows it, and its ``probability`` among all days that may be meant.

    ``weight`` ranks print that may be the date of issue.
    """

    yymmdd: str
    span: TextSpan
    probability: float
    weight: float


def find_shown_issue(
    span: TextSpan, expiry: str, models: Sequence[Written], read: str, against: float
) -> ShownIssue | None:
    """Return the date of issue that ``span`` most probably shows, if that is another day than the one read there.

    Args:
        span: what is the date of issue, or may be.
        expiry: when the document expires, YYMMDD.
        models: how the page writes dates.
        read: the day (YYMMDD) that was read there, "" where none was.
        against: the weight of that day, or of any that is none of a usual validity: `UNREAD` or `UNUSUAL`.
    """
    evidence, weights = span.line.text.evidence, _days(expiry)
    if evidence is None:
        return None
    columns, likeness = span.surroundings, _likeness(span.text, weights, (*models, *_USUAL_MODELS))
    as_read = evidence.log_likelihood(span.text, *columns)
    chances = {read: max(against, weights.get(read, 0.0))}
    ranked = sorted(likeness.keys() - {read}, key=lambda day: (-likeness[day][0], -weights[day], day))
    for day in ranked[:_MOST_WEIGHED]:
        shown = max(evidence.log_likelihood(text, *columns) for text in likeness[day][1])
        chances[day] = weights[day] * math.exp(min(shown - as_read, 0.0))
    best = max(chances, key=lambda day: chances[day])
    probability = chances[best] / sum(chances.values())
    return ShownIssue(best, span, probability, chances[best]) if best != read and probability > _LEAST else None


def _likeness(
    read: str, days: Mapping[str, float], models: Sequence[Written]
) -> Mapping[str, tuple[float, Sequence[str]]]:
    """For each day that is like what was read: how like, and the texts that write it so."""
    found = {}
    for day in days:
        texts = {text for model in models if (text := write_alike(model, day))}
        ranked = sorted((-Levenshtein.normalized_similarity(text, read), text) for text in texts)
        if ranked and -ranked[0][0] >= _LIKE:
            found[day] = -ranked[0][0], [text for _, text in ranked[:_MOST_TEXTS]]
    return found


def usual_issues(expiry: str) -> list[str]:
    """Return the dates (YYMMDD) from which a usual validity ends on ``expiry``, or on the day before it would."""
    return [day for day, weight in _days(expiry).items() if weight == 1]


def _days(expiry: str) -> Mapping[str, float]:
    """The days of issue from which a whole number of years runs, and their weights."""
    if not date_exists(expiry):
        return {}
    year, month, day = 2000 + int(expiry[:2]), int(expiry[2:4]), int(expiry[4:])
    found = {}
    for years in range(1, _MOST_YEARS + 1):
        start = datetime.date(year - years, month, min(day, monthrange(year - years, month)[1]))
        usual = 1.0 if years in USUAL_YEARS else _OTHER_YEARS
        for days, weight in _DAYS.items():
            found[f"{start + datetime.timedelta(days=days):%y%m%d}"] = usual * weight
    return found
