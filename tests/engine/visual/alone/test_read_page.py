"""Pages without their zone: those that tests use, cut above it, turned, scaled, laid on a desk."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.decode import Limits, open_pages
from engine.readers.select import open_readers
from engine.values.items import Item, VisualReading
from engine.values.pictures import Photo, Pixels
from engine.visual.alone.read_page import read_page_alone
from engine.visual.alone.upright_page import find_upright_pages

IMAGES = Path(__file__).parents[3] / "images"
READERS = open_readers("ctc")
SHARE = 0.78
"""Of the height of a data page that lies above its zone."""


def gray(name: str) -> Pixels:
    return open_pages(IMAGES / name, Limits(10**8, 10**8)).photo(1).gray


def cut(name: str = "chn_2012_specimen.jpg") -> Pixels:
    pixels = gray(name)
    return np.ascontiguousarray(pixels[: round(SHARE * len(pixels))])


def read(pixels: Pixels) -> VisualReading | None:
    return read_page_alone(Photo(np.ascontiguousarray(pixels)), READERS.visual, READERS.careful)


def values(pixels: Pixels) -> dict[Item, str]:
    reading = read(pixels)
    assert reading is not None
    return {item: value.value for item, value in reading.values.items()}


PRINTED = {
    Item.PASSPORT_NUMBER: "EA1234567",
    Item.SEX: "F",
    Item.BIRTH_DATE: "901003",
    Item.BIRTH_PLACE: "SHAANXI",
    Item.ISSUE_DATE: "190806",
    Item.EXPIRY_DATE: "290805",
    Item.ISSUING_STATE: "CHN",
}


def test_what_the_page_prints_is_read() -> None:
    found = values(cut())
    assert {item: found.get(item) for item in PRINTED} == PRINTED


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_on_its_side_or_head_is_read(turns: int) -> None:
    found = values(np.rot90(cut(), turns))
    assert {item: found.get(item) for item in PRINTED} == PRINTED


@pytest.mark.parametrize("degrees", [-4.0, 3.0])
def test_a_page_that_leans_is_read(degrees: float) -> None:
    pixels = cv2.copyMakeBorder(cut(), 120, 120, 120, 120, cv2.BORDER_CONSTANT, value=(90.0,))
    height, width = pixels.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    leaning = cv2.warpAffine(pixels, turn, (width, height), borderValue=(90.0,))
    found = values(np.asarray(leaning, np.uint8))
    assert {item: found.get(item) for item in PRINTED} == PRINTED


def test_a_small_page_on_a_desk_is_read() -> None:
    page = cv2.resize(cut(), (900, 480), interpolation=cv2.INTER_AREA)
    desk = np.full((1500, 2400), 70, np.uint8)
    desk[300:780, 700:1600] = page
    assert values(desk)[Item.PASSPORT_NUMBER] == "EA1234567"


def test_values_have_their_places_in_the_photo() -> None:
    whole, reading = cut(), read(cut())
    assert reading is not None
    height, width = whole.shape
    number, birth = (reading.values[item].quad for item in (Item.PASSPORT_NUMBER, Item.BIRTH_DATE))
    assert number[0].x > 0.6 * width
    assert number[2].y < 0.25 * height
    assert birth[0].y > number[2].y


@pytest.mark.parametrize(
    "pixels",
    [
        np.full((600, 800), 200, np.uint8),
        np.random.default_rng(1).integers(0, 255, (600, 800), np.uint8),
        np.full((4, 4), 0, np.uint8),
    ],
    ids=["blank", "noise", "tiny"],
)
def test_pictures_without_text_have_no_page(pixels: Pixels) -> None:
    assert list(find_upright_pages(Photo(pixels))) == []
    assert read(pixels) is None


def test_a_bank_card_is_none() -> None:
    assert read(gray("negative_bank_card.jpg")) is None


def test_a_page_of_which_its_title_is_covered_is_none() -> None:
    pixels = cut()
    pixels[: len(pixels) // 4, :] = 220
    assert read(pixels) is None
