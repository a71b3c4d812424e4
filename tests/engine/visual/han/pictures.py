"""What the network might answer: made-up scores of characters."""

import numpy as np
from numpy.typing import NDArray

from engine.visual.han.readings import characters

NONE = len(characters())


def scores_of(*pictures: dict[str, float]) -> NDArray[np.float32]:
    """Log probabilities: those given by character ("" is none), the rest shared by all others."""
    rows = []
    for picture in pictures:
        left = max(1e-9, 1.0 - sum(picture.values()))
        row = np.full(NONE + 1, np.log(left / (NONE + 1)))
        for character, probability in picture.items():
            row[characters().index(character) if character else NONE] = np.log(probability)
        rows.append(row)
    return np.array(rows, np.float32)


def clear(text: str, probability: float = 0.9) -> NDArray[np.float32]:
    """Pictures that plainly show ``text``; a dot shows none."""
    return scores_of(*({"" if character == "·" else character: probability} for character in text))
