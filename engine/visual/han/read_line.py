"""Reads a line of Chinese characters of which something is expected: cut in every way, the likeliest kept."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from operator import itemgetter
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.imaging.warp import map_points
from engine.values.pictures import Point, Quad
from engine.visual.han.characters import score_characters
from engine.visual.han.cut_characters import (
    MOVES,
    Dot,
    Grid,
    assumed_grid,
    cut_characters,
    cut_one,
    grid_of,
    natural_count,
    shows_dot,
    width_of,
)
from engine.visual.han.decode import ANY, DOT, Decoded, decode_free, decode_known
from engine.visual.han.name_line import HanLine

PLAINLY_OTHER: Final = 2.5
"""Nats a character by which another reading goes before those that are expected, where the text is another one."""
PLAIN: Final = -0.5
"""Mean log probability of characters from which no other line is looked for."""
_UNBOUND: Final = 20.0
"""Nats that a reading that is not expected stands behind."""
_LONGEST: Final = 6
"""Characters that may stand in place of `ANY`, at most."""
_FEW_NUMBERS: Final = 4
"""Numbers of characters up to which lines are looked for where the ink tells of none."""
_SEEN: Final = 0.3
"""Nats a character by which a reading without a dot must be likelier than one with a dot that is seen."""
_HOPELESS: Final = -3.0
"""Mean log probability at a glance under which characters say nothing however closely they are looked at."""
_SURELY: Final = 5
"""Characters up to which the ink of a line tells how many they are."""
_FIRST: Final = 6
"""Characters by which it is guessed whether a line is where it may be."""
_FEW: Final = 3
"""Guesses of where the characters stand that are looked at closely."""
_MOST: Final = 15
"""Characters of a line that is read freely, at most."""
_MANY: Final = 60
"""Characters of all ways to cut a line by its ink from which not all ways are looked at closely."""
_NEAR: Final = 2
"""Characters by which such ways may differ from how many squares the ink is long."""
_LEAST_DOTTED: Final = 6
"""Characters of a name with a narrow dot among them, at least, the dot counted: shorter ones are more often names
of a double surname, between whose parts a stroke may look like a dot."""
_DOTS: Final = (0.28, 0.5, 0.72)
"""Widths of such a dot, in pitches, where it has not that of a character."""


class _Way(NamedTuple):
    """A way to cut a line: the columns (px) between which its ink lies, and where its characters stand."""

    line: HanLine
    span: tuple[float, float]
    grid: Grid


@dataclass(frozen=True, slots=True)
class Expected:
    """What a line may say.

    ``numbers`` are how many characters it may have, dots counted. ``decode`` gives the likeliest text of N ×
    (characters + 1) log probabilities (see `engine.visual.han.characters`), None if none that is expected has N
    characters. ``dotted`` says that a dot may stand among them.
    """

    numbers: Collection[int]
    decode: Callable[[NDArray[np.float32]], Decoded | None]
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of Chinese characters as read: as it is expected, freely, and where (photo px)."""

    bound: Decoded | None
    free: Decoded
    quad: Quad


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
        by_ink = _by_ink(line, expected)
        best = _best(by_ink if _size(by_ink) <= _MANY else _likeliest(by_ink), expected, best)
        dotted = _best(_likeliest(_with_dot(line, expected)), expected, None)
        if dotted and (best is None or _rank(dotted) > _rank(best) - _SEEN):
            best = dotted
        if best is None or _rank(best) <= PLAIN:
            best = _best(_likeliest(_without_ink([line], expected)), expected, best)
        if best and _rank(best) > PLAIN:
            return best
    best = _best(_likeliest(_without_ink(guesses, expected)), expected, best)
    return _or_free(best, looked_at)


def read_known(lines: Iterable[HanLine], texts: Collection[str], rivals: Collection[str] = ()) -> Piece | None:
    """Return which of some texts the likeliest of some lines shows; None where there is none.

    One of ``rivals`` only where it is plainly shown and none of ``texts`` is. Each character is looked at once, and
    those of the likeliest cut again more closely if that leaves a doubt. Texts are as `decode_known` takes them.

    Raises:
        ReaderMissing, ModelDamaged, ReaderCrashed: the network cannot be run.
    """
    expected, others = _one_of(texts), _one_of(rivals)
    likeliest: list[tuple[float, _Way]] = []
    other: Piece | None = None
    for ways in _by_likelihood(lines, {*expected.numbers, *others.numbers}):
        for way, scores in zip(ways, _at_a_glance(ways), strict=True):
            piece, rival = _piece(way, expected, scores), _piece(way, others, scores)
            if _rank(piece) > PLAIN:
                return _best([way], expected, None) if ANY in "".join(texts) else piece
            likeliest.append((_rank(piece), way))
            plain = rival.bound and rival.bound.text == rival.free.text
            if plain and _rank(rival) > max(PLAIN, _rank(other) if other else PLAIN):
                other = rival
    hopeful = [way for rank, way in sorted(likeliest, key=itemgetter(0))[-1:] if rank > _HOPELESS]
    best = _best(hopeful, expected, None)
    return other if other and (best is None or _rank(other) - _rank(best) > PLAINLY_OTHER) else best


