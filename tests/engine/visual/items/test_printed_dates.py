"""Which date on a page is which: a page of a few lines for each rule."""

from dataclasses import replace
from unittest.mock import Mock

import pytest

from engine.values.items import Item
from engine.visual.items.page_text import Claims, page_text
from engine.visual.items.printed_dates import find_printed_dates
from engine.visual.items.tagging.tagged_page import Choice, TaggedPage
from engine.visual.items.text_spans import RecognisedLine, TextSpan
from tests.engine.readings import mrz_reading
from tests.engine.visual.pages import label, line, witnessed
from tests.engine.visual.text.reading import chars_of

pytestmark = pytest.mark.usefixtures("rules_alone")

MRZ = mrz_reading(("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"))
BIRTH, EXPIRY = line("12 AUG 1974", 40, 30), line("15 APR 2012", 40, 60)


def found(*lines: RecognisedLine) -> dict[Item, tuple[str, float]]:
    values = find_printed_dates(page_text(lines, MRZ), Claims())
    return {item: (value.value, round(value.confidence, 2)) for item, value in values.items()}


def test_birth_and_expiry_are_those_of_the_mrz() -> None:
    assert {item: value for item, (value, _) in found(BIRTH, EXPIRY).items()} == {
        Item.BIRTH_DATE: "740812",
        Item.EXPIRY_DATE: "120415",
    }


def test_the_one_date_left_is_that_of_issue() -> None:
    assert found(BIRTH, EXPIRY, line("16 APR 2007", 40, 50))[Item.ISSUE_DATE][0] == "070416"


@pytest.mark.parametrize("text", ["Date of birth", "Date of expiry"])
def test_a_date_under_another_label_is_not_that_of_issue(text: str) -> None:
    assert Item.ISSUE_DATE in found(BIRTH, EXPIRY, line("03 MAR 2009", 90, 50))
    assert Item.ISSUE_DATE not in found(BIRTH, EXPIRY, label(text, 90, 46), line("03 MAR 2009", 90, 50))


def test_of_two_dates_left_the_one_under_the_label_is_that_of_issue() -> None:
    other, labelled = line("16 APR 2007", 40, 50), line("03 MAR 2009", 90, 50)
    assert found(BIRTH, EXPIRY, other, label("Date of issue", 90, 46), labelled)[Item.ISSUE_DATE][0] == "090303"


def test_of_two_dates_left_the_one_from_which_a_usual_validity_runs_is_less_sure() -> None:
    alone = found(BIRTH, EXPIRY, line("16 APR 2007", 40, 50))[Item.ISSUE_DATE]
    among = found(BIRTH, EXPIRY, line("16 APR 2007", 40, 50), line("03 MAR 2009", 90, 50))[Item.ISSUE_DATE]
    assert (alone[0], among[0]) == ("070416", "070416")
    assert among[1] == pytest.approx(0.6 * alone[1], abs=0.01)


def test_a_misread_date_of_issue_is_put_right_by_the_calendar() -> None:
    assert found(BIRTH, EXPIRY, line("16 APR 2OO7", 40, 50))[Item.ISSUE_DATE][0] == "070416"


def test_a_date_of_birth_that_is_not_the_mrzs_is_given_as_read() -> None:
    assert found(label("Date of birth", 40, 26), line("03 MAR 1969", 40, 30), EXPIRY)[Item.BIRTH_DATE][0] == "690303"


def test_a_second_date_under_the_label_of_birth_changes_nothing() -> None:
    lines = (label("Date of birth", 40, 26), BIRTH, line("03 MAR 1969", 40, 31.5), EXPIRY)
    assert found(*lines)[Item.BIRTH_DATE] == found(BIRTH, EXPIRY)[Item.BIRTH_DATE]


def page(lines: str, *dates: str) -> dict[Item, tuple[str, float]]:
    """Birth, issue and expiry as printed under their labels, on a page whose zone has the ``lines``."""
    names, heights = ("Date of birth", "Date of issue", "Date of expiry"), (30, 45, 60)
    rows = zip(names, dates, heights, strict=True)
    printed = [x for name, date, y in rows for x in (label(name, 40, y - 4), line(date, 40, y))]
    mrz = mrz_reading(("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", lines))
    values = find_printed_dates(page_text(printed, mrz), Claims())
    return {item: (value.value, round(value.confidence, 2)) for item, value in values.items()}


ZONE = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
BOTH_WAYS = "L898902C36UTO7408088F1208080ZE184226B<<<<<10"
"""Birth 8 August 1974, expiry 8 August 2012: they do not tell the order of figures."""


