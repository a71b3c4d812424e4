import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.measure.truth.dates import to_yymmdd

ANY_DATE = st.dates(datetime.date(1930, 1, 1), datetime.date(2059, 12, 31))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("12 AUG 1974", "740812"),
        ("12 AUG/AOÛT 74", "740812"),
        ("12 AUGUST/AGO 74", "740812"),
        ("06 8月/AUG 2012", "120806"),
        ("03 10月/OCT 1983", "831003"),
        ("1 JUL/JUI/JUL 21", "210701"),
        ("13 LIP/JUL 2016", "160713"),
        ("01 OCT / OCT 60", "601001"),
        ("25.12.1982.", "821225"),
        ("23 11 1959", "591123"),
        ("12/08/1974", "740812"),
        ("1960-02-08", "600208"),
        ("20 Juin/Jun 1978", "780620"),
        ("29 FEB 2000", "000229"),
    ],
)
def test_printed_forms(printed: str, expected: str) -> None:
    assert to_yymmdd(printed) == expected


@pytest.mark.parametrize("printed", ["", "AUG 1974", "31 FEB 1990", "12 AUG/SEP 1974", "13 LIP 2016", "00 00 0000"])
def test_what_is_no_sure_date_stays_unknown(printed: str) -> None:
    assert to_yymmdd(printed) is None


def test_month_first_where_asked() -> None:
    assert to_yymmdd("08/12/1974", month_first=True) == "740812"
    assert to_yymmdd("08/12/1974") == "741208"


@given(ANY_DATE)
def test_every_date_in_every_regular_form(date: datetime.date) -> None:
    expected = date.strftime("%y%m%d")
    for form in ("%d %b %Y", "%d %B %y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d"):
        assert to_yymmdd(date.strftime(form)) == expected
