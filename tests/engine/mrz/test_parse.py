from dataclasses import replace

import pytest

from engine.mrz.formats import ALLOWED, LAYOUTS, alphabets_of
from engine.mrz.names import join_names
from engine.mrz.parse import names_may_go_on, parse_fields, read_checks, recognise_format
from engine.values.mrz import Field, MrzFields, MrzFormat
from tests.engine.mrz.documents import ERIKSSON, ERIKSSON_TD1, SPECIMENS
from tests.engine.readings import mrz_reading


def test_fields_of_a_passport():
    assert parse_fields(MrzFormat.TD3, ERIKSSON) == MrzFields(
        document_code="P",
        issuing_state="UTO",
        surname="ERIKSSON",
        given_names="ANNA MARIA",
        document_number="L898902C3",
        nationality="UTO",
        birth_date="740812",
        sex="F",
        expiry_date="120415",
        optional_data="ZE184226B",
        optional_data_2="",
    )


@pytest.mark.parametrize("format", list(MrzFormat))
def test_published_specimens(format):
    lines = SPECIMENS[format]
    assert recognise_format(lines) is format
    assert all(check.ok for check in read_checks(format, lines))


def test_checks_are_reported_as_printed():
    upper, lower = ERIKSSON
    checks = {c.covers: c for c in read_checks(MrzFormat.TD3, (upper, lower[:19] + "7" + lower[20:]))}
    assert (checks["birth_date"].printed, checks["birth_date"].computed) == ("7", "2")
    assert not checks["birth_date"].ok
    assert not checks["composite"].ok
    assert checks["document_number"].ok


def test_a_filler_stands_for_the_check_digit_of_empty_data():
    lower = "L898902C36UTO7408122F1204159<<<<<<<<<<<<<<<2"
    checks = {c.covers: c for c in read_checks(MrzFormat.TD3, (ERIKSSON[0], lower))}
    assert checks["optional_data"].printed == "<"
    assert checks["optional_data"].ok


@pytest.mark.parametrize("position", [9, 19, 27, 42])
def test_a_filler_is_no_check_digit_of_what_counts_more_than_zero(position):
    upper, lower = ERIKSSON
    checks = read_checks(MrzFormat.TD3, (upper, lower[:position] + "<" + lower[position + 1 :]))
    assert [check.ok for check in checks if check.printed == "<"] == [False]


def test_a_number_shorter_than_nine_is_no_long_number():
    upper = "I<UTOD2314589<<7027<<<<<<<<<<<"
    fields = parse_fields(MrzFormat.TD1, (upper, *ERIKSSON_TD1[1:]))
    assert (fields.document_number, fields.optional_data) == ("D2314589", "7027")


def test_optional_data_after_a_filler_check_digit_need_a_digit_to_be_a_long_number():
    upper = "I<UTOD23145890<ABC<<<<<<<<<<<<"
    fields = parse_fields(MrzFormat.TD1, (upper, *ERIKSSON_TD1[1:]))
    assert (fields.document_number, fields.optional_data) == ("D23145890", "ABC")


def test_sex_that_is_no_sex_is_absent():
    lower = ERIKSSON[1][:20] + "S" + ERIKSSON[1][21:]
    assert parse_fields(MrzFormat.TD3, (ERIKSSON[0], lower)).sex == ""


def test_a_date_keeps_its_unknown_parts_and_an_empty_one_is_absent():
    lower = ERIKSSON[1]
    partial = parse_fields(MrzFormat.TD3, (ERIKSSON[0], lower[:15] + "<<<<" + lower[19:]))
    empty = parse_fields(MrzFormat.TD3, (ERIKSSON[0], lower[:13] + "<<<<<<" + lower[19:]))
    assert (partial.birth_date, empty.birth_date) == ("74<<<<", "")


@pytest.mark.parametrize("lines", [(), ("", ""), ("P" * 44,), ("P" * 44, "P" * 43), ("P" * 44,) * 3, ("I" * 30,) * 2])
def test_lines_of_no_format(lines):
    assert recognise_format(lines) is None


@pytest.mark.parametrize("lines", [("P" * 44,), ("P" * 44, "P" * 43)])
def test_wrong_lengths_raise(lines):
    with pytest.raises(ValueError, match="2 lines of 44"):
        parse_fields(MrzFormat.TD3, lines)
    with pytest.raises(ValueError, match="2 lines of 44"):
        read_checks(MrzFormat.TD3, lines)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=str)
def test_the_tables_cover_every_position_once(layout):
    seen = [
        (line, column) for spec in layout.fields for line, start, stop in spec.spans for column in range(start, stop)
    ] + [(check.digit.line, check.digit.start) for check in layout.checks]
    assert sorted(seen) == [(line, column) for line in range(layout.lines) for column in range(layout.width)]
    assert [len(row) for row in alphabets_of(layout)] == [layout.width] * layout.lines
    assert layout.spans(Field.BIRTH_DATE)


def test_a_filler_may_be_read_for_the_check_digit_of_optional_data_and_of_card_numbers_alone():
    allowed = {
        (layout.format, check.covers): ALLOWED[alphabets_of(layout)[check.digit.line][check.digit.start]]
        for layout in LAYOUTS.values()
        for check in layout.checks
    }
    assert {place for place, chars in allowed.items() if "<" in chars} == {
        (MrzFormat.TD3, Field.OPTIONAL_DATA),
        (MrzFormat.TD1, Field.DOCUMENT_NUMBER),
        (MrzFormat.TD2, Field.DOCUMENT_NUMBER),
    }
    assert {chars.strip("<") for chars in allowed.values()} == {"0123456789"}


@pytest.mark.parametrize(("given_names", "full"), [("A" * 28, False), ("A" * 29, True), ("A" * 40, True)])
def test_a_full_name_field_may_be_cut_off(given_names, full):
    lines = (f"P<UTO{join_names('SPECIMEN', given_names, 39)}", ERIKSSON[1])
    assert names_may_go_on(mrz_reading(lines)) is full


@pytest.mark.parametrize(("column", "may_go_on"), [(13, False), (14, True), (16, True), (17, False)])
def test_names_may_go_on_where_a_character_close_behind_them_was_not_seen(column: int, may_go_on: bool) -> None:
    lines = ("P<CHNKWOK<<WAI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "L898902C36CHN7408122F1204159ZE184226B<<<<<10")
    assert names_may_go_on(replace(mrz_reading(lines), unseen=((0, column),))) is may_go_on
    assert not names_may_go_on(replace(mrz_reading(lines), unseen=((1, column),)))
