from engine.mrz import decode_mrz
from engine.mrz.decoder.confidence import sharpened
from tests.engine.mrz.documents import ERIKSSON
from tests.engine.mrz.noisy_reader import clean_line, with_reading

UPPER, LOWER = (clean_line(line) for line in ERIKSSON)


def test_calibration_is_monotone_and_leaves_certainty_and_evens_alone():
    known = [k / 20 for k in range(21)]
    assert sorted(map(sharpened, known)) == list(map(sharpened, known))
    assert [sharpened(p) for p in (0.0, 0.5, 1.0)] == [0.0, 0.5, 1.0]


def test_a_doubtful_character_lists_what_else_it_may_be():
    reading = decode_mrz([with_reading(UPPER, 5, "E", 0.7, ("F", 0.25)), LOWER])
    assert reading is not None
    assert reading.lines == ERIKSSON
    (char, probability), *_ = reading.others(0, 5)
    assert char == "F"
    assert 0 < probability <= 1 - reading.char_confidences[0][5]
    assert reading.others(0, 6) == ()


def test_where_a_name_is_divided_in_doubt_the_filler_is_no_surer_than_the_letter_it_hides():
    upper = "P<UTORAJ<KUMAR".ljust(44, "<")
    reading = decode_mrz([with_reading(clean_line(upper), 9, "K", 0.97, ("<", 0.02)), LOWER])
    assert reading is not None
    assert reading.char_confidences[0][9] < 0.95
    assert reading.line_confidences[0] < 0.95
