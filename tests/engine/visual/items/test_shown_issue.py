"""Dates of issue that were misread, told by what the reader held possible and by a usual validity."""

from collections.abc import Mapping

import pytest

from engine.visual.items.shown_issue import UNREAD, UNUSUAL, find_shown_issue, usual_issues
from engine.visual.items.text_spans import TextSpan
from engine.visual.text.dates.write_alike import Written
from tests.engine.visual.pages import line, witnessed
from tests.engine.visual.text.reading import chars_of

EXPIRY = "220514"
MODELS = (Written("14 MAI /MAY 22", EXPIRY),)


def span(text: str, doubts: Mapping[int, tuple[float, Mapping[str, float]]] | None = None) -> TextSpan:
    return TextSpan(witnessed(chars_of(text, 0.99, doubts), 40, 50), 0, len(text))


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        pytest.param("14 M4I /MAY 12", {4: (0.6, {"A": 0.3})}, id="a letter of the month"),
        pytest.param("14 MAI /MAY 1Z", {13: (0.6, {"2": 0.3})}, id="a figure of the year"),
        pytest.param("14 05 20l2", {8: (0.6, {"1": 0.3})}, id="figures"),
    ],
)
def test_the_day_that_the_picture_shows_is_told(
    text: str, doubts: Mapping[int, tuple[float, Mapping[str, float]]]
) -> None:
    shown = find_shown_issue(span(text, doubts), EXPIRY, MODELS, "", UNREAD)
    assert shown
    assert shown.yymmdd == "120514"
    assert shown.probability > 0.9


def test_of_two_days_that_are_as_likely_neither_is_told() -> None:
    hidden = span("1X MAI /MAY 12", {1: (0.4, {"4": 0.3, "5": 0.3})})
    assert find_shown_issue(hidden, EXPIRY, MODELS, "", UNREAD) is None


def test_a_day_that_was_read_surely_stays() -> None:
    models = (*MODELS, Written("13 MAI /MAY 11", "110513"))
    assert find_shown_issue(span("13 MAI /MAY 11"), EXPIRY, models, "110513", UNUSUAL) is None
    doubtful = span("14 MAI /MAY 11", {13: (0.8, {"2": 0.2})})
    shown = find_shown_issue(doubtful, EXPIRY, models, "110514", UNUSUAL)
    assert shown and shown.yymmdd == "120514"


def test_a_day_that_cannot_be_gives_way_more_easily() -> None:
    after = span("14 MAI /MAY 32", {12: (0.99, {"1": 0.005})})
    assert find_shown_issue(after, EXPIRY, MODELS, "320514", UNUSUAL) is None
    shown = find_shown_issue(after, EXPIRY, MODELS, "320514", UNREAD)
    assert shown and shown.yymmdd == "120514"


def test_nothing_without_evidence_or_expiry() -> None:
    plain = TextSpan(line("14 M4I /MAY 12", 40, 50), 0, 14)
    assert find_shown_issue(plain, EXPIRY, MODELS, "", UNREAD) is None
    assert find_shown_issue(span("14 M4I /MAY 12"), "", MODELS, "", UNREAD) is None


def test_usual_validities_end_on_the_same_day_or_the_one_before() -> None:
    assert {"120514", "120515", "170514", "190515"} <= set(usual_issues(EXPIRY))
    assert "190228" in usual_issues("240229")
    assert usual_issues("22051<") == []
