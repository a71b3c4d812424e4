"""The portrait, cut out of the picture as it was sent."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from engine.result.mirrored import of_mirrored
from engine.result.portrait import MOST_BYTES, Portrait
from engine.values.chinese import ChinesePrint, ChineseText
from engine.values.pictures import Box, Point, Quad
from tests.doubles import fixed_reading

UPRIGHT: Quad = (Point(20, 10), Point(59, 10), Point(59, 69), Point(20, 69))
RED, BLUE = (40, 40, 200), (200, 40, 40)


def two_coloured() -> np.ndarray:
    """A red upper and a blue lower half at `UPRIGHT`, BGR."""
    picture = np.full((100, 120, 3), 255, np.uint8)
    picture[10:40, 20:60], picture[40:70, 20:60] = RED, BLUE
    return picture


def test_is_upright_in_colour() -> None:
    for turns in range(4):
        turned = np.ascontiguousarray(np.rot90(two_coloured(), turns))
        corners = [turn(p, turns) for p in UPRIGHT]
        reading = replace(fixed_reading(), width=turned.shape[1], height=turned.shape[0])
        portrait = replace(reading, portrait_quad=tuple(corners)).portrait(turned)
        assert portrait is not None
        height, width = portrait.pixels.shape[:2]
        assert (width, height) == (39, 59)
        assert tuple(portrait.pixels[5, 20]) == RED
        assert tuple(portrait.pixels[-5, 20]) == BLUE


def turn(point: Point, turns: int) -> Point:
    """Where a pixel of the 120×100 picture lies after so many quarter turns against the clock."""
    width, height = 120, 100
    for _ in range(turns):
        point, width, height = Point(point.y, width - 1 - point.x), height, width
    return point


def test_of_a_mirrored_picture_is_not_mirrored() -> None:
    picture = np.full((100, 120, 3), 255, np.uint8)
    picture[10:70, 20:40], picture[10:70, 40:60] = RED, BLUE
    reading = of_mirrored(replace(fixed_reading(), width=120, height=100, portrait_quad=UPRIGHT))
    portrait = reading.portrait(np.ascontiguousarray(picture[:, ::-1]))
    assert portrait is not None
    assert (tuple(portrait.pixels[30, 5]), tuple(portrait.pixels[30, -5])) == (RED, BLUE)


def test_the_place_of_the_chinese_name_is_mirrored_too() -> None:
    reading = replace(fixed_reading(), width=120, height=100, chinese=ChinesePrint(ChineseText("王琳", 0.9, UPRIGHT)))
    quad = of_mirrored(reading).chinese_name.quad
    assert quad is not None
    assert [corner.x for corner in quad] == [119 - corner.x for corner in UPRIGHT]


def test_none_was_found_and_nothing_is_decoded() -> None:
    assert fixed_reading().portrait(b"no picture") is None


def test_a_place_outside_the_picture_costs_no_memory() -> None:
    far = (Point(-9e5, -9e5), Point(9e5, -9e5), Point(9e5, 9e5), Point(-9e5, 9e5))
    portrait = replace(fixed_reading(), portrait_quad=far).portrait(two_coloured())
    assert portrait is not None
    assert max(portrait.pixels.shape) <= 1200


def test_repr_tells_nothing() -> None:
    assert "1" not in repr(Portrait(two_coloured(), UPRIGHT, Box(11, 11, 11, 11))).partition(" at ")[0]


@pytest.mark.parametrize("side", [100, 1200])
def test_its_file_is_small_whatever_it_shows(side: int) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (side, side, 3), np.uint8)
    jpeg = Portrait(noise, UPRIGHT, Box(0, 0, 1, 1)).to_jpeg()
    assert len(jpeg) <= MOST_BYTES
    with Image.open(io.BytesIO(jpeg)) as image:
        assert image.format == "JPEG"


def test_is_among_the_crops() -> None:
    crops = replace(fixed_reading(), portrait_quad=UPRIGHT).crops(two_coloured())
    assert tuple(crops["portrait"][5, 20]) == RED
