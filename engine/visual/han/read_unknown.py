"""Reads a line of Chinese characters of which only the length is known."""

from collections.abc import Collection, Iterable
from operator import itemgetter

from engine.visual.han.decode import decode_free
from engine.visual.han.look import at_a_glance, closely, piece_of
from engine.visual.han.name_line import HanLine
from engine.visual.han.piece import PLAIN, Piece
from engine.visual.han.ways import by_ink, without_ink


def read_unknown(lines: Iterable[HanLine], numbers: Collection[int]) -> Piece | None:
    """Return the longest plain text of some lines, of as many characters as ``numbers`` allow; None if none is plain.

    Raises:
        ReaderMissing, ModelDamaged, ReaderCrashed: the network cannot be run.
    """
    ways = [way for line in lines for way in (*by_ink(line, numbers), *without_ink([line], numbers))]
    glances = zip(ways, at_a_glance(ways), strict=True)
    plain = [(len(scores), score, way) for way, scores in glances if (score := decode_free(scores).score) > PLAIN]
    if not plain:
        return None
    way = max(plain, key=itemgetter(0, 1))[-1]
    return piece_of(way, closely(way))
