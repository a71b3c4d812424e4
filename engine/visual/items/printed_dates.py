"""Finds the dates of birth, issue and expiry among the dates on the page.

Birth and expiry are known from the machine readable zone. The date of issue is not: it is told by its label and by
the calendar, since passports are valid for a usual number of years.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.mrz.dates import date_exists
from engine.tables.labels import Label
from engine.values.items import Item, VisualValue
from engine.values.mrz import MrzFields
from engine.visual.items.expected_dates import find_expected_date
from engine.visual.items.labels_on_page import best_fit, nearest_label, stands_beside
from engine.visual.items.page_text import Claims, PageText
from engine.visual.items.shown_issue import UNREAD, UNUSUAL, USUAL_YEARS, ShownIssue, find_shown_issue, usual_issues
from engine.visual.items.tagging.tagged_page import SURE
from engine.visual.items.text_spans import Area, TextSpan
from engine.visual.text.confidence import tempered
from engine.visual.text.dates.certainty import date_certainty
from engine.visual.text.dates.find import find_dates, learn_order
from engine.visual.text.dates.printed import Order, PrintedDate
from engine.visual.text.dates.write_alike import Written, as_written

LABELS: Final[Mapping[Item, Label]] = {
    Item.BIRTH_DATE: Label.BIRTH_DATE,
    Item.ISSUE_DATE: Label.ISSUE_DATE,
    Item.EXPIRY_DATE: Label.EXPIRY_DATE,
}
_OTHER_DATES: Final = (Label.BIRTH_DATE, Label.EXPIRY_DATE, Label.OTHER)
"""Labels of dates that are not the date of issue."""
_LONGEST_VALIDITY: Final = 15
"""Years; passports are issued for up to ten, a few cards and laissez-passers for more."""
_YEAR: Final = 12 * 31
"""Days of a year in which every month has 31: enough to compare spans of years, and free of leap years."""
_LONGEST_LIFE: Final = 99
"""Years between birth and issue, and more than a validity."""
_DAYS_OFF: Final = 2
"""Days by which a validity may miss a whole number of years and still count as usual."""
_USUAL: Final = 0.3
"""Added to the score (0..2) of a date of issue from which a usual validity runs."""
_UNDER_LABEL: Final = 0.3
"""Fit to its label (0..1) from which a date counts as standing under it."""
_CLEAR: Final = 0.9
"""Similarity of a label that was read without much doubt."""
_CONTRADICTS: Final = 0.5
"""The same where the date is not the MRZ's."""
IMPOSSIBLE: Final = 0.02
"""Share of confidence left for a date of issue on or after the expiry, or too long before it."""
_BEFORE_BIRTH: Final = 0.1
"""The same for one before the holder's birth."""
_UNUSUAL: Final = 0.85
"""The same for one that makes the validity an unusual one."""
_UNLIKELY_BUT_TOLD: Final[Mapping[float, float]] = {_UNUSUAL: 0.97, _BEFORE_BIRTH: 0.6, IMPOSSIBLE: 0.3}
"""The same where the network is sure that it is the date of issue, and it was read without doubt: specimens, and
forged pages, print days that cannot be."""
_BY_CALENDAR: Final = 0.9
"""The same for one that was misread and follows from a usual validity."""
_FEWEST_FIGURES: Final = 3
"""Of print that may be a date of issue though no date was read in it."""
_WORD_AND_FIGURES: Final = re.compile(r"([^\W\d_]{2,})\d")
_UNKNOWN: Final = 0.8
"""The same where the MRZ does not give birth or expiry in full."""
_UNLABELLED: Final = 0.6
"""The same where several dates are left and none stands under the label."""
_NOT_OF_MRZ: Final = 0.95
"""The same for a date of birth or expiry that is not the MRZ's."""
_SURELY_READ: Final = 0.7
"""Probability from which a date is what was read, whatever the MRZ says."""
_MISREAD: Final = 0.02
"""Probability that a birth or expiry is printed as the MRZ has it, below which another date was surely read."""
_BEYOND_DOUBT: Final = 0.85
"""Probability from which a date is what was read, whatever the calendar says."""
_TOLD: Final = 0.5
"""Probability from which on the network tells which date is that of issue."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A date and where it stands."""

    date: PrintedDate
    span: TextSpan

    @property
    def certainty(self) -> float:
        """The probability that its print shows this date."""
        return date_certainty(self.span.chars) * self.date.certainty


