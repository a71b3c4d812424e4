"""Set a line net's temperature: one under which the characters of drawn lines are about most probable.

``python -m models.training.line_net.temperature mrz_line_v1`` prints the loss under each temperature and writes the
best into the model's ``config.json``.
"""

import argparse
import json
import math
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.network import open_network
from engine.readers.ctc import net_input
from engine.readers.ctc_frames import CtcCharacter, decode_frames
from models.training.draw.lines.projection import DrawnLine
from models.training.line_net.recipes import RECIPES, Recipe
from models.training.steps import budget_of
from models.training.sums import write_sums

HOME = Path(__file__).parents[2]
SEED = 43
TEMPERATURES = (0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0)
LEAST = 1e-5


def calibrate(recipe: Recipe, count: int, severity: float) -> dict[float, float]:
    """Return the mean loss (nats a character) under each temperature, over the same lines for all.

    These are the lines whose length is read right under each temperature; without any there is no loss to return.
    """
    lines = _lines(recipe, count, severity)
    net = open_network(recipe.name)
    logs = [net.run(net_input(line.pixels, recipe.height)) for line in lines]
    pairs = list(zip(lines, logs, strict=True))
    losses = {t: [_loss(recipe, line, frames, t) for line, frames in pairs] for t in TEMPERATURES}
    read = [i for i in range(count) if all(losses[t][i] is not None for t in TEMPERATURES)]
    characters = sum(len(lines[i].text) for i in read)
    return {t: sum(losses[t][i] or 0.0 for i in read) / characters for t in TEMPERATURES if read}


def _lines(recipe: Recipe, count: int, severity: float) -> list[DrawnLine]:
    rng = np.random.default_rng(SEED)
    return [recipe.draw(rng, severity) for _ in range(count)]


def _loss(recipe: Recipe, line: DrawnLine, frames: NDArray[np.float32], temperature: float) -> float | None:
    """Sum of -log probability of the true characters; None where the length was not read right."""
    powers = np.exp(frames / temperature)
    (seen,) = decode_frames([powers / powers.sum(1, keepdims=True)], recipe.alphabet, even_pitch=recipe.even_pitch)
    if len(seen) != len(line.text):
        return None
    return sum(-math.log(max(LEAST, _probability(s, c))) for s, c in zip(seen, line.text, strict=True))


def _probability(seen: CtcCharacter, char: str) -> float:
    return dict(seen.alternatives, **{seen.char: seen.probability}).get(char, 0.0)


def choose(losses: dict[float, float]) -> float:
    """Return the highest temperature that costs at most 15 % more than the best: doubt is cheaper than error.

    Without losses it is 1: the net's probabilities stay as they are.
    """
    return max((t for t, loss in losses.items() if loss <= 1.15 * min(losses.values())), default=1.0)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("net", choices=RECIPES)
    parser.add_argument("--lines", type=int, default=budget_of("mrz_line_v1_temperature")["lines"])
    parser.add_argument("--severity", type=float, default=0.6)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    recipe = RECIPES[options.net]
    losses = calibrate(recipe, options.lines, options.severity)
    for temperature, loss in losses.items():
        print(f"temperature {temperature}: {loss:.5f} nats a character")
    path = HOME / recipe.name / "config.json"
    config = json.loads(path.read_text(encoding="utf-8")) | {"temperature": choose(losses)}
    path.write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    write_sums(path.parent)


if __name__ == "__main__":
    main()
