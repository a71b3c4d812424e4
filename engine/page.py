"""Stage 6: places the page in the photo by its machine readable zone, and shows the part above the zone upright.

Millimetres of the page: origin at the page's top-left corner, x right, y down. The lines of the machine readable
zone stand at known places (ICAO 9303-3 §4.3: 2.54 mm pitch, lines 6.35 mm apart; 9303-4 §3.1 and Figure 4: centre
of the zone 11.6 mm above the lower edge), which gives a map from millimetres to photo pixels.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.imaging.warp import FINE, cut_view, map_points
from engine.values.mrz import MrzFormat
from engine.values.pictures import Matrix, Photo, Pixels, Quad

CHARACTER_PITCH: Final = 2.54
"""Millimetres from a character of the zone to the next: ten to the inch."""
LINE_SPACING: Final = 6.35
"""Millimetres from a line of the zone to the next."""
GLYPH_GAP: Final = 0.75
"""Millimetres of a pitch that a character leaves free: OCR-B glyphs are about 1.8 mm wide."""
MRZ_CENTRE_ABOVE_EDGE: Final = 11.6
"""Millimetres from the page's lower edge to the centre of the zone."""
_MRZ_TOP_CLEARANCE: Final = 2.2
"""Millimetres from the centre of the MRZ's first line to where the view ends: cap height 2.5 mm halved, and air."""

_MOST_KEYSTONE: Final = 0.25
"""Share by which the page may be wider or narrower at its top than at the zone."""
_ZONE_TO_TOP: Final = 70.0
"""Millimetres from the zone to the top of the page, about."""
_DOUBTFUL_KEYSTONE: Final = 0.02
"""Smaller shares are taken for errors of measurement."""
_LEAST_SCALE: Final = 6.0
_MOST_SCALE: Final = 10.0
"""Pixels per millimetre of the view."""
_MARGIN: Final = (2.0, 5.0)
"""Millimetres beyond the nominal page at the sides and at the top: the MRZ may be printed off its place."""


@dataclass(frozen=True, slots=True)
class PageSize:
    """Millimetres of a document's page, and the characters of a line of its machine readable zone."""

    width: float
    height: float
    columns: int


