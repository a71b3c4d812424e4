import json
from pathlib import Path
from typing import Any

import pytest

from models.training.line_net.card import HOME, write_card
from models.training.line_net.recipes import RECIPES

TABLE = "| condition |\n"
ONCE = {"steps": 5, "processor_minutes": 1.5}


def card(home: Path, name: str, trained: dict[str, Any]) -> str:
    (home / name).mkdir()
    config = json.loads((HOME / name / "config.json").read_text(encoding="utf-8")) | {"trained": trained}
    (home / name / "config.json").write_text(json.dumps(config))
    (home / name / "model.onnx").write_bytes(b"weights")
    return write_card(RECIPES[name], TABLE, 2.54, 60, home).read_text(encoding="utf-8")


def test_a_card_tells_the_training_and_its_command(tmp_path: Path) -> None:
    text = card(tmp_path, "mrz_line_v1", ONCE)
    assert "5 steps of 32 lines in 1.5 minutes of one processor thread" in text
    assert "`python -m models.training.line_net.train mrz_line_v1 --steps 5`" in text
    assert "`python -m models.training.line_net.evaluate mrz_line_v1 --lines 60 --card`" in text
    assert "2.5 ms" in text
    assert text.endswith(TABLE)


def test_a_card_tells_what_the_net_began_with(tmp_path: Path) -> None:
    text = card(tmp_path, "latin_line_v3", ONCE | {"began_with": {"steps": 7, "processor_minutes": 3.0}})
    assert "First of full rank: 7 steps, 3.0 minutes of one processor thread." in text
    assert "`… latin_line_v3_stage2`" in text


def test_a_card_tells_which_net_it_went_on_from(tmp_path: Path) -> None:
    before = {"steps": 7, "batch": 320, "gpu_minutes": 3.0, "gpu": "Some GPU"}
    text = card(tmp_path, "latin_large_v2", ONCE | {"batch": 48, "began_with": before})
    assert (
        "First of full rank: 7 steps, 3.0 minutes on one Some GPU.\n  From there on:\n  5 steps of 48 lines" in text
    )
    assert "`… latin_large_v1`" in text


def test_a_card_names_the_gpu(tmp_path: Path) -> None:
    text = card(tmp_path, "mrz_line_v1", {"steps": 5, "batch": 192, "gpu_minutes": 4.0, "gpu": "Some GPU"})
    assert "5 steps of 192 lines in 4.0 minutes on one Some GPU" in text


@pytest.mark.parametrize("name", ["mrz_line_v1", "latin_line_v3", "latin_large_v2"])
def test_the_shipped_cards_are_what_this_module_writes(name: str, tmp_path: Path) -> None:
    shipped = (HOME / name / "README.md").read_text(encoding="utf-8").split("- **Speed**")[0]
    (tmp_path / name).mkdir()
    for file in ("config.json", "model.onnx"):
        (tmp_path / name / file).write_bytes((HOME / name / file).read_bytes())
    assert (
        write_card(RECIPES[name], TABLE, 1.0, 1, tmp_path).read_text(encoding="utf-8").split("- **Speed**")[0]
        == shipped
    )
