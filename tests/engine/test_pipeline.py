import json
import re
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from gc import get_objects
from importlib import import_module
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from engine import pipeline, read_mrz
from engine.api import Engine, recognize
from engine.errors import MrzNotFound
from engine.fusion.calibrate import load_curves
from engine.fusion.fuse import UNCONFIRMED
from engine.locate.search import CAREFUL, QUICK, Looks
from engine.values.items import Item, Scope, Source
from engine.values.pictures import MrzBand, Photo, Pixels
from engine.values.warnings import Warning

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
    assert grown <= {"look_alike", "_names", "_folded", "_spoken", "lexicon"}  # of two characters each, and of states


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


STAGES = re.findall(r"^(\d)\. .*?\(`([a-z._]+)`\)", pipeline.__doc__ or "", re.MULTILINE)


def test_the_pipeline_lists_nine_stages() -> None:
    assert [number for number, _ in STAGES] == list("123456789")


@pytest.mark.parametrize(("number", "module"), STAGES)
def test_a_stage_has_the_same_number_where_it_lives(number: str, module: str) -> None:
    assert (import_module(module).__doc__ or "").startswith(f"Stage {number}: ")


def test_no_other_module_calls_itself_a_whole_stage() -> None:
    """Parts of a stage say which part they are, after a comma."""
    root = Path(pipeline.__file__).parent
    homes = {module for _, module in STAGES}
    for path in root.rglob("*.py"):
        said = re.match(r'"""(?:Stage|Step) (\S+) ', path.read_text(encoding="utf-8"))
        module = ".".join(path.relative_to(root.parent).with_suffix("").parts).removesuffix(".__init__")
        if said and said[1].endswith(":") and module not in homes:
            above = next((home for home in homes if module.startswith(home + ".")), None)
            assert above is not None, path
            assert (said[1].rstrip(":"), above) in STAGES, path


def test_timings_are_in_the_order_of_the_stages(engine: Engine) -> None:
    for scope in ("all", "mrz"):
        timings = engine.recognize(IMAGES / "chn_2012_specimen.jpg", items=scope).timings
        assert tuple(timings) == pipeline.TIMED
        assert all(seconds >= 0 for seconds in timings.values())
        assert all(timings[stage] > 0 for stage in ("decode", "locate", "mrz", "fuse", "quality"))


@pytest.mark.parametrize(("scope", "looks"), [("all", CAREFUL), ("mrz", QUICK)])
def test_a_picture_is_looked_at_as_what_is_wanted_of_it_deserves(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, scope: Scope, looks: Looks
) -> None:
    seen: list[Looks] = []

    def nothing(photo: Photo, looks: Looks) -> Iterator[MrzBand]:
        seen.append(looks)
        yield from ()

    monkeypatch.setattr(read_mrz, "search_mrz", nothing)
    monkeypatch.setattr(read_mrz, "search_upside_down", nothing)
    with pytest.raises(MrzNotFound):
        engine.recognize(IMAGES / "negative_bank_card.jpg", items=scope)
    assert seen == [looks, looks]


def above_zone(name: str = "chn_2012_specimen.jpg") -> Pixels:
    """The picture of a page, cut off above its machine readable zone."""
    pixels = cv2.imread(str(IMAGES / name))
    assert pixels is not None
    return np.ascontiguousarray(pixels[: round(0.78 * len(pixels))], np.uint8)


def test_a_page_without_its_zone_is_read_with_doubt(engine: Engine) -> None:
    reading = engine.recognize(above_zone())
    assert (reading.passport_number.value, reading["birth_date"].value) == ("EA1234567", "901003")
    assert [caution.warning for caution in reading.warnings] == [Warning.NO_ZONE]
    assert all(item.confidence <= UNCONFIRMED and item.source in (Source.VIZ, Source.NONE) for item in reading)
    assert (reading.mrz.lines, reading.mrz_quads, reading.contradictions) == ((), (), ())
    assert not (reading.mrz.checks_hold or reading.mrz.checks_ok)
    assert reading[Item.MRZ_LINE_1].value == reading[Item.MRZ_LINE_2].value == ""


def test_a_page_without_its_zone_can_be_written_drawn_and_cut(engine: Engine) -> None:
    pixels = above_zone()
    reading = engine.recognize(pixels)
    assert json.loads(reading.to_json())["mrz"]["lines"] == []
    assert len(reading.annotate(pixels)) == len(pixels)
    assert "passport_number" in reading.crops(pixels)
    assert "EA1234567" not in repr(reading)


def test_nothing_is_read_of_a_page_without_its_zone_where_that_is_wanted(engine: Engine) -> None:
    with pytest.raises(MrzNotFound):
        engine.recognize(above_zone(), items="mrz")


def test_of_a_files_pages_one_with_its_zone_is_preferred(engine: Engine, tmp_path: Path) -> None:
    whole = cv2.imread(str(IMAGES / "chn_2012_specimen.jpg"))
    pages = [Image.fromarray(np.asarray(pixels)[..., ::-1]) for pixels in (above_zone(), whole)]
    for number, order in ((2, pages), (1, pages[::-1])):
        order[0].save(tmp_path / "pages.tiff", save_all=True, append_images=order[1:])
        reading = engine.recognize(tmp_path / "pages.tiff")
        assert (reading.page, len(reading.mrz.lines)) == (number, 2)
    pages[0].save(tmp_path / "pages.tiff", save_all=True, append_images=pages[:1])
    assert engine.recognize(tmp_path / "pages.tiff").page == 1