def find_printed_dates(page: PageText, claims: Claims) -> dict[Item, VisualValue]:
    """Return birth, issue and expiry as printed.

    Birth and expiry are known from the MRZ and teach the page's order of day and month; so does a usual validity.
    The date of issue is what stands under its label, or the one date left that lies between birth and expiry.
    """
    fields = page.mrz.fields
    expected = {Item.BIRTH_DATE: fields.birth_date, Item.EXPIRY_DATE: fields.expiry_date}
    order = _order(page, expected.values())
    dated = ((span, date) for span in page.spans for date in find_dates(span.text, order, fields.issuing_state))
    found = _without_twins([_Found(date, span.part(date.start, date.end)) for span, date in dated])
    values = _expected_dates(page, found, expected, claims)
    values |= _misread_dates(page, found, {i: d for i, d in expected.items() if i not in values}, order, claims)
    issue = _issue(page, [f for f in found if f.date.yymmdd not in expected.values()])
    known = [Written(value.printed, value.value) for value in values.values()]
    if issue:
        found.remove(issue[0])
        meant = _meant(issue[0], fields, known)
        values[Item.ISSUE_DATE] = (
            _shown_value(meant, claims)
            if meant
            else _value(Item.ISSUE_DATE, issue[0], claims, issue[1] * issue[0].date.share)
        )
    elif shown := _shown(page, known, claims):
        values[Item.ISSUE_DATE] = _shown_value(shown, claims)
    return values | _contradicting(page, [f for f in found if not f.date.converted], values, claims)


def _order(page: PageText, expected: Collection[str]) -> Order | None:
    """The order in which the page prints dates of figures, None where nothing tells it."""
    texts = [span.text for span in page.spans]
    return learn_order(texts, expected) or learn_order(texts, usual_issues(page.mrz.fields.expiry_date))


def _without_twins(found: Sequence[_Found]) -> list[_Found]:
    """The dates without those of another calendar that the page prints in ours, too."""
    ours = [f.date.yymmdd for f in found if not f.date.converted]
    return [f for f in found if not f.date.converted or all(_apart(f.date.yymmdd, day) for day in ours)]


def _apart(one: str, other: str) -> bool:
    """Whether two dates are more than some days apart: calendars that look at the moon differ by one."""
    return min(_span(one, other), _span(other, one)) > _DAYS_OFF


def _expected_dates(
    page: PageText, found: list[_Found], expected: Mapping[Item, str], claims: Claims
) -> dict[Item, VisualValue]:
    """Birth and expiry where they say what the MRZ says; their entries in ``found`` go."""
    values: dict[Item, VisualValue] = {}
    for item, yymmdd in expected.items():
        same = [f for f in found if f.date.yymmdd == yymmdd]
        if same:
            best = max(same, key=lambda f: best_fit(page.labels, (LABELS[item],), f.span.area))
            found.remove(best)
            values[item] = _value(item, best, claims, 1.0)
    return values


def _misread_dates(
    page: PageText, found: list[_Found], expected: Mapping[Item, str], order: Order | None, claims: Claims
) -> dict[Item, VisualValue]:
    """Birth and expiry where they were read with an error; what overlaps them in ``found`` goes."""
    values: dict[Item, VisualValue] = {}
    for item, yymmdd in expected.items():
        other = [f.span for f in found if _is_another(f, page.mrz.fields)]
        free = claims.free_pieces(page.spans)
        match = find_expected_date(free, yymmdd, order, other, _MISREAD) if date_exists(yymmdd) else None
        if match:
            part, probability = match
            found[:] = [f for f in found if not f.span.overlaps(part)]
            claims.claim(item, part)
            values[item] = VisualValue(yymmdd, part.text, probability, part.quad, part.chars)
    return values


def _is_another(found: _Found, fields: MrzFields) -> bool:
    """Whether a date is that of issue, or was read so surely that it is not another one misread."""
    return plausibility(found.date.yymmdd, fields) == 1 or found.certainty >= _SURELY_READ


def _issue(page: PageText, found: list[_Found]) -> tuple[_Found, float] | None:
    """The date of issue among ``found``, and the share of confidence that its position and the calendar leave it."""
    if told := _told_by_network(page, found):
        likely = plausibility(told.date.yymmdd, page.mrz.fields)
        sure = page.tagged is not None and page.tagged.chance(Item.ISSUE_DATE, told.span) >= SURE
        clear = told.certainty >= _BEYOND_DOUBT
        return told, max(likely, _UNLIKELY_BUT_TOLD.get(likely, 0.0)) if sure and clear else likely
    candidates = [c for c in (_candidate(page, entry) for entry in found) if c]
    if not candidates:
        return None
    best = max(candidates, key=lambda candidate: candidate.score)
    alone = len({candidate.found.date.yymmdd for candidate in candidates}) == 1
    return best.found, best.plausibility * (1.0 if best.fit > _UNDER_LABEL or alone else _UNLABELLED)


