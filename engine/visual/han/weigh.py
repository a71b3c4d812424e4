"""Says how probably a text in Chinese characters is right, by what speaks for it."""

import math
from collections.abc import Sequence
from typing import Final

from engine.visual.han.characters import calibration
from engine.visual.han.piece import Piece

_LEAST_DOUBT: Final = 1e-4
"""Doubt that is left of a share, however near to all."""


def evidence(pieces: Sequence[Piece]) -> tuple[float, float]:
    """What speaks for a text that fits what is expected: its share among those that do, and what others are likelier.

    The share is a logarithm of odds, the other in nats a character: how much the free reading goes before it.
    """
    share = math.prod(piece.bound.share for piece in pieces if piece.bound)
    odds = math.log(max(share, 1e-9) / max(1 - share, _LEAST_DOUBT))
    return odds, max(piece.free.score - piece.bound.score for piece in pieces if piece.bound)


def probability(odds: float, ahead: float) -> float:
    """How probably a text is right, by its `evidence`; the weights were fitted on drawn pages."""
    weights = calibration()
    likely = 1 / (1 + math.exp(-(weights["bias"] + weights["odds"] * odds - weights["ahead"] * ahead)))
    return min(likely, weights["most"])
