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
