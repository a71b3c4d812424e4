"""Tells which Chinese character stands in each of some square pictures.

A small network gives the logarithm of each standard character's probability, and that of "none": what is cut out
between two characters, or shows something else.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.imaging.network import Network, normalised, open_network

MODEL: Final = "han_v1"
"""Folder of the network in ``models``."""
SIDE: Final = 32
"""Side (px) of a picture that the network sees."""
SPAN: Final = 1.2
"""Ems of that side: a character and a little of its neighbours."""
EM: Final = SIDE / SPAN
"""Pixels of an em in such a picture."""


def score_characters(crops: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return log probabilities, N × (characters + 1), the last one that of none; ``crops`` are N×32×32 uint8 gray.

    The characters are in the order of `engine.visual.han.readings.characters`.

    Raises:
        ReaderMissing, ModelDamaged, ReaderCrashed: the network cannot be run.
    """
    return _network().answer({"crops": np.stack([normalised(crop) for crop in crops])})


def calibration() -> Mapping[str, float]:
    """The weights by which what was read becomes a probability, see `engine.visual.han.weigh.probability`."""
    weights: Mapping[str, float] = _network().config["calibration"]
    return weights


@cache
def _network() -> Network:
    return open_network(MODEL)
