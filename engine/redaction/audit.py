"""Looks for withheld values in a redacted picture with all that the engine has, as somebody else would."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from engine.decode import Limits
from engine.errors import BadImage, NothingToRead
from engine.pipeline import read_passport
from engine.readers.select import Readers
from engine.redaction.cover import Wish, kept_corners
from engine.redaction.prints import fill, papered, read_prints
from engine.redaction.sheets import Lie
from engine.result.reading import PassportReading
from engine.tables.labels import phrases
from engine.values.items import Item
from engine.values.pictures import Pixels
from engine.visual.text.fold import fold

_LEAST: Final = 4
"""Characters of a text that is looked for; shorter ones stand in other words by chance."""
_ALIKE: Final = 84
"""Similarity (0 to 100) from which a text is taken for a withheld one, misread."""


def still_readable(
    pixels: Pixels, original: PassportReading, wish: Wish, lie: Lie, readers: Readers, limits: Limits
) -> set[Item]:
    """Return the withheld items that can still be read in ``pixels`` (H×W×3 BGR), in whatever way the engine reads.

    Args:
        pixels: the redacted picture.
        original: what was read before.
        wish: what may still be shown: there nothing is looked for.
        lie: how the passport lies.
        readers: the engine's.
        limits: the engine's.
    """
    withheld = {item: list(_texts(original, item)) for item in Item if item not in wish.keep}
    covered = _covered(pixels, original, wish)
    black = np.where(covered[..., None], 0, pixels).astype(np.uint8)
    gray = papered(np.ascontiguousarray(pixels[..., 1]), covered)
    found = _read_whole(black, withheld, readers, limits) | _read_whole(gray, withheld, readers, limits)
    return found | _read_lines(gray, withheld, lie, readers)


def _covered(pixels: Pixels, original: PassportReading, wish: Wish) -> NDArray[np.bool_]:
    """What is black, and what may be shown: neither is searched."""
    mask = np.asarray(pixels.max(axis=2) == 0, np.uint8)
    for corners in kept_corners(original, wish):
        fill(mask, corners)
    return np.asarray(mask > 0)


def _read_whole(pixels: Pixels, withheld: dict[Item, list[str]], readers: Readers, limits: Limits) -> set[Item]:
    """Read the picture as a passport. A zone that is still read gives everything in it away."""
    try:
        reading = read_passport(pixels, readers, limits)
    except (NothingToRead, BadImage):
        return set()
    if reading.mrz.lines:  # of this passport or of another one
        return set(withheld)
    values = [fold(item.value) for item in reading]
    return {
        item for item, texts in withheld.items() if any(_is_in(text, value) for text in texts for value in values)
    }


def _read_lines(gray: Pixels, withheld: dict[Item, list[str]], lie: Lie, readers: Readers) -> set[Item]:
    """Read every line of print, upright, upside down and along the sides."""
    found: set[Item] = set()
    for line in read_prints(gray, lie, readers.visual, (0, 1, 2, 3)):
        said = fold(line.text.text)
        found |= {item for item, texts in withheld.items() if any(_is_in(text, said) for text in texts)}
    return found


def _texts(reading: PassportReading, item: Item) -> Iterator[str]:
    """What tells an item's value: as printed, as on the wire, its words."""
    read = reading[item]
    whole = [fold(read.value), fold(read.printed)]
    words = [fold(word) for word in re.split(r"[\s<]+", f"{read.value} {read.printed}")]
    telling = [word for word in words if not word.isdigit() and not _is_label_word(word)]
    yield from dict.fromkeys(text for text in [*whole, *telling] if len(text) >= _LEAST)


@cache
def _label_texts() -> str:
    return "|".join(fold(phrase) for wording in phrases().values() for phrase in wording)


def _is_label_word(word: str) -> bool:
    """Whether a word stands in labels, too, and so tells nothing: ``National`` in Nationality."""
    return word in _label_texts()


def _is_in(text: str, said: str) -> bool:
    if len(said) < len(text) - 1:
        return False
    if text.isdigit() or len(text) < 6:
        return text in said
    return fuzz.partial_ratio(text, said) >= _ALIKE
