import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fusion.agreement import FIELDS, NAMES, agrees, mrz_value, says_less
from engine.mrz.names import join_names
from engine.mrz.parse import names_may_go_on
from engine.values.items import Item, VisualValue
from engine.values.pictures import Point
from tests.engine.readings import mrz_reading

SECOND = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
QUAD = (Point(0, 0), Point(9, 0), Point(9, 3), Point(0, 3))
CODES = [item for item in FIELDS if item not in NAMES and item is not Item.DOCUMENT_TYPE]
WORDS = st.lists(st.text(string.ascii_uppercase + "ÄÖÜÉŁŠÑØƏ", min_size=2, max_size=14), min_size=1, max_size=4)


def printed(value: str) -> VisualValue:
    return VisualValue(value, value, 0.9, QUAD, ())


@given(WORDS.map("-".join), WORDS.map(" ".join))
def test_names_agree_with_the_zone_a_state_would_print(surname: str, given_names: str) -> None:
    reading = mrz_reading((f"P<UTO{join_names(surname, given_names, 39)}", SECOND))
    assert agrees(Item.SURNAME, reading, printed(surname))
    assert agrees(Item.GIVEN_NAMES, reading, printed(given_names))


@given(st.text(string.ascii_uppercase, min_size=2, max_size=10))
def test_names_of_other_people_do_not(surname: str) -> None:
    reading = mrz_reading((f"P<UTO{join_names(surname, 'ANNA', 39)}", SECOND))
    assert not names_may_go_on(reading)
    assert not agrees(Item.SURNAME, reading, printed(surname[::-1] + "X"))
    assert not agrees(Item.GIVEN_NAMES, reading, printed("ANNE"))


@pytest.mark.parametrize("item", CODES)
def test_codes_and_dates_agree_to_the_letter(item: Item) -> None:
    reading = mrz_reading((f"P<UTO{join_names('ERIKSSON', 'ANNA MARIA', 39)}", SECOND))
    value = mrz_value(item, reading.fields)
    assert agrees(item, reading, printed(value))
    assert not agrees(item, reading, printed(value[:-1] + "0" if value[-1] != "0" else value[:-1] + "1"))


@pytest.mark.parametrize(
    ("seen", "cut"),
    [
        ("898902C3", True),
        ("L898902", True),
        ("L898902C312", True),
        ("L89", False),
        ("L898902D3", False),
        ("XL898902C3", False),
    ],
)
def test_a_number_of_which_a_part_is_printed_is_no_other_number(seen: str, cut: bool) -> None:
    assert says_less(Item.PASSPORT_NUMBER, "L898902C3", printed(seen)) is cut
    assert not says_less(Item.SURNAME, "L898902C3", printed(seen))


@pytest.mark.parametrize(
    ("code", "seen", "same"), [("PD", "D", True), ("PD", "P", True), ("PD", "S", False), ("P<", "D", False)]
)
def test_a_type_may_be_printed_as_its_second_letter(code: str, seen: str, same: bool) -> None:
    reading = mrz_reading(
        (f"{code}UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
    )
    assert agrees(Item.DOCUMENT_TYPE, reading, printed(seen)) is same


def test_names_cut_to_initials_are_those_printed_in_full() -> None:
    """The example of ICAO 9303-4 §4.2.3."""
    lines = ("P<UTOBENNELONG<WOOLOOMOOLOO<WARRANDYTE<<D<P<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
    assert agrees(Item.GIVEN_NAMES, mrz_reading(lines), printed("DINGO POTOROO"))
    assert not agrees(Item.GIVEN_NAMES, mrz_reading(lines), printed("MARIA POTOROO"))
