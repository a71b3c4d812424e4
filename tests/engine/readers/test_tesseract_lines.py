import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ModelDamaged
from engine.readers.tesseract_lines import Shown, Symbol, is_flat, line_text, open_checked, show_line

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"

SHOWN = Shown(np.zeros((24, 100), np.uint8), 0, 1.0)

costs = st.dictionaries(st.sampled_from(ALPHABET), st.floats(0, 200), max_size=6)
symbols = st.builds(Symbol, st.sampled_from(ALPHABET), st.floats(0, 101), st.just(3.0), st.just(7.0), costs)


@given(symbols)
def test_probabilities_sum_to_at_most_one(symbol: Symbol) -> None:
    (char,) = line_text([symbol], ALPHABET, SHOWN).chars
    total = char.probability + sum(p for _, p in char.alternatives)
    assert 0 < char.probability <= 1
    assert total <= 1 + 1e-9


@given(symbols)
def test_alternatives_are_other_characters_most_probable_first(symbol: Symbol) -> None:
    (char,) = line_text([symbol], ALPHABET, SHOWN).chars
    shares = [p for _, p in char.alternatives]
    assert symbol.char not in [c for c, _ in char.alternatives]
    assert shares == sorted(shares, reverse=True)
    assert all(p <= char.probability for p in shares)


@given(st.floats(1e-4, 0.9))
def test_confidence_becomes_the_probability_it_was_made_of(p: float) -> None:
    certainty = 2.25 * (math.log(p) - 0.085)
    (char,) = line_text([Symbol("A", 100 + 5 * certainty, 0, 1)], ALPHABET, SHOWN).chars
    assert char.probability == pytest.approx(p)


def test_cost_of_another_character_becomes_its_probability() -> None:
    symbol = Symbol("O", 100 + 5 * 2.25 * (math.log(0.6) - 0.085), 0, 1, {"O": 1.0, "0": 1.0 + 2.25 * math.log(3)})
    (char,) = line_text([symbol], ALPHABET, SHOWN).chars
    assert char.alternatives[0][0] == "0"
    assert char.alternatives[0][1] == pytest.approx(0.2)


def test_signs_outside_the_alphabet_are_left_out() -> None:
    found = [Symbol("A", 99, 0, 4), Symbol(" ", 99, 4, 8), Symbol("", 99, 8, 9), Symbol("Joined", 99, 9, 10)]
    assert line_text(found, ALPHABET, SHOWN).text == "A"


def test_places_are_in_px_of_the_line_image() -> None:
    shown = Shown(np.zeros((24, 132), np.uint8), 16, 2.5)
    (char,) = line_text([Symbol("A", 99, 26, 36)], ALPHABET, shown).chars
    assert (char.start, char.end) == (25.0, 50.0)


def test_paper_at_the_ends_belongs_to_no_character() -> None:
    found = [Symbol("A", 99, 0, 40), Symbol("B", 99, 40, 50), Symbol("C", 99, 50, 60), Symbol("D", 99, 60, 100)]
    places = [(c.start, c.end) for c in line_text(found, ALPHABET, SHOWN).chars]
    assert places[1:3] == [(40, 50), (50, 60)]
    assert places[0][0] > 0
    assert places[3][1] < 100


@given(st.integers(1, 90), st.integers(1, 900))
def test_shown_line_has_the_height_of_the_model_and_its_border(rows: int, columns: int) -> None:
    shown = show_line(np.zeros((rows, columns), np.uint8), 24, 16)
    width = max(8, round(columns * 24 / rows))
    assert shown.pixels.shape == (24, width + 32)
    assert shown.scale * width == pytest.approx(columns)


def test_border_is_of_the_paper_beside_it() -> None:
    pixels = np.full((24, 100), 90, np.uint8)
    pixels[:, :50] = 200
    shown = show_line(pixels, 24, 16)
    assert (shown.pixels[:, :16] == 200).all()
    assert (shown.pixels[:, -16:] == 90).all()


@pytest.mark.parametrize("level", [0, 128, 255])
def test_one_gray_level_is_flat(level: int) -> None:
    assert is_flat(np.full((30, 600), level, np.uint8))


def test_print_is_not_flat() -> None:
    pixels = np.full((30, 600), 255, np.uint8)
    pixels[8:20, 40:44] = 0
    assert not is_flat(pixels)


def test_model_that_is_not_there_is_damaged() -> None:
    with pytest.raises(ModelDamaged):
        open_checked("no_such_model_v1")
