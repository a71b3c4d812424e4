"""Gives the dates on the page to birth, issue and expiry."""

import datetime
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.tables.labels import Label
from engine.values.items import Item, VisualValue
from engine.values.mrz import MrzFields
from engine.visual.items.expected_dates import find_expected_date
from engine.visual.items.labels_on_page import best_fit, owner
from engine.visual.items.page_text import Claims, PageText
from engine.visual.items.text_spans import TextSpan
from engine.visual.text.confidence import tempered
from engine.visual.text.date_grammar import Order, PrintedDate, find_dates, learn_order

LABELS: Final[Mapping[Item, Label]] = {
    Item.BIRTH_DATE: Label.BIRTH_DATE,
    Item.ISSUE_DATE: Label.ISSUE_DATE,
    Item.EXPIRY_DATE: Label.EXPIRY_DATE,
}
_LONGEST_VALIDITY: Final = 15
"""Years; passports are issued for up to ten, a few cards and laissez-passers for more."""
_YEAR: Final = 12 * 31
_USUAL_YEARS: Final = (3, 5, 6, 7, 10)
_DAYS_OFF: Final = 2
_USUAL: Final = 0.3
"""Evidence for the candidate that makes the validity a usual one."""
IMPOSSIBLE: Final = 0.02
"""Confidence left for a date of issue that cannot be."""
_BEFORE_BIRTH: Final = 0.1
_PROBABLE: Final = 0.05
"""Least probability of such a date."""
_AMBIGUOUS: Final = 0.3
"""Two such dates whose probabilities are not further apart cannot be told from each other."""
_SPARE: Final = 0.1
"""Times as probable for each figure beside the date that it does not account for."""
_BY_CALENDAR: Final = 0.9
"""Share of confidence of a date that was put right by the calendar."""


@dataclass(frozen=True, slots=True)
class _Found:
    date: PrintedDate
    span: TextSpan


def find_printed_dates(page: PageText, claims: Claims) -> dict[Item, VisualValue]:
    """Return birth, issue and expiry as printed.

    Birth and expiry are known from the MRZ and teach the page's order of day and month. The date of issue is what
    stands under its label, or the one date left that lies between birth and expiry.
    """
    fields = page.mrz.fields
    state = fields.issuing_state
    order = learn_order((p.text for p in page.spans), (fields.birth_date, fields.expiry_date), state)
    found = [_Found(d, p.part(d.start, d.end)) for p in page.spans for d in find_dates(p.text, order, state)]
    values = _expected_dates(page, found, order, claims)
    issue = _issue(page, [f for f in found if f.date.yymmdd not in (fields.birth_date, fields.expiry_date)])
    if issue:
        found.remove(issue[0])
        values[Item.ISSUE_DATE] = _value(Item.ISSUE_DATE, issue[0], claims, issue[1])
    elif doubtful := _usual_issue(page, order, claims):
        values[Item.ISSUE_DATE] = doubtful
    _contradicting(page, found, values, claims)
    return values


def _expected_dates(page: PageText, found: list[_Found], order: Order, claims: Claims) -> dict[Item, VisualValue]:
    """Birth and expiry where they say what the MRZ says; their entries in ``found`` go."""
    values: dict[Item, VisualValue] = {}
    fields = page.mrz.fields
    expected = {Item.BIRTH_DATE: fields.birth_date, Item.EXPIRY_DATE: fields.expiry_date}
    for item, known in expected.items():
        same = [f for f in found if f.date.yymmdd == known]
        if same:
            best = max(same, key=lambda f: best_fit(page.labels, (LABELS[item],), f.span.area))
            found.remove(best)
            values[item] = _value(item, best, claims, 1.0)
    for item, known in expected.items():
        if item not in values and known.isdigit():
            free = [piece for span in page.spans for piece in claims.unclaimed(span)]
            other = [f.span for f in found if plausibility(f.date.yymmdd, fields) == 1]
            doubtful = find_expected_date(free, known, order, other)
            if doubtful:
                part, probability = doubtful
                found[:] = [f for f in found if not f.span.overlaps(part)]
                claims.claim(item, part)
                values[item] = VisualValue(known, part.text, probability, part.quad, part.chars)
    return values


