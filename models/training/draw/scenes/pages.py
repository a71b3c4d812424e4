"""A bank of drawn passport pages and cards for scenes: gray, with the place of their zones."""

import functools
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from models.training.draw.pages.draw import draw_page

PX_PER_MM: Final = 5.0
_COUNT: Final = 140
_CARDS: Final = ("td1", "td1", "td2", "mrv_b")


@dataclass(frozen=True, slots=True)
class BankPage:
    """A page at `PX_PER_MM`: ``gray`` h×w uint8, ``zone`` (left, top, width, height) in px."""

    gray: NDArray[np.uint8]
    zone: tuple[float, float, float, float]


@functools.cache
def page_bank() -> tuple[BankPage, ...]:
    """Draw the bank, the same one every time; takes some twenty seconds."""
    rng = np.random.default_rng(21)
    layouts = [_CARDS[i // 4 % len(_CARDS)] if i % 4 == 0 else None for i in range(_COUNT)]
    return tuple(_bank_page(rng, layout) for layout in layouts)


def _bank_page(rng: np.random.Generator, layout: str | None) -> BankPage:
    page = draw_page(rng, layout, PX_PER_MM)
    corners = np.array(page.truth.mrz_quads, dtype=np.float64).reshape(-1, 2)
    low, high = corners.min(axis=0), corners.max(axis=0)
    gray = np.asarray(cv2.cvtColor(page.pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    return BankPage(gray, (float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1])))
