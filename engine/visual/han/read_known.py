"""Reads a line of Chinese characters that is one of some known texts."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import Final

from engine.visual.han.decode import ANY, decode_known
from engine.visual.han.look import at_a_glance, best_piece, likeliest, piece_of
from engine.visual.han.name_line import HanLine
from engine.visual.han.piece import HOPELESS, PLAIN, PLAINLY_OTHER, Expected, Piece
from engine.visual.han.ways import Way, by_ink, without_ink

_LONGEST: Final = 6
"""Characters that may stand in place of `ANY`, at most."""
_FEW_NUMBERS: Final = 4
"""Numbers of characters up to which lines are looked for where the ink tells of none."""


def read_known(lines: Iterable[HanLine], texts: Collection[str], rivals: Collection[str] = ()) -> Piece | None:
    """Return which of some texts the likeliest of some lines shows; None where there is none.

    One of ``rivals`` only where it is plainly shown and none of ``texts`` is. Each character is looked at once, and
    those of the likeliest cut again more closely if that leaves a doubt. Texts are as `decode_known` takes them.

    Raises:
        ReaderMissing, ModelDamaged, ReaderCrashed: the network cannot be run.
    """
    expected, others = _one_of(texts), _one_of(rivals)
    ranked: list[tuple[float, Way]] = []
    other: Piece | None = None
    for ways in _by_likelihood(lines, {*expected.numbers, *others.numbers}):
        for way, scores in zip(ways, at_a_glance(ways), strict=True):
            piece, rival = piece_of(way, scores, expected), piece_of(way, scores, others)
            if piece.rank > PLAIN:
                return best_piece([way], expected) if ANY in "".join(texts) else piece
            ranked.append((piece.rank, way))
            plain = rival.bound and rival.bound.text == rival.free.text
            if plain and rival.rank > max(PLAIN, other.rank if other else PLAIN):
                other = rival
    hopeful = [way for rank, way in sorted(ranked, key=itemgetter(0))[-1:] if rank > HOPELESS]
    best = best_piece(hopeful, expected)
    return other if other and (best is None or other.rank - best.rank > PLAINLY_OTHER) else best


def _by_likelihood(lines: Iterable[HanLine], numbers: Collection[int]) -> Iterator[Sequence[Way]]:
    """Ways to cut lines: by their ink, then without it, then where lines may be that the ink does not tell of.

    The last only for few numbers of characters, as they are many.
    """
    guesses = []
    for line in lines:
        if line.guessed:
            guesses.append(line)
        else:
            yield by_ink(line, numbers)
            yield without_ink([line], numbers)
    if len(numbers) > _FEW_NUMBERS:
        return
    ways = [way for line in guesses for way in (*by_ink(line, numbers), *without_ink([line], numbers))]
    plainest = {id(way.line) for way in likeliest(ways)}
    yield [way for way in ways if id(way.line) in plainest]


def _one_of(texts: Collection[str]) -> Expected:
    numbers = {len(text) + more for text in texts for more in (range(_LONGEST) if ANY in text else (0,))}
    return Expected(numbers, partial(decode_known, texts=texts))
