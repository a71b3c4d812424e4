import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.visual.text.date_grammar import Order, find_dates, learn_order

MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
FRENCH = ["JANV", "FÉVR", "MARS", "AVR", "MAI", "JUIN", "JUIL", "AOÛT", "SEPT", "OCT", "NOV", "DÉC"]
DAYS = st.dates(datetime.date(1920, 1, 1), datetime.date(2060, 12, 31))


def read(text: str, order: Order = Order.DAY_FIRST) -> list[str]:
    return [date.yymmdd for date in find_dates(text, order)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("12 AUG 1974", "740812"),
        ("12 AUG/AOÛT 74", "740812"),
        ("03 10一/OCT 1983", "831003"),
        ("06 8一/AUG 2012", "120806"),
        ("03 10/OCT 1983", "831003"),
        ("12 08 1974", "740812"),
        ("12.08.1974", "740812"),
        ("12/08/1974", "740812"),
        ("1974.08.12", "740812"),
        ("2004-12-31", "041231"),
        ("04JUL1987", "870704"),
        ("12 AUGUST/AGO 74", "740812"),
        ("1 JUL/JUI/JUL 21", "210701"),
        ("13 LIP/JUL 2006", "060713"),
        ("19 OKT/OCT 1971", "711019"),
        ("07 DEC /DÉC  84", "841207"),
        ("20 Juin/Jun 1978", "780620"),
        ("24 Dec 2017", "171224"),
        ("5. 03 OCT 1983", "831003"),
        ("29 FEB 2024", "240229"),
        ("16 APRIAVR 07", "070416"),
        ("27 FEB 1961SHAANXI", "610227"),
        ("16 MFÓ/SEP 2013", "130916"),
        ("16 XYZ /OCT 98", "981016"),
        ("198一 /AUG 2024", "240819"),
        ("1910一/OCT 1990", "901019"),
        ("30 JANVJAN 2018", "180130"),
        ("一29 AUG2009", "090829"),
        ("05 UD/ÒCT 98", "981005"),
    ],
)
def test_printed_forms(text: str, date: str) -> None:
    assert read(text) == [date]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("O4 JUL I987", "870704"),
        ("12 AUB 1974", "740812"),
        ("03 0CT 1983", "831003"),
        ("O6 D6 2008", "080606"),
        ("27 JüŇ ż0ı6", "160627"),
        ("25 06 20Q8", "080625"),
        ("2O08-12-31", "081231"),
    ],
)
def test_reading_errors_are_understood_with_less_certainty(text: str, date: str) -> None:
    (found,) = find_dates(text)
    assert found.yymmdd == date
    assert found.certainty < 1.0


@pytest.mark.parametrize(
    "text", ["", "Date of birth", "MAY LIN", "PRAHA 1", "31 FEB 1990", "45.13.1990", "12 JUN", "E12345678"]
)
def test_no_date(text: str) -> None:
    assert read(text) == []


def test_two_dates_on_a_line_come_from_left_to_right() -> None:
    assert read("21.12.1971  05.05.2001") == ["711221", "010505"]


def test_two_dates_that_touch() -> None:
    assert read("24 AUG 200823 AUG 2018") == ["080824", "180823"]


def test_place_in_the_text() -> None:
    text = "Issued 12 AUG 1974 Paris"
    (found,) = find_dates(text)
    assert text[found.start : found.end] == "12 AUG 1974"


@pytest.mark.parametrize("text", ["13 LIP 2006", "13 JUI 2006", "13 LISTOPAD 2006"])
def test_a_name_of_two_months_is_no_date_where_nothing_tells_them_apart(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "state", "date"),
    [
        ("13 LIP 2006", "POL", "060713"),
        ("13 LIP 2006", "HRV", "060613"),
        ("13 SRP 2006", "CZE", "060813"),
        ("13 LISTOPAD 2006", "CZE", "061113"),
        ("13 LISTOPAD 2006", "HRV", "061013"),
        ("13 LIP/JUL 2006", "", "060713"),
        ("13 JUI/JUL 2006", "FRA", "060713"),
    ],
)
def test_english_or_the_language_of_the_state_tells_months_of_one_name_apart(
    text: str, state: str, date: str
) -> None:
    (found,) = find_dates(text, state=state)
    assert (found.yymmdd, found.certainty) == (date, 1.0)


def test_order_is_learnt_from_known_dates() -> None:
    texts = ["08/12/1974", "04/15/2012", "04/05/2002"]
    assert learn_order(texts, ["740812", "120415"]) is Order.MONTH_FIRST
    assert read("04/05/2002", Order.MONTH_FIRST) == ["020405"]


def test_day_comes_first_where_nothing_is_known() -> None:
    assert learn_order(["04/05/2002"], []) is Order.DAY_FIRST


@given(DAYS)
def test_named_month_is_read_in_any_order_setting(day: datetime.date) -> None:
    text = f"{day.day:02} {MONTHS[day.month - 1]}/{FRENCH[day.month - 1]} {day.year}"
    for order in Order:
        assert read(text, order) == [f"{day:%y%m%d}"]


@given(DAYS, st.sampled_from([" ", ".", "/", "-", ". "]))
def test_digits_are_read_back(day: datetime.date, mark: str) -> None:
    assert read(mark.join((f"{day:%d}", f"{day:%m}", f"{day.year}"))) == [f"{day:%y%m%d}"]
    assert read(mark.join((f"{day.year}", f"{day:%m}", f"{day:%d}"))) == [f"{day:%y%m%d}"]


@given(DAYS)
def test_chinese_form_is_read_back(day: datetime.date) -> None:
    assert read(f"{day.day:02} {day.month}一/{MONTHS[day.month - 1]} {day.year}") == [f"{day:%y%m%d}"]


@given(st.text(alphabet="0123456789OIJANFEB/.一 -", max_size=30))
def test_dates_lie_inside_the_text_and_exist(text: str) -> None:
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)
        assert 1 <= int(found.yymmdd[2:4]) <= 12
        assert 1 <= int(found.yymmdd[4:]) <= 31
        assert 0 < found.certainty <= 1
