"""What the text line net is to say of a view, and how much each cell counts."""

import numpy as np

from models.training.text_lines.examples import LineTruth, targets


def line(left: float, right: float) -> LineTruth:
    """A line of capitals 8 px high on the baseline y = 30 (px of the view, two to a cell)."""
    return LineTruth(np.array([(left, 22.0), (right, 22.0), (right, 30.0), (left, 30.0)]), plain=True)


def test_text_counts_twice_and_the_room_beside_its_ends_four_times() -> None:
    text, _, _, _, counts = targets([line(40, 80)], (30, 60))
    row = 12  # in the middle of the capitals
    assert text[row, 20:40].all()
    assert (counts[row, 20:40] == 2).all()
    assert (counts[row, 16:20] == 4).all()
    assert (counts[row, 40:44] == 4).all()
    assert counts[row, 14] == counts[row, 46] == counts[20, 30] == 1


def test_the_gap_between_two_lines_of_a_row_counts_as_beside_both() -> None:
    text, _, _, _, counts = targets([line(20, 50), line(56, 90)], (30, 60))
    gap = slice(26, 28)
    assert not text[12, gap].any()
    assert (counts[12, gap] == 4).all()


def test_a_line_that_begins_beside_another_is_text_all_the_same() -> None:
    text, _, _, _, counts = targets([line(20, 50), line(51, 90)], (30, 60))
    assert text[12, 12:44].mean() > 0.95
    assert set(counts[12][text[12] > 0]) == {2.0}