@pytest.mark.parametrize(
    "dates",
    [
        ("AUG 12 1974", "MAR 04 2008", "APR 15 2012"),
        ("08/12/1974", "03/04/2008", "04/15/2012"),
        ("74.08.12", "08.03.04", "12.04.15"),
        ("1974 AUG 12", "2008 MAR 04", "2012 APR 15"),
        ("12 VIII 1974", "4 III 2008", "15 IV 2012"),
    ],
)
def test_birth_and_expiry_settle_the_order_of_the_date_of_issue(dates: tuple[str, str, str]) -> None:
    value, confidence = page(ZONE, *dates)[Item.ISSUE_DATE]
    assert (value, round(confidence, 1)) == ("080304", 0.8)


def test_a_date_that_stays_ambiguous_is_doubtful() -> None:
    value, confidence = page(BOTH_WAYS, "08/08/1974", "03/04/2008", "08/08/2012")[Item.ISSUE_DATE]
    assert (value, confidence) == ("080403", 0.25)


def test_a_usual_validity_settles_the_order() -> None:
    lines = "L898902C36UTO7408088F1204030ZE184226B<<<<<10"  # until 3 April 2012
    assert page(lines, "08/08/1974", "04/03/2007", "03 APR 2012")[Item.ISSUE_DATE] == ("070403", 0.98)


def test_a_date_of_another_calendar_is_taken_only_where_ours_is_not_printed() -> None:
    lines = ("P<IRNERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36IRN7408122F1204159ZE184226B<<<<<10")
    persian = [label("Date of issue", 90, 41), line("1386/01/27", 90, 45)]
    for ours, value in (([line("16 APR 2007", 40, 45)], ("070416", 0.99)), ([], ("070416", 0.88))):
        values = find_printed_dates(page_text([BIRTH, EXPIRY, *persian, *ours], mrz_reading(lines)), Claims())
        issue = values[Item.ISSUE_DATE]
        assert (issue.value, round(issue.confidence, 2)) == value


def test_a_birth_within_a_personal_number_is_not_where_it_is_printed() -> None:
    """Birth is 12 August 1974; the number 47408121023 holds 740812."""
    number, birth = line("47408121023", 40, 30), line("12.0B.1974", 40, 45)
    assert Item.BIRTH_DATE not in find_printed_dates(page_text([number], MRZ), Claims())
    value = find_printed_dates(page_text([number, birth], MRZ), Claims())[Item.BIRTH_DATE]
    assert value.printed == "12.0B.1974"


def test_a_date_behind_its_label_in_one_line_is_found() -> None:
    """Most letters of the line are the label's; the line is not all label for that."""
    issue = found(BIRTH, EXPIRY, line("10) Date of issue 16 Apr 07", 40, 50))[Item.ISSUE_DATE]
    assert issue[0] == "070416"


def test_figures_are_not_swapped_for_a_usual_validity() -> None:
    """From 2002 on a usual validity would run until 2012, but 2020 is what was read without doubt."""
    assert page(ZONE, "12 AUG 1974", "15 APR 2020", "15 APR 2012")[Item.ISSUE_DATE][0] == "200415"


@pytest.mark.parametrize(("probability", "issue"), [(0.9, "070416"), (0.999, "010416")])
def test_a_doubtful_figure_is_settled_by_a_usual_validity(probability: float, issue: str) -> None:
    chars = chars_of("16 APR 2001", 0.99, {10: (probability, {"7": 1 - probability})})
    printed = witnessed(chars, 40, 50)
    assert found(BIRTH, EXPIRY, printed)[Item.ISSUE_DATE][0] == issue


def test_an_illegible_month_follows_from_the_calendar_where_the_network_knows_the_date() -> None:
    issue = witnessed(chars_of("16 HPK 2007"), 40, 50)
    page = page_text((BIRTH, EXPIRY, issue), MRZ)
    assert Item.ISSUE_DATE not in find_printed_dates(page, Claims())
    tagged = Mock(TaggedPage, choice=lambda item: Choice((TextSpan(issue, 0, 11),), 0.95), chance=lambda *_: 0.0)
    value = find_printed_dates(replace(page, tagged=tagged), Claims())[Item.ISSUE_DATE]
    assert (value.value, round(value.confidence, 1)) == ("070416", 0.9)


def test_a_place_that_is_written_onto_the_date_of_issue_does_not_hide_it() -> None:
    """Two columns whose space was lost; the network ends words behind a slash."""
    expiry, read = line("15/04/2012", 40, 60), witnessed(chars_of("PATRAS16/04/2007"), 40, 50)
    page = page_text((BIRTH, expiry, read), MRZ)
    tagged = Mock(TaggedPage, choice=lambda item: Choice((TextSpan(read, 9, 16),), 0.95), chance=lambda *_: 0.0)
    value = find_printed_dates(replace(page, tagged=tagged), Claims())[Item.ISSUE_DATE]
    assert (value.value, value.printed) == ("070416", "16/04/2007")
