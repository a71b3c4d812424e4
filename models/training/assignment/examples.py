"""Examples for the assignment net: drawn pages as a reader sees them, as numbers, with the tag of every word."""

import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.memo import forget
from engine.values.items import Item
from engine.visual.items.tagging.word_features import KNOWN_AUTHORITY, WordArrays, describe_words
from engine.visual.items.tagging.word_tags import value_tag
from engine.visual.items.tagging.words import Word
from models.training.assignment.documents import Document, invent_document
from models.training.assignment.layouts import lay_out
from models.training.assignment.reading import see

_FEWEST = 8
_LISTED = 0.4
"""How often an authority is one that the product knows, on the pages where the likeness to those is shown."""
_FALSELY = 0.01


@dataclass(frozen=True, slots=True)
class Example:
    """A page's words as the net takes them, and their ``tags`` (n, uint8)."""

    arrays: WordArrays
    tags: NDArray[np.uint8]


def draw_page(rng: random.Random) -> tuple[Document, list[Word], list[int]]:
    """Draw a document, print it and read it: its words, and the tag of each."""
    while True:
        document = invent_document(rng)
        seen = see(rng, lay_out(rng, document))
        if len(seen) >= _FEWEST:
            return document, [word for word, _ in seen], [tag for _, tag in seen]


def draw_example(rng: random.Random) -> Example:
    """Draw an example.

    No authority that the product knows is ever drawn: that likeness is made up, and left blank on half of the pages,
    so that it helps where it is there and nothing is lost where it is not.
    """
    document, words, tags = draw_page(rng)
    arrays = describe_words(words, document.fields)
    forget()
    known = np.zeros(len(words), np.float32)
    if rng.random() < 0.5:
        authority, listed = value_tag(Item.AUTHORITY), rng.random() < _LISTED
        for line in dict.fromkeys(word.line for word in words):
            here = [i for i, word in enumerate(words) if word.line == line]
            true = sum(tags[i] == authority for i in here) > len(here) / 2
            if rng.random() < ((1.0 if listed else 0.05) if true else _FALSELY):
                known[here] = min(1.0, rng.uniform(0.65, 1.15))
    arrays.numbers[:, KNOWN_AUTHORITY] = known
    return Example(arrays, np.array(tags, np.uint8))
