import json
from functools import _lru_cache_wrapper
from gc import get_objects
from pathlib import Path
from typing import Any

import pytest

from engine.api import Engine, recognize
from engine.fusion.calibrate import load_curves
from engine.values.items import Item, Scope, Source

IMAGES = Path(__file__).parents[1] / "images"
TRUTHS = [json.loads(line) for line in (IMAGES / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
ON_THE_PAGE_ALONE = {Item.BIRTH_PLACE, Item.ISSUE_DATE, Item.ISSUE_PLACE, Item.AUTHORITY}


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


def test_nothing_that_was_read_stays_in_a_cache(engine: Engine) -> None:
    """Whatever is cached after a page has been read was there to be read on any page."""
    engine.recognize(IMAGES / "chn_2012_specimen.jpg")
    ours = [c for c in get_objects() if type(c) is _lru_cache_wrapper and c.__module__.startswith("engine.")]
    before = {id(c): c.cache_info().currsize for c in ours}
    engine.recognize(IMAGES / "uto_photo_rotated90.jpg")
    grown = {c.__name__ for c in ours if c.cache_info().currsize > before[id(c)]}
    assert grown <= {"look_alike", "_names"}  # of two characters each, and of states


@pytest.mark.parametrize(
    ("scope", "empty", "sources"),
    [("all", set(), {Source.MRZ, Source.VIZ, Source.BOTH}), ("mrz", ON_THE_PAGE_ALONE, {Source.MRZ})],
)
def test_who_asks_for_the_machine_readable_zone_gets_what_follows_from_it_alone(
    engine: Engine, scope: Scope, empty: set[Item], sources: set[Source]
) -> None:
    picture = IMAGES / "chn_2012_specimen.jpg"
    for reading in (engine.recognize(picture, items=scope), recognize(picture, items=scope)):
        assert {i.item for i in reading.items if not i.value} == empty
        assert {i.source for i in reading.items if i.value} == sources
        curves = load_curves(scope)
        assert all(i.confidence == curves[i.item, i.source](i.score) for i in reading.items if i.value)
