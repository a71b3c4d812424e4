"""Lines as a reader with a network tells them: characters, and the evidence behind them."""

import string
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from engine.readers.ctc_evidence import CtcEvidence
from engine.values.text import CharReading
from engine.visual.text.match import look_alike

PITCH: Final = 5.0
"""Pixels of a frame; a character has one, and there is one beside each."""
_ALPHABET: Final = string.ascii_letters + string.digits + " /.,-ÀÁÃÇÉÈĖÍÎÏĮÖŠŽéèêàç一"
_ALIKE, _UNLIKE, _LOST = 0.2, 0.03, 0.006
"""Shares of the doubt about a character that a look-alike, and any other, have; chance of a letter not seen."""


def chars_of(
    text: str,
    probability: float = 0.99,
    doubts: Mapping[int, float | tuple[float, Mapping[str, float]]] | None = None,
) -> tuple[CharReading, ...]:
    """The characters of a text; ``doubts``: by place another probability, and what else was thought of."""
    chars = []
    for i, char in enumerate(text):
        doubt = (doubts or {}).get(i, probability)
        sure, others = doubt if isinstance(doubt, tuple) else (doubt, {})
        chars.append(CharReading(char, sure, tuple(others.items()), PITCH * (2 * i + 1), PITCH * (2 * i + 2)))
    return tuple(chars)


def evidence_of(chars: Sequence[CharReading]) -> CtcEvidence:
    """What a network would have said that read `chars_of` like this."""
    frames = [_gap()]
    for char in chars:
        frames += [_frame(char), _gap()]
    return CtcEvidence(np.array(frames, np.float32), _ALPHABET, PITCH)


def _gap() -> list[float]:
    return [1 - _LOST * len(_ALPHABET)] + [_LOST] * len(_ALPHABET)


def _frame(char: CharReading) -> list[float]:
    told = {char.char: char.probability, **dict(char.alternatives)}
    rest = max(0.0, 1 - sum(told.values()))
    chances = [told.get(c, rest * (_ALIKE if look_alike(char.char, c) else _UNLIKE)) for c in _ALPHABET]
    return [told.get("", rest * _UNLIKE), *chances]
