"""Examples drawn in processes of their own, so that drawing and training overlap."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import cv2
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

T = TypeVar("T")

AHEAD = 24
"""Examples that each process draws ahead of the training."""


def drawing_processes() -> int:
    """How many processes draw: one for each core but the one that trains, at least one."""
    return max(1, len(os.sched_getaffinity(0)) - 1)


def draw_ahead(draw: Callable[[int], Sequence[T]], first: int, processes: int) -> Iterator[T]:
    """Yield the examples of ``draw(first)``, ``draw(first + 1)`` ... for ever; ``processes`` draw, at low priority.

    Process p of n draws the numbers p, n + p, 2n + p ... after ``first``; one example of each process in turn. So
    the examples and their order depend on ``first`` and ``processes`` alone. No processes: they are drawn here.

    Args:
        draw: What makes the examples of a number; from the number alone, and picklable.
        first: The first number.
        processes: Their number, see `drawing_processes`.
    """
    # Spawned, not forked: a copy of a process with threads (torch, onnxruntime, OpenCV) may hang.
    context, ahead = ("spawn", AHEAD) if processes else (None, None)
    series = _Series(draw, first)
    yield from DataLoader(
        series,
        batch_size=None,
        collate_fn=_as_drawn,
        num_workers=processes,
        multiprocessing_context=context,
        prefetch_factor=ahead,
        worker_init_fn=_step_back,
    )


def first_unseen(drawn: int, together: int, processes: int) -> int:
    """Return the number to go on with after ``drawn`` examples: the first that no process has begun.

    Each number gives ``together`` examples.
    """
    at_once = max(1, processes)
    return -(-drawn // (together * at_once)) * at_once


class _Series(IterableDataset):  # type: ignore[misc]
    """The endless examples of one process."""

    def __init__(self, draw: Callable[[int], Sequence[Any]], first: int) -> None:
        super().__init__()
        self._draw, self._first = draw, first

    def __iter__(self) -> Iterator[Any]:
        worker = get_worker_info()
        number, step = self._first + (worker.id if worker else 0), worker.num_workers if worker else 1
        while True:
            yield from self._draw(number)
            number += step


def _as_drawn(example: T) -> T:
    """Keeps arrays as they are: as tensors each would hold a file open between the processes."""
    return example


def _step_back(worker: int) -> None:
    os.nice(5)
    cv2.setNumThreads(1)
