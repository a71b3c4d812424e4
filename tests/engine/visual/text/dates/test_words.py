"""Dates whose month is a word."""

import pytest

from engine.visual.text.dates.printed import Order
from engine.visual.text.dates.words import word_dates


@pytest.mark.parametrize(
    ("text", "yymmdd", "order"),
    [
        ("12 AUG 1974", "740812", Order.DAY_FIRST),
        ("12 AUG/AOUT 74", "740812", Order.DAY_FIRST),
        ("AUG 12, 1974", "740812", Order.MONTH_FIRST),
        ("1974 AUG 12", "740812", Order.YEAR_FIRST),
        ("12 VIII 1974", "740812", Order.DAY_FIRST),
        ("12 V1II 1974", "740812", Order.DAY_FIRST),
        ("12 0CT 1974", "741012", Order.DAY_FIRST),
        ("03 10月/OCT 2019", "191003", Order.DAY_FIRST),
        ("5 03 OCT 2019", "191003", Order.DAY_FIRST),
        ("1JUL/JUL 21", "210701", Order.DAY_FIRST),
        ("01 JAN 7JAN 85", "850101", Order.DAY_FIRST),
    ],
)
def test_one_date(text: str, yymmdd: str, order: Order) -> None:
    (found,) = word_dates(text, None, "")
    assert (found.yymmdd, found.order) == (yymmdd, order)
    assert found.certainty > 0


def test_where_they_stand_and_in_which_order() -> None:
    text = "issued 12 AUG 1974 until 11 AUG 1984"
    found = list(word_dates(text, None, ""))
    assert [text[date.start : date.end] for date in found] == ["12 AUG 1974", "11 AUG 1984"]


def test_a_state_that_writes_the_year_first_means_it_with_two_figures_too() -> None:
    (date,) = word_dates("22 APR 16", Order.YEAR_FIRST, "")
    assert date.yymmdd == "220416"
    (date,) = word_dates("22 APR 16", None, "")
    assert date.yymmdd == "160422"


def test_years_of_the_states_own_era_are_converted() -> None:
    (date,) = word_dates("12 AUG 2517", None, "THA")
    assert (date.yymmdd, date.share < 1) == ("740812", True)
    assert list(word_dates("12 AUG 2517", None, "FRA")) == []


@pytest.mark.parametrize("text", ["", "AUG", "12 AUG", "31 FEB 2001", "12 XYZ 1974", "SPECIMEN 1974"])
def test_none(text: str) -> None:
    assert list(word_dates(text, None, "")) == []