def _meant(found: _Found, fields: MrzFields, known: Sequence[Written]) -> ShownIssue | None:
    """A likelier day than the one that was read where no usual validity runs from this one."""
    likely = plausibility(found.date.yymmdd, fields)
    if found.date.converted or likely == 1:
        return None
    models = [*known, Written(found.span.text, found.date.yymmdd)]
    against = UNREAD if likely <= IMPOSSIBLE else UNUSUAL
    return find_shown_issue(found.span, fields.expiry_date, models, found.date.yymmdd, against)


def _shown(page: PageText, known: Sequence[Written], claims: Claims) -> ShownIssue | None:
    """The date of issue that print shows in which no date was read: what the network holds for it, else any."""
    expiry = page.mrz.fields.expiry_date
    choice = page.tagged.choice(Item.ISSUE_DATE) if page.tagged else None
    told = [_from_figures(span) for span in choice.spans if claims.is_free(span)] if choice else []
    own = [(span, as_written(span.text)) for span in told]
    shown = [
        find_shown_issue(span, expiry, [*known, *([model] if model else [])], "", UNREAD) for span, model in own
    ] or [
        find_shown_issue(span, expiry, known, "", UNREAD)
        for span in claims.free_pieces(page.spans)
        if sum(map(str.isdigit, span.text)) >= _FEWEST_FIGURES
    ]
    return max((issue for issue in shown if issue), key=lambda issue: issue.weight, default=None)


def _from_figures(span: TextSpan) -> TextSpan:
    """Print from its first figure on, where a word is written onto it: ``PATRAS18/10/2008``, of two columns."""
    line = span.line.text.text
    word = line.rfind(" ", 0, span.start) + 1
    border = _WORD_AND_FIGURES.match(line, word)
    return TextSpan(span.line, border.end(1), span.stop) if border and border.end(1) < span.stop else span


def _shown_value(shown: ShownIssue, claims: Claims) -> VisualValue:
    claims.claim(Item.ISSUE_DATE, shown.span)
    span, sure = shown.span, _BY_CALENDAR * shown.probability
    return VisualValue(shown.yymmdd, span.text, sure, span.quad, span.chars)


def _told_by_network(page: PageText, found: list[_Found]) -> _Found | None:
    """The date of which the network is sure enough."""
    if page.tagged is None:
        return None
    chances = [page.tagged.chance(Item.ISSUE_DATE, entry.span) for entry in found]
    best = max(range(len(found)), key=lambda k: chances[k], default=None)
    return found[best] if best is not None and chances[best] >= _TOLD else None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A date that may be the date of issue.

    ``fit`` is how well it stands under the label (0..1), ``plausibility`` what the calendar says (0..1).
    """

    found: _Found
    fit: float
    plausibility: float
    score: float


def _candidate(page: PageText, found: _Found) -> _Candidate | None:
    """What speaks for a date to be that of issue; None where it stands under another label or cannot be."""
    label = nearest_label(page.labels, found.span.area)
    fit = best_fit(page.labels, (Label.ISSUE_DATE,), found.span.area)
    if label and label.label in _OTHER_DATES and fit < _UNDER_LABEL:
        return None
    fields = page.mrz.fields
    likely = plausibility(found.date.yymmdd, fields)
    if likely <= IMPOSSIBLE and fit < _UNDER_LABEL:
        return None
    usual = _USUAL if _is_usual(_span(found.date.yymmdd, fields.expiry_date)) else 0.0
    return _Candidate(found, fit, likely, fit + likely * found.date.certainty + usual)


def plausibility(issue: str, fields: MrzFields) -> float:
    """Return 0..1: how well a date of issue goes with birth and expiry (never a reason to change it).

    Most passports run five or ten years, to the day or to the day before; some less, some a few months longer. A
    document issued on or after its expiry does not exist, one issued before its holder's birth only where that was
    a century earlier than two figures say.
    """
    if not fields.expiry_date.isdigit() or not fields.birth_date.isdigit():
        return _UNKNOWN
    validity, age = _span(issue, fields.expiry_date), _span(fields.birth_date, fields.expiry_date)
    if not 0 < validity <= _LONGEST_VALIDITY * _YEAR:
        return IMPOSSIBLE
    if validity > age:
        return _BEFORE_BIRTH
    return 1.0 if _is_usual(validity) else _UNUSUAL


def _is_usual(validity: int) -> bool:
    """Whether a validity (days of `_span`) is nearly a usual number of years."""
    years = round(validity / _YEAR)
    return years in USUAL_YEARS and abs(validity - years * _YEAR) <= _DAYS_OFF


def _span(start: str, end: str) -> int:
    """Days (12 months of 31) from one YYMMDD to the next of the other, within a century; 0 where one is unknown."""
    if not start.isdigit() or not end.isdigit():
        return 0
    days = [(int(date[:2]) * 12 + int(date[2:4])) * 31 + int(date[4:]) for date in (start, end)]
    return (days[1] - days[0]) % (100 * _YEAR)


def _contradicting(
    page: PageText, found: list[_Found], values: Mapping[Item, VisualValue], claims: Claims
) -> dict[Item, VisualValue]:
    """Dates under the label of birth or expiry that are not the MRZ's: given as read, with less confidence."""
    contradicting: dict[Item, VisualValue] = {}
    for item in (Item.BIRTH_DATE, Item.EXPIRY_DATE):
        under = [f for f in found if _is_under(page, LABELS[item], f.span.area)]
        if item not in values and len(under) == 1 and not _is_misread(item, under[0], page.mrz.fields, values):
            found.remove(under[0])
            contradicting[item] = _value(item, under[0], claims, _NOT_OF_MRZ)
    return contradicting or _left_over(page, found, values, claims)


