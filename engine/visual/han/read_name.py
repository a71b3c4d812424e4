"""Reads the holder's name in Chinese characters off the data page of a mainland passport.

Where the Latin name was found on the page, its Chinese line is right above it (since 2012), or before either part of
it (1997). The zone's pinyin says how many characters there may be and leaves about twenty to choose from for each;
the pictures choose.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.imaging.warp import map_points
from engine.mrz.parse import names_truncated
from engine.page import PlacedPage
from engine.values.items import NO_NAME, ChineseName, Item, ItemReading
from engine.values.mrz import MrzReading
from engine.values.pictures import Photo, Point, Quad
from engine.visual.han.characters import calibration, score_characters
from engine.visual.han.cut_characters import (
    MOVES,
    Grid,
    assumed_grid,
    cut_characters,
    cut_once,
    grid_of,
    natural_count,
    width_of,
)
from engine.visual.han.decode import Decoded, Spelling, counts, decode_bound, decode_free
from engine.visual.han.name_line import HanLine, lines_above, lines_before

_ROW: Final = 0.7
"""Heights of capitals within which surname and given names are on one line."""
_NAMES: Final = (Item.SURNAME, Item.GIVEN_NAMES)
_REGIONS: Final = ("H", "K", "M")
"""First letters of the numbers of Hong Kong's and Macao's passports, whose zones say CHN as well."""
_PLAINLY_OTHER: Final = 2.5
"""Nats a character by which another reading goes before those that fit the zone, where the name is another one."""
_CLEAR: Final = 0.9
"""Share of a reading that was sought without the zone's help, from which it may be told."""
_CONTRADICTED: Final = 0.8
"""Confidence of a name that the zone spells otherwise: one of the two is wrong."""
_LEAST_SURE: Final = 0.5
"""Confidence under which no name is told."""
_LEAST_DOUBT: Final = 1e-4
"""Doubt that is left of a share, however near to all."""
_PLAIN: Final = -0.5
"""Mean log probability of characters from which no other line is looked for."""
_UNBOUND: Final = 20.0
"""Nats that a reading without spelling stands behind."""
_FEW: Final = 3
"""Guesses of where the characters stand that are looked at closely."""
_MOST: Final = 15
"""Characters of a name at most."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of Chinese characters as read: as its spelling lets it be, freely, and where (photo px)."""

    bound: Decoded | None
    free: Decoded
    quad: Quad


def read_chinese_name(photo: Photo, page: PlacedPage, mrz: MrzReading, items: Sequence[ItemReading]) -> ChineseName:
    """Return the name in Chinese characters; empty on passports of other states and regions, and where none is found.

    Args:
        photo: the picture.
        page: where its page lies.
        mrz: the decoded machine readable zone.
        items: the items as both zones say; surname and given names tell where to look and what for.

    Raises:
        ReaderMissing, ModelDamaged, ReaderCrashed: the network cannot be run.
    """
    if not is_mainland(mrz):
        return NO_NAME
    names: dict[Item, ItemReading] = {item.item: item for item in items if item.item in _NAMES}
    pieces = read_pieces(photo, page, names, cut=names_truncated(mrz))
    return _told(pieces, _zone_certainty(pieces, names.values())) if pieces else NO_NAME


def _zone_certainty(pieces: Sequence[Piece], names: Collection[ItemReading]) -> float:
    """How sure the spelling is: wholly where the characters, read without it, can be read so."""
    if all(piece.bound and piece.bound.text == piece.free.text for piece in pieces):
        return 1.0
    return math.prod(item.confidence for item in names if item.value)


def is_mainland(mrz: MrzReading) -> bool:
    """Whether the passport is one of mainland China, not of Hong Kong or Macao, whose names are spelt otherwise."""
    fields = mrz.fields
    return fields.issuing_state == "CHN" and fields.document_number[:1] not in _REGIONS


def read_pieces(photo: Photo, page: PlacedPage, names: Mapping[Item, ItemReading], *, cut: bool) -> tuple[Piece, ...]:
    """Return the one or two lines that the Chinese name stands in, in order; none where one is not found.

    ``names`` are the items surname and given names as fused; ``cut`` says that the zone may lack the end of them.
    """
    found = [_read(lines, spelling) for lines, spelling in _lines(photo, page, names, cut=cut)]
    pieces = [piece for piece in found if piece]
    return tuple(pieces) if len(pieces) == len(found) else ()


def evidence(pieces: Sequence[Piece]) -> tuple[float, float]:
    """What speaks for a name that fits its spelling: its share among those that do, and what others are likelier.

    The share is a logarithm of odds, the other in nats a character: how much the free reading goes before it.
    """
    share = math.prod(piece.bound.share for piece in pieces if piece.bound)
    odds = math.log(max(share, 1e-9) / max(1 - share, _LEAST_DOUBT))
    return odds, max(piece.free.score - piece.bound.score for piece in pieces if piece.bound)


def _told(pieces: Sequence[Piece], zone: float) -> ChineseName:
    """The name of the pieces, of which the zone's spelling is right with probability ``zone``.

    A free reading that goes far before every one that fits is told in its place; where neither is sure, nothing is.
    """
    quad = around(pieces)
    if all(piece.bound for piece in pieces):
        odds, ahead = evidence(pieces)
        if ahead <= _PLAINLY_OTHER:
            confidence = zone * probability(odds, ahead)
            text = "".join(piece.bound.text for piece in pieces if piece.bound)
            return ChineseName(text, confidence, quad) if confidence >= _LEAST_SURE else NO_NAME
    if all(piece.free.score > _PLAIN and piece.free.share > _CLEAR for piece in pieces):
        text = "".join(piece.free.text for piece in pieces)
        return ChineseName(text, _CONTRADICTED, quad, fits=False)
    return NO_NAME


