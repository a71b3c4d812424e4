import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.mrz.dates import DateKind, date_exists, date_is_partial, full_date

TODAY = datetime.date(2025, 6, 30)


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31)))
def test_every_real_date_exists(date):
    assert date_exists(date.strftime("%y%m%d"))


@pytest.mark.parametrize("date", ["991301", "990001", "990100", "990132", "990229", "99<<<<", "9901", "９９０１０１"])
def test_dates_that_do_not_exist(date):
    assert not date_exists(date)


@pytest.mark.parametrize("date", ["9902<<", "99<<<<", "<<<<<<"])
def test_unknown_parts(date):
    assert date_is_partial(date)


@pytest.mark.parametrize("date", ["990101", "99<<01", "9913<<", "<<01<<", "A9<<<<", "A901<<", "99<<"])
def test_not_a_date_with_unknown_parts(date):
    assert not date_is_partial(date)


@pytest.mark.parametrize(
    ("date", "kind", "year"),
    [
        ("250630", DateKind.BIRTH, 2025),
        ("250701", DateKind.BIRTH, 1925),
        ("740812", DateKind.BIRTH, 1974),
        ("000229", DateKind.BIRTH, 2000),
        ("350701", DateKind.EXPIRY, 2035),
        ("990101", DateKind.EXPIRY, 1999),
        ("740101", DateKind.EXPIRY, 2074),
        ("760101", DateKind.EXPIRY, 1976),
    ],
)
def test_century(date, kind, year):
    assert full_date(date, kind, today=TODAY) == datetime.date(year, int(date[2:4]), int(date[4:]))


def test_no_century_for_a_date_that_is_not_complete():
    assert full_date("9902<<", DateKind.BIRTH, today=TODAY) is None


@given(st.dates(datetime.date(1926, 1, 1), TODAY))
def test_a_birth_of_the_last_ninety_nine_years_comes_back(date):
    assert full_date(date.strftime("%y%m%d"), DateKind.BIRTH, today=TODAY) == date