def _is_misread(item: Item, found: _Found, fields: MrzFields, values: Mapping[Item, VisualValue]) -> bool:
    """Whether an expiry read with some doubt can be none, while the MRZ's is a usual validity after the issue."""
    issue = values.get(Item.ISSUE_DATE)
    if item is not Item.EXPIRY_DATE or found.certainty >= _BEYOND_DOUBT or issue is None:
        return False
    if not _is_usual(_span(issue.value, fields.expiry_date)):
        return False
    return not 0 < _span(issue.value, found.date.yymmdd) <= _LONGEST_VALIDITY * _YEAR


def _is_under(page: PageText, label: Label, area: Area) -> bool:
    """Whether a date stands under the label, or in its row."""
    return best_fit(page.labels, (label,), area) > _CONTRADICTS or stands_beside(page.labels, (label,), area)


def _left_over(
    page: PageText, found: list[_Found], values: Mapping[Item, VisualValue], claims: Claims
) -> dict[Item, VisualValue]:
    """The one date left, where all but birth or expiry are found and no label of that one was read."""
    missing = [item for item in LABELS if item not in values]
    free = [f for f in found if not _is_labelled(page, f.span.area)]
    if len(missing) != 1 or missing[0] is Item.ISSUE_DATE or len(free) != 1:
        return {}
    (item,), (left,) = missing, free
    if any(label.label is LABELS[item] for label in page.labels) or not _in_order(item, left, values):
        return {}
    return {item: _value(item, left, claims, _NOT_OF_MRZ)}


def _is_labelled(page: PageText, area: Area) -> bool:
    """Whether a label announces the date: that of a date, or clearly that of what is not the holder's.

    A date beside the nationality or the like is another field, whose label was not read.
    """
    nearest = nearest_label(page.labels, area)
    if nearest is None:
        return False
    return nearest.label in LABELS.values() or (nearest.label is Label.OTHER and nearest.similarity >= _CLEAR)


def _in_order(item: Item, left: _Found, values: Mapping[Item, VisualValue]) -> bool:
    """Whether a birth lies before the document was issued, an expiry behind that."""
    first, last = left.date.yymmdd, values[Item.ISSUE_DATE].value
    first, last = (first, last) if item is Item.BIRTH_DATE else (last, first)
    return 0 < _span(first, last) < _LONGEST_LIFE * _YEAR


def _value(item: Item, found: _Found, claims: Claims, share: float) -> VisualValue:
    """``found`` given to ``item``, with a ``share`` of the confidence that its characters deserve."""
    claims.claim(item, found.span)
    confidence = tempered(found.certainty) * share
    return VisualValue(found.date.yymmdd, found.span.text, confidence, found.span.quad, found.span.chars)
