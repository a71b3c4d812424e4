"""A small network of ours says of every word of the page what it is: a value of an item, a label, or neither."""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelDamaged
from engine.imaging.network import Network, open_network
from engine.memo import remembered
from engine.values.mrz import MrzFields
from engine.visual.items.tagging.word_features import COUNT, LETTERS, describe_words
from engine.visual.items.tagging.word_tags import NAMES
from engine.visual.items.tagging.words import Word

MODEL: Final = "assignment_v4"


@remembered
def tag_words(words: tuple[Word, ...], fields: MrzFields) -> NDArray[np.float32]:
    """Return n×tags probabilities in the order of `word_tags.NAMES`; each word's sum to 1. They must not be changed.

    Raises:
        ReaderMissing, ModelDamaged, ReaderCrashed: the network cannot be run.
    """
    if not words:
        return np.zeros((0, len(NAMES)), np.float32)
    described = describe_words(words, fields)
    logits = _network().answer(
        {
            "numbers": described.numbers, "letters": described.letters, "grams": described.grams,
            "boxes": described.boxes, "lines": described.lines,
        }
    )  # fmt: skip
    shares = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(shares / shares.sum(1, keepdims=True), np.float32)


@cache
def _network() -> Network:
    network = open_network(MODEL)
    told = (network.config["numbers"], network.config["letters"], tuple(network.config["tags"]))
    if told != (COUNT, LETTERS, NAMES):
        raise ModelDamaged(
            f"model {MODEL} was made for other words than this engine describes: install the engine anew"
        )
    return network
