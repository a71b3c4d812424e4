"""The rate at which a cluster writes its parts."""

import pytest

from benchmarks.batches.on_ray import parts_a_second


def test_the_rate_is_counted_between_the_first_part_and_the_last() -> None:
    assert parts_a_second([100.0, 130.0, 150.0]) == 2 / 50


def test_one_part_tells_no_rate() -> None:
    with pytest.raises(SystemExit, match="read more pictures"):
        parts_a_second([100.0])
