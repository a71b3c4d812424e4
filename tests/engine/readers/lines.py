"""The committed line pictures and what is printed on them."""

import json
from pathlib import Path

import cv2
import numpy as np

from engine.values.pictures import LineImage

FOLDER = Path(__file__).parents[2] / "images" / "lines"
TEXTS: dict[str, str] = json.loads((FOLDER / "texts.json").read_text(encoding="utf-8"))


def line_of(pixels: np.ndarray) -> LineImage:
    return LineImage(np.asarray(pixels, np.uint8), np.eye(3))


def load_line(name: str) -> LineImage:
    pixels = cv2.imread(str(FOLDER / name), cv2.IMREAD_GRAYSCALE)
    assert pixels is not None, f"no line picture {name}"
    return line_of(pixels)


def blank_line() -> LineImage:
    return line_of(np.full((30, 600), 255))
