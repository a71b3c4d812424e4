"""Examples that are dear to draw: drawn once, kept in files, and shown again and again."""

import pickle
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar

from models.training.loop.drawing import draw_ahead

T = TypeVar("T")

FILE: Final = 50
"""Examples in a file, at most."""


def keep_drawn(folder: Path, name: str, count: int, draw: Callable[[int], Sequence[T]], processes: int) -> None:
    """Draw examples until ``folder`` holds ``count``; those that are there already stay.

    Args:
        folder: where they are kept.
        name: what they are called in messages and in the names of files: ``views``.
        count: how many are wanted.
        draw: makes the examples of a number, one each; see `draw_ahead`.
        processes: that draw, see `drawing_processes`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    there = len(load_kept(folder, name))
    if there >= count:
        return
    drawn = draw_ahead(draw, there, processes)
    for first in range(there, count, FILE):
        path = folder / f"{name}-{first:05}.pickle"
        part = path.with_suffix(".part")
        part.write_bytes(pickle.dumps(list(islice(drawn, min(FILE, count - first)))))
        part.replace(path)
        print(f"{min(first + FILE, count)} of {count} {name} drawn", flush=True)


def load_kept(folder: Path, name: str) -> list[Any]:
    """Return all examples of a name that are kept, in the order in which they were drawn."""
    return [e for path in sorted(folder.glob(f"{name}-*.pickle")) for e in pickle.loads(path.read_bytes())]
