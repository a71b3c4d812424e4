"""What a line of Chinese characters may say, and what it was read as."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.values.pictures import Quad
from engine.visual.han.decode import Decoded

PLAINLY_OTHER: Final = 2.5
"""Nats a character by which another reading goes before those that are expected, where the text is another one."""
PLAIN: Final = -0.5
"""Mean log probability of characters from which no other line is looked for."""
HOPELESS: Final = -3.0
"""Mean log probability at a glance under which characters say nothing however closely they are looked at."""
_UNBOUND: Final = 20.0
"""Nats that a reading that is not expected stands behind."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a line may say.

    ``numbers`` are how many characters it may have, dots counted. ``decode`` gives the likeliest text of N ×
    (characters + 1) log probabilities (see `engine.visual.han.characters`), None if none that is expected has N
    characters. ``dotted`` says that a dot may stand among them.
    """

    numbers: Collection[int]
    decode: Callable[[NDArray[np.float32]], Decoded | None]
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of Chinese characters as read: as it is expected, freely, and where (photo px)."""

    bound: Decoded | None
    free: Decoded
    quad: Quad

    @property
    def rank(self) -> float:
        """By what the likeliest reading is chosen: one that is expected goes before all that are not."""
        return self.bound.score if self.bound else self.free.score - _UNBOUND
