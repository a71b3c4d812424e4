"""Writes the card of a line net: what it is, what it was trained on, and the table of its accuracy."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.training.line_net.recipes import RECIPES, Recipe

HOME = Path(__file__).parents[2]


def write_card(recipe: Recipe, table: str, milliseconds: float, lines: int) -> Path:
    """Write ``README.md`` of a model folder; ``table`` is what `evaluate_lines` printed. Returns its path."""
    folder = HOME / recipe.name
    config = json.loads((folder / "config.json").read_text())
    weights = (folder / "model.onnx").read_bytes()
    net = next(name for name, known in RECIPES.items() if known.name == recipe.name)
    lines_of = recipe.draw.__module__.replace(".", "/")
    pages = "; some are lines of drawn pages as the engine cuts them, `models/training/line_net/page_lines.py`"
    pages = pages if recipe.pages else ""
    path = folder / "README.md"
    path.write_text(
        f"""# {recipe.name}

{recipe.title}. A convolutional CTC network, {len(weights) / 1e6:.2f} MB of ONNX
(sha256 `{hashlib.sha256(weights).hexdigest()[:16]}…`), {len(recipe.alphabet)} characters and blank.

- **Input** N×1×{recipe.height}×width, float32, gray, `{config["normalisation"]}` over the line. The crop
  reaches {recipe.margin} heights of a capital beyond the capitals; a frame is {config["stride"]} columns.
- **Output** log probabilities N×frames×{len(recipe.alphabet) + 1}, class 0 is blank. `engine.readers.ctc.CtcReader`
  reads them at temperature {config["temperature"]}
  (`python -m models.training.line_net.temperature {net}` compares others).
- **Trained** on generated lines only (`{lines_of}.py`: invented text, fonts from Debian
  packages{pages}).
  {_training(net, config["trained"])}
- **Speed** {milliseconds:.1f} ms of processor time a line, one thread, on two busy shared cores.

Accuracy on {lines} drawn lines a condition, other seeds than in training
(`python -m models.training.line_net.evaluate {net} --lines {lines} --card`). A line is sure when none of its
characters is below 0.9. The mixture is as hard as the training's: some of its lines no person could read.

{table}"""
    )
    return path


def _training(net: str, trained: Mapping[str, Any]) -> str:
    steps, minutes = trained["steps"], trained["processor_minutes"]
    work = f"{steps} steps of 32 lines in {minutes} minutes of one processor thread"
    command = f"`python -m models.training.line_net.train {net} --minutes {round(minutes)}"
    before = _before(trained.get("began_with"))
    if not before:
        return f"{work}:\n  {command}`."
    begins = RECIPES[net].starts_from
    return (
        f"{before}\n"
        f"  The last of these at lower ranks (`models/training/line_net/factorise.py`) and trained on: {work},\n"
        f"  {command}`, after `… {begins}`."
    )


def _before(trained: Mapping[str, Any] | None) -> str:
    """The nets that it began with, the first one first."""
    if trained is None:
        return ""
    kind = "Then factorised" if "began_with" in trained else "First of full rank"
    here = f"{kind}: {trained['steps']} steps, {trained['processor_minutes']} minutes."
    return f"{_before(trained.get('began_with'))} {here}".strip()
