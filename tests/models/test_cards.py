"""Commands that the cards and the guide to training name can be run."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

MODELS = Path(__file__).parents[2] / "models"
PAGES = sorted([*MODELS.glob("*/README.md"), MODELS / "CHANGELOG.md"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_every_command_and_file_that_is_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert all(find_spec(module) for module in re.findall(r"python -m ([\w.]+)", text))
    named = re.findall(r"`((?:models/training|engine|benchmarks)/[\w/]+\.\w+)`", text)
    assert all((MODELS.parent / path).is_file() for path in named)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_every_recipe_that_is_named_exists(page: Path) -> None:
    from models.training.line_net.recipes import RECIPES

    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"line_net\.(?:train|evaluate|temperature) ([a-z]\w+)", text)) <= set(RECIPES)
