"""Writes the card of a line net: what it is, what it was trained on, and the table of its accuracy."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from models.training.line_net.recipes import Recipe

HOME = Path(__file__).parents[2]
_FACTORISE: Final = "models/training/line_net/factorise.py"


def write_card(recipe: Recipe, table: str, milliseconds: float, lines: int, home: Path = HOME) -> Path:
    """Write ``README.md`` of a model folder below ``home``; returns its path.

    ``table`` is what `models.training.line_net.evaluate` printed over ``lines`` lines a condition.
    """
    folder = home / recipe.name
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    head = _head(recipe, config, (folder / "model.onnx").read_bytes())
    path = folder / "README.md"
    path.write_text(
        f"""{head}
- **Speed** {milliseconds:.1f} ms of processor time a line, one thread, where this card was written.

Accuracy on {lines} drawn lines a condition, other seeds than in training
(`python -m models.training.line_net.evaluate {recipe.name} --lines {lines} --card`). A line is sure when none of its
characters is below 0.9. The mixture is as hard as the training's: some of its lines no person could read.

{table}"""
    )
    return path


def _head(recipe: Recipe, config: Mapping[str, Any], weights: bytes) -> str:
    lines_of, classes = recipe.draw.__module__.replace(".", "/"), len(config["alphabet"])
    pages = ";\n  some are lines of drawn pages as the engine cuts them, `models/training/line_net/page_lines.py`"
    packages = f"Debian packages{pages if recipe.pages else ''}"
    return f"""# {recipe.name}

{config["title"]}. A convolutional CTC network, {len(weights) / 1e6:.2f} MB of ONNX
(sha256 `{hashlib.sha256(weights).hexdigest()[:16]}…`), {classes} characters and blank.

- **Input** N×1×{config["height"]}×width, float32, gray, `{config["normalisation"]}` over the line. The crop
  reaches {config["margin"]} heights of a capital beyond the capitals; a frame is {config["stride"]} columns.
- **Output** log probabilities N×frames×{classes + 1}, class 0 is blank. `engine.readers.ctc.CtcReader` reads them at
  temperature {config["temperature"]} (`python -m models.training.line_net.temperature {recipe.name}` compares others;
  everything after the net is calibrated with this one).
- **Trained** on generated lines only (`{lines_of}.py`: invented text, fonts from {packages}).
  {_training(recipe, config["trained"])}"""


def _training(recipe: Recipe, trained: Mapping[str, Any]) -> str:
    """What was done and the command; before it the nets that this one began with."""
    work = f"{trained['steps']} steps of {trained.get('batch', 32)} lines in {_time(trained)}"
    command = f"`python -m models.training.line_net.train {recipe.name} --steps {trained['steps']}`"
    before = _before(trained.get("began_with"))
    if not before:
        return f"{work}:\n  {command}."
    how = "From there on" if recipe.goes_on else f"The last of these at lower ranks (`{_FACTORISE}`) and trained on"
    return f"{before}\n  {how}:\n  {work}, {command}, after\n  `… {recipe.starts_from}`."


def _before(trained: Mapping[str, Any] | None) -> str:
    """The nets that it began with, the first one first."""
    if trained is None:
        return ""
    kind = "Then factorised" if "began_with" in trained else "First of full rank"
    here = f"{kind}: {trained['steps']} steps, {_time(trained)}."
    return f"{_before(trained.get('began_with'))} {here}".strip()


def _time(trained: Mapping[str, Any]) -> str:
    if "gpu_minutes" in trained:
        return f"{trained['gpu_minutes']} minutes on one {trained['gpu']}"
    return f"{trained['processor_minutes']} minutes of one processor thread"
