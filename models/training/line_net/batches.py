"""Batches of drawn lines for a line net."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.imaging.network import normalised
from engine.readers.ctc import CtcReader, fit_height
from engine.values.pictures import LineImage
from engine.visual.text.doubt import SURE
from models.training.draw.lines.projection import DrawnLine
from models.training.draw.people.scripts import HAN, SIGNS
from models.training.draw.type.glyphs import Pixels
from models.training.line_net.page_lines import page_lines, random_page_lines
from models.training.line_net.recipes import Recipe

PACK = 12
"""Batches drawn together and sorted by width, so that little of a batch is padding."""

_KEPT_SURE = 0.2
"""Share of the lines that the model before reads surely and that are learned from all the same."""

_SCRIPTS = frozenset(SIGNS.values())


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines of like width, padded to one.

    ``pixels`` N×height×W uint8, of which the first ``widths`` (N, in px) columns count; ``labels`` and ``centres``
    are the classes (1 + place in the alphabet) and x positions (NaN where unknown) of all characters, one line after
    the other, and ``lengths`` (N) how many each line has.
    """

    pixels: Pixels
    widths: NDArray[np.int64]
    labels: NDArray[np.int64]
    lengths: NDArray[np.int64]
    centres: NDArray[np.float32]


def net_pictures(batch: Batch, multiple: int = 8) -> NDArray[np.float32]:
    """Return the lines as the net takes them, N×1×height×W, normalised by the engine's own function.

    W is the widest line's width made up to a multiple of ``multiple`` px; what lies beyond a line is zero.
    """
    count, height, _ = batch.pixels.shape
    pictures = np.zeros((count, 1, height, _made_up(int(batch.widths.max()), multiple)), np.float32)
    for picture, pixels, width in zip(pictures, batch.pixels, batch.widths, strict=True):
        picture[0, :, :width] = normalised(np.ascontiguousarray(pixels[:, :width]))
    return pictures


def draw_pack(recipe: Recipe, seed: int, number: int, severity: float) -> list[Batch]:
    """Draw pack ``number`` of the series ``seed``: `PACK` batches of lines of like width, in random order."""
    rng = np.random.default_rng((seed, number))
    count = recipe.batch * PACK
    lines = [line for drawn in _page_lines(recipe, rng) if (line := _fitted(recipe, rng, drawn))][:count]
    while len(lines) < count:
        # Half of the lines are easier than the hardest mixture: fine distinctions are learnt where they can be seen.
        share = 1.0 if rng.random() < 0.5 else rng.uniform(0.2, 1.0)
        line = _fitted(recipe, rng, recipe.draw(rng, severity * share))
        if line is not None:
            lines.append(line)
    lines.sort(key=lambda line: line.pixels.shape[1])
    batches = [_batch(recipe, lines[i : i + recipe.batch]) for i in range(0, count, recipe.batch)]
    return [batches[i] for i in rng.permutation(len(batches))]


def _page_lines(recipe: Recipe, rng: Generator) -> Iterator[DrawnLine]:
    for i in range(recipe.pages):
        yield from random_page_lines(rng) if i < recipe.random_pages * recipe.pages else page_lines(rng)


def _fitted(recipe: Recipe, rng: Generator, line: DrawnLine) -> DrawnLine | None:
    """A drawn line as the net takes it; None for one that it is not to learn from."""
    told = fit_text(line, recipe.alphabet)
    if told is None:
        return None
    fitted = fit_line(told, recipe.height)
    if fitted.pixels.shape[1] > recipe.widest:
        return None
    spared = recipe.read_before_by and _is_sure(recipe.read_before_by, line) and rng.random() >= _KEPT_SURE
    return None if spared else fitted


def _is_sure(model: str, line: DrawnLine) -> bool:
    """Whether a model is so sure of a line that the engine would not have it read again."""
    (text,) = _open(model).read([LineImage(line.pixels, np.eye(3))])
    return text.weakest >= SURE


@functools.cache
def _open(model: str) -> CtcReader:
    return CtcReader(model)


def fit_text(line: DrawnLine, alphabet: str) -> DrawnLine | None:
    """The line as a net with ``alphabet`` reads it: scripts without a class are Han; None for other characters."""
    text = "".join(HAN if char in _SCRIPTS and char not in alphabet else char for char in line.text)
    return replace(line, text=text) if set(text) <= set(alphabet) else None


def fit_line(line: DrawnLine, height: int) -> DrawnLine:
    """Resize a line to the net's height as the reader does, and move its centres along."""
    pixels = fit_height(line.pixels, height)
    across = pixels.shape[1] / line.pixels.shape[1]
    centres = ((line.centres + 0.5) * across - 0.5).astype(np.float32)
    return DrawnLine(pixels, line.text, centres, line.text_height * height / line.pixels.shape[0])


def _batch(recipe: Recipe, lines: list[DrawnLine]) -> Batch:
    widths = [line.pixels.shape[1] for line in lines]
    pixels = np.zeros((len(lines), recipe.height, max(widths)), np.uint8)
    for i, line in enumerate(lines):
        pixels[i, :, : widths[i]] = line.pixels
    classes = {char: number for number, char in enumerate(recipe.alphabet, 1)}
    return Batch(
        pixels=pixels,
        widths=np.array(widths, np.int64),
        labels=np.array([classes[c] for line in lines for c in line.text], np.int64),
        lengths=np.array([len(line.text) for line in lines], np.int64),
        centres=np.concatenate([line.centres for line in lines]),
    )


def _made_up(width: int, multiple: int) -> int:
    return -(-width // multiple) * multiple
