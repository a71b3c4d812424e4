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


def test_a_nationality_that_is_another_state_by_a_doubtful_letter_alone_is_doubtful():
    """Half of the N was seen; the other state exists, and would be sure by that."""
    nigerian = tuple(line.replace("UTO", "NGA") for line in ERIKSSON)
    upper, lower = (clean_line(line) for line in nigerian)
    half = decode_mrz([upper, with_reading(lower, 10, "0", 0.62, ("U", 0.34), ("8", 0.01))])
    assert half is not None and half.fields.nationality == "UGA"
    assert half.char_confidences[1][10] < 0.9
    whole = decode_mrz([upper, with_reading(lower, 10, "U", 0.999)])
    assert whole is not None and whole.fields.nationality == "UGA"
    assert whole.char_confidences[1][10] > 0.99
