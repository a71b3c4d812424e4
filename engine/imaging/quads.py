"""Quads: how wide and high they are, how far two of them overlap, where they are mapped to."""

from collections.abc import Sequence
from math import hypot

import cv2
import numpy as np

from engine.imaging.warp import map_points
from engine.values.pictures import Matrix, Point, Quad


def quad_width(quad: Quad) -> float:
    """Return the mean length of the upper and lower side, in the unit of the quad."""
    a, b, c, d = quad
    return (hypot(b.x - a.x, b.y - a.y) + hypot(c.x - d.x, c.y - d.y)) / 2


def quad_height(quad: Quad) -> float:
    """Return the mean length of the left and right side, in the unit of the quad."""
    a, b, c, d = quad
    return (hypot(d.x - a.x, d.y - a.y) + hypot(c.x - b.x, c.y - b.y)) / 2


def quad_overlap(one: Quad, other: Quad) -> float:
    """Return intersection over union (0..1) of two convex quads."""
    a, b = np.array(one, dtype=np.float32), np.array(other, dtype=np.float32)
    shared, _ = cv2.intersectConvexConvex(a, b)
    joint = cv2.contourArea(a) + cv2.contourArea(b) - shared
    return float(shared) / max(1e-6, joint)


def map_quad(matrix: Matrix, quad: Quad) -> Quad:
    """Return the quad where ``matrix``, 3×3, maps its corners to."""
    a, b, c, d = (Point(float(x), float(y)) for x, y in map_points(matrix, np.array(quad, np.float64)))
    return a, b, c, d


def around_lines(quads: Sequence[Quad]) -> Quad:
    """Return the quad around lines of print that lie one below the other, from the first to the last."""
    first, last = quads[0], quads[-1]
    return (first[0], first[1], last[2], last[3])


def enclosing_quad(quads: Sequence[Quad]) -> Quad:
    """Return the rectangle around all ``quads``, along the upper side of the first one."""
    corners = np.array([corner for quad in quads for corner in quad])
    along = np.subtract(quads[0][1], quads[0][0])
    along = along / (np.linalg.norm(along) or 1.0)
    frame = np.array([along, (-along[1], along[0])])
    turned = corners @ frame.T
    (left, top), (right, bottom) = turned.min(axis=0), turned.max(axis=0)
    a, b, c, d = np.array([(left, top), (right, top), (right, bottom), (left, bottom)]) @ frame
    return Point(*map(float, a)), Point(*map(float, b)), Point(*map(float, c)), Point(*map(float, d))
