from collections.abc import Sequence

import pytest

from engine.values.text import CharReading
from engine.visual.text.known.office_words import correct_office_words
from tests.engine.visual.text.reading import chars_of, evidence_of


def corrected(text: str, probability: float, state: str = "UTO") -> str:
    return _corrected(chars_of(text, probability), state)


def _corrected(chars: Sequence[CharReading], state: str = "UTO") -> str:
    return "".join(c.char for c in correct_office_words(chars, state, evidence_of(chars)))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("MINESTRY OF lNTERIOR", "MINISTRY OF INTERIOR"),
        ("PASSPORT AND CTTIZENSHIP AFFAIRS", "PASSPORT AND CITIZENSHIP AFFAIRS"),
        ("Direetorate of Immigratlon", "Directorate of Immigration"),
        ("MINISTERE DES AFFAIHES", "MINISTERE DES AFFAIRES"),
        ("CONSULADO EN FORE1GN", "CONSULADO EN FOREIGN"),
    ],
)
def test_a_word_of_offices_is_put_right_and_the_rest_stays(read: str, meant: str) -> None:
    assert corrected(read, 0.95) == meant


@pytest.mark.parametrize(
    "read",
    [
        pytest.param("MINISTERO DEGLI AFFARI", id="words of other languages"),
        pytest.param("LIETU DEPARTAMENTS", id="another language's ending"),
        pytest.param("PRAHA-MESTO", id="no word of offices"),
        pytest.param("AFFLIRE", id="two letters away"),
        pytest.param("POLICA", id="a short word is too like others"),
    ],
)
def test_what_is_no_misread_word_stays(read: str) -> None:
    assert corrected(read, 0.95) == read


def test_a_letter_of_which_the_reader_was_sure_stays() -> None:
    assert corrected("REGISTRO DE OFFICER", 0.9999) == "REGISTRO DE OFFICER"
    assert corrected("MINESTRY", 0.9999) == "MINESTRY"


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Ministére des Affaires étrangères", "Ministère des Affaires étrangères"),
        ("MINISTERE", "MINISTERE"),
        ("MINISTÉRIO", "MINISTÉRIO"),
    ],
)
def test_a_wrong_accent_is_put_right_and_none_is_put_in(read: str, meant: str) -> None:
    assert corrected(read, 0.95) == meant


def test_put_in_letters_keep_what_was_read_as_their_alternative() -> None:
    chars = chars_of("MINESTRY", 0.95)
    word = correct_office_words(chars, "UTO", evidence_of(chars))
    assert word[3].alternatives[0][0] == "E"
    assert word[3].probability <= 0.9


def test_words_that_the_state_prints_are_known_too() -> None:
    assert corrected("WOJEWODA MAZ0WIECKI", 0.9, "POL") == "WOJEWODA MAZOWIECKI"


def doubted(text: str, *others: tuple[int, str, float]) -> str:
    """The text corrected; of some characters, told by index, the reader thought of another one as well."""
    doubts = {at: (0.98 - share, {other: share}) for at, other, share in others}
    return _corrected(chars_of(text, 0.98, doubts))


def test_a_lost_letter_comes_back() -> None:
    assert doubted("PASSPORT DEPATMENT") == "PASSPORT DEPARTMENT"
    assert doubted("MINISTERIO DEL NTERIOR") == "MINISTERIO DEL INTERIOR"


def test_an_ending_is_put_right_where_the_reader_thought_of_the_other_letter() -> None:
    assert doubted("DEPARTMENIT", (9, "", 0.1)) == "DEPARTMENT"
    assert doubted("DEPARTMEPT", (8, "N", 0.2)) == "DEPARTMENT"
    assert doubted("DEPARTMEPT") == "DEPARTMEPT"


def test_a_mark_that_no_spelling_of_the_word_has_is_a_speck() -> None:
    assert doubted("PASŠPORT") == "PASSPORT"
    assert doubted("MINISTÉRIO") == "MINISTÉRIO"


def test_a_mark_of_the_word_comes_back_where_the_reader_thought_of_it() -> None:
    assert doubted("EMIGRAÇAO", (7, "Ã", 0.42)) == "EMIGRAÇÃO"
    assert doubted("EMIGRAÇAO") == "EMIGRAÇAO"
