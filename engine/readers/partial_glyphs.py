"""Which characters of a line were read off a part of their print: half a letter looks like another whole one.

A reader of shapes is as sure of ``F`` where the lower half of ``P`` is covered as of an ``F``. But all letters and
digits of a machine readable zone are equally high, and none but ``1 I J`` is narrow.
"""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.imaging.percentiles import median
from engine.values.pictures import LineImage
from engine.values.text import LineText

_FEWEST: Final = 12
"""Characters from which a line shows its pitch and the height of its print."""
_MOST_LOST: Final = 0.3
"""Share of the height of the line's print that a whole character may lack above or below: blur takes a tenth."""
_NARROWEST: Final = 0.33
"""Width of the narrowest whole letter, in units of the pitch: those of OCR-B are 0.53 to 0.74 wide."""
_PITCH_CHANGES: Final = 3
"""Degree of the curve that the centres of evenly set characters lie on in a picture of a leaning page."""
_AROUND: Final = 9
"""Characters, itself among them, by which the height of the line is known where one stands."""
_ANY_WIDTH: Final = frozenset("1IJL<")
_ANY_HEIGHT: Final = frozenset("<")
_DARK: Final = 0.35
"""Share of a character's own contrast with the paper from which a pixel is print."""
_FAINTEST: Final = 0.4
"""Contrast of the faintest character that is looked at so, as a share of the line's."""


def mark_partial(image: LineImage, text: LineText) -> LineText:
    """Return ``text`` with each character marked whose print in ``image`` is too low or too narrow to be whole.

    ``image`` is the line that ``text`` was read in (h×w uint8 gray, dark print); ``text`` has a character for each of
    its cells, unseen ones included (`engine.mrz.decoder.cells`). Lines of few characters, or without places, come
    back as they are.
    """
    if len(text.chars) < _FEWEST:
        return text
    centres = _even([(char.start + char.end) / 2 for char in text.chars])
    if (pitch := median(np.diff(centres))) <= 1.0:
        return text
    cells = _cells(image.pixels, centres, pitch)
    paper = np.partition(cells.reshape(len(cells), -1), -cells[0].size // 5, axis=1)[:, -cells[0].size // 5]
    darkness = paper[:, None, None] - cells
    darkest = darkness.max(axis=(1, 2))
    contrast = median(darkest)
    if contrast < 1.0:
        return text
    printed = darkness > _DARK * np.clip(darkest, _FAINTEST * contrast, contrast)[:, None, None]
    return _marked(text, printed, pitch)


def _even(centres: list[float]) -> NDArray[np.float64]:
    """Centres evened out: a reader knows them to a quarter of the pitch, which perspective changes along the line."""
    places = np.linspace(-1.0, 1.0, len(centres))
    return np.asarray(np.polyval(np.polyfit(places, centres, _PITCH_CHANGES), places), np.float64)


def _cells(pixels: NDArray[np.uint8], centres: NDArray[np.float64], pitch: float) -> NDArray[np.float32]:
    """The columns around each character: N×h×w, w being the pitch."""
    width = max(2, round(pitch))
    columns = np.round(centres - pitch / 2).astype(int)[:, None] + np.arange(width)
    columns = np.clip(columns, 0, pixels.shape[1] - 1)
    return np.asarray(pixels[:, columns].transpose(1, 0, 2), np.float32)


def _marked(text: LineText, printed: NDArray[np.bool_], pitch: float) -> LineText:
    left, right = _ends(np.asarray(printed.any(axis=1)))
    narrow = right - left < _NARROWEST * pitch
    low = _low(text, *_ends(np.asarray(printed.any(axis=2))))
    chars = list(text.chars)
    for k in np.flatnonzero(narrow | low).tolist():
        wide, high = chars[k].char not in _ANY_WIDTH, chars[k].char not in _ANY_HEIGHT
        if (narrow[k] and wide) or (low[k] and high):
            chars[k] = replace(chars[k], partial=True)
    return LineText(tuple(chars))


def _low(text: LineText, top: NDArray[np.int64], bottom: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which characters begin lower, or end higher, than those around them."""
    low = np.zeros(len(top), np.bool_)
    high = np.flatnonzero([char.char not in _ANY_HEIGHT for char in text.chars] & (bottom > top))
    if len(high) < _AROUND or _is_level(top[high], bottom[high]):
        return low
    line_top, line_bottom = _around(top[high]), _around(bottom[high])
    most = _MOST_LOST * (line_bottom - line_top)
    low[high] = (top[high] - line_top > most) | (line_bottom - bottom[high] > most)
    return low


def _is_level(top: NDArray[np.int64], bottom: NDArray[np.int64]) -> bool:
    """Whether all ends lie within what a whole character may lack: nearly always, and quickly seen."""
    least = int((bottom - top).min())
    return bool(np.ptp(top) <= _MOST_LOST * least and np.ptp(bottom) <= _MOST_LOST * least)


def _around(values: NDArray[np.int64]) -> NDArray[np.float64]:
    """The median of each value and its neighbours: the line may lean or bend in its picture."""
    beside = np.pad(values, _AROUND // 2, mode="reflect")
    return np.asarray(np.median(np.lib.stride_tricks.sliding_window_view(beside, _AROUND), axis=1), np.float64)


def _ends(marked: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First marked index of each row and the one behind the last; both 0 where nothing is marked."""
    some = marked.any(axis=1)
    first = np.where(some, marked.argmax(axis=1), 0)
    last = np.where(some, marked.shape[1] - marked[:, ::-1].argmax(axis=1), 0)
    return first, last
