"""What a drawn page or a simulated picture is known to show: the truth that travels with the pixels."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.values.items import Item
from engine.values.pictures import Box, Pixels, Point, Quad
from models.training.draw.people.languages import Label

ITEMS: Final = {
    Label.TYPE: Item.DOCUMENT_TYPE,
    Label.CODE: Item.ISSUING_STATE,
    Label.NUMBER: Item.PASSPORT_NUMBER,
    Label.SURNAME: Item.SURNAME,
    Label.GIVEN_NAMES: Item.GIVEN_NAMES,
    Label.NATIONALITY: Item.NATIONALITY,
    Label.BIRTH_DATE: Item.BIRTH_DATE,
    Label.SEX: Item.SEX,
    Label.BIRTH_PLACE: Item.BIRTH_PLACE,
    Label.ISSUE_DATE: Item.ISSUE_DATE,
    Label.EXPIRY_DATE: Item.EXPIRY_DATE,
    Label.AUTHORITY: Item.AUTHORITY,
    Label.ISSUE_PLACE: Item.ISSUE_PLACE,
}
"""The item that stands under each label."""

PointMap: TypeAlias = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Takes N×2 positions (x, y) in one picture and gives where they lie in the next."""

_Points: TypeAlias = NDArray[np.float64]
_EDGE_POINTS = 13  # along an edge, to see how far a map bends it


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One run of printed text. ``label`` marks text that is no value (labels, titles, overprints).

    ``traits`` say what makes it hard to find or read (``portrait beside``, ``overprint``, ``two lines`` …).
    """

    text: str
    quad: Quad
    label: bool
    traits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemTruth:
    """One item: ``value`` as the contract wants it, "" where the document does not hold it.

    ``printed`` is the Latin text as it stands on the page and ``quad`` is tight around its ink; "" and None where
    it is printed nowhere but in the machine readable zone. ``traits`` as of `PrintedLine`.
    """

    value: str
    printed: str = ""
    quad: Quad | None = None
    traits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything known about a page; quads in pixels of the page or picture it belongs to.

    ``document`` is an `engine.values.mrz.MrzFormat` value or ``NONE``. ``mrz_quads`` has one tight quad a line.
    ``portrait`` is where the holder's picture is printed, not its ghost; None where there is none.
    """

    document: str
    country: str
    layout: str
    mrz: tuple[str, ...]
    mrz_quads: tuple[Quad, ...]
    items: Mapping[Item, ItemTruth]
    lines: tuple[PrintedLine, ...]
    portrait: Quad | None = None

    def moved(self, point_map: PointMap) -> "Truth":
        """The same truth with every quad's corners sent through ``point_map``."""
        quads = [*self.mrz_quads, *(line.quad for line in self.lines)]
        quads += [item.quad for item in self.items.values() if item.quad is not None]
        quads += [self.portrait] if self.portrait else []
        moved = iter(move_quads(quads, point_map))
        mrz_quads = tuple(next(moved) for _ in self.mrz_quads)
        lines = tuple(replace(line, quad=next(moved)) for line in self.lines)
        items = {k: v if v.quad is None else replace(v, quad=next(moved)) for k, v in self.items.items()}
        portrait = next(moved) if self.portrait else None
        return replace(self, mrz_quads=mrz_quads, lines=lines, items=items, portrait=portrait)


NOTHING = Truth("NONE", "", "", (), (), {}, ())
"""The truth of a picture without a document we know."""


@dataclass(frozen=True, slots=True)
class Page:
    """A drawn page, H×W×3 uint8 BGR, at a known scale.

    ``zone_cells`` has for each line of the machine readable zone the tight quad of each character.
    """

    pixels: Pixels
    px_per_mm: float
    truth: Truth
    zone_cells: tuple[tuple[Quad, ...], ...] = ()


def move_quads(quads: Sequence[Quad], point_map: PointMap) -> list[Quad]:
    """Send all quads through ``point_map`` at once.

    Corners go where the map sends them. Where the map bends an edge outwards the quad grows by as much, so that it
    still surrounds its text; a homography bends none.
    """
    if not quads:
        return []
    corners = np.array(quads, np.float64)
    moved = point_map(corners.reshape(-1, 2)).reshape(-1, 4, 2)
    share = np.linspace(0, 1, _EDGE_POINTS)[None, :, None]
    for start, stop, other in ((0, 1, 3), (3, 2, 0)):
        edge = corners[:, None, start] * (1 - share) + corners[:, None, stop] * share
        bent = point_map(edge.reshape(-1, 2)).reshape(-1, _EDGE_POINTS, 2)
        outward = _outward(moved[:, start], moved[:, stop], moved[:, other])
        bulge = ((bent - moved[:, None, start]) * outward[:, None]).sum(axis=2).max(axis=1)
        moved[:, [start, stop]] += (outward * np.where(bulge > 1e-3, bulge, 0.0)[:, None])[:, None]
    return [as_quad(quad) for quad in moved]


def _outward(start: _Points, stop: _Points, inside: _Points) -> _Points:
    """Unit normals of the edges from ``start`` to ``stop``, pointing away from ``inside``; all N×2."""
    along = stop - start
    normal = np.stack((-along[:, 1], along[:, 0]), 1)
    normal *= -np.sign((normal * (inside - start)).sum(axis=1, keepdims=True))
    return np.asarray(normal / np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9), np.float64)


def as_quad(corners: NDArray[np.float64]) -> Quad:
    """Four corners, 4×2 and clockwise from top-left, as a quad."""
    a, b, c, d = (Point(float(x), float(y)) for x, y in corners)
    return a, b, c, d


def upright_quad(left: float, top: float, right: float, bottom: float) -> Quad:
    """The quad of an upright rectangle."""
    return Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)


def hull(quads: Sequence[Quad]) -> Quad:
    """The upright rectangle around upright quads."""
    xs, ys = [p.x for q in quads for p in q], [p.y for q in quads for p in q]
    return upright_quad(min(xs), min(ys), max(xs), max(ys))


def box_of(quad: Quad, width: int, height: int) -> Box | None:
    """The upright box in whole pixels around a quad, cut to the picture; None when nothing of it is inside."""
    xs, ys = [p.x + 0.5 for p in quad], [p.y + 0.5 for p in quad]
    left, top = max(0, int(np.floor(min(xs)))), max(0, int(np.floor(min(ys))))
    right, bottom = min(width, int(np.ceil(max(xs)))), min(height, int(np.ceil(max(ys))))
    if right <= left or bottom <= top:
        return None
    return Box(left, top, right - left, bottom - top)
