import numpy as np
import pytest

from engine.values.mrz import MrzFields
from engine.visual.items.tagging.word_features import COUNT, KNOWN_AUTHORITY, describe_words
from engine.visual.items.tagging.words import Word, split_words
from engine.visual.items.text_spans import Area

FIELDS = MrzFields("P", "UTO", "ERIKSSON", "ANNA MARIA", "L898902C3", "UTO", "740812", "F", "120415", "", "")
EMPTY = MrzFields(*[""] * 11)


def words_of(*texts: str) -> list[Word]:
    """Words of lines below each other."""
    return [
        Word(text[a:b], k, a, b, Area(40 + 2.0 * a, 10 + 5.0 * k, 40 + 2.0 * b, 12 + 5.0 * k), 0.9, 0.8)
        for k, text in enumerate(texts)
        for a, b in split_words(text)
    ]


def numbers_of(*texts: str, fields: MrzFields = FIELDS) -> np.ndarray:  # type: ignore[type-arg]
    return describe_words(words_of(*texts), fields).numbers


def test_every_word_has_its_numbers_letters_trigrams_box_and_line() -> None:
    arrays = describe_words(words_of("PLACE OF BIRTH", "ZENITH"), FIELDS)
    assert arrays.numbers.shape == (4, COUNT)
    assert arrays.lines.tolist() == [0, 0, 0, 1]
    assert arrays.boxes[3].tolist() == [40.0, 15.0, 52.0, 17.0]
    assert (arrays.letters[1] > 0).sum() == 2
    assert (arrays.grams[3] > 0).sum() == 6


def test_a_page_without_words_has_no_rows() -> None:
    assert describe_words([], FIELDS).numbers.shape == (0, COUNT)


def test_an_accented_letter_is_its_base_letter() -> None:
    one, two = (describe_words(words_of(text), EMPTY).letters for text in ("Genève", "Geneve"))
    assert one.tolist() == two.tolist()


@pytest.mark.parametrize(("text", "column"), [("ERIK5S0N", 24), ("MARlA", 25), ("L89B902C3", 26)])
def test_a_misread_value_is_nearly_the_zones(text: str, column: int) -> None:
    assert numbers_of(text)[0, column] > 0.85
    assert numbers_of("ZENITH")[0, column] < 0.4


def test_without_a_zone_nothing_is_like_it() -> None:
    assert not numbers_of("ERIKSSON", "F", "P", fields=EMPTY)[:, 24:40].any()


def test_dates_are_told_by_what_they_can_be() -> None:
    birth, expiry, issue, early = numbers_of("12 AUG 1974", "15 APR 2012", "16 APR 2007", "01 JAN 1950")[[0, 3, 6, 9]]
    # in a date, birth, expiry, neither, in the years before expiry, usual validity, before birth
    assert birth[49:56].tolist() == [1, 1, 0, 0, 0, 0, 0]
    assert expiry[49:56].tolist() == [1, 0, 1, 0, 0, 0, 0]
    assert issue[49:56].tolist() == [1, 0, 0, 1, 1, 1, 0]
    assert early[49:56].tolist() == [1, 0, 0, 1, 0, 0, 1]


def test_a_known_authority_is_known_in_every_word_of_its_line() -> None:
    known = numbers_of("PASSPORT OFFICE", "ZENITH")[:, KNOWN_AUTHORITY]
    assert known.tolist() == [1.0, 1.0, 0.0]
