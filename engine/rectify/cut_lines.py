"""Cuts the lines of a machine readable zone out of the photo: upright, straight, tight to the text."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.imaging.warp import cut_bent_view, cut_view, homography, map_points
from engine.rectify.glyph_lines import FittedLine, find_glyph_lines
from engine.rectify.template_lines import fit_template_lines
from engine.values.pictures import LineImage, LocatedLine, Matrix, MrzBand, Photo, Pixels, Point, Quad

_TEXT_HEIGHT = 24  # height of the characters in a line image, px
_MARGIN = 0.2  # text heights shown above and below the text
_BEYOND = 0.7  # text heights shown before the first and after the last character: most of a character
_STRIP_TEXT_HEIGHT = 20.0  # height of the characters, px, expected in the strip that is searched for lines
_ASIDE = 3.0 * _STRIP_TEXT_HEIGHT  # strip px searched at either end of a band: three characters
_ABOVE = 2.7 * _STRIP_TEXT_HEIGHT  # strip px searched above and below it: one line that may have been missed
_NEAR = 1.2 * _STRIP_TEXT_HEIGHT  # strip px from its end within which a line may run on beyond it
_FARTHER = 14.0 * _STRIP_TEXT_HEIGHT  # strip px by which the next strip is longer there
_MOST_STRIPS = 4  # longer and longer strips that are tried
_MOST_TEXT_HEIGHTS = 150  # text heights that a line is long at most; 44 characters have about 46
# A band of two lines is 6.35 mm line spacing + 2.5 mm text high, one of three 12.7 + 2.5 (ICAO 9303-3 §4.3): its
# width of 112, 91 or 76 mm tells how many lines it has and so its text height as a share of its own height.
_THREE_LINES_BELOW, _ONE_LINE_ABOVE = 7.3, 24.0  # width over height
_LEAST_LONG = 4.0  # width over height of a band at least; three lines as printed have 5
_SHARE_OF_ONE, _SHARE_OF_TWO, _SHARE_OF_THREE = 0.8, 0.28, 0.165  # text height over band height, by lines


@dataclass(frozen=True, slots=True)
class _Strip:
    """The surroundings of a band, upright; ``to_photo`` from its pixels to the photo's."""

    pixels: Pixels
    to_photo: Matrix


def rectify_band(photo: Photo, band: MrzBand) -> tuple[LineImage, ...]:
    """Cut the text lines of ``band`` from the photo.

    Each image is `_TEXT_HEIGHT` × 1.4 px high, whatever the size in the photo, reaches 0.2 text heights above and
    below the text and most of a character beyond the first and last one. A bent line is straightened; its
    ``to_photo`` is then the best plane fit.

    Returns:
        Two or three lines from top to bottom; empty where no such lines of characters are seen in the band.
    """
    width, height = _size(band)
    for share in _shares(band):
        if width > _MOST_TEXT_HEIGHTS * share * height:  # thinner than any line of text
            continue
        strip, lines = _find_lines(photo, band, share)
        if lines:
            return tuple(_cut_line(photo, strip, line) for line in lines)
    return ()


def cut_template_lines(photo: Photo, band: MrzBand) -> tuple[LineImage, ...]:
    """Cut the lines of ``band`` as `rectify_band` does, but where the standard's proportions have them.

    For a band that surely is a zone, but on whose background no character stands out by itself, or something else
    stands out more.
    """
    width, height = _size(band)
    share = _shares(band)[0]
    if not _LEAST_LONG < width / height < _ONE_LINE_ABOVE:
        return ()
    strip = _cut_strip(photo, band, share, (_ASIDE, _ASIDE))
    ends = _ASIDE, _ASIDE + width * _STRIP_TEXT_HEIGHT / (share * height)
    lines = fit_template_lines(strip.pixels, 2 if share == _SHARE_OF_TWO else 3, _STRIP_TEXT_HEIGHT, ends)
    return tuple(_cut_line(photo, strip, line) for line in lines)


def upside_down(image: LineImage) -> LineImage:
    """Return a line image turned by 180°; its characters keep their places in the photo."""
    height, width = image.pixels.shape
    turn = np.array([[-1.0, 0.0, width - 1.0], [0.0, -1.0, height - 1.0], [0.0, 0.0, 1.0]])
    return LineImage(np.ascontiguousarray(image.pixels[::-1, ::-1]), image.to_photo @ turn)


def text_quad(line: LocatedLine) -> Quad:
    """Return the photo-pixel quad tight around the characters of a line."""
    height = line.image.pixels.shape[0]
    left, right = line.text.chars[0].start, line.text.chars[-1].end
    margin = height * _MARGIN / (1 + 2 * _MARGIN)
    top, bottom = margin, height - margin
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)], dtype=np.float64)
    a, b, c, d = (Point(float(x), float(y)) for x, y in map_points(line.image.to_photo, corners))
    return (a, b, c, d)


