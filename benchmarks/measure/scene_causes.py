"""What makes zones hard to find, one cause at a time, and pictures that hold none."""

from collections.abc import Callable, Iterator, Mapping
from zlib import crc32

import numpy as np

from engine.values.pictures import Pixels
from models.training.draw.capture import scene
from models.training.draw.capture.geometry import Rise, crease, wave
from models.training.draw.capture.picture import Picture
from models.training.draw.capture.scene import Setting
from models.training.draw.capture.surfaces import keyboard, surface


def _curled(lift: float) -> scene.Bending:
    def bending(rng: np.random.Generator, width: int) -> Rise:
        return wave(width, float(rng.choice((-1, 1))) * lift * width, float(rng.uniform(0, np.pi)))

    return bending


def _folded(depth: float) -> scene.Bending:
    def bending(rng: np.random.Generator, width: int) -> Rise:
        return crease(width, float(rng.choice((-1, 1))) * depth * width, float(rng.uniform(0.3, 0.7)))

    return bending


_WIDTHS = (1280, 1920, 4000)
_SHARES = {"1": 0.94, "1/2": 1 / 2, "1/3": 1 / 3, "1/4": 1 / 4, "1/6": 1 / 6}
_CARDS = ("td1", "td2", "mrv_a", "mrv_b", "fra_id")

CAUSES: Mapping[str, Setting] = {
    **{f"{w} px, zone {n}": Setting(width=w, share=share) for w in _WIDTHS for n, share in _SHARES.items()},
    **{f"lean {lean}": Setting(lean=lean) for lean in (10, 20, 30)},
    "lean 30, any turn": Setting(lean=30, turn=180),
    "turn any": Setting(turn=180),
    "turn any, zone 1/4": Setting(width=1920, share=1 / 4, turn=180),
    **{f"curl {lift}": Setting(bending=_curled(lift)) for lift in (0.01, 0.02, 0.04)},
    **{f"fold {depth}": Setting(bending=_folded(depth)) for depth in (0.01, 0.02, 0.04)},
    "spread": Setting(open_book=True, turn=180),
    "spread, zone 1/4": Setting(width=1920, share=1 / 4, open_book=True),
    "fingers": Setting(held=True),
    "screenshot": Setting(screenshot=True, width=1080, share=0.85),
    "crowded desk": Setting(crowded=True, turn=180, share=0.4),
    **{card: Setting(layout=card, turn=15) for card in _CARDS},
    "td1, any turn, 1/4": Setting(layout="td1", turn=180, share=1 / 4, width=1920),
}
"""One thing is hard in each; where nothing is said the zone is half of a picture of 1600 px, nearly upright."""


def _surface(rng: np.random.Generator, size: tuple[int, int]) -> Pixels:
    return surface(rng, *size)


def _keyboard(rng: np.random.Generator, size: tuple[int, int]) -> Pixels:
    return keyboard(rng, *size)


EMPTY: Mapping[str, Callable[[np.random.Generator, tuple[int, int]], Pixels]] = {
    "blank": scene.blank,
    "surface": _surface,
    "full of text": scene.full_of_text,
    "keyboard": _keyboard,
    "crowded desk": scene.crowded_desk,
    "page without its zone": scene.zone_hidden,
}


def draw_placed(cause: str, count: int, seed: int) -> Iterator[Picture]:
    """Draw ``count`` pictures of one of `CAUSES`; each depends on the cause, the seed and its number alone."""
    for i in range(count):
        yield scene.place(_source(cause, seed, i), CAUSES[cause])


def draw_empty(cause: str, count: int, seed: int) -> Iterator[Picture]:
    """Draw ``count`` video frames of one of `EMPTY`."""
    for i in range(count):
        yield scene.empty_scene(_source(cause, seed, i), EMPTY[cause])


def _source(cause: str, seed: int, number: int) -> np.random.Generator:
    return np.random.default_rng((seed, crc32(cause.encode()), number))
