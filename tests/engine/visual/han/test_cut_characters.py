import numpy as np
import pytest

from engine.visual.han.characters import SIDE
from engine.visual.han.cut_characters import MOVES, Dot, assumed_grid, cut_characters, grid_of, natural_count
from engine.visual.han.name_line import HanLine


def line(left: float = 10.0, right: float = 84.0, height: float = 24.0) -> HanLine:
    pixels = np.full((60, 200), 220, np.uint8)
    top = 20.0
    pixels[20 : 20 + int(height), int(left) : int(right) : 4] = 30
    return HanLine(pixels, np.eye(3), top, top + height, ((left, right),), (left,))


def test_characters_stand_at_an_even_pitch() -> None:
    grid = grid_of(line(), (10.0, 84.0), 3)
    assert grid is not None
    steps = np.diff(grid.centres[:, 0])
    assert steps[0] == pytest.approx(steps[1])
    assert grid.centres[:, 0].mean() == pytest.approx(46.5)
    assert (grid.centres[:, 1] == 31.5).all()
    assert grid.em == pytest.approx(25.5, abs=0.5)


@pytest.mark.parametrize("count", [1, 5, 8])
def test_a_number_of_characters_that_does_not_go_with_the_height_is_none(count: int) -> None:
    assert grid_of(line(), (10.0, 84.0), count) is None


@pytest.mark.parametrize(("right", "count"), [(33.0, 1), (58.0, 2), (84.0, 3), (112.0, 4)])
def test_how_many_there_seem_to_be(right: float, count: int) -> None:
    assert natural_count(line(right=right), (10.0, right)) == count


def test_wide_spacing_does_not_make_characters_wider() -> None:
    grid = grid_of(line(right=104.0), (10.0, 104.0), 3)
    assert grid is not None
    assert grid.em == pytest.approx(24.0 / 0.93)


def test_where_the_ink_tells_nothing_characters_follow_from_the_beginning() -> None:
    (left, right), grid = assumed_grid(line(), 10.0, 2)
    assert (left, right) == pytest.approx((10.0, 10.0 + 1.92 * 24 / 0.93))
    assert np.diff(grid.centres[:, 0]) == pytest.approx(grid.em)


def test_a_narrow_dot_takes_less_room_than_a_character() -> None:
    span = 10.0, 10.0 + 24 / 0.93 * (3 + 0.5 + 0.92)
    grid = grid_of(line(right=span[1]), span, 5, Dot(2, 0.5))
    assert grid is not None
    assert grid.characters == [0, 1, 3, 4]
    pitch = 24 / 0.93
    assert np.diff(grid.centres[:, 0]) == pytest.approx([pitch, 0.75 * pitch, 0.75 * pitch, pitch], rel=0.02)
    assert grid.em == pytest.approx(pitch, rel=0.02)


def test_every_character_is_cut_several_times() -> None:
    grid = grid_of(line(), (10.0, 84.0), 3)
    assert grid is not None
    crops = cut_characters(line(), grid)
    assert crops.shape == (MOVES * 3, SIDE, SIDE)
    assert crops.dtype == np.uint8
    assert np.ptp(crops) > 100
