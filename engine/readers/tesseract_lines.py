"""Shows lines to Tesseract and understands its answers; both Tesseract readers use it."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from engine.errors import ModelDamaged
from engine.values.pictures import Pixels
from engine.values.text import CharReading, LineText
from engine.weights import HashMismatch, model_config, open_model

PAGE_MODE: Final = 13
"""A single raw line: Tesseract neither looks for text nor cuts the picture."""

ENGINE_MODE: Final = 1
"""The line network, not the older classifier."""

VARIABLES: Final[Mapping[str, str]] = {
    "lstm_choice_mode": "2",
    "lstm_choice_iterations": "3",
    "lstm_rating_coefficient": "1",
    "tessedit_do_invert": "0",
}
"""Alternatives for each character, with costs that are not cut off at 20; one pass a line."""

_DICTIONARY_RATIO: Final = 2.25
_OFFSET: Final = 0.085
"""Tesseract's certainty of one step is (ln p - offset) × ratio for words that are in no dictionary."""

_NARROWEST: Final = 8
"""Columns of a picture at least; Tesseract refuses narrower ones."""

_NEGLIGIBLE: Final = 1e-4
"""Probability of an alternative at least."""
_FLAT: Final = 2.0
"""Standard deviation of gray levels under which a picture holds no text."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """One character in Tesseract's terms.

    ``confidence`` is 100 + 5 × the least certainty of its steps; ``costs`` are the summed negative certainties
    of the characters held possible here; ``left`` and ``right`` are px of the picture Tesseract saw.
    """

    char: str
    confidence: float
    left: float
    right: float
    costs: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as Tesseract gets it: gray ``pixels``, paper of ``border`` px added on both sides.

    ``scale`` is px of the line image for one px of ``pixels``.
    """

    pixels: Pixels
    border: int
    scale: float


def show_line(pixels: Pixels, height: int, border: int) -> Shown:
    """Scale a gray line (h×w uint8) to the model's height, so that Tesseract itself does not resample it."""
    rows, columns = pixels.shape
    width = max(_NARROWEST, round(columns * height / rows))
    method = cv2.INTER_AREA if rows > height else cv2.INTER_LINEAR
    scaled = np.asarray(cv2.resize(pixels, (width, height), interpolation=method), np.uint8)
    paper = [np.median(scaled[:, edge], axis=1) for edge in (slice(0, 3), slice(-3, None))]
    left, right = (np.repeat(p.astype(np.uint8)[:, None], border, axis=1) for p in paper)
    return Shown(np.hstack((left, scaled, right)), border, columns / width)


def is_flat(pixels: Pixels) -> bool:
    """Tell whether a line image shows nothing at all: Tesseract would stretch its noise into text."""
    return pixels.size == 0 or float(pixels.std()) < _FLAT


def open_checked(name: str) -> tuple[Path, Mapping[str, Any]]:
    """Open a model; returns its folder and its config.

    Raises:
        ModelDamaged: a file of the model is missing or not the one it should be.
    """
    try:
        folder = open_model(name)
    except HashMismatch as error:
        raise ModelDamaged(str(error)) from error
    return folder, model_config(folder)


def line_text(symbols: Sequence[Symbol], alphabet: str, shown: Shown) -> LineText:
    """Turn Tesseract's symbols into characters with probabilities and places in the line image.

    Args:
        symbols: From left to right; those outside ``alphabet`` (spaces, Tesseract's inner signs) are left out.
        alphabet: The characters of the model.
        shown: The picture Tesseract saw.
    """
    kept = _ends_trimmed([s for s in symbols if s.char and s.char in alphabet])
    return LineText(tuple(_character(s, alphabet, shown) for s in kept))


def _ends_trimmed(symbols: Sequence[Symbol]) -> list[Symbol]:
    """Tesseract gives all paper before the first character and after the last one to these; cut it off."""
    if len(symbols) < 3:
        return list(symbols)
    widest = 1.2 * statistics.median(s.right - s.left for s in symbols)
    first, *between, last = symbols
    first = replace(first, left=max(first.left, first.right - widest))
    return [first, *between, replace(last, right=min(last.right, last.left + widest))]


def _character(symbol: Symbol, alphabet: str, shown: Shown) -> CharReading:
    probability = min(1.0, math.exp((symbol.confidence - 100) / (5 * _DICTIONARY_RATIO) + _OFFSET))
    others = {c: probability * share for c, share in _rivals(symbol).items() if c in alphabet}
    total = probability + sum(others.values())
    share = 1 / total if total > 1 else 1.0
    ranked = sorted(others.items(), key=lambda item: -item[1])
    width = shown.pixels.shape[1] - 2 * shown.border
    start, end = (min(max(x - shown.border, 0.0), width) * shown.scale for x in (symbol.left, symbol.right))
    alternatives = tuple((char, p * share) for char, p in ranked if p * share >= _NEGLIGIBLE)
    return CharReading(symbol.char, probability * share, alternatives, start, end)


def _rivals(symbol: Symbol) -> dict[str, float]:
    """Other characters and how probable each is beside the one that was read, 0..1."""
    own = symbol.costs.get(symbol.char)
    if own is None:
        return {}
    rivals = {char: cost for char, cost in symbol.costs.items() if char and char != symbol.char}
    return {char: math.exp(min(0.0, (own - cost) / _DICTIONARY_RATIO)) for char, cost in rivals.items()}
