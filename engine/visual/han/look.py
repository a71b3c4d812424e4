"""Looks at the characters of ways to cut lines: at a glance, which is cheap, or closely."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.imaging.quads import map_quad
from engine.values.pictures import Pixels, Point
from engine.visual.han.characters import score_characters
from engine.visual.han.cut_characters import MOVES, cut_characters, cut_one
from engine.visual.han.decode import DOT, decode_free
from engine.visual.han.piece import HOPELESS, Expected, Piece
from engine.visual.han.ways import Way

_FIRST: Final = 6
"""Characters by which it is guessed whether a line is where it may be."""
_FEW: Final = 3
"""Guesses of where the characters stand that are looked at closely."""


def at_a_glance(ways: Sequence[Way], most: int | None = None) -> list[NDArray[np.float32]]:
    """Return log probabilities of the characters of each way, each place looked at once, however many ways share it.

    With ``most`` of so many characters alone, the first, and of none that is known to be a dot.
    """
    places: dict[tuple[int, float, float, float], int] = {}
    crops: list[Pixels] = []
    wanted = [range(len(way.grid.centres)) if most is None else way.grid.characters[:most] for way in ways]
    shared = [[_place(way, at, places, crops) for at in some] for way, some in zip(ways, wanted, strict=True)]
    answers = score_characters(np.stack(crops)) if crops else np.zeros((0, 0), np.float32)
    return [answers[some] for some in shared]


def _place(way: Way, at: int, places: dict[tuple[int, float, float, float], int], crops: list[Pixels]) -> int:
    """Which of ``crops`` shows a character of a way; one more where none does yet."""
    x, y = way.grid.centres[at]
    key = id(way.line), round(way.grid.em, 2), round(float(x), 1), round(float(y), 1)
    if key not in places:
        places[key] = len(crops)
        crops.append(cut_one(way.line, way.grid, at))
    return places[key]


def likeliest(ways: Sequence[Way]) -> list[Way]:
    """Return the few ways in which characters are most plainly seen at a glance; one alone where it is hopeless."""
    glances = at_a_glance(ways, _FIRST)
    means = [float(scores[:, :-1].max(axis=1).mean()) for scores in glances]
    order = sorted(range(len(ways)), key=lambda at: -means[at])[:_FEW]
    return [ways[at] for number, at in enumerate(order) if not number or means[at] > HOPELESS]


def closely(way: Way) -> NDArray[np.float32]:
    """Return log probabilities of each character, the mean over its cuts, made whole again."""
    answers = score_characters(cut_characters(way.line, way.grid))
    mean = answers.reshape(MOVES, len(way.grid.centres), -1).mean(axis=0)
    return np.asarray(mean - np.logaddexp.reduce(mean, axis=1, keepdims=True), np.float32)


def best_piece(ways: Iterable[Way], expected: Expected, best: Piece | None = None) -> Piece | None:
    """Return the likeliest of the readings of some ways, looked at closely, and one before."""
    for way in ways:
        piece = piece_of(way, closely(way), expected)
        if best is None or piece.rank > best.rank:
            best = piece
    return best


def piece_of(way: Way, scores: NDArray[np.float32], expected: Expected | None = None) -> Piece:
    """Return what a way reads as by the log probabilities of its characters."""
    bound, dot = expected.decode(scores) if expected else None, way.grid.dot
    if bound and dot is not None:  # a picture that shows no character says nothing of how well the others are cut
        others = bound.score * len(scores) - float(scores[dot, -1])
        as_cut = bound.text.find(DOT) == dot
        bound = replace(bound, score=others / (len(scores) - 1)) if as_cut else None
    (left, right), line = way.span, way.line
    corners = ((left, line.top), (right, line.top), (right, line.bottom), (left, line.bottom))
    a, b, c, d = (Point(x - 0.5, y - 0.5) for x, y in corners)
    return Piece(bound, decode_free(scores), map_quad(line.to_photo, (a, b, c, d)))