def _by_likelihood(lines: Iterable[HanLine], numbers: Collection[int]) -> Iterator[Sequence[_Way]]:
    """Ways to cut lines: by their ink, then without it, then where lines may be that the ink does not tell of.

    The last only for few numbers of characters, as they are many.
    """
    expected = Expected(numbers, decode_free)
    guesses = []
    for line in lines:
        if line.guessed:
            guesses.append(line)
        else:
            yield _by_ink(line, expected)
            yield _without_ink([line], expected)
    if len(numbers) > _FEW_NUMBERS:
        return
    ways = [way for line in guesses for way in (*_by_ink(line, expected), *_without_ink([line], expected))]
    plainest = {id(way.line) for way in _likeliest(ways)}
    yield [way for way in ways if id(way.line) in plainest]


def _one_of(texts: Collection[str]) -> Expected:
    numbers = {len(text) + more for text in texts for more in (range(_LONGEST) if ANY in text else (0,))}
    return Expected(numbers, partial(decode_known, texts=texts))


def read_unknown(lines: Iterable[HanLine], numbers: Collection[int]) -> Piece | None:
    """Return the longest plain text of some lines, of as many characters as ``numbers`` allow; None if none is plain.

    Raises:
        ReaderMissing, ModelDamaged, ReaderCrashed: the network cannot be run.
    """
    expected = Expected(numbers, decode_free)
    ways = [way for line in lines for way in (*_by_ink(line, expected), *_without_ink([line], expected))]
    glances = zip(ways, _at_a_glance(ways), strict=True)
    plain = [(len(scores), score, way) for way, scores in glances if (score := decode_free(scores).score) > PLAIN]
    if not plain:
        return None
    way = max(plain, key=itemgetter(0, 1))[-1]
    return Piece(None, decode_free(_scores(way.line, way.grid)), _quad(way.line, way.span))


def around(pieces: Sequence[Piece]) -> Quad:
    """The rectangle around all pieces, along the first."""
    corners = np.array([corner for piece in pieces for corner in piece.quad])
    along = corners[1] - corners[0]
    along = along / max(float(np.linalg.norm(along)), 1e-6)
    turn = np.array([along, [-along[1], along[0]]])
    (left, top), (right, bottom) = (corners @ turn.T).min(axis=0), (corners @ turn.T).max(axis=0)
    a, b, c, d = (
        Point(float(x), float(y))
        for x, y in np.array([(left, top), (right, top), (right, bottom), (left, bottom)]) @ turn
    )
    return a, b, c, d


def _or_free(best: Piece | None, lines: Sequence[HanLine]) -> Piece | None:
    """The best reading, or one of the lines whatever is expected, should it be far plainer."""
    if best and best.bound and best.free.score - best.bound.score <= PLAINLY_OTHER:
        return best
    pieces = [piece for line in lines if (piece := _free(line))]
    other = max(pieces, key=lambda piece: piece.free.score, default=None)
    if best is None or other is None or other.free.score <= best.free.score:
        return best or other
    return replace(other, bound=best.bound)


def _best(ways: Iterable[_Way], expected: Expected, best: Piece | None) -> Piece | None:
    """The likeliest of the readings of some ways and one before."""
    for way in ways:
        piece = _piece(way, expected, _scores(way.line, way.grid))
        if best is None or _rank(piece) > _rank(best):
            best = piece
    return best


def _piece(way: _Way, expected: Expected, scores: NDArray[np.float32]) -> Piece:
    bound, dot = expected.decode(scores), way.grid.dot
    if bound and dot is not None:  # a picture that shows no character says nothing of how well the others are cut
        others = bound.score * len(scores) - float(scores[dot, -1])
        as_cut = bound.text.find(DOT) == dot
        bound = replace(bound, score=others / (len(scores) - 1)) if as_cut else None
    return Piece(bound, decode_free(scores), _quad(way.line, way.span))


def _likeliest(ways: Sequence[_Way]) -> list[_Way]:
    """The few of some ways to cut lines in which characters are most plainly seen; one alone where it is hopeless."""
    glances = _at_a_glance(ways, _FIRST)
    means = [float(scores[:, :-1].max(axis=1).mean()) for scores in glances]
    order = sorted(range(len(ways)), key=lambda at: -means[at])[:_FEW]
    return [ways[at] for number, at in enumerate(order) if not number or means[at] > _HOPELESS]


