from dataclasses import replace

import pytest

from engine.mrz import build_mrz, decode_mrz, parse_fields
from engine.mrz.decoder.confusions import CONFUSIONS, LETTER_SHARES
from engine.mrz.formats import DIGITS, LETTERS
from engine.values.mrz import MrzFormat
from tests.engine.mrz.documents import ERIKSSON
from tests.engine.mrz.noisy_reader import clean_line, with_reading

UPPER, LOWER = (clean_line(line) for line in ERIKSSON)


def lower_with(number):
    return build_mrz(MrzFormat.TD3, replace(parse_fields(MrzFormat.TD3, ERIKSSON), document_number=number))[1]


def test_only_digits_and_letters_are_confused_and_shares_are_shares():
    for read, (wrong, shares) in CONFUSIONS.items():
        assert 0 <= wrong < 0.5
        assert 0 < sum(shares.values()) <= 1
        assert {true in DIGITS for true in shares} == {read not in DIGITS}
    assert sorted(LETTER_SHARES) == list(LETTERS)
    assert sum(LETTER_SHARES.values()) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("others", [(), (("B", 0.034), ("D", 0.025), ("O", 0.021)), (("Q", 0.02), ("U", 0.02))])
@pytest.mark.parametrize("probability", [0.75, 0.9, 0.93])
def test_a_zero_in_a_name_is_an_o_rather_than_a_rarer_look_alike(others, probability):
    truth = "P<UTOGORDON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<<"
    reading = decode_mrz([with_reading(clean_line(truth), 6, "0", probability, *others), LOWER])
    assert reading is not None
    assert reading.lines[0] == truth
    assert reading.line_confidences[0] < 0.99


@pytest.mark.parametrize(("position", "read"), [(15, "O"), (13, "T"), (21, "I"), (9, "G"), (16, "B")])
def test_a_letter_where_only_digits_stand_is_the_digit_it_looks_like(position, read):
    digits = {"O": "0", "T": "7", "I": "1", "G": "6", "B": "8"}
    lower = ERIKSSON[1][:position] + digits[read] + ERIKSSON[1][position + 1 :]
    reading = decode_mrz([UPPER, with_reading(clean_line(lower), position, read, 0.9)])
    assert reading is not None
    assert reading.lines[1][position] == digits[read]


@pytest.mark.parametrize(
    ("number", "position", "read"), [("AB0123456", 2, "O"), ("ABO123456", 2, "O"), ("S25456789", 0, "S")]
)
def test_the_check_digit_decides_between_look_alikes_in_a_document_number(number, position, read):
    lower = lower_with(number)
    reading = decode_mrz([UPPER, with_reading(clean_line(lower), position, read, 0.97)])
    assert reading is not None
    assert reading.lines[1] == lower
    assert reading.checks_hold
