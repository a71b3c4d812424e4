import numpy as np
import pytest
from numpy.typing import NDArray

from engine.values.items import Item
from engine.visual.items.tagging import word_tags
from engine.visual.items.tagging.choose_words import ChosenWords, choose_words
from engine.visual.items.tagging.words import Word
from engine.visual.items.text_spans import Area

PLACE = Item.BIRTH_PLACE


def page(*lines: tuple[float, float, str]) -> list[Word]:
    """Words of lines that begin at (x, y) mm, letters 1.5 mm wide."""
    words = []
    for index, (x, y, text) in enumerate(lines):
        for part in text.split():
            at = text.index(part)
            area = Area(x + 1.5 * at, y, x + 1.5 * (at + len(part)), y + 2)
            words.append(Word(part, index, at, at + len(part), area, 1.0, 1.0))
    return words


def tags_of(*chances: float) -> NDArray[np.float32]:
    tags = np.zeros((len(chances), word_tags.COUNT), np.float32)
    tags[:, word_tags.value_tag(PLACE)] = chances
    tags[:, word_tags.NOTHING] = 1 - tags.sum(1)
    return tags


def choose(words: list[Word], *chances: float) -> ChosenWords | None:
    return choose_words(words, tags_of(*chances), PLACE)


def test_the_stretch_of_most_evidence_is_chosen() -> None:
    words = page((40, 40, "Place"), (40, 44, "PORT OF SPAIN 7"))
    chosen = choose(words, 0.0, 0.95, 0.45, 0.97, 0.02)
    assert chosen is not None
    assert chosen.lines == ((1, 2, 3),)
    assert chosen.probability == pytest.approx(0.45 * 0.98)


def test_nothing_is_chosen_where_nothing_speaks_for_any_word() -> None:
    assert choose(page((40, 40, "PORT LOUIS")), 0.2, 0.25) is None
    assert choose([]) is None


def test_the_line_below_is_of_the_value_where_the_network_says_so() -> None:
    words = page((40, 40, "SAINT GEORGES"), (40, 43.5, "GRENADA"))
    both = choose(words, 0.9, 0.9, 0.9)
    one = choose(words, 0.9, 0.9, 0.2)
    assert both is not None and both.lines == ((0, 1), (2,))
    assert one is not None and one.lines == ((0, 1),)


def test_a_like_text_far_away_is_not_of_the_value_and_makes_it_doubtful() -> None:
    chosen = choose(page((40, 10, "ZENITH"), (40, 60, "ZENITH")), 0.6, 0.9)
    assert chosen is not None
    assert chosen.lines == ((1,),)
    assert chosen.probability == pytest.approx(0.9 * 0.4)


def test_pieces_of_one_row_stand_from_left_to_right() -> None:
    chosen = choose(page((60, 40, "ELLEN"), (50, 40, "PORT")), 0.9, 0.9)
    assert chosen is not None
    assert chosen.lines == ((1,), (0,))


def test_words_a_space_apart_are_parted_by_clear_evidence_only() -> None:
    near, apart = page((40, 40, "PORT LOUIS")), page((40, 40, "PORT    LOUIS"))
    for words, chance, lines in ((near, 0.35, ((0, 1),)), (near, 0.2, ((0,),)), (apart, 0.35, ((0,),))):
        chosen = choose(words, 0.95, chance)
        assert chosen is not None and chosen.lines == lines


@pytest.mark.parametrize("chance", [0.5, 0.65])
def test_a_line_right_below_that_is_perhaps_of_the_value_is(chance: float) -> None:
    chosen = choose(page((40, 40, "SAINT GEORGES"), (40, 43, "X")), 0.99, 0.99, chance)
    assert chosen is not None and chosen.lines == ((0, 1), (2,))
    assert chosen.probability == pytest.approx(chance)


@pytest.mark.parametrize(
    "beside",
    [
        pytest.param((40, 44.5, "X"), id="another field's height below"),
        pytest.param((42, 43, "X"), id="not aligned"),
        pytest.param((66, 40, "X"), id="in the next column"),
    ],
)
def test_a_text_elsewhere_that_is_perhaps_of_the_value_is_not(beside: tuple[float, float, str]) -> None:
    chosen = choose(page((40, 40, "SAINT GEORGES"), beside), 0.99, 0.99, 0.8)
    assert chosen is not None and chosen.lines == ((0, 1),)
    assert chosen.probability == pytest.approx(0.99 * 0.2)
