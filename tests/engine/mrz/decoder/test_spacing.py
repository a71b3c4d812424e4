import pytest

from engine.mrz.decoder.spacing import pitch_ratios
from engine.values.text import CharReading, LineText


def line(centres):
    return LineText(tuple(CharReading("A", 0.9, (), x - 4, x + 4) for x in centres))


def test_an_even_line():
    assert pitch_ratios(line(range(0, 100, 10))) == pytest.approx([1.0] * 10)


def test_a_missing_character_leaves_a_gap_of_two():
    assert pitch_ratios(line([0, 10, 20, 40, 50, 60, 70]))[3] == pytest.approx(2.0)


def test_the_pitch_may_change_along_the_line():
    centres, pitch = [0.0], 10.0
    for _ in range(43):
        centres.append(centres[-1] + pitch)
        pitch *= 1.015
    assert max(abs(r - 1) for r in pitch_ratios(line(centres))) < 0.1


@pytest.mark.parametrize("centres", [[], [5], [0, 10, 10, 20], [0, 0, 0]])
def test_no_places_no_ratios(centres):
    assert pitch_ratios(line(centres)) == ()


def test_two_characters_are_their_own_measure():
    assert pitch_ratios(line([0, 10])) == (1.0, 1.0)
