"""Lines for the training of the tesseract reader's network, short and mild ones first."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.readers.tesseract_lines import show_line
from models.training.draw.lines.mrz_lines import draw_line
from models.training.tesseract import file as tf
from models.training.tesseract.net import BORDER, HEIGHT, STRIDE, normalise

BATCH = 16
POOL = 16
"""Batches drawn at a time; lines of like width go together."""

REPLAY = 1 / 3
"""Share of batches that are seen again."""

_SEED = 11


@dataclass(frozen=True, slots=True)
class Example:
    """A line as the network gets it: normalised picture, codes, and the step of each character's centre."""

    picture: NDArray[np.float32]
    codes: NDArray[np.int64]
    places: NDArray[np.int64]
    text: str


@dataclass(frozen=True, slots=True)
class Stage:
    """What to train on until the running share of wrong characters falls below ``until``.

    Lines have ``lengths`` characters (least, most); a share of ``whole`` are whole lines. The network looks at
    four characters at a time, so pieces teach it nearly as much, and whole lines are half filler.
    """

    severity: float
    lengths: tuple[int, int]
    whole: float
    until: float


CURRICULUM = (
    Stage(0.3, (8, 16), 0.0, 0.20),
    Stage(0.7, (8, 20), 0.1, 0.15),
    Stage(1.0, (8, 24), 0.3, 0.0),
)
"""Short mild lines first, then longer and worse ones, at last what passports give; the error rate moves it on."""


def example(rng: Generator, stage: Stage) -> Example:
    """Draw one line of a stage, shown as the reader shows it to Tesseract."""
    length = None if rng.random() < stage.whole else int(rng.integers(stage.lengths[0], stage.lengths[1] + 1))
    line = draw_line(rng, stage.severity, length=length)
    shown = show_line(line.pixels, HEIGHT, BORDER)
    steps = ((line.centres + 0.5) / shown.scale + BORDER) / STRIDE
    places = np.clip(steps, 0, shown.pixels.shape[1] // STRIDE - 1).astype(np.int64)
    codes = np.array([tf.FIRST_CODE + tf.ALPHABET.index(c) for c in line.text], np.int64)
    return Example(normalise(shown.pixels), codes, places, line.text)


def draw_pool(stage: int, number: int) -> list[list[Example]]:
    """Draw pool ``number`` of a stage: batches of lines of like width, in random order, some of them twice."""
    rng = np.random.default_rng((_SEED, stage, number))
    pool = [example(rng, CURRICULUM[stage]) for _ in range(POOL * BATCH)]
    pool.sort(key=lambda e: e.picture.shape[1])
    groups = [pool[i : i + BATCH] for i in range(0, len(pool), BATCH)]
    order = groups + [g for g in groups if rng.random() < REPLAY]
    return [order[i] for i in rng.permutation(len(order))]
