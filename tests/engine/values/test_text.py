"""A character as another one: the rest of the probability is divided anew."""

import pytest

from engine.values.text import CharReading


def test_what_was_read_becomes_an_alternative_and_the_rest_is_divided_in_proportion() -> None:
    other = CharReading("O", 0.6, (("D", 0.2), ("Q", 0.2)), 3.0, 5.0).read_as("D", 0.8)
    assert (other.char, other.probability, other.start, other.end) == ("D", 0.8, 3.0, 5.0)
    assert [char for char, _ in other.alternatives] == ["O", "Q"]
    assert [chance for _, chance in other.alternatives] == pytest.approx([0.15, 0.05])


def test_others_get_no_more_than_they_had() -> None:
    other = CharReading("O", 0.1).read_as("D", 0.5)
    assert other.alternatives == (("O", 0.1),)


@pytest.mark.parametrize("probability", [0.0, 0.5, 1.0])
def test_all_together_are_one_at_most(probability: float) -> None:
    other = CharReading("O", 0.7, (("D", 0.3),)).read_as("0", probability)
    assert other.probability + sum(chance for _, chance in other.alternatives) <= 1 + 1e-9
