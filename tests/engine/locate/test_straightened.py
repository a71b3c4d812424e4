"""A second, straightened look outlines zones that the first one outlined roughly."""

import cv2
import numpy as np
import pytest

from engine.locate.straightened import look_again
from engine.values.pictures import MrzBand, Photo, Point
from tests.engine.zones import TD1, TD3, draw_zone


def rough(outline: np.ndarray, turn: float, cut: float) -> MrzBand:
    """The zone as a rough look outlines it: ``turn`` degrees off, the share ``cut`` of its length left out."""
    corners = outline.copy()
    corners[[0, 3]] += cut * (corners[[1, 2]] - corners[[0, 3]])
    spin = cv2.getRotationMatrix2D(tuple(map(float, corners.mean(axis=0))), turn, 1.0)
    a, b, c, d = (Point(float(x), float(y)) for x, y in corners @ spin[:, :2].T + spin[:, 2])
    return MrzBand((a, b, c, d), 0.4)


def overlap(one: np.ndarray, two: np.ndarray) -> float:
    """Shared over joint area."""
    a, b = one.astype(np.float32), two.astype(np.float32)
    shared, _ = cv2.intersectConvexConvex(a, b)
    return float(shared / (cv2.contourArea(a) + cv2.contourArea(b) - shared))


@pytest.mark.parametrize("lines", [TD3, TD1])
@pytest.mark.parametrize("turn", [0, 40, 133, 270])
@pytest.mark.parametrize("off", [-4, 3])
def test_outlines_a_zone_better_than_the_first_look(lines: tuple[str, ...], turn: float, off: float) -> None:
    zone = draw_zone(lines, turn=turn)
    band = rough(zone.outline, off, 0.25)
    best = look_again(zone.photo, band)[0]
    assert best.score > 0.6
    assert overlap(np.array(best.quad), zone.outline) > max(0.5, overlap(np.array(band.quad), zone.outline))


def test_a_zone_small_in_a_large_view_is_seen() -> None:
    zone = draw_zone(TD3, size=0.5)
    height, width = zone.photo.gray.shape
    view = np.full((2400, 3200), 120, np.uint8)
    view[900 : 900 + height, 1700 : 1700 + width] = zone.photo.gray
    outline = zone.outline + np.array([1700, 900])
    best = look_again(Photo(view), rough(outline, 4, 0.3))[0]
    assert overlap(np.array(best.quad), outline) > 0.5


@pytest.mark.parametrize("corners", [[(5, 5)] * 4, [(-90, -40), (-20, -40), (-20, -30), (-90, -30)]])
def test_bands_without_size_or_outside_the_picture_do_no_harm(corners: list[tuple[float, float]]) -> None:
    a, b, c, d = (Point(*corner) for corner in corners)
    assert look_again(draw_zone(TD3).photo, MrzBand((a, b, c, d), 0.5)) == []
