"""Views the portrait net is shown."""

import numpy as np
import pytest

from engine.visual.portrait import CELL_PX
from models.training.portrait.examples import SHAPE, Example, draw_example, shares, shown

CORNERS = np.array([(20.0, 40.0), (79.0, 40.0), (79.0, 119.0), (20.0, 119.0)])


@pytest.fixture
def example() -> Example:
    """A white page with a portrait: a dark head on a gray ground."""
    bare = np.full((152, 266), 240, np.uint8)
    pixels = bare.copy()
    pixels[40:120, 20:80] = 180
    pixels[60:120, 35:65] = 60
    return Example(pixels, bare, CORNERS)


def test_cells_are_portrait_by_their_share() -> None:
    found = shares(np.array([(9.5, 19.5), (30.5, 19.5), (30.5, 40.5), (9.5, 40.5)]))
    assert found.shape == (SHAPE[0] // CELL_PX, SHAPE[1] // CELL_PX)
    assert found[12, 8] == 1.0
    assert 0.2 <= found[12, 15] <= 0.8
    assert found[2, 2] == 0.0


def test_each_showing_is_another_with_its_truth(example: Example) -> None:
    rng = np.random.default_rng(0)
    some = [shown(rng, example) for _ in range(40)]
    assert all(pixels.shape == SHAPE and pixels.dtype == np.uint8 for pixels, _ in some)
    areas = [truth.sum() * CELL_PX**2 for _, truth in some]
    gone = sum(area == 0 for area in areas)
    assert 1 <= gone <= 15
    there = [area for area in areas if area]
    assert np.median(there) == pytest.approx(60 * 80, rel=0.15)


def test_a_portrait_that_is_gone_leaves_no_truth_and_no_head(example: Example) -> None:
    rng = np.random.default_rng(1)
    for pixels, truth in (shown(rng, example) for _ in range(40)):
        if not truth.any():
            assert np.percentile(pixels, 90) - np.percentile(pixels, 10) < 90


def test_drawn_ones_have_their_portrait_inside() -> None:
    example = draw_example(np.random.default_rng(3))
    assert (example.corners > 0).all()
    assert (example.corners < np.array(example.pixels.shape[::-1])).all()
    assert example.bare.shape == example.pixels.shape
    (left, top), (right, bottom) = example.corners.min(0).astype(int), example.corners.max(0).astype(int)
    assert np.ptp(example.pixels[top:bottom, left:right]) > 40
