"""Finds machine readable zones with a small network: a map of where they are and which way they read."""

import functools
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.network import Network, normalised, open_network
from engine.imaging.percentiles import median
from engine.imaging.scaling import reduced, scaled_quad
from engine.values.pictures import MrzBand, Pixels, Point

MODEL: Final = "mrz_detector_v1"
"""Folder of the network in ``models``."""
_FINER = 2  # times that the maps are enlarged before they are outlined: small zones are two cells thick
_SMALLEST = 24  # cells of the enlarged map that a zone has at least
_SLIM = 3.5  # length over depth from which a zone is long enough; three lines of 30 characters have 5
_SLICES = 16  # slices across a zone, to which its edges are fitted


def find_zones(gray: Pixels, finer: float = 1.0) -> list[MrzBand]:
    """Find zones in a gray picture, best first, as quads in its pixels that begin at the reading direction's start.

    Args:
        gray: H×W uint8 of any size; it is scaled to the net's input.
        finer: how many times larger than usual the input is to be: over 1 for smaller print, under 1 for larger. The
            cost grows as its square.

    Raises:
        ModelDamaged: the model is missing or not the one it should be.
        ReaderMissing: onnxruntime is not installed.
    """
    net = _open_net()
    small, scale = reduced(gray, round(finer * net.config["long_side"]))
    zone, direction = _run(net, small)
    bands = outlines(zone, direction, net.config["stride"], net.config["threshold"])
    return [MrzBand(scaled_quad(band.quad, scale), band.score) for band in bands]


def outlines(
    zone: NDArray[np.float32], direction: NDArray[np.float32], stride: int, threshold: float
) -> list[MrzBand]:
    """Outline the connected regions of a zone map, best first.

    Args:
        zone: h×w probability that a cell of ``stride`` × ``stride`` px lies in a zone.
        direction: 2×h×w cosine and sine of the reading direction.
        stride: px a cell.
        threshold: probability from which a cell counts as inside.

    Returns:
        Quads in px of the picture that the maps were made from.
    """
    zone = _finer(zone)
    inside = (zone > threshold).astype(np.uint8)
    labels, stats = (np.asarray(a, np.int32) for a in cv2.connectedComponentsWithStats(inside)[1:3])
    large = [label for label in range(1, len(stats)) if stats[label, cv2.CC_STAT_AREA] >= _SMALLEST]
    regions = [_cells(labels, label, stats[label]) for label in large]
    found = [_outline(x, y, zone[y, x], direction, stride / _FINER) for x, y in regions]
    return sorted(found, key=lambda band: -band.score)


def _cells(
    labels: NDArray[np.int32], label: int, stats: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Columns and rows of the cells of a region, looked for in its bounding box only."""
    left, top, width, height = (int(s) for s in stats[:4])
    y, x = np.nonzero(labels[top : top + height, left : left + width] == label)
    return x + left, y + top


@functools.cache
def _open_net() -> Network:
    return open_network(MODEL)


def _run(net: Network, gray: Pixels) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the zone probability (h×w) and the direction (2×h×w) at 1 / stride scale, cut to the picture."""
    cell, stride = net.config["cell"], net.config["stride"]
    rows, columns = (-(-side // cell) * cell for side in gray.shape)
    padded = np.zeros((rows, columns), np.float32)
    padded[: gray.shape[0], : gray.shape[1]] = normalised(gray)
    maps = net.run(padded)[:, : -(-gray.shape[0] // stride), : -(-gray.shape[1] // stride)]
    return 1 / (1 + np.exp(-maps[0])), maps[1:]


def _finer(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    size = (plane.shape[1] * _FINER, plane.shape[0] * _FINER)
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_LINEAR))


def _outline(
    x: NDArray[np.int64],
    y: NDArray[np.int64],
    probability: NDArray[np.float32],
    direction: NDArray[np.float32],
    step: float,
) -> MrzBand:
    """Fit a quad to the cells of a connected zone: its direction, its ends, straight upper and lower edges."""
    way = direction[:, y // _FINER, x // _FINER].mean(axis=1)
    agreement = float(np.hypot(*way))
    axis = way / max(agreement, 1e-6)
    axis = _refined(axis, x, y)
    across = np.array([-axis[1], axis[0]])
    u, v = x * axis[0] + y * axis[1], x * across[0] + y * across[1]
    left, right = _ends(u)
    upper, lower = _edges(u, v, left, right)
    along = np.array([left, right, right, left])
    down = np.array([upper[0], upper[1], lower[1], lower[0]])
    corners = (along[:, None] * axis + down[:, None] * across + 0.5) * step - 0.5
    a, b, c, d = (Point(float(px), float(py)) for px, py in corners)
    length, depth = right - left, lower[0] - upper[0]
    filled = min(1.0, len(x) / (0.85 * length * depth))
    slim = min(1.0, length / (_SLIM * depth))
    return MrzBand((a, b, c, d), min(1.0, float(probability.mean()) * min(1.0, agreement + 0.3) * filled * slim))


def _refined(axis: NDArray[np.float64], x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.float64]:
    """Take the zone's own long axis where it is long enough to show one; ``axis`` says which way along it."""
    spread, axes = np.linalg.eigh(np.cov(np.stack([x, y])))
    long = axes[:, 1] * (1.0 if float(axes[:, 1] @ axis) >= 0 else -1.0)
    return np.asarray(long if spread[1] > 9 * max(spread[0], 1e-6) else axis)


def _ends(u: NDArray[np.float64]) -> tuple[float, float]:
    """Where the zone begins and ends; thin tails, such as text that touches it, are cut off."""
    counts = np.bincount((u - u.min()).astype(int))
    thick = np.flatnonzero(counts >= 0.4 * median(counts))
    return float(u.min() + thick[0]) - 0.5, float(u.min() + thick[-1]) + 0.5


def _edges(
    u: NDArray[np.float64], v: NDArray[np.float64], left: float, right: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return (at the left end, at the right end) of the upper and the lower edge, straight and parallel.

    A ragged outline would otherwise pass for strong perspective; the true one shows in the rows of characters.
    """
    slices = np.floor((u - left) / (right - left) * _SLICES).astype(int)
    order = np.flatnonzero((slices >= 0) & (slices < _SLICES))
    order = order[np.argsort(slices[order], kind="stable")]
    starts = np.flatnonzero(np.diff(slices[order], prepend=-1))
    filled = slices[order][starts]
    x = left + (filled + 0.5) * (right - left) / _SLICES
    upper = np.minimum.reduceat(v[order], starts) - 0.5
    lower = np.maximum.reduceat(v[order], starts) + 0.5
    middle, half = (upper + lower) / 2, median(lower - upper) / 2
    slope, offset = np.polyfit(x, middle, 1) if len(filled) > 3 else (0.0, float(middle.mean()))
    first, last = float(slope * left + offset), float(slope * right + offset)
    return (first - half, last - half), (first + half, last + half)
