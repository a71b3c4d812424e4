"""Dates of other calendars. Pairs are those of published converters, and of eras whose years differ by a number."""

import pytest

from engine.visual.text.dates.calendars import has_our_months, to_gregorian


@pytest.mark.parametrize(
    ("state", "day", "yymmdd"),
    [
        ("IRN", (1401, 1, 1), "220321"),  # Nowruz of 2022
        ("AFG", (1399, 12, 30), "210320"),  # the last day of a leap year
        ("SAU", (1443, 9, 1), "220402"),  # the beginning of Ramadan in 2022
        ("THA", (2563, 2, 29), "200229"),
        ("TWN", (110, 1, 2), "210102"),
    ],
)
def test_a_day_in_the_states_own_calendar(state: str, day: tuple[int, int, int], yymmdd: str) -> None:
    found, share = to_gregorian(*day, state)
    assert found == yymmdd
    assert 0 < share < 1, "a converted date is less certain than a printed one"


@pytest.mark.parametrize(
    ("state", "day"),
    [
        ("IRN", (1400, 12, 30)),  # no leap year
        ("THA", (2564, 2, 29)),
        ("TWN", (99, 1, 2)),  # two figures might be anything
        ("IRN", (2020, 1, 2)),
        ("FRA", (1401, 1, 1)),
        ("", (1401, 1, 1)),
    ],
)
def test_no_such_day(state: str, day: tuple[int, int, int]) -> None:
    assert to_gregorian(*day, state) == ("", 0.0)


def test_months_are_ours_where_only_years_are_counted_otherwise() -> None:
    assert [has_our_months(state) for state in ("THA", "TWN", "IRN", "SAU", "FRA")] == [
        True,
        True,
        False,
        False,
        False,
    ]
