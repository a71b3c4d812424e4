"""Maps where text lines stand on the page view, with a small convolutional network.

The map has a cell for each half millimetre: the probability that a text line runs through it, the height of that
line's capitals, and how far below the cell its baseline lies. `engine.visual.lines.find_lines` makes lines of it.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.network import Network, normalised, open_network
from engine.page import PageView
from engine.values.pictures import Pixels

MODEL: Final = "text_lines_v4"
"""Folder of the network in ``models``."""
SCALE: Final = 4.0
"""px per mm of the picture that the network sees."""
CELL_PX: Final = 2
"""Pixels of that picture for one cell of the map, each way."""
CELL_MM: Final = CELL_PX / SCALE
_MULTIPLE: Final = 8
"""The network takes pictures whose sides (px) are multiples of this."""


@dataclass(frozen=True, slots=True)
class TextMap:
    """Planes of h×w cells of half a millimetre, the first at the view's top left.

    ``text`` is a probability; ``cap_height`` and ``baseline`` (below the cell's centre) are in mm, and meaningless
    where there is no text.
    """

    text: NDArray[np.float32]
    cap_height: NDArray[np.float32]
    baseline: NDArray[np.float32]


def map_text(view: PageView) -> TextMap:
    """Return the text map of a page view.

    Raises:
        ReaderMissing, ModelDamaged, ReaderCrashed: the network cannot be run.
    """
    small = shrink_view(view)
    rows, columns = small.shape
    padded = cv2.copyMakeBorder(small, 0, -rows % _MULTIPLE, 0, -columns % _MULTIPLE, borderType=cv2.BORDER_REPLICATE)
    maps = _unfolded(_network().run(normalised(np.asarray(padded, np.uint8))))
    maps = maps[:, : -(-rows // CELL_PX), : -(-columns // CELL_PX)]
    text = 1 / (1 + np.exp(-maps[0]))
    return TextMap(text, np.exp(np.clip(maps[1], -2, 2.5)), maps[2])


def _unfolded(folded: NDArray[np.float32]) -> NDArray[np.float32]:
    """12×h×w to 3×2h×2w: in each position the network answers for 2×2 cells, to run on a quarter of the pixels."""
    _, rows, columns = folded.shape
    maps = np.empty((3, 2 * rows, 2 * columns), np.float32)
    for i in range(4):
        maps[:, i // 2 :: 2, i % 2 :: 2] = folded[i::4]
    return maps


def shrink_view(view: PageView) -> Pixels:
    """Return the view at `SCALE`."""
    size = round(view.pixels.shape[1] * SCALE / view.scale), round(view.pixels.shape[0] * SCALE / view.scale)
    return np.asarray(cv2.resize(view.pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


@cache
def _network() -> Network:
    return open_network(MODEL)