def _shares(band: MrzBand) -> tuple[float, float]:
    """What share of the band's height its characters may have, likelier first."""
    width, height = _size(band)
    if width / height > _ONE_LINE_ABOVE:  # a candidate that has but one of the lines
        return _SHARE_OF_ONE, _SHARE_OF_TWO
    two, three = _SHARE_OF_TWO, _SHARE_OF_THREE
    return (two, three) if width / height > _THREE_LINES_BELOW else (three, two)


def _find_lines(photo: Photo, band: MrzBand, share: float) -> tuple[_Strip, tuple[FittedLine, ...]]:
    """The lines in the band's surroundings; where they run on beyond these, farther around it."""
    before = after = _ASIDE
    for _ in range(_MOST_STRIPS):
        strip = _cut_strip(photo, band, share, (before, after))
        lines = find_glyph_lines(strip.pixels, _STRIP_TEXT_HEIGHT)
        runs_left, runs_right = _run_on(photo, strip, lines[0]) if lines else (False, False)
        if not (runs_left or runs_right):
            break
        before, after = before + runs_left * _FARTHER, after + runs_right * _FARTHER
    return strip, lines


def _run_on(photo: Photo, strip: _Strip, line: FittedLine) -> tuple[bool, bool]:
    """Whether a line may run on beyond the strip to the left, and to the right, where the photo shows more."""
    height, width = strip.pixels.shape
    left = line.left < _NEAR and _shows(photo, strip, (-_NEAR, height / 2))
    return left, line.right > width - _NEAR and _shows(photo, strip, (width + _NEAR, height / 2))


def _shows(photo: Photo, strip: _Strip, point: tuple[float, float]) -> bool:
    """Whether the photo reaches as far as ``point`` (strip px)."""
    x, y, depth = strip.to_photo @ np.array([*point, 1.0])
    return bool(depth > 0 and 0 <= x / depth < photo.width and 0 <= y / depth < photo.height)


def _size(band: MrzBand) -> tuple[float, float]:
    """Mean width and height of a band, photo px, at least 1."""
    corners = np.array(band.quad, dtype=np.float64)
    width = (_distance(corners[0], corners[1]) + _distance(corners[3], corners[2])) / 2
    height = (_distance(corners[0], corners[3]) + _distance(corners[1], corners[2])) / 2
    return max(width, 1.0), max(height, 1.0)


def _cut_strip(photo: Photo, band: MrzBand, share: float, aside: tuple[float, float]) -> _Strip:
    """The band upright and ``aside`` px more before and after it, its characters `_STRIP_TEXT_HEIGHT` px high."""
    width, height = _size(band)
    scale = _STRIP_TEXT_HEIGHT / (share * height)
    size = np.array([width, height]) * scale
    inner = np.array([(0, 0), (size[0], 0), (size[0], size[1]), (0, size[1])]) + np.array([aside[0], _ABOVE])
    to_photo = homography(inner, np.array(band.quad, dtype=np.float64))
    shape = (round(float(size[0]) + sum(aside)), round(float(size[1]) + 2 * _ABOVE))
    return _Strip(cut_view(photo.gray, to_photo, shape), to_photo)


def _cut_line(photo: Photo, strip: _Strip, line: FittedLine) -> LineImage:
    """Cut one line from the photo, not from the strip, so that its pixels are interpolated only once."""
    ends = np.array([line.left, line.right])
    heights = line.height(ends)
    ends = ends + np.array([-1.0, 1.0]) * _BEYOND * heights
    middle, heights = line.middle(ends), line.height(ends)
    half = (0.5 + _MARGIN) * heights
    corners = np.array(
        [
            (ends[0], middle[0] - half[0]),
            (ends[1], middle[1] - half[1]),
            (ends[1], middle[1] + half[1]),
            (ends[0], middle[0] + half[0]),
        ]
    )
    height = round(_TEXT_HEIGHT * (1 + 2 * _MARGIN))
    width = max(1, round(float(ends[1] - ends[0]) * _TEXT_HEIGHT / float(np.mean(heights))))
    edge = np.array([(-0.5, -0.5), (width - 0.5, -0.5), (width - 0.5, height - 0.5), (-0.5, height - 0.5)])
    to_strip = homography(edge, corners)
    to_photo = strip.to_photo @ to_strip
    to_photo = to_photo / to_photo[2, 2]
    bend = _bend(line, to_strip, width) * height / float(np.mean(2 * half))
    return LineImage(cut_bent_view(photo.gray, to_photo, (width, height), bend), to_photo)


def _bend(line: FittedLine, to_strip: Matrix, width: int) -> NDArray[np.float64]:
    """How far (strip px) a bent line lies below the straight one, for each of ``width`` columns of its image."""
    columns = np.stack([np.arange(width), np.zeros(width), np.ones(width)])
    mapped = to_strip @ columns
    return line.bend(mapped[0] / mapped[2])


def _distance(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    return float(np.hypot(*(one - other)))
