import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.page import PageView
from engine.visual.lines.find_lines import DetectedLine, find_lines, join_words
from engine.visual.lines.text_map import CELL_MM, TextMap

SHAPE = (152, 258)
VIEW = PageView(np.zeros((608, 1032), np.uint8), 8.0, (-2.0, -5.0), np.eye(3))


def text_map(*lines: tuple[float, float, float, float, float]) -> TextMap:
    """A map in which each line (left, right, baseline, slope, cap height; mm of the view) is marked perfectly."""
    text = np.full(SHAPE, 0.01, np.float32)
    height, baseline = np.ones(SHAPE, np.float32), np.zeros(SHAPE, np.float32)
    y, x = (np.mgrid[: SHAPE[0], : SHAPE[1]] + 0.5) * CELL_MM
    for left, right, base, slope, cap in lines:
        below = base + slope * (x - left) - y
        core = (x >= left) & (x <= right) & (np.abs(below - cap / 2) <= max(0.32 * cap, 0.3))
        text[core], height[core] = 0.99, cap
        baseline[core] = below[core]
    return TextMap(text, height, baseline)


@settings(max_examples=30, deadline=None)
@given(st.floats(20, 60), st.floats(15, 60), st.floats(15, 60), st.floats(-0.05, 0.05), st.floats(1.2, 3.2))
def test_a_marked_line_is_found_where_it_is(
    left: float, length: float, base: float, slope: float, cap: float
) -> None:
    (line,) = find_lines(VIEW, text_map((left, left + length, base, slope, cap)))
    assert line.left / 8 == pytest.approx(left, abs=0.6)
    assert line.right / 8 == pytest.approx(left + length, abs=0.6)
    middle = left + length / 2
    assert line.baseline_at(middle * 8) / 8 == pytest.approx(base + slope * length / 2, abs=0.25)
    assert line.cap_height / 8 == pytest.approx(cap, rel=0.02)


def test_lines_come_from_top_to_bottom() -> None:
    found = find_lines(VIEW, text_map((20, 60, 50, 0, 2), (30, 70, 20, 0, 2)))
    assert [round(line.baseline / 8) for line in found] == [20, 50]


def test_label_and_value_that_touch_are_two_lines() -> None:
    touching = text_map((20, 60, 20.0, 0, 2.4), (20, 50, 22.2, 0, 2.0))
    assert [round(line.baseline / 8, 1) for line in find_lines(VIEW, touching)] == pytest.approx(
        [20.0, 22.2], abs=0.2
    )


def test_nothing_is_found_on_an_empty_map() -> None:
    assert find_lines(VIEW, text_map()) == ()


def word(left: float, right: float, baseline: float = 100.0, cap: float = 20.0) -> DetectedLine:
    return DetectedLine(left, right, baseline, 0.0, cap, 0.9)


def test_words_of_one_line_are_joined() -> None:
    (line,) = join_words([word(100, 150), word(175, 260, 101)])
    assert (line.left, line.right) == (100, 260)
    assert line.baseline_at(180) == pytest.approx(100.7, abs=0.5)


@pytest.mark.parametrize(
    "other", [word(190, 260), word(160, 260, 110), word(160, 260, 100, 12)], ids=["far", "lower", "smaller"]
)
def test_fields_and_labels_are_not_joined(other: DetectedLine) -> None:
    assert len(join_words([word(100, 150), other])) == 2


def test_a_year_may_stand_apart_from_its_day_and_month_as_no_longer_word_may() -> None:
    day, space = word(100, 350), 2.6 * 20
    assert len(join_words([day, word(350 + space, 350 + space + 45)])) == 1
    assert len(join_words([day, word(350 + space, 350 + space + 90)])) == 2


def test_a_stamp_aslant_is_not_joined_to_the_value_before_it() -> None:
    stamp = DetectedLine(340, 600, 100, 0.15, 22, 0.8)
    assert len(join_words([word(100, 320), stamp])) == 2


def test_a_label_beside_its_value_is_a_line_of_its_own() -> None:
    beside = text_map((20, 44, 30.0, 0, 1.3), (43.5, 80, 30.2, 0, 2.3))
    label, value = sorted(find_lines(VIEW, beside), key=lambda line: line.left)
    assert label.right / 8 == pytest.approx(43.75, abs=0.6)
    assert (label.cap_height / 8, value.cap_height / 8) == pytest.approx((1.3, 2.3), abs=0.1)


@given(st.permutations([word(100, 150), word(170, 200), word(220, 300), word(100, 180, 200)]))
def test_the_order_of_words_does_not_matter(words: list[DetectedLine]) -> None:
    assert sorted((line.left, line.right) for line in join_words(words)) == [(100, 180), (100, 300)]
