"""How positions move when a page becomes a picture: every pixel transform has the point map that goes with it.

Positions are pixels with the centre of the top-left pixel at (0, 0), as in `engine.values.pictures`.
"""

from collections.abc import Callable
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.values.pictures import Matrix, Pixels
from models.training.draw.pages.records import PointMap

Size = tuple[int, int]
"""Width and height in pixels."""

Rise: TypeAlias = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""How far down a bent page's rows lie, px, by x."""


def homography_map(matrix: Matrix) -> PointMap:
    """The point map of a 3×3 homography."""

    def apply(points: NDArray[np.float64]) -> NDArray[np.float64]:
        lifted = np.column_stack((points, np.ones(len(points)))) @ matrix.T
        return np.asarray(lifted[:, :2] / lifted[:, 2:], np.float64)

    return apply


def scaling(sx: float, sy: float) -> Matrix:
    """Scaling that keeps the picture's outer edge, not the centre of its first pixel, in place (as cv2.resize)."""
    return np.array([[sx, 0, 0.5 * sx - 0.5], [0, sy, 0.5 * sy - 0.5], [0, 0, 1]], np.float64)


def shift(dx: float, dy: float) -> Matrix:
    """A translation."""
    return np.array([[1, 0, dx], [0, 1, dy], [0, 0, 1]], np.float64)


def rotation(degrees: float, centre: tuple[float, float]) -> Matrix:
    """A rotation, counter-clockwise as seen, about ``centre``."""
    return np.vstack((cv2.getRotationMatrix2D(centre, degrees, 1.0), (0, 0, 1))).astype(np.float64)


def quarter_turns(turns: int, size: Size) -> Matrix:
    """``turns`` × 90° counter-clockwise of a picture of ``size``, as ``numpy.rot90`` does it."""
    width, height = size
    once = np.array([[0, 1, 0], [-1, 0, width - 1], [0, 0, 1]], np.float64)
    return np.eye(3) if turns % 4 == 0 else quarter_turns(turns % 4 - 1, (height, width)) @ once


def tilt(size: Size, angles: tuple[float, float, float], distance: float) -> Matrix:
    """The view of a flat rectangle of ``size`` px turned by pitch, yaw and roll (degrees).

    ``distance`` is that of the camera in multiples of the rectangle's width; the rectangle's centre stays put.
    """
    width, height = size
    pitch, yaw, roll = np.radians(angles)
    cx, cy = (width - 1) / 2, (height - 1) / 2
    rx = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
    ry = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    rz = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    turn = rz @ ry @ rx
    focal = distance * width
    project = np.array([[focal, 0, cx], [0, focal, cy], [0, 0, 1]])
    place = np.column_stack((turn[:, 0], turn[:, 1], (0, 0, focal)))
    return np.asarray(project @ place @ shift(-cx, -cy), np.float64)


def warp(pixels: Pixels, matrix: Matrix, size: Size, background: Pixels | None = None) -> Pixels:
    """Send a picture through a homography; around it ``background`` (of ``size``), else black."""
    if background is None:
        moved = cv2.warpPerspective(pixels, matrix, size, flags=cv2.INTER_LINEAR)
    else:
        moved = cv2.warpPerspective(
            pixels, matrix, size, background.copy(), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT
        )
    return np.asarray(moved, np.uint8)


def wave(width: int, lift: float, phase: float) -> Rise:
    """A page that curls: ``lift`` × sin(π x / ``width`` + ``phase``) px."""
    return lambda x: np.asarray(lift * np.sin(np.pi * x / width + phase))


def crease(width: int, depth: float, at: float) -> Rise:
    """A page folded along a column, ``at`` of the way across; its rows fall straight to either side.

    ``depth`` (px) is that of the valley where both halves are equally long.
    """
    return lambda x: np.asarray(-depth * np.abs(2 * x / width - 2 * at))


class Bend:
    """A page that does not lie flat: its rows are lifted along x and its columns squeezed towards one side.

    y moves by ``rise`` of x, then x by ``squeeze`` × W / 4 px at most; both are exactly invertible, for the first
    keeps x and the second depends on x alone.
    """

    def __init__(self, size: Size, rise: Rise, squeeze: float):
        self.width, self.height = size
        self.rise = rise
        self.squeeze = float(np.clip(squeeze, -0.25, 0.25) * self.width)

    def _squeezed(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        share = x / self.width
        return np.asarray(x + self.squeeze * share * (1 - share))

    def forward(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where points of the flat page lie on the bent one."""
        x, y = points[:, 0], points[:, 1]
        return np.stack((self._squeezed(x), y + self.rise(x)), 1)

    def apply(self, pixels: Pixels) -> Pixels:
        """Bend the pixels; the size stays, what leaves it is cut and what enters repeats the edge."""
        x_bent = np.arange(self.width, dtype=np.float64)
        # x' = x + s·x·(1 − x/W) solved for x; of the two roots the one that is the identity for s → 0.
        s = self.squeeze / self.width
        x = (
            x_bent
            if abs(s) < 1e-9
            else ((1 + s) - np.sqrt((1 + s) ** 2 - 4 * s * x_bent / self.width)) / (2 * s) * self.width
        )
        map_x = np.broadcast_to(x.astype(np.float32), (self.height, self.width))
        map_y = np.arange(self.height, dtype=np.float32)[:, None] - self.rise(x).astype(np.float32)[None, :]
        bent = cv2.remap(
            pixels, np.ascontiguousarray(map_x), map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        return np.asarray(bent, np.uint8)
