"""A figure for each miss: the place in the picture, the truth and the reading with their differences marked."""

import base64
from html import escape
from typing import Final

from rapidfuzz.distance import Levenshtein

from engine.measure.misses import NEGATIVE, Miss
from engine.values.items import Item

from . import words
from .words import Words, both, item_words


def figure(miss: Miss, picture: bytes) -> str:
    """Return a miss as HTML; ``picture`` is a JPEG, empty where there is none."""
    name = part_words(miss)
    shown = f'<img alt="{escape(name.en)}" src="data:image/jpeg;base64,{_base64(picture)}">' if picture else ""
    sure = "" if miss.confidence is None else f" · {both(words.CONFIDENCE)} {miss.confidence:.3f}"
    truth, read = _marked(miss.truth, miss.read)
    return (
        f'<figure class="miss{" silent" if miss.silent else ""}">{shown}<figcaption>'
        f"<b>{both(name)}</b> · {escape(miss.file)}{sure}"
        f"<pre>{both(words.TRUTH)}: {truth or both(words.NOTHING)}</pre>"
        f"<pre>{both(words.READ)}: {read or both(words.NOTHING)}</pre></figcaption></figure>"
    )


def part_words(miss: Miss) -> Words:
    """Return what a miss is called."""
    if isinstance(miss.part, Item):
        return item_words(miss.part)
    return words.NEGATIVE if miss.part == NEGATIVE else words.ZONE


_SAME: Final = "equal"


def _marked(truth: str, read: str) -> tuple[str, str]:
    """Both texts as HTML; what differs is marked, line breaks of zones begin a new line."""
    left, right = "", ""
    for step in Levenshtein.opcodes(truth, read):
        one, two = escape(truth[step.src_start : step.src_end]), escape(read[step.dest_start : step.dest_end])
        left += one if step.tag == _SAME or not one else f"<mark>{one}</mark>"
        right += two if step.tag == _SAME or not two else f"<mark>{two}</mark>"
    return _lines(left), _lines(right)


def _lines(text: str) -> str:
    return f"\n{text}" if "\n" in text else text


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
