"""What a screen shows of a reading: upright, with places and pictures of the parts."""

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import engine
from engine.result.screen import LONGEST, screen_pictures, upright_turn
from engine.values.items import Item
from engine.values.pictures import Point, Quad
from engine.values.warnings import Contradiction
from tests.doubles import fixed_reading

IMAGES = Path(__file__).parents[2] / "images"
WIDTH, HEIGHT = 640, 480
DOT = (200, 100)
"""Where the picture is black, x and y."""


def dotted() -> np.ndarray:
    picture = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    picture[DOT[1] - 2 : DOT[1] + 3, DOT[0] - 2 : DOT[0] + 3] = 0
    return picture


def reading_with_zone(*corners: tuple[float, float]) -> engine.PassportReading:
    a, b, c, d = (Point(*corner) for corner in corners)
    number = replace(fixed_reading()[Item.PASSPORT_NUMBER], quad=around(DOT))
    items = tuple(
        number if item.item is Item.PASSPORT_NUMBER else replace(item, quad=None) for item in fixed_reading()
    )
    return replace(fixed_reading(), items=items, mrz_quads=((a, b, c, d),))


def around(middle: tuple[float, float]) -> Quad:
    x, y = middle
    return Point(x - 5, y - 5), Point(x + 5, y - 5), Point(x + 5, y + 5), Point(x - 5, y + 5)


@pytest.mark.parametrize(
    ("corners", "size", "dot"),
    [
        ([(10, 400), (600, 390), (600, 410), (10, 420)], (WIDTH, HEIGHT), DOT),
        ([(600, 60), (10, 60), (10, 40), (600, 40)], (WIDTH, HEIGHT), (WIDTH - 1 - DOT[0], HEIGHT - 1 - DOT[1])),
        ([(60, 470), (60, 10), (80, 10), (80, 470)], (HEIGHT, WIDTH), (HEIGHT - 1 - DOT[1], DOT[0])),
        ([(60, 10), (60, 470), (40, 470), (40, 10)], (HEIGHT, WIDTH), (DOT[1], WIDTH - 1 - DOT[0])),
        ([(600, 400), (10, 400), (10, 420), (600, 420)], (WIDTH, HEIGHT), (WIDTH - 1 - DOT[0], DOT[1])),
    ],
    ids=["upright", "upside down", "left side down", "right side down", "mirrored"],
)
def test_the_picture_is_turned_until_the_zone_reads_from_left_to_right(
    corners: list[tuple[float, float]], size: tuple[int, int], dot: tuple[int, int]
) -> None:
    shown = screen_pictures(dotted(), reading_with_zone(*corners))
    picture = np.asarray(Image.open(io.BytesIO(shown.picture)).convert("L"))
    assert (shown.width, shown.height) == size == (picture.shape[1], picture.shape[0])
    y, x = np.argwhere(picture < 128).mean(axis=0)
    assert (x, y) == pytest.approx(dot, abs=0.6)
    assert np.mean(shown.places[Item.PASSPORT_NUMBER], axis=0) == pytest.approx(dot, abs=0.01)


def test_without_a_zone_the_longest_item_tells_how_the_page_lies() -> None:
    upside_down = tuple(
        Point(WIDTH - p.x, HEIGHT - p.y) for p in (Point(0, 0), Point(300, 0), Point(300, 20), Point(0, 20))
    )
    surname = replace(fixed_reading()[Item.SURNAME], quad=upside_down)
    items = tuple(surname if item.item is Item.SURNAME else item for item in fixed_reading())
    turn = upright_turn(replace(fixed_reading(), items=items, mrz_quads=()))
    assert np.array_equal(turn, [(-1, 0, WIDTH - 1), (0, -1, HEIGHT - 1), (0, 0, 1)])


def test_where_nothing_has_a_place_the_picture_stays_as_it_is() -> None:
    nowhere = tuple(replace(item, quad=None) for item in fixed_reading())
    assert np.array_equal(upright_turn(replace(fixed_reading(), items=nowhere, mrz_quads=())), np.eye(3))


def test_large_pictures_are_reduced_and_places_with_them() -> None:
    large = np.full((3000, 4000, 3), 255, np.uint8)
    reading = replace(fixed_reading(), width=4000, height=3000)
    shown = screen_pictures(large, reading)
    assert (shown.width, shown.height) == (LONGEST, 1500)
    assert shown.places[Item.PASSPORT_NUMBER][1] == pytest.approx((55, 10))


def test_print_that_the_zone_denies_has_a_place_and_a_picture_too() -> None:
    items = tuple(replace(item, quad=None) for item in fixed_reading())
    differing = Contradiction(Item.BIRTH_DATE, "900101", "910101", 0.9, 0.9, around(DOT))
    shown = screen_pictures(dotted(), replace(fixed_reading(), items=items, contradictions=(differing,)))
    assert list(shown.places) == [Item.BIRTH_DATE]
    assert list(shown.crops) == ["birth_date"]


def test_a_real_reading_has_pictures_of_all_its_parts_and_tells_none_in_its_repr() -> None:
    path = IMAGES / "uto_photo_rotated90.jpg"
    reading = engine.recognize(path)
    shown = screen_pictures(path, reading)
    assert shown.width > shown.height * 0.7
    assert {"mrz", "passport_number", "surname"} <= shown.crops.keys()
    for jpeg in shown.crops.values():
        with Image.open(io.BytesIO(jpeg)) as crop:
            assert crop.format == "JPEG"
    a, b, _, d = shown.places[Item.MRZ_LINE_1]
    assert b.x - a.x > 10 * abs(b.y - a.y)
    assert d.y > a.y
    assert len(repr(shown)) < 100