def probability(odds: float, ahead: float) -> float:
    """How probably a name is right, by its `evidence`; the weights were fitted on drawn pages."""
    weights = calibration()
    likely = 1 / (1 + math.exp(-(weights["bias"] + weights["odds"] * odds - weights["ahead"] * ahead)))
    return min(likely, weights["most"])


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


def _lines(
    photo: Photo, page: PlacedPage, names: Mapping[Item, ItemReading], *, cut: bool
) -> Iterator[tuple[Iterator[HanLine], Spelling]]:
    """The lines sought, and what the zone says of each."""
    surname, given = (names[item] for item in (Item.SURNAME, Item.GIVEN_NAMES))
    letters = [_parts(name.value) for name in (surname, given)]
    if surname.quad is None:
        return
    if given.quad is None or _on_one_row(surname.quad, given.quad):
        yield lines_above(photo, page, surname.quad), Spelling(letters[0] + letters[1], cut)
        return
    yield lines_before(photo, page, surname.quad), Spelling(letters[0])
    yield lines_before(photo, page, given.quad), Spelling(letters[1], cut)


def _parts(value: str) -> tuple[str, ...]:
    return tuple(value.upper().replace("-", " ").split())


def _on_one_row(one: Quad, other: Quad) -> bool:
    """Whether two names stand side by side: the second's corner lies along the first's upper edge."""
    a, b, _, d = (np.array(corner) for corner in one)
    along, down = b - a, d - a
    away = np.array(other[0]) - a
    across = abs(along[0] * away[1] - along[1] * away[0]) / max(float(np.linalg.norm(along)), 1e-6)
    return bool(across < _ROW * float(np.linalg.norm(down)))


def _read(lines: Iterator[HanLine], spelling: Spelling) -> Piece | None:
    """What the likeliest of some lines says, cut into as many characters as the spelling and the pitch allow.

    Where nothing that fits the spelling is near what is shown, as many are read as there seem to be.
    """
    possible = counts(spelling, _MOST)
    looked_at: list[HanLine] = []
    guesses: list[HanLine] = []
    best: Piece | None = None
    for line in lines:
        (guesses if line.guessed else looked_at).append(line)
        if line.guessed:
            continue
        best = _best(line, _grids(line, possible), spelling, best)
        if best and _rank(best) > _PLAIN:
            return best
    for line, span, grid in _likeliest(guesses, possible):
        best = _best(line, iter([(span, grid)]), spelling, best)
    if best and best.bound and best.free.score - best.bound.score <= _PLAINLY_OTHER:
        return best
    others = [piece for line in looked_at if (piece := _free(line))]
    other = max(others, key=lambda piece: piece.free.score, default=None)
    if best is None or other is None or other.free.score <= best.free.score:
        return best or other
    return replace(other, bound=best.bound)


def _best(
    line: HanLine, grids: Iterator[tuple[tuple[float, float], Grid]], spelling: Spelling, best: Piece | None
) -> Piece | None:
    """The likeliest of the readings of a line and one before; where that is plain, nothing is assumed any more."""
    for span, grid in grids:
        if best and _rank(best) > _PLAIN and grid.assumed:
            break
        scores = _scores(line, grid)
        piece = Piece(decode_bound(scores, spelling), decode_free(scores), _quad(line, span))
        if best is None or _rank(piece) > _rank(best):
            best = piece
    return best


def _likeliest(
    guesses: Sequence[HanLine], numbers: Collection[int]
) -> list[tuple[HanLine, tuple[float, float], Grid]]:
    """The few of all ways to cut lines that may be there in which characters are most plainly seen."""
    ways = [(line, span, grid) for line in guesses for span, grid in _grids(line, numbers)]
    if not ways:
        return []
    answers = score_characters(np.concatenate([cut_once(line, grid) for line, _, grid in ways]))
    plain = answers[:, :-1].max(axis=1)
    ends = np.cumsum([len(grid.centres) for _, _, grid in ways])
    means = [float(part.mean()) for part in np.split(plain, ends[:-1])]
    order = sorted(range(len(ways)), key=lambda at: -means[at])
    return [ways[at] for at in order[:_FEW]]


def _free(line: HanLine) -> Piece | None:
    """What a line says of itself, whatever the zone says, read as far as its ink goes."""
    span = line.spans[-1]
    number = natural_count(line, span)
    grid = grid_of(line, span, number) if number <= _MOST else None
    return Piece(None, decode_free(_scores(line, grid)), _quad(line, span)) if grid else None


def _rank(piece: Piece) -> float:
    """By what the likeliest reading is chosen: one that fits the spelling goes before all that do not."""
    return piece.bound.score if piece.bound else piece.free.score - _UNBOUND


def _grids(line: HanLine, numbers: Collection[int]) -> Iterator[tuple[tuple[float, float], Grid]]:
    """Ways to cut the line into any of these numbers of characters."""
    for span in line.spans:
        for number in sorted(numbers):
            grid = grid_of(line, span, number)
            if grid is not None:
                yield span, grid
    for number in sorted(numbers):
        for begin in (*line.begins, *(end - width_of(line, number) for end in line.ends)):
            yield assumed_grid(line, begin, number)


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
