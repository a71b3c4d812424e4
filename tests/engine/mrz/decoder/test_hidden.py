"""What the decoder makes of characters that were not seen, or only in part."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.mrz.build import build_mrz, build_td3
from engine.mrz.decoder.cells import keep_cells, unseen
from engine.mrz.decoder.decode import decode_mrz
from engine.mrz.decoder.likelihood import UNSEEN, in_place, likelihood
from engine.mrz.formats import CHARACTERS
from engine.mrz.parse import parse_fields
from engine.values.mrz import Field, MrzFormat, MrzReading
from engine.values.text import CharReading, LineText
from tests.engine.mrz.decoder.test_cells import set_line
from tests.engine.mrz.noisy_reader import clean_line, with_reading

LINES = ("P<CHNERIKSSON<<ANNA<MARIA".ljust(44, "<"), "L898902C36CHN8408129F3204153<<<<<<<<<<<<<<<8")


def decoded(*lines: LineText) -> MrzReading:
    reading = decode_mrz(keep_cells(lines))
    assert reading is not None
    return reading


def confidence(reading: MrzReading, field: Field) -> float:
    return dict(reading.field_confidences)[field]


@pytest.mark.parametrize("hidden", range(5, 13))
def test_a_hidden_letter_of_a_name_is_unknown_not_absent(hidden: int) -> None:
    reading = decoded(set_line(LINES[0], (hidden,)), set_line(LINES[1]))
    others = [k for k in range(44) if k != hidden]
    assert [reading.lines[0][k] for k in others] == [LINES[0][k] for k in others]
    assert reading.char_confidences[0][hidden] < 0.5
    assert confidence(reading, Field.NAMES) < 0.5


def test_a_hidden_letter_of_the_state_is_told_by_the_nationality_but_never_sure() -> None:
    reading = decoded(set_line(LINES[0], (4,)), set_line(LINES[1]))
    assert reading.fields.issuing_state == "CHN"
    assert reading.fields.surname == "ERIKSSON"
    assert confidence(reading, Field.ISSUING_STATE) < 0.99


def test_two_hidden_characters_of_both_lines() -> None:
    reading = decoded(set_line(LINES[0], (6, 7)), set_line(LINES[1], (14,)))
    assert reading.fields.birth_date == "840812"
    assert len(reading.fields.surname) == len("ERIKSSON")


def test_a_digit_that_the_check_digit_tells_is_said_to_be_chosen_so() -> None:
    reading = decoded(set_line(LINES[0]), set_line(LINES[1], (14,)))
    birth = next(check for check in reading.checks if check.covers == Field.BIRTH_DATE)
    assert birth.ok and birth.repaired
    assert not reading.checks_ok


def test_a_check_digit_that_was_not_seen_proves_nothing() -> None:
    line = build_td3(replace(parse_fields(MrzFormat.TD3, LINES), document_number="L898902C0"))[1]
    cut = clean_line(line[:40])
    reading = decode_mrz([clean_line(LINES[0]), cut])
    assert reading is not None and not reading.checks_ok


@pytest.mark.parametrize("hidden", range(1, 8))
def test_a_filler_inside_a_number_is_never_made_up(hidden: int) -> None:
    number = "NEZYZK9YS"
    lower = build_td3(replace(parse_fields(MrzFormat.TD3, LINES), document_number=number))[1]
    seen = with_reading(set_line(lower), hidden, "<", 0.34, ("K", 0.17), ("Y", 0.16), ("H", 0.12))
    reading = decoded(set_line(LINES[0]), seen)
    assert "<" not in reading.lines[1][:9]


def test_one_name_behind_two_fillers_is_read() -> None:
    lines = ("P<IND<<AHMADULLA".ljust(44, "<"), "K2578285<7IND5601240F3202285<<<<<<<<<<<<<<<2")
    reading = decoded(*map(set_line, lines))
    assert reading.lines == lines
    assert min(reading.line_confidences) > 0.9


def test_a_character_that_its_field_does_not_allow_is_never_sure() -> None:
    reading = decoded(set_line(LINES[0]), with_reading(set_line(LINES[1]), 20, "9", 0.9999))
    assert reading.char_confidences[1][20] < 0.9


def test_half_a_passport_is_no_card() -> None:
    for seed in range(20):
        number = f"AB{seed:07}"
        lines = build_td3(replace(parse_fields(MrzFormat.TD3, LINES), document_number=number))
        reading = decode_mrz([clean_line(line[:36]) for line in lines])
        assert reading is None or reading.format is MrzFormat.TD3


def test_a_zone_whose_kind_is_hidden_is_neither_visa_nor_card() -> None:
    visa = build_mrz(MrzFormat.MRV_A, replace(parse_fields(MrzFormat.TD3, LINES), document_code="V"))
    lines = [clean_line(line) for line in visa]
    hidden = LineText((unseen(), *lines[0].chars[1:]))
    reading = decode_mrz([hidden, lines[1]])
    assert reading is None or reading.format is MrzFormat.TD3


def test_what_may_be_many_characters_says_less() -> None:
    one = likelihood(CharReading("8", 0.66, (("6", 0.34),)))
    many = likelihood(CharReading("8", 0.66, (("6", 0.15), ("B", 0.1), ("0", 0.05), ("D", 0.04))))
    assert one.damage < 0.01 < many.damage
    assert many.log("U") > one.log("U")


def test_half_a_character_may_be_any_however_sure_the_reader() -> None:
    assert likelihood(CharReading("F", 0.9999, partial=True)) is UNSEEN


def test_a_doubtful_reading_of_what_cannot_stand_there_says_nothing_of_what_can() -> None:
    seen = likelihood(CharReading("0", 0.58, (("8", 0.25), ("M", 0.02))))
    placed = in_place(seen, "MFX<")
    assert placed.log("M") - placed.log("F") < seen.log("M") - seen.log("F")
    sure = likelihood(CharReading("0", 0.999))
    assert in_place(sure, "MFX<") is sure


def test_a_nought_among_letters_is_still_an_o() -> None:
    seen = likelihood(CharReading("0", 0.9, (("O", 0.05),)))
    assert in_place(seen, "ABCDEFGHIJKLMNOPQRSTUVWXYZ<") is seen


@given(st.lists(st.text(CHARACTERS + "?a ", max_size=60), min_size=1, max_size=4), st.integers(0, 2**20))
def test_no_lines_of_text_raise(lines: list[str], holes: int) -> None:
    texts = [set_line(text, tuple(k for k in range(len(text)) if holes >> k % 20 & 1 and k % 3)) for text in lines]
    decode_mrz(keep_cells(texts))


@given(
    st.text("0123456789<ABKO", min_size=9, max_size=9),
    st.text("0123456789<", min_size=6, max_size=6),
    st.text("0123456789<", min_size=6, max_size=6),
    st.text("0123456789", min_size=4, max_size=4),
    st.sets(st.integers(0, 43), max_size=5),
    st.sets(st.integers(0, 43), max_size=5),
)
def test_no_text_of_two_lines_raises(
    number: str, birth: str, expiry: str, digits: str, above: set[int], below: set[int]
) -> None:
    lower = f"{number}{digits[0]}CHN{birth}{digits[1]}F{expiry}{digits[2]}{'<' * 14}<{digits[3]}"
    decode_mrz(keep_cells([set_line(LINES[0], tuple(above)), set_line(lower, tuple(below))]))


def test_a_state_of_which_nothing_was_seen() -> None:
    reading = decoded(set_line(LINES[0], (1, 2, 3, 4)), set_line(LINES[1], (10, 11, 12)))
    assert confidence(reading, Field.ISSUING_STATE) < 0.5


def test_an_unseen_end_of_a_name_may_be_a_letter_of_the_only_one() -> None:
    malaysian = "P<MYSAHMAD<BIN<ISMAIL".ljust(44, "<")
    reading = decoded(set_line(malaysian, (9,)), set_line(LINES[1]))
    assert reading.char_confidences[0][9] <= 0.8


def test_places_that_were_not_seen_are_told() -> None:
    reading = decoded(set_line(LINES[0], (6,)), set_line(LINES[1], (14, 15)))
    assert reading.unseen == ((0, 6), (1, 14), (1, 15))
    assert decoded(set_line(LINES[0]), set_line(LINES[1])).unseen == ()
