import math

import pytest

from engine.mrz.decoder.likelihood import likelihood
from engine.mrz.formats import CHARACTERS
from engine.values.text import CharReading


@pytest.mark.parametrize("char", CHARACTERS)
def test_a_character_read_with_certainty_leaves_every_other_one_possible(char: str) -> None:
    observed = likelihood(CharReading(char, 1.0))
    assert observed.best == char
    assert all(math.isfinite(log) for log in (*observed.logs.values(), observed.other, observed.absent))


def test_what_was_hardly_read_may_be_any_though_its_reader_lists_few() -> None:
    few = likelihood(CharReading("O", 0.29, (("0", 0.2),)))
    assert few.damage > 0.5
    assert likelihood(CharReading("O", 0.93)).damage == 0.0
