"""How likely the columns of a line show a text."""

import math

import numpy as np
import pytest

from engine.readers.ctc import CtcReader
from engine.readers.ctc_evidence import CtcEvidence
from tests.engine.readers.lines import TEXTS, load_line

FRAMES = np.array(
    [(0.1, 0.8, 0.1), (0.7, 0.2, 0.1), (0.2, 0.2, 0.6)],
    np.float32,
)


def evidence() -> CtcEvidence:
    return CtcEvidence(FRAMES, "AB", 4.0)


def test_it_is_the_sum_over_all_ways_to_place_the_text() -> None:
    ways = [
        ("A", "A", "B"), ("A", "-", "B"), ("A", "B", "B"), ("-", "A", "B"), ("A", "B", "-"),
    ]  # fmt: skip
    place = {"-": 0, "A": 1, "B": 2}
    wanted = sum(math.prod(float(FRAMES[t, place[c]]) for t, c in enumerate(way)) for way in ways)
    assert math.isclose(evidence().log_likelihood("AB", 0, 12), math.log(wanted), rel_tol=1e-5)


def test_columns_are_pixels_of_the_line() -> None:
    assert math.isclose(evidence().log_likelihood("A", 0, 4), math.log(0.8), rel_tol=1e-5)
    assert math.isclose(evidence().log_likelihood("B", 8, 12), math.log(0.6), rel_tol=1e-5)
    assert math.isclose(evidence().log_likelihood("", 4, 8), math.log(0.7), rel_tol=1e-5)


def test_a_letter_twice_needs_a_gap() -> None:
    assert evidence().log_likelihood("AA", 0, 8) < math.log(1e-6)


def test_more_letters_than_columns_and_unknown_ones_are_as_good_as_impossible() -> None:
    assert evidence().log_likelihood("ABAB", 0, 12) == -math.inf
    assert evidence().log_likelihood("A€", 0, 12) < math.log(1e-5)
    assert evidence().log_likelihood("A", 12, 12) == -math.inf
    assert evidence().log_likelihood("", 12, 12) == 0.0


@pytest.mark.parametrize("name", sorted(TEXTS)[:2])
def test_a_reader_keeps_evidence_for_what_it_read(name: str) -> None:
    text, line = TEXTS[name], load_line(name)
    (read,) = CtcReader("mrz_line_v1").read([line])
    assert read.evidence is not None
    width = line.pixels.shape[1]
    right = read.evidence.log_likelihood(text, 0, width)
    assert right > read.evidence.log_likelihood(text[:-1], 0, width) + 3
    assert right > read.evidence.log_likelihood(text[:-1] + "X", 0, width) + 3
    assert read.evidence.search(lambda before, char: 0.0) == text


def test_no_repr_tells_what_was_read() -> None:
    assert "0.8" not in repr(evidence())
