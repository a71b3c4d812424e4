"""What the machine readable zone says of an item, weighed against what the page prints."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fusion.support import item_confidence, print_support, zone_support
from engine.fusion.weigh import agreement_confidence, digit_limit, is_possible, weighed, zone_confidence
from engine.mrz.check_digits import check_digit
from engine.values.items import Item, VisualValue
from engine.values.mrz import MrzReading
from engine.values.pictures import Point
from engine.values.text import CharReading
from tests.engine.readings import mrz_reading

LINES = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
MRZ = mrz_reading(LINES)
QUAD = (Point(1, 2), Point(9, 2), Point(9, 4), Point(1, 4))
PROBABILITY = st.floats(0.0, 1.0)


def printed(text: str, confidence: float = 0.99, value: str | None = None) -> VisualValue:
    chars = tuple(CharReading(char, 0.999) for char in text)
    return VisualValue(text if value is None else value, text, confidence, QUAD, chars)


def doubting(line: int, column: int, probability: float, *others: tuple[str, float]) -> MrzReading:
    """The reading with one character of that probability, which may be others too."""
    chars = [list(row) for row in MRZ.char_confidences]
    chars[line][column] = probability
    alternatives = [[() for _ in row] for row in chars]
    listed: tuple[tuple[str, float], ...] = others
    table = [
        [listed if (i, k) == (line, column) else a for k, a in enumerate(row)] for i, row in enumerate(alternatives)
    ]
    return replace(MRZ, char_confidences=tuple(map(tuple, chars)), alternatives=tuple(tuple(row) for row in table))


@given(PROBABILITY, PROBABILITY)
def test_agreement_never_lowers_the_first(first: float, second: float) -> None:
    both = agreement_confidence(first, second)
    assert 0.0 <= both <= 1.0
    assert both >= first


@given(st.text("0123456789ABCL", min_size=9, max_size=9), PROBABILITY)
def test_different_values_share_at_most_certainty(value: str, confidence: float) -> None:
    ours, theirs = weighed(Item.PASSPORT_NUMBER, MRZ, printed(value, confidence))
    assert ours >= 0.0 and theirs >= 0.0 and ours + theirs <= 1.0 + 1e-9


def test_two_sure_readings_that_differ_leave_doubt() -> None:
    assert max(weighed(Item.PASSPORT_NUMBER, MRZ, printed("L898902D3"))) < 0.9


def test_a_doubtful_character_of_the_zone_is_told_by_the_page() -> None:
    reading = doubting(1, 7, 0.6, ("D", 0.3))
    ours, theirs = weighed(Item.PASSPORT_NUMBER, reading, printed("L898902D3"))
    assert theirs > 0.9 > ours


def test_a_doubtful_print_is_told_by_the_zone() -> None:
    seen = replace(
        printed("L898902D3", 0.5),
        characters=tuple(
            CharReading(c, 0.6, (("C", 0.39),)) if c == "D" else CharReading(c, 0.999) for c in "L898902D3"
        ),
    )
    ours, theirs = weighed(Item.PASSPORT_NUMBER, MRZ, seen)
    assert ours > 0.9 > theirs


def test_the_print_of_a_date_bears_another_as_far_as_its_figures_do() -> None:
    chars = [CharReading(c, 0.999) for c in "12 APR 2010"]
    chars[-1] = CharReading("0", 0.6, (("6", 0.35),))
    seen = VisualValue("100412", "12 APR 2010", 0.8, QUAD, tuple(chars))
    assert print_support(seen, "160412") > 0.3
    assert print_support(seen, "170412") < 0.05


def test_a_name_is_borne_by_what_else_its_letters_may_be() -> None:
    reading = doubting(0, 5, 0.1, ("E", 0.05), ("A", 0.05))
    assert zone_support(Item.SURNAME, reading, "ARIKSSON") > 0.01 > zone_support(Item.SURNAME, reading, "SMITH")


def test_a_hidden_letter_of_the_given_names_leaves_the_surname_sure() -> None:
    reading = doubting(0, 16, 0.05)
    assert item_confidence(Item.SURNAME, reading) > 0.9


@pytest.mark.parametrize(
    ("item", "value", "possible"),
    [
        (Item.BIRTH_DATE, "740812", True),
        (Item.BIRTH_DATE, "74<<<<", True),
        (Item.BIRTH_DATE, "000442", False),
        (Item.EXPIRY_DATE, "230000", False),
        (Item.EXPIRY_DATE, "2304<<", False),
        (Item.ISSUING_STATE, "UTO", True),
        (Item.NATIONALITY, "GB", False),
        (Item.SURNAME, "230000", True),
    ],
)
def test_dates_and_states_exist_or_not(item: Item, value: str, possible: bool) -> None:
    assert is_possible(item, value) is possible


def test_a_failing_check_digit_costs_its_own_field_confidence() -> None:
    wrong = str((int(check_digit("L898902C3")) + 1) % 10)
    reading = mrz_reading((LINES[0], LINES[1][:9] + wrong + LINES[1][10:]))
    sure = replace(reading, field_confidences=tuple((field, 0.9999) for field, _ in reading.field_confidences))
    assert zone_confidence(Item.PASSPORT_NUMBER, sure) < 0.996 < zone_confidence(Item.BIRTH_DATE, sure)
    assert digit_limit(Item.BIRTH_DATE, reading) == 1.0


def test_a_failing_check_digit_that_a_look_alike_mends_leaves_no_agreement_sure() -> None:
    lower = "C4980J910" + check_digit("C498OJ910").replace(check_digit("C4980J910"), "?")
    assert "?" not in lower  # the two have different check digits
    reading = mrz_reading((LINES[0], lower + LINES[1][10:]))
    assert digit_limit(Item.PASSPORT_NUMBER, reading) < 0.9


@pytest.mark.parametrize(("nationality", "sure"), [("CHN", False), ("HNJ", True)])
def test_a_state_that_does_not_exist_is_doubtful_unless_it_is_named_twice(nationality: str, sure: bool) -> None:
    lines = (LINES[0].replace("UTO", "HNJ"), LINES[1].replace("UTO", nationality))
    assert (zone_confidence(Item.ISSUING_STATE, mrz_reading(lines)) > 0.9) is sure