def _issue(page: PageText, found: list[_Found]) -> tuple[_Found, float] | None:
    """The date of issue and how much its place and the calendar speak for it."""
    fields = page.mrz.fields
    scored = []
    for entry in found:
        label = owner(page.labels, entry.span.area)
        fit = best_fit(page.labels, (Label.ISSUE_DATE,), entry.span.area)
        if label and label.label in (Label.BIRTH_DATE, Label.EXPIRY_DATE, Label.OTHER) and fit < 0.3:
            continue
        likely = plausibility(entry.date.yymmdd, fields)
        usual = _USUAL if _is_usual(_span(entry.date.yymmdd, fields.expiry_date)) else 0.0
        scored.append((fit + likely * entry.date.certainty + usual, fit, likely, entry))
    if not scored:
        return None
    _, fit, likely, best = max(scored, key=lambda s: s[0])
    alone = len({s[3].date.yymmdd for s in scored}) == 1
    return best, likely * (1.0 if fit > 0.3 or alone else 0.6)


def _usual_issue(page: PageText, order: Order, claims: Claims) -> VisualValue | None:
    """A date of issue that was read with a wrong figure: the one such date from which a usual validity runs."""
    free = [piece for span in page.spans for piece in claims.unclaimed(span)]
    fitting = [
        (match[1] * _SPARE ** _figures_beside(match[0]), day, match[0])
        for day in usual_issues(page.mrz.fields.expiry_date)
        if (match := find_expected_date(free, day, order, ())) and any(c.isdigit() for c in match[0].text[-2:])
    ]
    fitting.sort(key=lambda entry: -entry[0])
    if (
        not fitting
        or fitting[0][0] < _PROBABLE
        or any(other[0] > _AMBIGUOUS * fitting[0][0] for other in fitting[1:])
    ):
        return None
    probability, day, part = fitting[0]
    claims.claim(Item.ISSUE_DATE, part)
    return VisualValue(day, part.text, _BY_CALENDAR * tempered(probability), part.quad, part.chars)


def _figures_beside(part: TextSpan) -> int:
    """How many figures of its first and last word a date leaves over."""
    text, figures = part.line.text.text, "0123456789"
    before, behind = text[: part.start], text[part.stop :]
    return len(before) - len(before.rstrip(figures)) + len(behind) - len(behind.lstrip(figures))


def usual_issues(expiry: str) -> list[str]:
    """Return the dates (YYMMDD) from which a usual validity ends on ``expiry``, or on the day before it would."""
    if not expiry.isdigit():
        return []
    year, month, day = 2000 + int(expiry[:2]), int(expiry[2:4]), int(expiry[4:])
    same = [
        datetime.date(year - years, month, min(day, monthrange(year - years, month)[1])) for years in _USUAL_YEARS
    ]
    return [f"{d:%y%m%d}" for start in same for d in (start, start + datetime.timedelta(days=1))]


def plausibility(issue: str, fields: MrzFields) -> float:
    """Return 0..1: how well a date of issue goes with birth and expiry (never a reason to change it).

    Most passports run five or ten years, to the day or to the day before; some less, some a few months longer. A
    document issued on or after its expiry does not exist, one issued before its holder's birth only where that was
    a century earlier than two figures say.
    """
    if not fields.expiry_date.isdigit() or not fields.birth_date.isdigit():
        return 0.8
    validity, age = _span(issue, fields.expiry_date), _span(fields.birth_date, fields.expiry_date)
    if not 0 < validity <= _LONGEST_VALIDITY * _YEAR:
        return IMPOSSIBLE
    if validity > age:
        return _BEFORE_BIRTH
    return 1.0 if _is_usual(validity) else 0.85


def _is_usual(validity: int) -> bool:
    years = round(validity / _YEAR)
    return years in _USUAL_YEARS and abs(validity - years * _YEAR) <= _DAYS_OFF


def _span(start: str, end: str) -> int:
    """Days (12 months of 31) from one YYMMDD to the next of the other, within a century; 0 where one is unknown."""
    if not start.isdigit() or not end.isdigit():
        return 0
    days = [(int(date[:2]) * 12 + int(date[2:4])) * 31 + int(date[4:]) for date in (start, end)]
    return (days[1] - days[0]) % (100 * _YEAR)


def _contradicting(page: PageText, found: list[_Found], values: dict[Item, VisualValue], claims: Claims) -> None:
    """A date under the label of birth or expiry that is not the MRZ's: reported as read, with less trust."""
    for item, label in LABELS.items():
        if item in values or item is Item.ISSUE_DATE:
            continue
        under = [f for f in found if best_fit(page.labels, (label,), f.span.area) > 0.5]
        if len(under) == 1:
            found.remove(under[0])
            values[item] = _value(item, under[0], claims, 0.7)


def _value(item: Item, found: _Found, claims: Claims, evidence: float) -> VisualValue:
    claims.claim(item, found.span)
    confidence = tempered(found.span.certainty * found.date.certainty) * evidence
    return VisualValue(found.date.yymmdd, found.span.text, confidence, found.span.quad, found.span.chars)
