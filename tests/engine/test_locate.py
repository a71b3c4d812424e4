import cv2
import numpy as np
import pytest

from engine.locate import locate_mrz
from engine.records import MrzBand, Photo
from tests.engine.zones import NO_FILLER, TD1, TD3, DrawnZone, draw_zone


def covers(band: MrzBand, zone: DrawnZone) -> bool:
    """Whether the band has the zone's place and reading direction."""
    quad, true = np.array(band.quad, np.float32), zone.outline.astype(np.float32)
    shared, _ = cv2.intersectConvexConvex(quad, true)
    same_way = float((quad[1] - quad[0]) @ (true[1] - true[0])) > 0
    return shared > 0.5 * cv2.contourArea(quad) and shared > 0.5 * cv2.contourArea(true) and same_way


def found(zone: DrawnZone) -> bool:
    return any(covers(band, zone) for band in locate_mrz(zone.photo))


@pytest.mark.parametrize("turn", [0, 90, 180, 270, 7, -12, 45, 133, 222, 301])
def test_finds_a_zone_at_any_turn(turn: float) -> None:
    assert found(draw_zone(TD3, turn=turn))


@pytest.mark.parametrize("lines", [TD3, TD1, NO_FILLER])
def test_finds_every_format_and_lines_without_fillers(lines: tuple[str, ...]) -> None:
    assert found(draw_zone(lines, turn=3))


@pytest.mark.parametrize("size", [0.3, 0.6, 3.0])
def test_finds_small_and_large_pictures(size: float) -> None:
    assert found(draw_zone(TD3, size=size, turn=-4))


def test_finds_a_leaning_page() -> None:
    assert found(draw_zone(TD3, lean=0.3))


def test_offers_few_places_best_first() -> None:
    bands = locate_mrz(draw_zone(TD3).photo)
    assert 1 <= len(bands) <= 8
    assert all(0 <= band.score <= 1 for band in bands)


@pytest.mark.parametrize("shape", [(1, 1), (3, 900), (480, 640)])
@pytest.mark.parametrize("level", [0, 128, 255])
def test_finds_nothing_on_an_empty_picture(shape: tuple[int, int], level: int) -> None:
    assert locate_mrz(Photo(np.full(shape, level, np.uint8))) == []
