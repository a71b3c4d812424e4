"""Examples come in an order that depends on the number of processes alone; needs torch, which only training does."""

from itertools import islice

import pytest

pytest.importorskip("torch", reason="torch is installed by `make train` only")

from models.training.loop.drawing import draw_ahead, first_unseen


def draw(number: int) -> list[tuple[int, str]]:
    """Three examples of a number."""
    return [(number, letter) for letter in "abc"]


def test_without_processes_numbers_come_one_after_the_other() -> None:
    assert list(islice(draw_ahead(draw, 4, 0), 4)) == [(4, "a"), (4, "b"), (4, "c"), (5, "a")]


def test_processes_take_turns() -> None:
    drawn = list(islice(draw_ahead(draw, 4, 2), 8))
    assert drawn == [(n, letter) for letter in "abc" for n in (4, 5)] + [(6, "a"), (7, "a")]


@pytest.mark.parametrize(
    ("drawn", "processes", "first"),
    [(0, 0, 0), (1, 0, 1), (3, 0, 1), (4, 0, 2), (0, 2, 0), (1, 2, 2), (6, 2, 2), (7, 2, 4)],
)
def test_a_run_goes_on_with_numbers_that_nobody_has_begun(drawn: int, processes: int, first: int) -> None:
    assert first_unseen(drawn, 3, processes) == first
