"""Large cities settle doubtful letters, and nothing else."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.tables.cities import cities
from engine.visual.text.cities import correct_city
from engine.visual.text.fold import fold
from tests.engine.visual.text.reading import chars_of, evidence_of

Doubts = Mapping[int, float | tuple[float, Mapping[str, float]]]


def settled(text: str, state: str, doubts: Doubts | None = None) -> str:
    chars = chars_of(text, 0.99, doubts)
    return "".join(c.char for c in correct_city(chars, state, evidence_of(chars)))


@pytest.mark.parametrize(
    ("read", "doubts", "state", "city"),
    [
        pytest.param("LONOON", {3: 0.85}, "GBR", "LONDON", id="look-alike"),
        pytest.param("OTTAVWA CAN", {4: 0.6}, "CAN", "OTTAWA CAN", id="a letter too many"),
        pytest.param("EYKJAVIK", {}, "ISL", "REYKJAVIK", id="a letter lost"),
        pytest.param("WARS/AWA", {4: 0.5}, "POL", "WARSZAWA", id="a letter read as a stroke"),
        pytest.param("Rovanismi", {6: 0.6}, "FIN", "Rovaniemi", id="small letters stay small"),
        pytest.param("UAPA", {1: 0.6}, "GBR", "UKPA", id="an office"),
        pytest.param("GATIWEAU", {4: 0.58}, "CAN", "GATINEAU", id="another letter"),
        pytest.param("HAUGESUWD", {7: (0.6, {"N": 0.2})}, "NOR", "HAUGESUND", id="a town"),
    ],
)
def test_doubtful_letters_are_those_of_a_city(read: str, doubts: Doubts, state: str, city: str) -> None:
    assert settled(read, state, doubts) == city


@pytest.mark.parametrize(
    ("read", "doubts", "state", "city"),
    [
        pytest.param("REYKJAVIK", {7: 0.8}, "ISL", "REYKJAVÍK", id="a doubtful accent"),
        pytest.param("Reykjavik", {7: 0.8}, "ISL", "Reykjavík", id="on a small letter"),
        pytest.param("REYKJAVIK", {}, "ISL", "REYKJAVIK", id="an accent that is surely not printed"),
        pytest.param("ŠĮAULIAI", {1: 0.6}, "LTU", "ŠIAULIAI", id="a speck under a letter"),
        pytest.param("ORLEANS CEDEX", {3: 0.5}, "FRA", "ORLÉANS CEDEX", id="in a longer place"),
    ],
)
def test_accents_are_those_of_the_city(read: str, doubts: dict[int, float], state: str, city: str) -> None:
    assert settled(read, state, doubts) == city


@pytest.mark.parametrize(
    ("read", "doubts", "city"),
    [
        pytest.param("ŠIAULIAÍ", {7: (0.8, {"I": 0.15})}, "ŠIAULIAI", id="a speck over a letter"),
        pytest.param("SIAULIAI", {0: (0.5, {"Š": 0.49})}, "SIAULIAI", id="none is as likely as the city's"),
        pytest.param("ŠIAULIAÍ", {7: 0.999}, "ŠIAULIAÍ", id="a mark that was surely read"),
        pytest.param("ANKARÀ", {5: (0.9, {"A": 0.08})}, "ANKARA", id="a city without marks"),
    ],
)
def test_marks_of_cities_of_other_states_are_weighed(read: str, doubts: Doubts, city: str) -> None:
    assert settled(read, "GHA", doubts) == city


@pytest.mark.parametrize(
    ("read", "doubts", "state"),
    [
        pytest.param("MANTES", {}, "FRA", id="a town of nearly the same name, read surely"),
        pytest.param("HAUGESUMD", {}, "NOR", id="a village of nearly a town's name, read surely"),
        pytest.param("LONOON", {3: 0.85}, "FRA", id="a city of another state"),
        pytest.param(
            "MAGISTRÁT HLAVNÍHO MĚSTA PRAHY", {29: 0.6}, "CZE", id="a city's name declined in a longer text"
        ),
        pytest.param("LONOON", {3: 0.85}, "UTO", id="a state without cities"),
        pytest.param("LNDR", dict.fromkeys(range(4), 0.5), "GBR", id="too little left of it"),
        pytest.param("", {}, "GBR", id="nothing"),
    ],
)
def test_other_readings_stay(read: str, doubts: dict[int, float], state: str) -> None:
    chars = chars_of(read, 0.99, doubts)
    assert correct_city(chars, state, evidence_of(chars)) == chars


def test_of_a_city_and_a_town_that_are_as_likely_the_city_is_meant() -> None:
    assert settled("WORWICH", "GBR", {0: (0.4, {"N": 0.2, "H": 0.2})}) == "NORWICH"
    assert settled("WORWICH", "GBR", {0: (0.4, {"N": 0.001, "H": 0.4})}) == "HORWICH"


def test_a_new_letter_is_as_sure_as_the_city_and_stands_where_it_was_read() -> None:
    chars = chars_of("LONOON", 0.99, {3: 0.85})
    found = correct_city(chars, "GBR", evidence_of(chars))
    assert [(c.start, c.end) for c in found] == [(c.start, c.end) for c in chars]
    assert found[3].char == "D"
    assert 0.5 < found[3].probability <= 0.9
    assert found[3].alternatives[0][0] == "O"


@given(st.sampled_from([(state, name) for state, names in cities().items() for name in names]), st.floats(0.01, 1))
def test_a_city_read_right_stays_as_it_is(place: tuple[str, str], sure: float) -> None:
    state, name = place
    read = chars_of(name, sure)
    assert fold("".join(c.char for c in correct_city(read, state, evidence_of(read)))) == fold(name)


def test_without_evidence_no_letter_becomes_another() -> None:
    chars = chars_of("LONOON", 0.99, {3: 0.85})
    assert correct_city(chars, "GBR", None) == chars


@pytest.mark.parametrize("state", sorted(cities()))
def test_every_city_is_in_capitals_and_named_once(state: str) -> None:
    names = cities()[state]
    assert all(name == name.upper() and fold(name) for name in names)
    assert len(set(names)) == len(names)


def read_as(text: str, doubts: dict[int, tuple[float, dict[str, float]]], state: str) -> str:
    chars = chars_of(text, 0.99, doubts)
    return "".join(char.char for char in correct_city(chars, state, evidence_of(chars)))


def test_a_city_abroad_needs_more_of_the_picture() -> None:
    assert read_as("LONOON", {3: (0.55, {"D": 0.35})}, "FRA") == "LONDON"
    assert read_as("LONOON", {3: (0.9, {"D": 0.02})}, "FRA") == "LONOON"
    assert read_as("LONOON", {3: (0.9, {"D": 0.02})}, "GBR") == "LONDON"


def test_a_city_behind_the_name_of_an_office_is_put_right_too() -> None:
    assert read_as("PASSPORT OFFICE LONOON", {19: (0.55, {"D": 0.35})}, "GBR") == "PASSPORT OFFICE LONDON"
