"""Looks again at where a machine readable zone may be: straightened, and as large as the network knows zones best.

A zone that is small in the view or leans is outlined roughly, its direction a few degrees off or its end cut: then it
cannot be read. Seen upright and by itself it is outlined well.
"""

from typing import Final

import numpy as np

from engine.imaging.quads import map_quad
from engine.imaging.warp import FINE, Shape, cut_view
from engine.locate.zone_net import find_zones
from engine.values.pictures import Matrix, MrzBand, Photo, Quad

_WIDE, _DEEP = 2.0, 1.4  # width and height of the view in lengths of the band: the zone and most of its page
_BELOW: Final = 0.6  # share of the view's height that lies above the band: most of a page stands above it
_VIEW: Final = 450  # width of the view, px
_OF_PAGES: Final = 0.7  # scale that the network looks at: a page by itself has a large zone


def look_again(photo: Photo, band: MrzBand) -> list[MrzBand]:
    """Return the zones seen in a straightened view around ``band``, in photo px, best first."""
    matrix, shape = _view(band.quad)
    seen = find_zones(cut_view(photo.gray, matrix, shape, FINE), _OF_PAGES)
    return [MrzBand(map_quad(matrix, zone.quad), zone.score) for zone in seen]


def _view(quad: Quad) -> tuple[Matrix, Shape]:
    """From pixels of the view to photo px; the view's width and height."""
    corners = np.array(quad, np.float64)
    along = (corners[1] + corners[2] - corners[0] - corners[3]) / 2
    length = max(float(np.hypot(*along)), 1.0)
    shrink = _WIDE * length / _VIEW
    axis = along / length * shrink
    across = np.array([-axis[1], axis[0]])
    shape = _VIEW, round(_VIEW * _DEEP / _WIDE)
    origin = corners.mean(axis=0) - shape[0] / 2 * axis - _BELOW * shape[1] * across
    matrix = np.array([[axis[0], across[0], origin[0]], [axis[1], across[1], origin[1]], [0.0, 0.0, 1.0]])
    return matrix, shape