def _at_a_glance(ways: Sequence[_Way], most: int | None = None) -> list[NDArray[np.float32]]:
    """Log probabilities of the characters of each way, each place looked at once, however many ways share it.

    With ``most`` of so many characters alone, the first, and of none that is known to be a dot.
    """
    places: dict[tuple[int, float, float, float], int] = {}
    crops: list[NDArray[np.uint8]] = []
    wanted = [range(len(way.grid.centres)) if most is None else way.grid.characters[:most] for way in ways]
    shared = [[_place(way, at, places, crops) for at in some] for way, some in zip(ways, wanted, strict=True)]
    answers = score_characters(np.stack(crops)) if crops else np.zeros((0, 0), np.float32)
    return [answers[some] for some in shared]


def _place(
    way: _Way, at: int, places: dict[tuple[int, float, float, float], int], crops: list[NDArray[np.uint8]]
) -> int:
    """Which of ``crops`` shows a character of a way; one more where none does yet."""
    x, y = way.grid.centres[at]
    key = id(way.line), round(way.grid.em, 2), round(float(x), 1), round(float(y), 1)
    if key not in places:
        places[key] = len(crops)
        crops.append(cut_one(way.line, way.grid, at))
    return places[key]


def _by_ink(line: HanLine, expected: Expected) -> Sequence[_Way]:
    """Ways to cut a line from one end of its ink to another; of many those alone that make characters square."""
    cuts = [(span, grid_of(line, span, number)) for span in line.spans for number in sorted(expected.numbers)]
    ways = [_Way(line, span, grid) for span, grid in cuts if grid]
    if _size(ways) <= _MANY:
        return ways
    return [way for way in ways if abs(len(way.grid.centres) - natural_count(line, way.span)) <= _NEAR]


def _size(ways: Iterable[_Way]) -> int:
    return sum(len(way.grid.centres) for way in ways)


def _without_ink(lines: Iterable[HanLine], expected: Expected) -> list[_Way]:
    """Ways to cut lines whose ends the ink does not tell."""
    ways = []
    for line in lines:
        for number in sorted(expected.numbers):
            begins = (*line.begins, *(end - width_of(line, number) for end in line.ends))
            ways += [_Way(line, *assumed_grid(line, begin, number)) for begin in begins]
    return ways


def _with_dot(line: HanLine, expected: Expected) -> list[_Way]:
    """Ways to cut a line in which one of the characters is a narrow dot, which is seen there."""
    ways = []
    for span, number, wide in product(line.spans if expected.dotted else (), sorted(expected.numbers), _DOTS):
        likely = number >= _LEAST_DOTTED and 0 <= number - natural_count(line, span) <= 1
        for at in range(1, number - 1) if likely else ():
            grid = grid_of(line, span, number, Dot(at, wide))
            if grid is not None and shows_dot(line, grid):
                ways.append(_Way(line, span, grid))
    return ways


def _rank(piece: Piece) -> float:
    """By what the likeliest reading is chosen: one that is expected goes before all that are not."""
    return piece.bound.score if piece.bound else piece.free.score - _UNBOUND


def _free(line: HanLine) -> Piece | None:
    """What a line says of itself, whatever is expected, read as far as its ink goes."""
    span = line.spans[-1]
    natural = natural_count(line, span)
    numbers = [natural] if natural <= _SURELY else [natural - 1, natural, natural + 1]
    ways = [_Way(line, span, grid) for number in numbers if number <= _MOST and (grid := grid_of(line, span, number))]
    if not ways:
        return None
    glances = [decode_free(scores) for scores in _at_a_glance(ways)]
    at = max(range(len(ways)), key=lambda at: glances[at].score)
    hopeful = glances[at].score > _HOPELESS
    return Piece(None, decode_free(_scores(line, ways[at].grid)) if hopeful else glances[at], _quad(line, span))


def _scores(line: HanLine, grid: Grid) -> NDArray[np.float32]:
    """Log probabilities of each character, the mean over its cuts, made whole again."""
    answers = score_characters(cut_characters(line, grid))
    mean = answers.reshape(MOVES, len(grid.centres), -1).mean(axis=0)
    return np.asarray(mean - np.logaddexp.reduce(mean, axis=1, keepdims=True), np.float32)


def _quad(line: HanLine, span: tuple[float, float]) -> Quad:
    """Photo px around the ink."""
    left, right = span[0] - 0.5, span[1] - 0.5
    top, bottom = line.top - 0.5, line.bottom - 0.5
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    a, b, c, d = (Point(float(x), float(y)) for x, y in map_points(line.to_photo, corners))
    return a, b, c, d
