import json
from pathlib import Path
from typing import Any

import pytest

from engine.api import Engine
from engine.items import Item

IMAGES = Path(__file__).parents[1] / "images"
TRUTHS = [json.loads(line) for line in (IMAGES / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.mark.parametrize("truth", [t for t in TRUTHS if t["mrz"]], ids=lambda truth: truth["file"])
def test_a_drawn_page_comes_out_complete_and_right(engine: Engine, truth: dict[str, Any]) -> None:
    """Among them the contract document's sample, redrawn at its size: 94 dpi."""
    items = {i.item: i for i in engine.recognize(IMAGES / truth["file"]).items}
    printed = {Item(name): stated["value"] for name, stated in truth["items"].items()}
    assert {item: items[item].value for item in printed} == printed


@pytest.mark.parametrize("truth", [t for t in TRUTHS if t["mrz"]], ids=lambda truth: truth["file"])
def test_a_printed_value_has_a_box(engine: Engine, truth: dict[str, Any]) -> None:
    items = {i.item: i for i in engine.recognize(IMAGES / truth["file"]).items}
    boxed = {Item(name) for name, stated in truth["items"].items() if stated.get("box")}
    assert {item for item in boxed if items[item].quad is None} == set()
