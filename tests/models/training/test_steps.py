"""The table of what `make train` does: complete, in an order that works, and with commands that exist."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from models.training.line_net.recipes import RECIPES, is_shipped
from models.training.steps import BUDGETS, Step, budget_of, load_steps

ROOT = Path(__file__).parents[3]
STEPS = load_steps()
NAMES = [step.name for step in STEPS]


@pytest.mark.parametrize("step", STEPS, ids=NAMES)
def test_a_step_runs_a_module_and_writes_files_that_are_shipped(step: Step) -> None:
    assert find_spec(step.run[0])
    assert all((ROOT / path).is_file() for path in step.writes)
    assert set(step.budgets) == set(BUDGETS)


@pytest.mark.parametrize("step", STEPS, ids=NAMES)
def test_smaller_budgets_are_smaller_and_ask_for_the_same(step: Step) -> None:
    full, tiny, least = (step.budgets[name] for name in BUDGETS)
    assert set(full) == set(tiny) - {"batch"} == set(least) - {"processes", "batch"}
    assert all(full[key] > tiny[key] > least[key] for key in full)


def test_a_command_has_its_options() -> None:
    (step,) = [step for step in STEPS if step.name == "mrz_line_v1"]
    assert step.command("full") == ["models.training.line_net.train", "mrz_line_v1", "--steps", "2552"]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        pytest.param("text_lines_v4", "latin_line_v3_stage1", id="Latin lines are cut out of pages"),
        pytest.param("text_lines_v4", "latin_large_v1", id="the large net's too"),
        pytest.param("latin_line_v3", "latin_large_v2", id="the large net learns from what it doubts"),
        pytest.param("latin_large_v2", "assignment_v4", id="pages of the choice of words are read with it"),
        pytest.param("mrz_line_v1", "confusions", id="its confusions"),
        pytest.param("confusions", "decoder", id="the decoder uses them"),
        pytest.param("mrz_line_v1_temperature", "mrz_line_v1_card", id="the card tells it"),
        pytest.param("mrz_line_v1_temperature", "confusions", id="the reader uses it"),
        *(pytest.param(name, "item_curves", id=f"items are read with {name}") for name in NAMES[:-1]),
    ],
)
def test_what_a_step_uses_is_made_before_it(earlier: str, later: str) -> None:
    assert NAMES.index(earlier) < NAMES.index(later)


def test_every_recipe_is_trained_after_the_one_it_starts_from() -> None:
    for recipe in RECIPES.values():
        assert recipe.name in NAMES
        if recipe.starts_from:
            assert NAMES.index(recipe.starts_from) < NAMES.index(recipe.name)


def test_every_shipped_model_and_table_is_written_by_a_step() -> None:
    written = {path for step in STEPS for path in step.writes}
    models = {path.parent.relative_to(ROOT) for path in (ROOT / "models").glob("*/SHA256SUMS")}
    assert models == {path.parent for path in written if path.parts[0] == "models"}
    assert {recipe.name for recipe in RECIPES.values() if is_shipped(recipe)} <= {path.name for path in models}


def test_a_step_that_is_not_there_says_so() -> None:
    with pytest.raises(LookupError, match="no_such_net"):
        budget_of("no_such_net")
