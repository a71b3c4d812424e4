"""Reads a line of Chinese characters of which something is expected: cut in every way, the likeliest kept."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from engine.visual.han.cut_characters import grid_of, natural_count
from engine.visual.han.decode import decode_free
from engine.visual.han.look import at_a_glance, best_piece, closely, likeliest, piece_of
from engine.visual.han.name_line import HanLine
from engine.visual.han.piece import HOPELESS, PLAIN, PLAINLY_OTHER, Expected, Piece
from engine.visual.han.ways import MANY, Way, by_ink, size, with_dot, without_ink

_SEEN: Final = 0.3
"""Nats a character by which a reading without a dot must be likelier than one with a dot that is seen."""
_SURELY: Final = 5
"""Characters up to which the ink of a line tells how many they are."""
_MOST: Final = 15
"""Characters of a line that is read freely, at most."""


def read_line(lines: Iterable[HanLine], expected: Expected) -> Piece | None:
    """Return what the likeliest of some lines says; None where there is none.

    Where nothing that is expected is near what is shown, as many characters are read as there seem to be.

    Raises:
        ReaderMissing, ModelDamaged, ReaderCrashed: the network cannot be run.
    """
    looked_at: list[HanLine] = []
    guesses: list[HanLine] = []
    best: Piece | None = None
    for line in lines:
        (guesses if line.guessed else looked_at).append(line)
        if line.guessed:
            continue
        ways = by_ink(line, expected.numbers)
        best = best_piece(ways if size(ways) <= MANY else likeliest(ways), expected, best)
        dotted = best_piece(likeliest(with_dot(line, expected.numbers)), expected) if expected.dotted else None
        if dotted and (best is None or dotted.rank > best.rank - _SEEN):
            best = dotted
        if best is None or best.rank <= PLAIN:
            best = best_piece(likeliest(without_ink([line], expected.numbers)), expected, best)
        if best and best.rank > PLAIN:
            return best
    best = best_piece(likeliest(without_ink(guesses, expected.numbers)), expected, best)
    return _or_free(best, looked_at)


def _or_free(best: Piece | None, lines: Sequence[HanLine]) -> Piece | None:
    """The best reading, or one of the lines whatever is expected, should it be far plainer."""
    if best and best.bound and best.free.score - best.bound.score <= PLAINLY_OTHER:
        return best
    pieces = [piece for line in lines if (piece := _free(line))]
    other = max(pieces, key=lambda piece: piece.free.score, default=None)
    if best is None or other is None or other.free.score <= best.free.score:
        return best or other
    return replace(other, bound=best.bound)


def _free(line: HanLine) -> Piece | None:
    """What a line says of itself, whatever is expected, read as far as its ink goes."""
    span = line.spans[-1]
    natural = natural_count(line, span)
    numbers = [natural] if natural <= _SURELY else [natural - 1, natural, natural + 1]
    ways = [Way(line, span, grid) for number in numbers if number <= _MOST and (grid := grid_of(line, span, number))]
    if not ways:
        return None
    glances = at_a_glance(ways)
    scores = [decode_free(glance).score for glance in glances]
    at = max(range(len(ways)), key=lambda at: scores[at])
    return piece_of(ways[at], closely(ways[at]) if scores[at] > HOPELESS else glances[at])
