"""Tells how long each stage of reading a picture takes."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


class StageClock:
    """Adds up wall seconds by stage. Each moment counts for one stage: the one begun last that is not yet over.

    ``seconds`` has every stage from the start, in the order given, with 0 for those that have not begun.
    """

    def __init__(self, stages: Iterable[str]) -> None:
        """Begin with no time spent in any of ``stages``."""
        self.seconds: dict[str, float] = dict.fromkeys(stages, 0.0)
        self._begun: list[str] = []
        self._since = 0.0

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Time a ``with`` block as ``stage``; a stage that it lies in stands still meanwhile."""
        self._add_up()
        self._begun.append(stage)
        try:
            yield
        finally:
            self._add_up()
            self._begun.pop()

    def each(self, stage: str, values: Iterable[T]) -> Iterator[T]:
        """Pass ``values`` on one by one, as they are asked for; making them is timed as ``stage``."""
        source = iter(values)
        while True:
            with self(stage):
                try:
                    value = next(source)
                except StopIteration:
                    return
            yield value

    def _add_up(self) -> None:
        """Give the time since the last call to the stage that has been running."""
        now = time.perf_counter()
        if self._begun:
            self.seconds[self._begun[-1]] += now - self._since
        self._since = now
