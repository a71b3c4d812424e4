"""Finds the lines of a machine readable zone in an upright strip, from the outlines of their characters."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.percentiles import median, percentile
from engine.values.pictures import Pixels

_FEWEST_GLYPHS = 8  # characters of a line at least
_CAPITAL = 0.97  # height of a capital over the mean height of capitals and digits
_LINE_PITCH = (1.4, 3.8)  # distance of neighbouring lines over the text height; 6.35 mm / 2.5 mm = 2.5 as printed
_MOST_LINES = 3  # lines of a zone
_WIDEST_GAP = 4.0  # text heights between marks of one line at most
_FEWEST_BENT, _FEWEST_FOLDED = 12, 20  # characters from which a line shows how it is bent
_FOLDED = 1.2  # strip px that half of a line's characters lie off a parabola: more than blur and noise make of it
_MOST_SHORT = 4 * 65_535  # px: a square of four has one label at most
_FULL_HEIGHT = 0.88  # of the digits: in OCR-B letters have 0.94 of their height and ``<``, which must not count, 0.80


@dataclass(frozen=True, slots=True)
class FittedLine:
    """Where a line of characters runs, in strip px.

    ``line`` (slope, offset at x = 0) is the straight middle line, ``curve`` (coefficients, highest first) what has to
    be added to it where the line is bent, ``heights`` (slope, offset) the text height; all as functions of x.
    """

    left: float
    right: float
    line: NDArray[np.float64]
    curve: NDArray[np.float64]
    heights: NDArray[np.float64]

    def middle(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """The y of the straight middle line at ``x``."""
        return np.asarray(np.polyval(self.line, x))

    def bend(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """How far the characters lie below the straight middle line at ``x``."""
        return np.asarray(np.polyval(self.curve, np.clip(x, self.left, self.right)))

    def height(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Height of the characters at ``x``."""
        return np.asarray(np.polyval(self.heights, x))


def find_glyph_lines(strip: Pixels, text_height: float) -> tuple[FittedLine, ...]:
    """Find the two or three equally long, evenly spaced lines of characters that fill most of ``strip``.

    Args:
        strip: H×W uint8, dark print, lines within about 5° of horizontal.
        text_height: expected height of the characters in px, to within a factor of 1.6.

    Returns:
        Lines from top to bottom, all reaching from the same left to the same right end; empty if there are none.
    """
    glyphs = _glyphs(strip, text_height)
    chains = [_trimmed(chain, text_height) for chain in _chains(glyphs, text_height) if len(chain) >= _FEWEST_GLYPHS]
    return _fit_run(_best_run(chains, strip.shape[1] / 2))


