import cv2
import numpy as np
import pytest

from engine.locate import search as locate
from engine.locate.search import CAREFUL, QUICK, Looks, locate_mrz, search_mrz, search_upside_down
from engine.values.pictures import MrzBand, Photo, Pixels, Point, Quad
from tests.engine.zones import NO_FILLER, TD1, TD3, DrawnZone, draw_zone


def covers(band: MrzBand, zone: DrawnZone) -> bool:
    """Whether the band has the zone's place and reading direction."""
    quad, true = np.array(band.quad, np.float32), zone.outline.astype(np.float32)
    shared, _ = cv2.intersectConvexConvex(quad, true)
    same_way = float((quad[1] - quad[0]) @ (true[1] - true[0])) > 0
    return shared > 0.5 * cv2.contourArea(quad) and shared > 0.5 * cv2.contourArea(true) and same_way


def found(zone: DrawnZone, *, turned: bool = False) -> bool:
    """Whether a band covers the zone; ``turned`` bands count too, the next stage turns them."""
    zones = [zone, DrawnZone(zone.photo, [row[[2, 3, 0, 1]] for row in zone.rows[::-1]])] if turned else [zone]
    return any(covers(band, way) for band in locate_mrz(zone.photo) for way in zones)


def band_at(left: float, score: float) -> MrzBand:
    """A band over the zone of an upright page, beginning at ``left``."""
    return MrzBand((Point(left, 280), Point(920, 280), Point(920, 350), Point(left, 350)), score)


def print_box(gray: Pixels) -> Quad:
    """The upright box around a drawn zone, whichever way it reads: nothing else is as dark."""
    (left, top), (right, bottom) = (edge(np.argwhere(gray.T < 45), axis=0) for edge in (np.min, np.max))
    return Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)


@pytest.mark.parametrize("turn", [0, 90, 180, 270, 7, -12, 45, 133, 222, 301])
def test_finds_a_zone_at_any_turn(turn: float) -> None:
    assert found(draw_zone(TD3, turn=turn), turned=True)


@pytest.mark.parametrize("lines", [TD3, TD1, NO_FILLER])
def test_finds_every_format_and_lines_without_fillers(lines: tuple[str, ...]) -> None:
    assert found(draw_zone(lines, turn=3))


@pytest.mark.parametrize("size", [0.3, 0.6, 3.0])
def test_finds_small_and_large_pictures(size: float) -> None:
    assert found(draw_zone(TD3, size=size, turn=-4))


@pytest.mark.parametrize("looks", [QUICK, CAREFUL])
@pytest.mark.parametrize(("side", "more"), [(800, [0.5]), (1280, [0.5, 1.4]), (4000, [0.5, 2])])
def test_larger_photos_are_looked_at_more_closely(
    side: int, more: list[float], looks: Looks, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []

    def look(gray: Pixels, finer: float) -> list[MrzBand]:
        asked.append(finer)
        return []

    monkeypatch.setattr(locate, "find_zones", look)
    assert locate_mrz(Photo(np.zeros((side * 3 // 4, side), np.uint8)), looks) == []
    assert asked == [*looks, *more]


def test_one_look_is_enough_where_the_first_bands_satisfy(monkeypatch: pytest.MonkeyPatch) -> None:
    def look(gray: Pixels, finer: float) -> list[MrzBand]:
        assert finer == 1
        return [band_at(40, 0.8)]

    monkeypatch.setattr(locate, "find_zones", look)
    assert next(search_mrz(draw_zone(TD3).photo)).score == 0.8


def test_a_place_outlined_otherwise_by_the_second_look_is_offered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    outlines = {0.7: band_at(40, 0.8), 1.0: band_at(200, 0.7), 0.5: band_at(201, 0.9)}
    monkeypatch.setattr(locate, "find_zones", lambda gray, finer: [outlines[finer]])
    monkeypatch.setattr(locate, "find_blob_bands", lambda gray: iter(()))
    monkeypatch.setattr(locate, "look_again", lambda photo, band: [])
    zone = draw_zone(TD3, size=0.8)
    assert locate_mrz(zone.photo, QUICK) == [outlines[0.7], outlines[1.0]]


def test_bands_read_in_vain_are_looked_at_again_best_first(monkeypatch: pytest.MonkeyPatch) -> None:
    first, other = band_at(40, 0.7), band_at(650, 0.9)
    straightened = {0.7: band_at(41, 0.95), 0.9: band_at(651, 0.5)}
    monkeypatch.setattr(locate, "find_zones", lambda gray, finer: [first, other] if finer == 1 else [])
    monkeypatch.setattr(locate, "find_blob_bands", lambda gray: iter(()))
    monkeypatch.setattr(locate, "look_again", lambda photo, band: [straightened[band.score]])
    bands = locate_mrz(draw_zone(TD3).photo)
    assert bands == [first, other, straightened[0.7]]  # the other second look shows no likely zone


def test_rows_of_print_are_searched_last_where_the_network_saw_a_zone_but_not_its_corners(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    zone, seen = draw_zone(TD3), band_at(500, 0.4)
    monkeypatch.setattr(locate, "find_zones", lambda gray, finer: [seen])
    monkeypatch.setattr(locate, "look_again", lambda photo, band: [])
    first, *rows = locate_mrz(zone.photo)
    assert (first, covers(first, zone)) == (seen, False)
    assert any(covers(band, zone) for band in rows)


def test_rows_of_print_are_not_searched_where_the_network_saw_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def search(gray: Pixels) -> list[MrzBand]:
        raise AssertionError("rows were searched")

    monkeypatch.setattr(locate, "find_zones", lambda gray, finer: [])
    monkeypatch.setattr(locate, "find_blob_bands", search)
    assert locate_mrz(draw_zone(TD3).photo) == []


def test_the_view_is_turned_only_when_it_is_asked_for() -> None:
    class Untouched:
        @property
        def gray(self) -> Pixels:
            raise AssertionError("the photo was looked at")

    search_upside_down(Untouched())  # type: ignore[arg-type]


def test_upside_down_the_same_places_are_found() -> None:
    zone = draw_zone(TD3, turn=8, size=0.7)
    assert any(covers(band, zone) for band in search_upside_down(zone.photo))


def test_what_is_found_upside_down_is_placed_to_the_pixel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locate, "find_zones", lambda gray, finer: [MrzBand(print_box(gray), 0.8)])
    photo = draw_zone(TD3).photo
    a, b, c, d = print_box(photo.gray)
    assert next(search_upside_down(photo)).quad == (c, d, a, b)


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


def test_finds_a_page_that_is_small_in_a_large_view() -> None:
    zone = draw_zone(TD3, size=0.8)
    height, width = zone.photo.gray.shape
    view = np.full((3000, 4000), 70, np.uint8)
    view[1500 : 1500 + height, 2500 : 2500 + width] = zone.photo.gray
    moved = DrawnZone(Photo(view), [row + np.array([2500, 1500]) for row in zone.rows])
    assert covers(next(search_mrz(moved.photo)), moved)