SIZES: Final[Mapping[MrzFormat, PageSize]] = {
    MrzFormat.TD3: PageSize(125.0, 88.0, 44),
    MrzFormat.TD2: PageSize(105.0, 74.0, 36),
    MrzFormat.MRV_A: PageSize(120.0, 80.0, 44),
    MrzFormat.MRV_B: PageSize(105.0, 74.0, 36),
    MrzFormat.FRA_ID: PageSize(105.0, 74.0, 36),
}
"""Formats with a visual zone above the machine readable zone; a TD1 card prints it on the other side."""


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """Where the page lies in the photo: ``to_photo`` is the 3×3 homography from page millimetres to photo px.

    ``lines`` are what it was placed by: the photo-px quads of the lines of its machine readable zone, first to last.
    """

    size: PageSize
    to_photo: Matrix
    lines: tuple[Quad, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """The visual zone, upright: ``pixels`` h×w uint8 gray at ``scale`` px per mm.

    ``to_photo`` maps its pixels to photo pixels; ``origin`` is the page position (mm) of its first pixel.
    """

    pixels: Pixels
    scale: float
    origin: tuple[float, float]
    to_photo: Matrix

    def to_mm(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Map N×2 pixels of the view to page millimetres."""
        return np.asarray(points / self.scale + np.array(self.origin))

    def from_mm(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Map N×2 page millimetres to pixels of the view."""
        return np.asarray((points - np.array(self.origin)) * self.scale)


def place_page(document: MrzFormat, lines: Sequence[Quad]) -> PlacedPage | None:
    """Return where the page lies whose machine readable zone has ``lines`` (photo px, first to last).

    None where no page can be placed: the format prints nothing above its zone, or fewer than two lines were found.
    """
    size = SIZES.get(document)
    if size is None or len(lines) < 2:
        return None
    return PlacedPage(size, _to_photo(lines, size), tuple(lines))


def view_page(photo: Photo, page: PlacedPage) -> PageView:
    """Warp the part of the page above its machine readable zone to an upright gray image.

    The scale is the photo's own within 6 to 10 px/mm: finer pixels would not be read better, coarser ones would
    leave the readers nothing to work with.
    """
    size = page.size
    centre = np.array([size.width / 2, size.height / 2])
    pixels_per_mm = float(np.sqrt(abs(np.linalg.det(_jacobian(page.to_photo, centre)))))
    scale = float(np.clip(pixels_per_mm, _LEAST_SCALE, _MOST_SCALE))
    bottom = size.height - MRZ_CENTRE_ABOVE_EDGE - LINE_SPACING / 2 - _MRZ_TOP_CLEARANCE
    origin = (-_MARGIN[0], -_MARGIN[1])
    shape = (round((size.width + 2 * _MARGIN[0]) * scale), round((bottom + _MARGIN[1]) * scale))
    to_mm = np.array([[1 / scale, 0.0, origin[0]], [0.0, 1 / scale, origin[1]], [0.0, 0.0, 1.0]])
    matrix = page.to_photo @ to_mm
    return PageView(cut_view(photo.gray, matrix, shape, FINE), scale, origin, matrix)


def _to_photo(quads: Sequence[Quad], size: PageSize) -> Matrix:
    """The homography from page millimetres to photo pixels that the lines of the MRZ suggest.

    Direction, scale and place follow from the two lines; their different lengths tell how the page narrows towards
    its top. How it narrows sideways cannot be told from so thin a band: see `engine.visual.lines.keystone`.
    """
    ends = np.array([_middle_ends(quad) for quad in quads[:2]])  # line × (left, right) × (x, y)
    length = size.columns * CHARACTER_PITCH - GLYPH_GAP
    left = (size.width - length) / 2
    centre_y = size.height - MRZ_CENTRE_ABOVE_EDGE
    middle = ends.mean(axis=(0, 1))
    across = (ends[:, 1] - ends[:, 0]).mean(axis=0) / length
    down = (ends[1] - ends[0]).mean(axis=0) / LINE_SPACING
    affine = np.array([[across[0], down[0], middle[0]], [across[1], down[1], middle[1]], [0.0, 0.0, 1.0]])
    keystone = np.eye(3)
    keystone[2, 1] = _narrowing(ends)
    to_centre = np.array([[1.0, 0.0, -(left + length / 2)], [0.0, 1.0, -centre_y], [0.0, 0.0, 1.0]])
    return np.asarray(affine @ keystone @ to_centre)


def _middle_ends(quad: Quad) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    corners = np.array(quad, dtype=np.float64)
    return (corners[0] + corners[3]) / 2, (corners[1] + corners[2]) / 2


def _narrowing(ends: NDArray[np.float64]) -> float:
    """The homography's term in y (per mm): the scale at y is 1 / (1 + term × y), y from the centre of the MRZ."""
    upper, lower = np.linalg.norm(ends[:, 1] - ends[:, 0], axis=1)
    # Line lengths are measured to a few parts in a thousand, twelve times that at the top of the page: only a clear
    # difference is believed.
    term = float((upper - lower) / (upper + lower) * 2 / LINE_SPACING)
    at_top = term * _ZONE_TO_TOP
    believed = np.sign(at_top) * max(abs(at_top) - _DOUBTFUL_KEYSTONE, 0.0)
    return float(np.clip(believed, -_MOST_KEYSTONE, _MOST_KEYSTONE)) / _ZONE_TO_TOP


def _jacobian(matrix: Matrix, point: NDArray[np.float64]) -> NDArray[np.float64]:
    steps = point + np.array([(0.0, 0.0), (0.5, 0.0), (0.0, 0.5)])
    mapped = map_points(matrix, steps)
    return np.asarray((mapped[1:] - mapped[0]) / 0.5)
