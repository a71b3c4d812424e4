import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from engine.visual.text.dates.find import find_dates, learn_order
from engine.visual.text.dates.printed import Order

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
        ("06/1 1/2007", "071106"),
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
        ("APR 16, 2022", "220416"),
        ("Apr/Avr 16 2022", "220416"),
        ("APRIL 16th 2022", "220416"),
        ("AUG.12.1984", "840812"),
        ("AUG 12 84", "840812"),
        ("2022 APR 16", "220416"),
        ("2022-ABR-16", "220416"),
        ("1984 AUG/AUG 12", "840812"),
        ("1984.VIII.12.", "840812"),
        ("16 IV 2022", "220416"),
        ("16.I.2022", "220116"),
        ("16 lX 2022", "220916"),
        ("16 1V 2022", "220416"),
        ("16-XII-22", "221216"),
        ("2022一4一6一", "220406"),
        ("一 2022 一 4 一 16 一", "220416"),
        ("1443/09/15  16/04/2022", "220416"),
        ("1401/01/27 2022/04/16", "220416"),
        ("٢٠٢٢/٠٤/١٦ 16/04/2022", "220416"),
        ("१६/०४/२०२२ 16 APR 2022", "220416"),
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
    "text",
    [
        "",
        "APR 1401",
        "27 FARVARDIN 1401",
        "1401/01/27",
        "15.09.1443",
        "111.04.16",
        "१६/०४/२०२२",
        "Date of birth",
        "MAY LIN",
        "PRAHA 1",
        "31 FEB 1990",
        "45.13.1990",
        "12 JUN",
        "E12345678",
    ],
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
    assert learn_order(["04/05/2002"], []) is None
    (found,) = find_dates("04/05/2002", None)
    assert (found.yymmdd, found.order) == ("020504", Order.DAY_FIRST)


def test_the_end_of_what_can_be_no_date_is_none() -> None:
    assert read("61/1 1/2007") == []


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


ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
MARK = st.sampled_from([" ", ".", "/", "-"])


@given(DAYS, MARK)
def test_every_order_of_a_named_month_is_read_back(day: datetime.date, mark: str) -> None:
    month = MONTHS[day.month - 1]
    for parts in ((f"{day:%d}", month, day.year), (month, f"{day:%d}", day.year), (day.year, month, f"{day:%d}")):
        (found,) = find_dates(mark.join(map(str, parts)), None)
        assert (found.yymmdd, found.named, found.certainty, found.share) == (f"{day:%y%m%d}", True, 1.0, 1.0)


@given(DAYS, MARK)
def test_roman_months_are_read_back(day: datetime.date, mark: str) -> None:
    assert read(f"{day.day}{mark}{ROMAN[day.month - 1]}{mark}{day.year}") == [f"{day:%y%m%d}"]
    assert read(f"{day.year}{mark}{ROMAN[day.month - 1]}{mark}{day.day}") == [f"{day:%y%m%d}"]


FORMS = {
    Order.DAY_FIRST: ("%d{0}%m{0}%y", "%d{0}%m{0}%Y"),
    Order.MONTH_FIRST: ("%m{0}%d{0}%y", "%m{0}%d{0}%Y"),
    Order.YEAR_FIRST: ("%y{0}%m{0}%d",),
}


@given(DAYS, DAYS, DAYS, MARK, st.sampled_from(Order), st.booleans())
def test_order_is_learnt_or_the_date_is_doubtful(
    birth: datetime.date, issue: datetime.date, expiry: datetime.date, mark: str, order: Order, short: bool
) -> None:
    """Never another day without a doubt."""
    form = FORMS[order][0 if short else -1].format(mark)
    texts = [f"{day:{form}}" for day in (birth, issue, expiry)]
    learnt = learn_order(texts, [f"{birth:%y%m%d}", f"{expiry:%y%m%d}"])
    (found,) = find_dates(texts[1], learnt)
    assert found.yymmdd == f"{issue:%y%m%d}" or found.share < 0.5 or learnt not in (None, order)
    if learnt is not None and learnt is not order:  # another order gives birth and expiry, too
        known = [date.yymmdd for text in (texts[0], texts[2]) for date in find_dates(text, learnt)]
        assert known == [f"{birth:%y%m%d}", f"{expiry:%y%m%d}"]


@given(DAYS, DAYS, MARK, st.sampled_from(Order))
def test_one_known_date_tells_the_order(birth: datetime.date, issue: datetime.date, mark: str, order: Order) -> None:
    form = FORMS[order][0].format(mark)
    texts = [f"{day:{form}}" for day in (birth, issue)]
    numbers = {birth.day, birth.month, birth.year % 100}
    if len(numbers) == 3:
        assert learn_order(texts, [f"{birth:%y%m%d}"]) is order
        assert read(texts[1], order) == [f"{issue:%y%m%d}"]


@pytest.mark.parametrize("text", ["04/05/2002", "04.05.02", "02-04-05"])
def test_figures_that_may_mean_several_days_are_doubtful(text: str) -> None:
    (found,) = find_dates(text, None)
    assert found.share < 0.5


@pytest.mark.parametrize("text", ["16/05/2002", "05/16/2002", "16.05.84", "12/12/2002", "2002-04-05"])
def test_figures_that_mean_one_day_are_not(text: str) -> None:
    (found,) = find_dates(text, None)
    assert found.share == 1.0


def test_order_is_learnt_from_dates_that_exist_in_one_only() -> None:
    assert learn_order(["04/25/2002", "04/05/2002"], []) is Order.MONTH_FIRST
    assert learn_order(["04/25/2002", "25/04/2002"], []) is None


@pytest.mark.parametrize(
    ("text", "state", "share"),
    [
        ("1401/01/27", "IRN", 0.9),
        ("27.01.1401", "AFG", 0.9),
        ("1443/09/15", "SAU", 0.5),
        ("15-09-1443", "SAU", 0.5),
        ("16 APR 2565", "THA", 0.9),
        ("16/04/2565", "THA", 0.9),
        ("111.04.16", "TWN", 0.9),
        ("一一111一4一16一", "TWN", 0.9),
    ],
)
def test_years_of_the_states_own_calendar_are_converted(text: str, state: str, share: float) -> None:
    (found,) = find_dates(text, state=state)
    assert (found.yymmdd, found.share, found.converted) == ("220416", share, True)


def test_persian_and_hijri_months_are_not_ours() -> None:
    assert find_dates("16 APR 1401", state="IRN") == ()


@given(DAYS)
def test_persian_dates_are_converted_to_the_day(day: datetime.date) -> None:
    persian = JalaliDate.to_jalali(day.year, day.month, day.day)
    (found,) = find_dates(f"{persian.year}/{persian.month:02}/{persian.day:02}", state="IRN")
    assert found.yymmdd == f"{day:%y%m%d}"


def test_a_date_of_figures_is_none_with_a_month_whose_name_is_only_nearly_there() -> None:
    (date,) = find_dates("Fes District 28.06.2017")
    assert (date.yymmdd, date.start) == ("170628", 13)
