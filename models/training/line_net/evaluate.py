"""Measure a line net on drawn lines it never saw, by condition, and write its model card.

``python -m models.training.line_net.evaluate mrz_line_v1`` prints the table; ``--card`` writes it into the model's
``README.md``.
"""

import argparse
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from rapidfuzz.distance import Levenshtein

from engine.readers.ctc import CtcReader
from engine.values.pictures import LineImage
from engine.values.text import LineText
from models.training.draw.lines.degrade import jpeg
from models.training.draw.lines.projection import DrawnLine
from models.training.draw.type.glyphs import Pixels
from models.training.line_net.card import write_card
from models.training.line_net.page_lines import page_lines, random_page_lines
from models.training.line_net.recipes import RECIPES, Recipe

SEED = 41
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Condition:
    """One row of the table: how lines are drawn, what is done to them after, and which capital heights count."""

    title: str
    severity: float
    spoil: Callable[[Generator, Pixels, float], Pixels] = lambda rng, pixels, height: pixels
    heights: tuple[float, float] = (0.0, math.inf)


def _otsu(rng: Generator, pixels: Pixels, height: float) -> Pixels:
    return np.asarray(cv2.threshold(pixels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1], np.uint8)


def _blurred(rng: Generator, pixels: Pixels, height: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), 0.08 * height), np.uint8)


def _noisy(rng: Generator, pixels: Pixels, height: float) -> Pixels:
    return np.clip(pixels + rng.normal(0, 15, pixels.shape), 0, 255).astype(np.uint8)


def _compressed(rng: Generator, pixels: Pixels, height: float) -> Pixels:
    return jpeg(pixels, 25)


def _tilted(rng: Generator, pixels: Pixels, height: float) -> Pixels:
    rows, columns = pixels.shape
    angle = math.degrees(math.atan(0.3 * height / columns)) * (1 if rng.random() < 0.5 else -1)
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), angle, 1.0)
    return np.asarray(cv2.warpAffine(pixels, turn, (columns, rows), borderMode=cv2.BORDER_REPLICATE), np.uint8)


CONDITIONS = (
    Condition("clean print", 0.0),
    Condition("mild", 0.3),
    Condition("mild, binarised (Otsu)", 0.3, _otsu),
    Condition("mild, blurred by 0.08 heights", 0.3, _blurred),
    Condition("mild, noise of 15 levels", 0.3, _noisy),
    Condition("mild, JPEG 25", 0.3, _compressed),
    Condition("mild, tilted by 0.3 heights over the line", 0.3, _tilted),
    Condition("training mixture, capitals below 8 px", 1.0, heights=(0, 8)),
    Condition("training mixture, capitals 8-12 px", 1.0, heights=(8, 12)),
    Condition("training mixture, capitals 12-18 px", 1.0, heights=(12, 18)),
    Condition("training mixture, capitals from 18 px", 1.0, heights=(18, 99)),
)


PAGES = ("scan94", "scan94_spread", "scan150", "scan200", "copy", "photo2", "spread_photo", "random layouts")
"""Ways to take a picture of a page, then pages of no state, taken in any way; the engine finds and cuts the lines."""

FRUITLESS = 5
"""Pages without a line that are borne, beside one for each line that is asked for."""


@dataclass(frozen=True, slots=True)
class Score:
    """What came out under one condition: shares 0..1; ``sure`` lines have no character below `SURE`."""

    title: str
    lines: int
    exact: float
    errors: float
    sure: float
    sure_wrong: float


def draw_lines(recipe: Recipe, condition: Condition, count: int) -> list[DrawnLine]:
    """Draw ``count`` lines with text under a condition; always the same ones."""
    rng = np.random.default_rng((SEED, CONDITIONS.index(condition)))
    lines: list[DrawnLine] = []
    while len(lines) < count:
        line = recipe.draw(rng, condition.severity)
        if line.text and condition.heights[0] <= line.text_height < condition.heights[1]:
            pixels = condition.spoil(rng, line.pixels, line.text_height)
            lines.append(DrawnLine(pixels, line.text, line.centres, line.text_height))
    return lines


def draw_page_lines(kind: str, count: int) -> list[DrawnLine]:
    """Cut ``count`` lines out of pictures of drawn pages; always the same ones.

    They are fewer, or none, where the net that marks lines finds none on most pages.
    """
    rng = np.random.default_rng((SEED, 1000 + PAGES.index(kind)))
    lines: list[DrawnLine] = []
    for _ in range(count + FRUITLESS):
        lines += random_page_lines(rng) if kind == PAGES[-1] else page_lines(rng, {kind: 1.0})
        if len(lines) >= count:
            break
    return lines[:count]


def read_all(reader: CtcReader, lines: Sequence[DrawnLine]) -> list[LineText]:
    """Read drawn lines."""
    return reader.read([LineImage(line.pixels, np.eye(3)) for line in lines])


def score(title: str, lines: Sequence[DrawnLine], answers: Sequence[LineText]) -> Score:
    """Compare answers with truths."""
    right = [a.text == line.text for a, line in zip(answers, lines, strict=True)]
    errors = sum(Levenshtein.distance(a.text, line.text) for a, line in zip(answers, lines, strict=True))
    sure = [r for r, a in zip(right, answers, strict=True) if a.weakest > SURE]
    wrong = 1 - sum(sure) / len(sure) if sure else 0.0
    characters = sum(len(line.text) for line in lines)
    return Score(title, len(lines), sum(right) / len(right), errors / characters, len(sure) / len(lines), wrong)


def print_table(scores: Sequence[Score]) -> str:
    """Return the scores as a Markdown table."""
    names = ("condition", "lines", "exact lines", "character errors", "sure lines", "wrong among sure")
    rows = [names, ("---",) * len(names)]
    for s in scores:
        shares = (f"{s.exact:.1%}", f"{s.errors:.2%}", f"{s.sure:.1%}", f"{s.sure_wrong:.2%}")
        rows.append((s.title, str(s.lines), *shares))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def evaluate(recipe: Recipe, count: int) -> tuple[list[Score], float]:
    """Return the score under every condition, and the processor ms a line (one thread, this machine)."""
    reader = CtcReader(recipe.name)
    scores, seconds, lines_read = [], 0.0, 0
    for title, lines in _drawn(recipe, count):
        if not lines:
            continue
        start = time.process_time()
        answers = read_all(reader, lines)
        seconds, lines_read = seconds + time.process_time() - start, lines_read + len(lines)
        scores.append(score(title, lines, answers))
    return scores, 1000 * seconds / lines_read


def _drawn(recipe: Recipe, count: int) -> Iterator[tuple[str, list[DrawnLine]]]:
    """Yield the rows of the table: title and lines."""
    for condition in CONDITIONS:
        yield condition.title, draw_lines(recipe, condition, count)
    for kind in () if recipe.even_pitch else PAGES:  # lines of the zone are not among those of the page
        yield f"pages as the engine cuts them, {kind}", draw_page_lines(kind, count)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("net", choices=RECIPES)
    parser.add_argument("--lines", type=int, default=300, help="lines a condition")
    parser.add_argument("--card", action="store_true", help="write the table into the model's README.md")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    recipe = RECIPES[options.net]
    scores, milliseconds = evaluate(recipe, options.lines)
    table = print_table(scores)
    print(table + f"\n{milliseconds:.2f} ms of processor time a line")
    if options.card:
        print(write_card(recipe, table, milliseconds, options.lines))


if __name__ == "__main__":
    main()
