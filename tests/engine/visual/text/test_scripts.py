"""Letters of other scripts: words are in one script where the reader allows it, signs become one."""

import pytest

from engine.values.text import CharReading, LineText
from engine.visual.text.scripts import FOREIGN, SIGNS, one_script


def line(*chars: CharReading | str) -> LineText:
    return LineText(tuple(c if isinstance(c, CharReading) else CharReading(c, 0.99) for c in chars))


def unsure(char: str, *alternatives: tuple[str, float]) -> CharReading:
    return CharReading(char, 0.6, alternatives)


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        pytest.param(line(*"K", unsure("Ж", ("E", 0.3)), *"K KH"), "KEK KH", id="a sign among Latin letters"),
        pytest.param(line(*"MAJ", unsure("ก", ("", 0.3)), *"OR"), "MAJOR", id="a sign that may be no character"),
        pytest.param(line("Ж", unsure("O", ("Ж", 0.3)), *"ЖЖ/UKR"), "一一一一/UKR", id="a Latin letter among signs"),
        pytest.param(line(*"姓Name".replace("姓", FOREIGN)), "一Name", id="two scripts that are sure"),
        pytest.param(line(unsure("Ж", ("W", 0.3)), ".", *"Ж KIEV"), "一.一 KIEV", id="words are apart"),
        pytest.param(line(*"あ가ⵣ"), "一一一", id="other scripts are alike"),
        pytest.param(line(*"OSLO"), "OSLO", id="Latin"),
    ],
)
def test_words_are_in_one_script(read: LineText, wanted: str) -> None:
    assert one_script(read).text == wanted


def test_a_mended_letter_keeps_its_probability_and_what_was_read() -> None:
    mended = one_script(line("K", CharReading("Ж", 0.6, (("E", 0.3), ("F", 0.05)), 3, 5), "K")).chars[1]
    assert mended == CharReading("E", 0.3, ((FOREIGN, 0.6), ("F", 0.05)), 3, 5)


def test_signs_among_the_alternatives_are_one() -> None:
    (latin,) = one_script(line(CharReading("T", 0.5, (("P", 0.25), ("Ж", 0.125), ("ع", 0.0625))))).chars
    assert latin.alternatives == (("P", 0.25), (FOREIGN, 0.1875))
    (foreign,) = one_script(line(CharReading("Ж", 0.5, (("P", 0.25), ("Ω", 0.125))))).chars
    assert (foreign.char, foreign.probability, foreign.alternatives) == (FOREIGN, 0.625, (("P", 0.25),))


def test_signs_are_letters() -> None:
    assert all(sign.isalpha() for sign in SIGNS)
