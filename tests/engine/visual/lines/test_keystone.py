import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.page import SIZES, PageView
from engine.values.mrz import MrzFormat
from engine.visual.lines.find_lines import DetectedLine
from engine.visual.lines.keystone import Keystone, measure_keystone

TD3 = SIZES[MrzFormat.TD3]
VIEW = PageView(np.zeros((608, 1032), np.uint8), 8.0, (-2.0, -5.0), np.eye(3))
CENTRE = (62.5, 76.4)
FLAT = ((40, 20, 30), (40, 28, 20), (40, 36, 25), (85, 36, 30), (40, 52, 40), (85, 60, 25))
"""Left end, baseline, length of a page's lines, mm."""


def seen(x: float, y: float, term: float) -> np.ndarray:
    """Where a point of the flat page stands in a view that leans by ``term``."""
    from_centre = np.array((x, y)) - CENTRE
    return from_centre / (1 + term * from_centre[0]) + CENTRE


def lines(term: float) -> list[DetectedLine]:
    found = []
    for left, base, length in FLAT:
        one, two = (VIEW.from_mm(seen(x, base, term)[None])[0] for x in (left, left + length))
        slope = (two[1] - one[1]) / (two[0] - one[0])
        found.append(DetectedLine(one[0], two[0], one[1], slope, 18.0, 0.9))
    return found


@settings(max_examples=40)
@given(st.floats(-2.5e-3, 2.5e-3))
def test_the_lean_is_what_the_lines_run_towards(term: float) -> None:
    assert measure_keystone(VIEW, lines(term), TD3).term == pytest.approx(term, abs=1e-6)


@given(st.floats(-2.5e-3, 2.5e-3), st.floats(0, 125), st.floats(0, 70))
def test_points_go_back_to_the_flat_page(term: float, x: float, y: float) -> None:
    assert Keystone(term, CENTRE).straight(seen(x, y, term)[None])[0] == pytest.approx((x, y), abs=1e-6)


def test_a_stamp_aslant_does_not_turn_the_page() -> None:
    stamp = DetectedLine(500, 800, 200, 0.15, 30, 0.8)
    assert measure_keystone(VIEW, [*lines(1e-3), stamp], TD3).term == pytest.approx(1e-3, abs=1e-4)


def test_too_few_lines_say_nothing() -> None:
    assert measure_keystone(VIEW, lines(1e-3)[:3], TD3).term == 0
    assert measure_keystone(VIEW, [], TD3).term == 0
