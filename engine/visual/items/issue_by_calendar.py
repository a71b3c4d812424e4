"""Finds a date of issue that was misread by the calendar: most passports are valid for a usual number of years."""

import datetime
from calendar import monthrange
from collections.abc import Sequence
from typing import Final

from engine.mrz.dates import date_exists
from engine.values.items import Item, VisualValue
from engine.visual.items.expected_dates import (
    date_probability,
    figures_beside,
    find_expected_date,
    framed_probability,
)
from engine.visual.items.page_text import Claims, PageText
from engine.visual.items.text_spans import TextSpan
from engine.visual.text.confidence import tempered
from engine.visual.text.dates.printed import Order

USUAL_YEARS: Final = (3, 5, 6, 7, 10)
"""Years for which passports are issued."""
_BY_CALENDAR: Final = 0.9
"""Share of confidence of a date whose misread figure was put right by the calendar."""
_PROBABLE: Final = 0.05
"""Least probability of such a date."""
_AMBIGUOUS: Final = 0.3
"""Two such dates whose probabilities differ by less than this factor cannot be told from each other."""
_ODDS: Final = 30.0
"""Of a date from which a usual validity runs against one that is another day and no less legible."""
_FRAMED: Final = 0.8
"""Share of confidence of a date of issue whose month is illegible and follows from the calendar."""
_SPARE: Final = 0.1
"""Factor on its probability for each figure beside the date that it does not account for."""

_Fitting = tuple[float, str, TextSpan]
"""How probably a piece of print is a date, YYMMDD, and the piece."""


def find_issue_by_calendar(page: PageText, order: Order | None, claims: Claims) -> VisualValue | None:
    """Return a date of issue that was read with an error: the one printed date from which a usual validity runs."""
    free = claims.free_pieces(page.spans)
    fitting = [
        (match[1] * _SPARE ** figures_beside(match[0]), day, match[0])
        for day in usual_issues(page.mrz.fields.expiry_date)
        if (match := find_expected_date(free, day, order, ())) and any(c.isdigit() for c in match[0].text[-2:])
    ]
    if best := _clear_first(fitting, _PROBABLE):
        return _by_calendar(*best, claims)
    framed = [
        (framed_probability(part, day), day, part)
        for day in usual_issues(page.mrz.fields.expiry_date)
        for part in _told_spans(page, claims)
    ]
    best = _clear_first(framed, _PROBABLE)
    return _by_calendar(_FRAMED * best[0], *best[1:], claims) if best else None


def _told_spans(page: PageText, claims: Claims) -> list[TextSpan]:
    """The one piece of print that is the date of issue, as the network holds."""
    choice = page.tagged.choice(Item.ISSUE_DATE) if page.tagged else None
    spans = choice.spans if choice else ()
    return [span for span in spans if len(spans) == 1 and claims.is_free(span)]


def _clear_first(fitting: Sequence[_Fitting], least: float) -> _Fitting | None:
    """The most probable one, unless it is improbable or another one comes near it."""
    ranked = sorted(fitting, key=lambda entry: -entry[0])
    if not ranked or ranked[0][0] < least or _is_ambiguous([entry[0] for entry in ranked]):
        return None
    return ranked[0]


def _by_calendar(probability: float, day: str, part: TextSpan, claims: Claims) -> VisualValue:
    claims.claim(Item.ISSUE_DATE, part)
    return VisualValue(day, part.text, _BY_CALENDAR * tempered(probability), part.quad, part.chars)


def more_usual_issue(
    span: TextSpan, read: str, expiry: str, order: Order | None, claims: Claims
) -> VisualValue | None:
    """Return another day that the print of ``span`` may be, and from which a usual validity runs.

    None where that is less probable than that it is the day ``read`` (YYMMDD).

    ``20 JUN 2020`` on a page that expires on 19 June 2036 is 20 June 2026 where the last figure was read with doubt.
    """
    usual = usual_issues(expiry)
    if read in usual:
        return None
    best = _clear_first([(_ODDS * date_probability(span, day, order), day, span) for day in usual], 0.0)
    against = date_probability(span, read, order)
    if best is None or best[0] <= against or not against:
        return None
    return _by_calendar(best[0] / (best[0] + against), *best[1:], claims)


def _is_ambiguous(probabilities: Sequence[float]) -> bool:
    """Whether one of the others comes near the first, the highest."""
    best, *others = probabilities
    return any(other > _AMBIGUOUS * best for other in others)


def usual_issues(expiry: str) -> list[str]:
    """Return the dates (YYMMDD) from which a usual validity ends on ``expiry``, or on the day before it would."""
    if not date_exists(expiry):
        return []
    year, month, day = 2000 + int(expiry[:2]), int(expiry[2:4]), int(expiry[4:])
    same = [datetime.date(year - years, month, min(day, monthrange(year - years, month)[1])) for years in USUAL_YEARS]
    return [f"{d:%y%m%d}" for start in same for d in (start, start + datetime.timedelta(days=1))]
