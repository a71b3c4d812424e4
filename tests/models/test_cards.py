"""Commands that the cards and the guide to training name can be run; cards tell of the steps that were done."""

import re
import tomllib
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


STEPS = tomllib.loads((MODELS / "training" / "steps.toml").read_text(encoding="utf-8"))
CARDS = {
    page.parent.name: page.read_text(encoding="utf-8") for page in PAGES if (page.parent / "SHA256SUMS").exists()
}

SHIPPED_AFTER = {
    "text_lines_v4": 5000,
    "han_v1": 7250,
    "latin_large_v1": 9630,
    "latin_large_v2": 3848,
    "tesseract_ocrb_v1": 1517,
}
"""Steps of shipped weights that were made otherwise than their recipe would make them now; their cards say how."""


BEGINS = {"latin_large_v1": "latin_large_v2"}
"""Steps that write no model of their own, and the model that begins with theirs."""


def card_of(step: str) -> str:
    """The card of the model that a step is for: the longest name that the step's begins with."""
    return CARDS[max((name for name in CARDS if BEGINS.get(step, step).startswith(name)), key=len)]


@pytest.mark.parametrize("step", [name for name, step in STEPS.items() if "steps" in step["full"]])
def test_a_card_tells_how_long_the_recipe_trains(step: str) -> None:
    """A recipe that is changed without a new model, or the other way round, is found here."""
    steps = SHIPPED_AFTER.get(step, STEPS[step]["full"]["steps"])
    assert re.search(rf"\b{steps}\b", card_of(step).replace(",", "")), f"{steps} steps"


def test_every_model_has_a_step_that_writes_it() -> None:
    written = {path for step in STEPS.values() for path in step["writes"]}
    assert {f"models/{name}" for name in CARDS} <= {path.rpartition("/")[0] for path in written}
