"""Reads the Chinese characters beside places and authorities: the Latin print tells which must stand there.

Places have them before it on the same line, authorities above it. The pictures confirm what is expected, or show
another place or authority that passports print. Beside Latin print that is not known they are read freely.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from engine.page import PlacedPage
from engine.values.chinese import NOT_READ, ChineseText
from engine.values.items import Item, ItemReading
from engine.values.pictures import Photo, Quad
from engine.visual.han.chinese_print import chinese_print, latin_key
from engine.visual.han.decode import ANY
from engine.visual.han.name_line import HanLine, lines_above, lines_before
from engine.visual.han.piece import PLAIN, PLAINLY_OTHER, Piece
from engine.visual.han.read_known import read_known
from engine.visual.han.read_unknown import read_unknown
from engine.visual.han.weigh import evidence, probability

_SHOWN: Final = -2.5
"""Mean log probability of expected characters from which they are there: of those of no print it is far lower."""
_CLEAR: Final = 0.95
"""Share of a reading that nothing else speaks for, from which it is told."""
_CONTRADICTED: Final = 0.8
"""Confidence of characters that name something else than the Latin print: one of the two is wrong."""
_LEAST_SURE: Final = 0.5
"""Confidence under which nothing is told."""
_CITY: Final = range(2, 7)
"""Characters of a place."""
_GUESSES: Final = ((2.3, 2.6, 3.0), (1.2, 1.7, 2.2))
"""Millimetres that an authority's line may be high, and from its foot to the Latin capitals below it."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where characters stand: the lines that may be they, and the kind of what they say in ``chinese_print.tsv``."""

    lines: Callable[[Photo, PlacedPage, Quad], Iterator[HanLine]]
    kind: str


_PLACES: Final[Mapping[Item, _Place]] = {
    Item.BIRTH_PLACE: _Place(lines_before, "place"),
    Item.ISSUE_PLACE: _Place(lines_before, "place"),
    Item.AUTHORITY: _Place(partial(lines_above, guesses=_GUESSES), "authority"),
}


def read_beside(photo: Photo, page: PlacedPage, items: Sequence[ItemReading]) -> Mapping[Item, ChineseText]:
    """Return what stands in Chinese beside the two places and the authority, empty where it is not read.

    Args:
        photo: the picture.
        page: where its page lies.
        items: the items as both zones say.

    Raises:
        ReaderMissing, ModelDamaged, ReaderCrashed: the network cannot be run.
    """
    latin = {item.item: item for item in items if item.value and item.quad}
    found = {item: _read(photo, page, latin[item], place) for item, place in _PLACES.items() if item in latin}
    return {item: found.get(item, NOT_READ) for item in _PLACES}


def _read(photo: Photo, page: PlacedPage, latin: ItemReading, place: _Place) -> ChineseText:
    """What is expected, or another text that passports print; beside an unknown place what is plainly shown."""
    assert latin.quad is not None
    lines, known = place.lines(photo, page, latin.quad), chinese_print(place.kind)
    every = {text for some in known.values() for text in some}
    texts = known.get(latin_key(latin.value))
    if texts:
        rivals = {text for text in every.difference(texts) if ANY not in text}
        return _told(read_known(lines, texts, rivals), texts, latin)
    return _freely(lines) if place.kind == "place" else _told(read_known(lines, every), every, latin)


def _told(piece: Piece | None, texts: Collection[str], latin: ItemReading) -> ChineseText:
    """One of ``texts`` if it is shown, or what contradicts the Latin print.

    Characters that are read so without the Latin print are as sure as they are shown, else it must be right as well.
    """
    if piece is None or piece.bound is None or piece.bound.score < _SHOWN:
        return NOT_READ
    text, (odds, ahead) = piece.bound.text, evidence((piece,))
    confidence = probability(odds, ahead) * (1.0 if text == piece.free.text else latin.confidence)
    if ahead > PLAINLY_OTHER or odds < 0 or confidence < _LEAST_SURE:
        return NOT_READ
    if text in texts or ANY in "".join(texts):
        return ChineseText(text, confidence, piece.quad)
    return ChineseText(text, min(confidence, _CONTRADICTED), piece.quad, fits=False)


def _freely(lines: Iterator[HanLine]) -> ChineseText:
    """What is plainly shown beside a place that no table has: a city abroad."""
    piece = read_unknown(lines, _CITY)
    if piece is None or piece.free.score <= PLAIN or piece.free.share <= _CLEAR:
        return NOT_READ
    sure = replace(piece, bound=piece.free)
    return ChineseText(piece.free.text, probability(*evidence((sure,))), piece.quad)
