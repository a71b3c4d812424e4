import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.mrz.check_digits import VALUES, WEIGHTS, character_value, check_digit
from engine.mrz.decoder.check_search import digit_holds
from engine.mrz.formats import CHARACTERS

mrz_text = st.text(CHARACTERS, max_size=44)


@pytest.mark.parametrize(
    ("text", "digit"),
    [
        ("520727", "3"),  # ICAO 9303-3 §4.9, example 1
        ("AB2134<<<", "5"),  # example 2
        ("HA672242<6YTO5802254M9601086<<<<<<<<<<<<<<0", "8"),  # example 3, composite of a TD3 document
        ("L898902C3", "6"),
        ("D23145890", "7"),
        ("", "0"),
        ("<<<<<<", "0"),
    ],
)
def test_examples(text, digit):
    if len(text) == 43:  # the composite leaves out nationality and sex
        text = text[:10] + text[13:20] + text[21:43]
    assert check_digit(text) == digit


@pytest.mark.parametrize("char", ["a", "ß", " ", "-", "É", "٣", "²", "", "AB"])
def test_illegal_characters_raise(char):
    with pytest.raises(ValueError, match="covers only"):
        character_value(char)


def test_an_illegal_character_anywhere_raises():
    with pytest.raises(ValueError, match="covers only"):
        check_digit("Z" * 38 + "b")


@given(mrz_text, st.data())
def test_every_single_change_shows_unless_values_agree_modulo_ten(text, data):
    if not text:
        return
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(CHARACTERS))
    changed = text[:at] + other + text[at + 1 :]
    unseen = (VALUES[text[at]] - VALUES[other]) % 10 == 0
    assert (check_digit(changed) == check_digit(text)) is unseen


def test_what_check_digits_cannot_see():
    # All weights are coprime to 10, so these classes are blind at every position.
    classes: dict[int, str] = {}
    for char in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<":
        classes[VALUES[char] % 10] = classes.get(VALUES[char] % 10, "") + char
    assert list(classes.values()) == ["0AKU<", "1BLV", "2CMW", "3DNX", "4EOY", "5FPZ", "6GQ", "7HR", "8IS", "9JT"]
    for blind in classes.values():
        for weight in range(len(WEIGHTS)):
            assert len({check_digit("<" * weight + char) for char in blind}) == 1


@pytest.mark.parametrize("total", range(20))
def test_a_filler_stands_for_a_check_digit_of_zero_alone(total):
    holding = {char for char in CHARACTERS if digit_holds(char, total)}
    assert holding == ({"0", "<"} if total in (0, 10) else {str(total % 10)})


def test_two_swaps_of_0_and_o_can_cancel():
    # O counts 24: 7·24 + 3·24 is a multiple of 10.
    assert check_digit("00") == check_digit("OO")
