import pytest

from engine.mrz import decode_mrz
from engine.values.mrz import Correction
from engine.values.text import CharReading, LineText
from tests.engine.mrz.documents import ERIKSSON
from tests.engine.mrz.noisy_reader import clean_line

UPPER, LOWER = ERIKSSON
RUN = LOWER.index("<<<<<")


def set_line(text, *, pitch=20.0, probability=0.9995, gap_before=None):
    """A line set evenly, with room for one more character before position ``gap_before``."""
    chars = []
    for k, char in enumerate(text):
        left = pitch * (k + (gap_before is not None and k >= gap_before))
        chars.append(CharReading(char, probability, (), left, left + 0.7 * pitch))
    return LineText(tuple(chars))


def shorter(text, at):
    return text[:at] + text[at + 1 :]


def test_an_evenly_set_line_that_is_too_short_comes_out_as_printed():
    upper, lower = UPPER[:-1], shorter(LOWER, RUN)
    reading = decode_mrz([set_line(upper), set_line(lower)])
    assert reading is not None
    assert reading.lines == (upper, lower)
    assert reading.aligned_lines == ERIKSSON
    assert reading.fields.document_number == "L898902C3"
    assert reading.misprinted
    assert all(check.ok for check in reading.checks)
    assert not reading.checks_ok
    assert reading.corrections == ()
    assert max(reading.line_confidences) < 0.95
    assert [len(row) for row in reading.char_confidences] == [43, 43]


def test_an_evenly_set_line_that_is_too_long_comes_out_as_printed():
    lower = LOWER[:RUN] + "<" + LOWER[RUN:]
    reading = decode_mrz([set_line(UPPER), set_line(lower)])
    assert reading is not None
    assert reading.lines == (UPPER, lower)
    assert reading.aligned_lines == ERIKSSON
    assert not reading.checks_ok


def test_a_filler_that_left_a_gap_was_lost_by_the_reader():
    reading = decode_mrz([set_line(UPPER), set_line(shorter(LOWER, RUN + 2), gap_before=RUN + 2)])
    assert reading is not None
    assert reading.lines == reading.aligned_lines == ERIKSSON
    assert reading.checks_ok
    assert reading.corrections == (Correction(1, RUN + 2, "", "<"),)


def test_lines_of_unlike_length_that_end_flush_are_filled_up():
    reading = decode_mrz([set_line(UPPER), set_line(shorter(LOWER, RUN), pitch=20.0 * 43 / 42)])
    assert reading is not None
    assert reading.lines == ERIKSSON
    assert not reading.misprinted


@pytest.mark.parametrize("lines", [(UPPER[:-1], LOWER), (UPPER, LOWER[:-2])])
def test_what_is_missing_at_an_end_may_have_been_cut_off(lines):
    reading = decode_mrz([set_line(line) for line in lines])
    assert reading is not None
    assert [len(line) for line in reading.lines] == [44, 44]
    assert not reading.misprinted


def test_a_blurred_line_may_have_lost_a_character_without_a_gap():
    reading = decode_mrz([set_line(UPPER), set_line(shorter(LOWER, RUN), probability=0.85)])
    assert reading is not None
    assert not reading.misprinted


def test_without_places_nothing_is_said_about_the_print():
    reading = decode_mrz([clean_line(UPPER), clean_line(shorter(LOWER, RUN))])
    assert reading is not None
    assert reading.lines == ERIKSSON


def test_a_misprinted_line_keeps_what_the_grammar_repairs_and_loses_specks():
    lower = shorter(LOWER, RUN)
    seen = set_line(lower).chars
    doubtful = CharReading("B", 0.5, (("8", 0.45),), seen[1].start, seen[1].end)
    speck = CharReading("1", 0.5, (), -20.0, -6.0)
    reading = decode_mrz([set_line(UPPER), LineText((speck, seen[0], doubtful, *seen[2:]))])
    assert reading is not None
    assert reading.lines == (UPPER, lower)
    assert reading.corrections == (Correction(1, 0, "1", ""), Correction(1, 1, "B", "8"))