def _glyphs(strip: Pixels, text_height: float) -> NDArray[np.float64]:
    """Outlines of dark marks of about character size: N×4, left, top, right, bottom edges, sorted by left."""
    size = round(text_height * 1.2) | 1
    square = np.ones((size, size), np.uint8)
    strokes = np.asarray(cv2.morphologyEx(strip, cv2.MORPH_BLACKHAT, square), np.uint8)
    # Half of the darkest stroke nearby is the edge of a stroke however blurred or faint the print is there.
    nearby = cv2.blur(cv2.dilate(strokes, square), (2 * size + 1, 2 * size + 1))
    floor = round(max(6.0, 0.25 * _dark(strokes)))
    marks = (strokes > np.maximum(nearby // 2, floor)).astype(np.uint8)
    few = marks.size <= _MOST_SHORT  # then labels of 16 bits do, which take half the time
    _, _, stats, _ = cv2.connectedComponentsWithStats(marks, connectivity=8, ltype=cv2.CV_16U if few else cv2.CV_32S)
    x, y, width, height = stats[1:, :4].astype(np.float64).T
    fits = (height > 0.45 * text_height) & (height < 1.7 * text_height) & (width < 6 * text_height)
    boxes = np.stack([x, y, x + width, y + height], axis=1)[fits] - 0.5  # pixel centres lie at whole numbers
    return np.asarray(boxes[np.argsort(boxes[:, 0], kind="stable")])


def _dark(strokes: Pixels) -> int:
    """The darkness that 3 % of the pixels exceed."""
    counts = np.cumsum(cv2.calcHist([strokes], [0], None, [256], [0, 256]))
    return int(np.searchsorted(counts, 0.97 * counts[-1]))


def _chains(glyphs: NDArray[np.float64], text_height: float) -> list[NDArray[np.float64]]:
    """Link each mark to the chain that ends nearest on its left: follows slopes and bends without a model of them."""
    chains: list[list[int]] = []
    ends: list[tuple[float, float]] = []  # of each chain: right end, middle of its last marks
    for i, (left, top, right, bottom) in enumerate(glyphs.tolist()):
        middle = (top + bottom) / 2
        best, cost = -1, 1.0
        for k, (end, level) in enumerate(ends):
            gap = (left - end) / text_height
            if not -0.5 < gap < _WIDEST_GAP:
                continue
            drift = abs(middle - level) / text_height
            if drift < 0.3 + 0.04 * max(0.0, gap) and drift + 0.2 * gap < cost:
                best, cost = k, drift + 0.2 * gap
        if best < 0:
            chains.append([i])
            ends.append((right, middle))
        else:
            chains[best].append(i)
            ends[best] = (right, 0.6 * ends[best][1] + 0.4 * middle)
    return [glyphs[chain] for chain in chains]


def _trimmed(chain: NDArray[np.float64], text_height: float) -> NDArray[np.float64]:
    """Drop one or two marks that stand off at either end: the page's edge, a frame. Zones have no blanks."""
    gaps = chain[1:, 0] - chain[:-1, 2]
    wide = 2 * max(0.0, median(gaps)) + 0.4 * text_height
    first, last = 0, len(chain)
    for i in (0, 1):
        first = i + 1 if gaps[i] > wide else first
        last = len(chain) - 1 - i if gaps[-1 - i] > wide else last
    return chain[first:last]


def _fit_run(run: list[NDArray[np.float64]]) -> tuple[FittedLine, ...]:
    """Fit the lines of one zone together: same character height, same ends (`<` may be lost at either).

    How the height changes along the lines is taken from the spacing of the baselines, which perspective changes
    alike: the heights themselves say less, since where a line ends in `<` there are none to be had.
    """
    if not run:
        return ()
    boxes = np.concatenate(run)
    spacing = np.polyval(_pitch([_robust(_centres(c)[:, 0], c[:, 3], 1) for c in run]), _centres(boxes)[:, 0])
    if spacing.min() <= 0:  # lines that cross are not those of one zone
        return ()
    sizes = _heights(boxes) / spacing
    tall = percentile(sizes, 80)
    low = np.split(sizes < _FULL_HEIGHT * tall, np.cumsum([len(chain) for chain in run])[:-1])
    levelled = [_levelled(chain, few) for chain, few in zip(run, low, strict=True)]
    baselines = [_robust(level[0], level[1], 1) for level in levelled]
    pitch = _pitch(baselines)
    left, right = float(boxes[:, 0].min()), float(boxes[:, 2].max())
    spacing = np.polyval(pitch, np.array([left, right]))
    if spacing.min() <= 0.3 * spacing.max():  # lines of one page never come near to meeting
        return ()
    height = _CAPITAL * _height_over_pitch(boxes, sizes, tall, pitch) * pitch
    bends = [_bend(level, line) for level, line in zip(levelled, baselines, strict=True)]
    return tuple(
        FittedLine(left, right, line - height / 2, bend, height) for line, bend in zip(baselines, bends, strict=True)
    )


def _height_over_pitch(
    boxes: NDArray[np.float64], sizes: NDArray[np.float64], tall: float, pitch: NDArray[np.float64]
) -> float:
    """The median height of capitals and digits over the distance of the lines.

    Those are the boxes that are neither lower (``<``) nor higher (two marks that touch) than most of the ``tall``
    ones; all boxes where there are none. ``sizes`` and ``tall`` are heights over the distance of the lines.
    """
    full = (sizes >= _FULL_HEIGHT * tall) & (sizes <= 1.2 * tall)
    full = full if full.any() else np.ones_like(full)
    return median(_heights(boxes)[full] / np.polyval(pitch, _centres(boxes)[:, 0][full]))


def _pitch(baselines: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Distance from line to line as a straight function of x."""
    return np.asarray((baselines[-1] - baselines[0]) / (len(baselines) - 1))


def _levelled(boxes: NDArray[np.float64], low: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points of the baseline, x and y: capitals and digits stand on it, the ``low`` ones a common step above it."""
    x, y = _centres(boxes)[:, 0], boxes[:, 3]
    if 4 <= low.sum() <= len(x) - 4:
        return x, y - np.where(low, _step(x, y, low), 0.0)
    return x, y


def _bend(level: tuple[NDArray[np.float64], NDArray[np.float64]], line: NDArray[np.float64]) -> NDArray[np.float64]:
    """The bend: a parabola, which noise bends little; a freer curve where characters leave it, as at a fold."""
    x, y = level
    if len(x) < _FEWEST_BENT:
        return np.zeros(3)
    rest = y - np.polyval(line, x)
    parabola = _robust(x, rest, 2)
    off = np.abs(rest - np.polyval(parabola, x))
    if len(x) < _FEWEST_FOLDED or median(off) < _FOLDED:
        return parabola
    return _robust(x, rest, 6)


def _step(x: NDArray[np.float64], y: NDArray[np.float64], low: NDArray[np.bool_]) -> float:
    """How much lower than a common parabola the ``low`` ones lie."""
    unit = (x - x.mean()) / max(1.0, float(np.ptp(x)))
    terms = np.stack([unit**2, unit, np.ones_like(unit), low.astype(np.float64)], axis=1)
    return float(np.linalg.lstsq(terms, y, rcond=None)[0][3])


def _heights(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(boxes[:, 3] - boxes[:, 1])


def _centres(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((boxes[:, :2] + boxes[:, 2:]) / 2)


def _robust(x: NDArray[np.float64], y: NDArray[np.float64], degree: int) -> NDArray[np.float64]:
    """Least squares after dropping, three times, what lies farther off than 2.5 times the median distance."""
    centre, scale = float(x.mean()), max(1.0, float(x.max() - x.min()))
    powers = np.vander((x - centre) / scale, degree + 1)
    keep = np.ones(len(x), dtype=bool)
    fit = np.zeros(degree + 1)
    for _ in range(3):
        order = degree if keep.sum() > 2 * degree + 2 else 0
        chosen = powers[keep, degree - order :]
        normal = chosen.T @ chosen + 1e-9 * np.eye(order + 1)
        fit[degree - order :] = np.linalg.solve(normal, chosen.T @ y[keep])
        off = np.abs(y - powers @ fit)
        kept, keep = keep, off <= max(2.5 * median(off), 1.2)  # boxes are whole pixels
        if (kept == keep).all():
            break
    return _shifted(fit, centre, scale)


def _shifted(fit: NDArray[np.float64], centre: float, scale: float) -> NDArray[np.float64]:
    """Rewrite a polynomial in (x - centre) / scale as one in x (Horner's scheme on coefficients)."""
    step = np.array([1 / scale, -centre / scale])
    whole = fit[:1]
    for coefficient in fit[1:]:
        whole = np.convolve(whole, step)
        whole[-1] += coefficient
    return np.asarray(whole)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A chain with what a run is judged by: its middle at mid-strip, its character height, its length."""

    boxes: NDArray[np.float64]
    middle: float
    height: float
    length: float


def _candidate(boxes: NDArray[np.float64], centre: float) -> _Candidate:
    x, y = _centres(boxes).T
    middle = float(np.polyval(_robust(x, y, 1), centre))
    length = float(boxes[:, 2].max() - boxes[:, 0].min())
    return _Candidate(boxes, middle, percentile(_heights(boxes), 80), length)


def _best_run(chains: list[NDArray[np.float64]], centre: float) -> list[NDArray[np.float64]]:
    """The two or three neighbours that look most like one zone: long, alike in height, evenly spaced."""
    ordered = sorted((_candidate(chain, centre) for chain in chains), key=lambda c: c.middle)
    runs = [ordered[i : i + n] for n in range(2, _MOST_LINES + 1) for i in range(len(ordered) - n + 1)]
    worth, best = max(((_worth(run), i) for i, run in enumerate(runs)), default=(0.0, 0))
    return [candidate.boxes for candidate in runs[best]] if worth > 0 else []


def _worth(run: list[_Candidate]) -> float:
    """Length of all lines together, 0 unless they are evenly spaced and alike."""
    heights = np.array([candidate.height for candidate in run])
    lengths = np.array([candidate.length for candidate in run])
    pitches = np.diff([candidate.middle for candidate in run]) / heights.mean()
    even = (
        np.ptp(pitches) < 0.25 * pitches.mean() and pitches.min() > _LINE_PITCH[0] and pitches.max() < _LINE_PITCH[1]
    )
    alike = heights.min() > 0.65 * heights.max() and lengths.min() > 0.6 * lengths.max()
    return float(lengths.sum()) if even and alike else 0.0
