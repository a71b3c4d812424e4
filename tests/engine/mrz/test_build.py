from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.mrz.build import build_fra_id, build_mrv_a, build_mrv_b, build_mrz, build_td1, build_td2, build_td3
from engine.mrz.formats import LAYOUTS
from engine.mrz.parse import parse_fields, read_checks, recognise_format
from engine.values.mrz import MrzFields, MrzFormat
from tests.engine.mrz import documents

ERIKSSON = MrzFields(
    "P", "UTO", "ERIKSSON", "ANNA MARIA", "L898902C3", "UTO", "740812", "F", "120415", "ZE184226B", ""
)
CARD = replace(ERIKSSON, document_code="I", document_number="D23145890", optional_data="")
VISA = replace(
    ERIKSSON,
    document_code="V",
    document_number="L8988901C",
    nationality="XXX",
    birth_date="400907",
    expiry_date="961210",
    optional_data="6ZE184226B",
)
FRENCH = MrzFields("ID", "FRA", "LOISEAU", "HERVE DJAMEL", "970675K00277", "", "730321", "M", "", "", "")


@pytest.mark.parametrize(
    ("build", "fields", "lines"),
    [
        (build_td3, ERIKSSON, documents.ERIKSSON),
        (build_td1, CARD, documents.ERIKSSON_TD1),
        (build_td2, CARD, documents.ERIKSSON_TD2),
        (build_mrv_a, VISA, documents.ERIKSSON_MRV_A),
        (build_mrv_b, replace(VISA, optional_data=""), documents.ERIKSSON_MRV_B),
        (build_fra_id, FRENCH, documents.FRENCH),
    ],
)
def test_the_published_specimens(build, fields, lines):
    assert build(fields) == lines


@pytest.mark.parametrize("format", list(MrzFormat))
@given(data=st.data())
def test_what_is_built_parses_back(format, data):
    fields = data.draw(documents.fields(format))
    lines = build_mrz(format, fields)
    assert [len(line) for line in lines] == [LAYOUTS[format].width] * LAYOUTS[format].lines
    assert recognise_format(lines) is format
    assert parse_fields(format, lines) == fields
    assert all(check.ok for check in read_checks(format, lines))


@pytest.mark.parametrize("format", [MrzFormat.TD1, MrzFormat.TD2])
@given(number=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=10, max_size=13))
def test_long_document_numbers_of_cards(format, number):
    # ICAO 9303-5 §4.2.2.2: a filler instead of the check digit, the rest and the digit in the optional data.
    fields = replace(CARD, document_number=number)
    lines = build_mrz(format, fields)
    checks = read_checks(format, lines)
    assert parse_fields(format, lines) == fields
    assert all(check.ok for check in checks)
    assert (lines[0][14] if format is MrzFormat.TD1 else lines[1][9]) == "<"


def test_a_belgian_number():
    upper = build_td1(replace(CARD, issuing_state="BEL", document_number="000001115702"))[0]
    assert upper == "I<BEL000001115<7027<<<<<<<<<<<"


def test_printed_names_are_transliterated_and_truncated():
    upper, _ = build_td3(replace(ERIKSSON, surname="Müller-Lüdenscheidt", given_names="Franz Josef Maximilian"))
    assert upper == "P<UTOMUELLER<LUEDENSCHEIDT<<FRANZ<JOSEF<MAXI"


def test_unknown_parts_of_a_date_and_of_the_sex():
    lower = build_td3(replace(ERIKSSON, birth_date="74<<<<", sex="X"))[1]
    assert lower[13:21] == "74<<<<1<"


def test_a_french_card_without_given_names():
    upper, lower = build_fra_id(replace(FRENCH, given_names=""))
    assert upper == documents.FRENCH[0]
    assert lower[13:27] == "<" * 14


def test_empty_optional_data_have_a_filler_for_check_digit():
    assert build_td3(replace(ERIKSSON, optional_data=""))[1][28:43] == "<" * 15


@pytest.mark.parametrize(
    "change",
    [
        {"document_number": "L898902C34"},
        {"document_number": "L898902c3"},
        {"birth_date": "7408"[:3] + "O12"},
        {"document_code": "V"},
        {"document_code": ""},
        {"document_code": "P1"},
        {"issuing_state": "U2O"},
        {"sex": "W"},
        {"optional_data_2": "A"},
        {"optional_data": "A" * 15},
    ],
)
def test_fields_that_do_not_fit_raise(change):
    with pytest.raises(ValueError, match=r"allowed|begins|place|fit"):
        build_td3(replace(ERIKSSON, **change))
