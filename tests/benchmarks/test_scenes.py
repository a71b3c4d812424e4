"""Which stage is said to have lost a zone."""

import numpy as np
import pytest

from benchmarks import scenes
from benchmarks.measure.scene_causes import CAUSES, EMPTY, draw_placed
from engine.readers.select import open_readers
from engine.values.pictures import Quad
from models.training.draw.pages.records import Truth, as_quad
from models.training.draw.type.fonts import is_fetched
from tests.engine.zones import TD3, draw_zone

ZONE = draw_zone(TD3)


def truth(lines: tuple[str, ...], quads: list[np.ndarray]) -> Truth:
    placed: tuple[Quad, ...] = tuple(as_quad(quad) for quad in quads)
    return Truth("TD3", "UTO", "drawn", lines, placed, {}, ())


def stage(lines: tuple[str, ...], quads: list[np.ndarray]) -> str:
    return scenes.judge(ZONE.photo, truth(lines, quads), open_readers("ctc"))[0]


def test_what_is_read_as_printed_is_exact() -> None:
    assert stage(TD3, ZONE.rows) == "exact"


def test_each_loss_has_its_stage() -> None:
    other = (TD3[0].replace("SAMPLE", "SIMPLE"), TD3[1])
    assert stage(other, ZONE.rows) == "misread"
    assert stage((*other, other[1]), ZONE.rows) == "uncut"
    assert stage(other, [row[[2, 3, 0, 1]] for row in ZONE.rows[::-1]]) == "backwards"
    assert stage(other, [row - (0, 250) for row in ZONE.rows]) == "unseen"


@pytest.mark.skipif(not is_fetched(), reason="no fonts: run `make fonts`")
def test_pictures_of_a_cause_do_not_depend_on_their_number() -> None:
    cause = "1280 px, zone 1/6"
    assert cause in CAUSES
    (one,), (same, _) = list(draw_placed(cause, 1, 3)), list(draw_placed(cause, 2, 3))
    assert np.array_equal(one.pixels, same.pixels)


@pytest.mark.parametrize("cause", ["blank"])
def test_an_empty_frame_is_refused(cause: str) -> None:
    assert cause in EMPTY
    ((_, tally),) = scenes._empty_tallies(open_readers("ctc"), 2, 1, cause)
    assert tally.stages == {"refused": 2}
