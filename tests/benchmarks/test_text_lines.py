import numpy as np
import pytest

from benchmarks.text_lines import fate_of
from engine.visual.lines.find_lines import DetectedLine
from models.training.text_lines.examples import LineTruth

PRINTED = LineTruth(np.array([(100.0, 80.0), (300.0, 80.0), (300.0, 100.0), (100.0, 100.0)]), plain=True)
"""Ten characters of 20 px, capitals of 20 px."""


def line(left: float, right: float, baseline: float = 100.0) -> DetectedLine:
    return DetectedLine(left, right, baseline, 0.0, 20.0, 0.9)


@pytest.mark.parametrize(
    ("found", "fate"),
    [
        ([line(100, 300)], "whole"),
        ([line(91, 309)], "whole"),
        ([line(112, 300)], "beginning lost"),
        ([line(100, 288)], "end lost"),
        ([line(112, 288)], "both ends lost"),
        ([line(88, 300)], "runs on"),
        ([line(100, 312)], "runs on"),
        ([line(100, 190), line(210, 300)], "torn"),
        ([line(100, 300, 108)], "wrong rows"),
        ([line(100, 300, 120)], "not found"),
        ([line(310, 400)], "not found"),
        ([], "not found"),
    ],
)
def test_a_line_is_whole_within_half_a_character(found: list[DetectedLine], fate: str) -> None:
    assert fate_of("WASHINGTON", PRINTED, found) == fate


def test_a_line_whose_baseline_is_unsure_may_stand_a_little_off() -> None:
    unsure = LineTruth(PRINTED.corners, plain=False)
    assert fate_of("WASHINGTON", unsure, [line(100, 300, 108)]) == "whole"
