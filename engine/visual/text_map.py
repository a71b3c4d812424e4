"""The map of print: a small network of ours marks where text lines stand on the page view, how high and how deep.

A map has one cell for each half millimetre: the probability that text runs through it, the height of that text's
capitals, and how far below the cell its baseline lies. `engine.visual.lines` reads lines off it.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelDamaged, ReaderCrashed, ReaderMissing
from engine.records import Pixels
from engine.visual.page import PageView
from models import HashMismatch, open_model

MODEL: Final = "text_lines_v1"
SCALE: Final = 4.0
"""px per mm of the picture that the network sees."""
CELL_PX: Final = 2
"""Pixels of that picture for one cell of the map, each way."""
CELL_MM: Final = CELL_PX / SCALE
_MULTIPLE: Final = 8


@dataclass(frozen=True, slots=True)
class TextMap:
    """Planes of h×w cells of half a millimetre, the first at the view's top left.

    ``text`` is a probability; ``cap_height`` and ``baseline`` (below the cell's centre) are in mm and mean something
    where there is text.
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
    maps = _run(normalised(np.asarray(padded, np.uint8)))
    maps = maps[:, : -(-rows // CELL_PX), : -(-columns // CELL_PX)]
    text = 1 / (1 + np.exp(-maps[0]))
    return TextMap(text, np.exp(np.clip(maps[1], -2, 2.5)), maps[2])


def shrink_view(view: PageView) -> Pixels:
    """Return the view at `SCALE`."""
    size = round(view.pixels.shape[1] * SCALE / view.scale), round(view.pixels.shape[0] * SCALE / view.scale)
    return np.asarray(cv2.resize(view.pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def normalised(pixels: Pixels) -> NDArray[np.float32]:
    """Return the picture with mean 0 and standard deviation about 1, as the network takes it."""
    plane = pixels.astype(np.float32)
    return np.asarray((plane - plane.mean()) / (plane.std() + 8), np.float32)


def _run(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    session = _session()
    try:
        return np.asarray(session.run(None, {"gray": plane[None, None]})[0][0], np.float32)
    except Exception as error:
        raise ReaderCrashed(f"the text line net failed on {plane.shape[1]}×{plane.shape[0]} px") from error


@cache
def _session() -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise ReaderMissing("onnxruntime is not installed: pip install onnxruntime") from error
    try:
        folder = open_model(MODEL)
    except HashMismatch as error:
        raise ModelDamaged(str(error)) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
