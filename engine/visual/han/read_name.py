"""Reads the holder's name in Chinese characters off the data page of a mainland passport.

Where the Latin name was found on the page, its Chinese line is right above it (since 2012), or before either part of
it (1997). The zone's pinyin says how many characters there may be and leaves about twenty to choose from for each;
the pictures choose.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

import numpy as np

from engine.imaging.quads import enclosing_quad
from engine.mrz.parse import names_may_go_on
from engine.page import PlacedPage
from engine.values.chinese import NOT_READ, ChineseText
from engine.values.items import Item, ItemReading
from engine.values.mrz import MrzReading
from engine.values.pictures import Photo, Quad
from engine.visual.han.decode import Spelling, counts, decode_bound
from engine.visual.han.name_line import HanLine, lines_above, lines_before
from engine.visual.han.piece import PLAIN, PLAINLY_OTHER, Expected, Piece
from engine.visual.han.read_line import read_line
from engine.visual.han.weigh import evidence, probability

_ROW: Final = 0.7
"""Heights of capitals within which surname and given names are on one line."""
_NAMES: Final = (Item.SURNAME, Item.GIVEN_NAMES)
_CLEAR: Final = 0.9
"""Share of a reading that was sought without the zone's help, from which it may be told."""
_CONTRADICTED: Final = 0.8
"""Confidence of a name that the zone spells otherwise: one of the two is wrong."""
_LEAST_SURE: Final = 0.5
"""Confidence under which no name is told."""
_MOST: Final = 15
"""Characters of a name at most."""


def read_chinese_name(photo: Photo, page: PlacedPage, mrz: MrzReading, items: Sequence[ItemReading]) -> ChineseText:
    """Return the name in Chinese characters off a passport of mainland China; empty where none is found.

    Args:
        photo: the picture.
        page: where its page lies.
        mrz: the decoded machine readable zone.
        items: the items as both zones say; surname and given names tell where to look and what for.

    Raises:
        ReaderMissing, ModelDamaged, ReaderCrashed: the network cannot be run.
    """
    names: dict[Item, ItemReading] = {item.item: item for item in items if item.item in _NAMES}
    pieces = read_pieces(photo, page, names, cut=names_may_go_on(mrz))
    return _told(pieces, _zone_certainty(pieces, names.values())) if pieces else NOT_READ


def _zone_certainty(pieces: Sequence[Piece], names: Collection[ItemReading]) -> float:
    """How sure the spelling is: wholly where the characters, read without it, can be read so."""
    if all(piece.bound and piece.bound.text == piece.free.text for piece in pieces):
        return 1.0
    return math.prod(item.confidence for item in names if item.value)


def read_pieces(photo: Photo, page: PlacedPage, names: Mapping[Item, ItemReading], *, cut: bool) -> tuple[Piece, ...]:
    """Return the one or two lines that the Chinese name stands in, in order; none where one is not found.

    ``names`` are the items surname and given names as fused; ``cut`` says that the zone may lack the end of them.
    """
    found = [read_line(lines, _expected(spelling)) for lines, spelling in _lines(photo, page, names, cut=cut)]
    pieces = [piece for piece in found if piece]
    return tuple(pieces) if len(pieces) == len(found) else ()


def _expected(spelling: Spelling) -> Expected:
    """What characters can be read as the zone spells."""
    return Expected(counts(spelling, _MOST), partial(decode_bound, spelling=spelling), dotted=len(spelling.parts) > 1)


def _told(pieces: Sequence[Piece], zone: float) -> ChineseText:
    """The name of the pieces, of which the zone's spelling is right with probability ``zone``.

    A free reading that goes far before every one that fits is told in its place; where neither is sure, nothing is.
    """
    quad = enclosing_quad([piece.quad for piece in pieces])
    if all(piece.bound for piece in pieces):
        odds, ahead = evidence(pieces)
        if ahead <= PLAINLY_OTHER:
            confidence = zone * probability(odds, ahead) if odds > 0 else 0.0  # else others are likelier together
            text = "".join(piece.bound.text for piece in pieces if piece.bound)
            return ChineseText(text, confidence, quad) if confidence >= _LEAST_SURE else NOT_READ
    if all(piece.free.score > PLAIN and piece.free.share > _CLEAR for piece in pieces):
        text = "".join(piece.free.text for piece in pieces)
        return ChineseText(text, _CONTRADICTED, quad, fits=False)
    return NOT_READ


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
