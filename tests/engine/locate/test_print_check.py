import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.locate.print_check import may_hold_print
from engine.values.pictures import MrzBand, Pixels, Point
from tests.engine.zones import NO_FILLER, TD1, TD3, draw_zone

GRAIN = np.random.default_rng(0).integers(0, 256, (300, 400), np.uint8)


def band(corners: np.ndarray) -> MrzBand:
    a, b, c, d = (Point(float(x), float(y)) for x, y in corners)
    return MrzBand((a, b, c, d), 0.5)


def whole(gray: Pixels) -> MrzBand:
    height, width = gray.shape
    return band(np.array([(0, 0), (width - 1, 0), (width - 1, height - 1), (0, height - 1)]))


@pytest.mark.parametrize("lines", [TD3, TD1, NO_FILLER])
@pytest.mark.parametrize("turn", [0, 33, 180])
@pytest.mark.parametrize("size", [0.4, 1.0, 3.0])
def test_lines_of_a_zone_are_print(lines: tuple[str, ...], turn: float, size: float) -> None:
    zone = draw_zone(lines, turn=turn, size=size)
    assert may_hold_print(zone.photo.gray, band(zone.outline))


def test_a_few_large_letters_are_not() -> None:
    sign = np.full((100, 500), 230, np.uint8)
    cv2.putText(sign, "INVOICE", (20, 80), cv2.FONT_HERSHEY_DUPLEX, 3, 20, 4, cv2.LINE_AA)
    assert not may_hold_print(sign, whole(sign))


@pytest.mark.parametrize("level", [0, 128, 255])
def test_nothing_at_all_is_not(level: int) -> None:
    assert not may_hold_print(np.full((60, 400), level, np.uint8), whole(np.empty((60, 400), np.uint8)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-500, 900), st.floats(-500, 900)), min_size=4, max_size=4))
def test_any_quad_gets_an_answer(corners: list[tuple[float, float]]) -> None:
    assert may_hold_print(GRAIN, band(np.array(corners))) in (True, False)
