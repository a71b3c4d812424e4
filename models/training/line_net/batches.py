"""Batches of drawn lines, made in a second process so that drawing and training overlap."""

import itertools
import multiprocessing as mp
import os
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.queues import Queue
from queue import Empty, Full

import cv2
import numpy as np
from numpy.typing import NDArray

from models.training.draw.lines.projection import DrawnLine
from models.training.draw.type.glyphs import Pixels
from models.training.line_net.page_lines import page_lines
from models.training.line_net.recipes import RECIPES, Recipe

BATCH = 32
PACK = 12
"""Batches drawn together and sorted by width, so that little of a batch is padding."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines of like width, padded to one.

    ``pictures`` N×1×height×W float32, normalised, zero beyond ``widths`` (N, in px); ``labels`` and ``centres``
    are the classes (1 + place in the alphabet) and x positions (NaN where unknown) of all characters, one line after
    the other, and ``lengths`` (N) how many each line has.
    """

    pictures: NDArray[np.float32]
    widths: NDArray[np.int64]
    labels: NDArray[np.int64]
    lengths: NDArray[np.int64]
    centres: NDArray[np.float32]


def normalise(pixels: Pixels) -> NDArray[np.float32]:
    """Return (x - mean) / (spread + 8): contrast and brightness leave the picture."""
    plane = pixels.astype(np.float32)
    return np.asarray((plane - plane.mean()) / (plane.std() + 8), np.float32)


def fit_height(line: DrawnLine, height: int) -> DrawnLine:
    """Resize a line to the net's height, the width in proportion."""
    scale = height / line.pixels.shape[0]
    width = max(8, round(line.pixels.shape[1] * scale))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    pixels = cv2.resize(line.pixels, (width, height), interpolation=method)
    across = width / line.pixels.shape[1]
    centres = ((line.centres + 0.5) * across - 0.5).astype(np.float32)
    return DrawnLine(np.asarray(pixels, np.uint8), line.text, centres, line.text_height * scale)


def draw_pack(recipe: Recipe, seed: int, number: int, severity: float) -> list[Batch]:
    """Draw pack ``number`` of the series ``seed``: `PACK` batches of lines of like width, in random order."""
    rng = np.random.default_rng((seed, number))
    lines = [fit_height(line, recipe.height) for _ in range(recipe.pages) for line in page_lines(rng)]
    lines = [line for line in lines if line.pixels.shape[1] <= recipe.widest][: BATCH * PACK]
    while len(lines) < BATCH * PACK:
        # Half of the lines are easier than the hardest mixture: fine distinctions are learnt where they can be seen.
        share = 1.0 if rng.random() < 0.5 else rng.uniform(0.2, 1.0)
        line = fit_height(recipe.draw(rng, severity * share), recipe.height)
        if line.pixels.shape[1] <= recipe.widest:
            lines.append(line)
    lines.sort(key=lambda line: line.pixels.shape[1])
    batches = [_batch(recipe, lines[i : i + BATCH]) for i in range(0, len(lines), BATCH)]
    return [batches[i] for i in rng.permutation(len(batches))]


def stream(name: str, seed: int, first: int, severity: float) -> Iterator[Batch]:
    """Yield batches for ever from a second process of low priority, beginning with pack ``first``."""
    context = mp.get_context("spawn")
    queue: Queue[list[Batch]] = context.Queue(maxsize=3)
    worker = context.Process(target=_fill, args=(queue, name, seed, first, severity), daemon=True)
    worker.start()
    while True:
        try:
            yield from queue.get(timeout=20)
        except Empty:
            if not worker.is_alive():
                raise RuntimeError("the process that draws lines has ended: see its error above") from None


def _fill(queue: "Queue[list[Batch]]", name: str, seed: int, first: int, severity: float) -> None:
    os.nice(5)
    cv2.setNumThreads(1)
    parent = os.getppid()
    for number in itertools.count(first):
        pack = draw_pack(RECIPES[name], seed, number, severity)
        while True:
            # A trainer that was killed leaves its queue full: end with it instead of waiting for ever.
            if os.getppid() != parent:
                return
            try:
                queue.put(pack, timeout=20)
                break
            except Full:
                continue


def _batch(recipe: Recipe, lines: list[DrawnLine]) -> Batch:
    widths = [line.pixels.shape[1] for line in lines]
    pictures = np.zeros((len(lines), 1, recipe.height, -(-max(widths) // 8) * 8), np.float32)
    for i, line in enumerate(lines):
        pictures[i, 0, :, : widths[i]] = normalise(line.pixels)
    labels = [recipe.alphabet.index(c) + 1 for line in lines for c in line.text]
    return Batch(
        pictures=pictures,
        widths=np.array(widths, np.int64),
        labels=np.array(labels, np.int64),
        lengths=np.array([len(line.text) for line in lines], np.int64),
        centres=np.concatenate([line.centres for line in lines]),
    )
