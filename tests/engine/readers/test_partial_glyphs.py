"""Half a letter is told from a whole one, whatever the reader made of it."""

import cv2
import numpy as np
import pytest

from engine.readers.partial_glyphs import mark_partial
from engine.values.pictures import LineImage, Pixels
from engine.values.text import CharReading, LineText

TEXT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
PITCH, HEIGHT = 24, 34
PAPER, INK = 220, 40


def drawn(text: str = TEXT) -> Pixels:
    """A line of capitals 24 px high in cells 24 px wide, strokes 3 px."""
    pixels = np.full((HEIGHT, PITCH * (len(text) + 2)), PAPER, np.uint8)
    for k, char in enumerate(text):
        x = PITCH * (k + 1) + 4
        top, bottom = (8, 26) if char == "<" else (5, 29)
        cv2.line(pixels, (x, top), (x, bottom), INK, 3)
        cv2.line(pixels, (x, (top + bottom) // 2), (x + 14, top), INK, 3)
        cv2.line(pixels, (x, (top + bottom) // 2), (x + 14, bottom), INK, 3)
    return pixels


def read(text: str = TEXT) -> LineText:
    return LineText(
        tuple(
            CharReading(char, 0.999, (), PITCH * (k + 1) + 3.0, PITCH * (k + 1) + 21.0) for k, char in enumerate(text)
        )
    )


def marked(pixels: Pixels, text: LineText) -> list[int]:
    found = mark_partial(LineImage(pixels, np.eye(3)), text)
    return [k for k, char in enumerate(found.chars) if char.partial]


def cell(k: int) -> slice:
    return slice(PITCH * (k + 1), PITCH * (k + 2))


def test_whole_characters_are_not_marked() -> None:
    assert marked(drawn(), read()) == []


@pytest.mark.parametrize("rows", [slice(0, 17), slice(17, HEIGHT)])
@pytest.mark.parametrize("at", [2, 8, 18])
def test_half_the_height_is_marked(rows: slice, at: int) -> None:
    pixels = drawn()
    pixels[rows, cell(at)] = PAPER
    assert marked(pixels, read()) == [at]


def test_half_the_width_is_marked() -> None:
    pixels = drawn()
    pixels[:, PITCH * 9 + 8 : PITCH * 10] = PAPER
    assert marked(pixels, read()) == [8]


def test_a_narrow_one_is_whole() -> None:
    pixels = drawn()
    pixels[:, PITCH * 9 + 8 : PITCH * 10] = PAPER
    assert marked(pixels, read(TEXT[:8] + "1" + TEXT[9:])) == []


def test_fillers_are_lower_than_letters() -> None:
    pixels = drawn()
    pixels[0:17, cell(1)] = PAPER
    assert marked(pixels, read()) == []


def test_a_line_that_leans_in_its_picture_is_whole() -> None:
    shear = np.array([[1.0, 0.0, 0.0], [0.008, 1.0, -4.0]])
    width = drawn().shape[1]
    leaning = cv2.warpAffine(drawn(), shear, (width, HEIGHT + 8), borderValue=PAPER)
    assert marked(np.asarray(leaning, np.uint8), read()) == []


def test_blank_pictures_and_texts_without_places_stay() -> None:
    plain = LineText(tuple(CharReading(char, 0.9) for char in TEXT))
    assert marked(np.full((HEIGHT, 900), PAPER, np.uint8), read()) == []
    assert marked(drawn(), plain) == []
    assert marked(drawn(), LineText(read().chars[:5])) == []
