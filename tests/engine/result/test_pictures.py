"""Drawings and crops of a reading."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

import engine
from engine.result.annotate import COLORS
from engine.result.lettering import text_width, write_text
from engine.values.items import Certainty, Item
from engine.values.pictures import Point
from tests.doubles import fixed_reading

BLANK = np.full((480, 640, 3), 255, np.uint8)
SPECIMEN = Path(__file__).parents[2] / "images" / "chn_2012_specimen.jpg"


def written(text: str, size: int = 32) -> np.ndarray:
    sheet = Image.new("L", (round(text_width(text, size)) + 4, 2 * size), 255)
    write_text(ImageDraw.Draw(sheet), (0, 0), text, size, 0)  # type: ignore[arg-type]  # one channel
    return np.asarray(sheet)


class TestLettering:
    @pytest.mark.parametrize("letter", "AÞÉƏßẤŐĦŊŻŁØЖΩİğşțñ–’₂护照号码签发机关赵钱孙李饕餮鑫﹏"[:-1])
    def test_has_letters_of_all_passports(self, letter: str) -> None:
        empty_box = written("\uffff" if letter < "\u2e80" else "\ufaff")
        mine = written(letter)
        assert mine.min() < 128
        assert mine.shape != empty_box.shape or not np.array_equal(mine, empty_box)

    def test_letters_of_both_fonts_stand_side_by_side_on_one_line(self) -> None:
        both = written("H护H")
        left, right = both[:, :12], both[:, -20:]
        rows = [np.flatnonzero((part < 128).any(axis=1))[-1] for part in (left, right)]
        assert rows[0] == rows[1]
        assert text_width("H护H", 32) == pytest.approx(2 * text_width("H", 32) + text_width("护", 32))


class TestAnnotate:
    def test_colours_are_those_of_the_command_line(self) -> None:
        reading = fixed_reading()
        for certainty, confidence in ((Certainty.SURE, 0.995), (Certainty.LIKELY, 0.95), (Certainty.DOUBTFUL, 0.5)):
            items = tuple(replace(i, confidence=confidence) for i in reading.items)
            drawn = reading_drawn(replace(reading, items=items, warnings=()))
            assert tuple(drawn[20, 60]) == COLORS[certainty][::-1]

    def test_a_method_of_the_reading_draws_the_same(self) -> None:
        reading = fixed_reading()
        assert np.array_equal(reading.annotate(BLANK), engine.annotate(BLANK, reading))


def reading_drawn(reading: engine.PassportReading) -> np.ndarray:
    return engine.annotate(BLANK, reading)


class TestCrops:
    @pytest.mark.parametrize("turns", [0, 1, 2])
    def test_are_upright_in_colour_and_can_be_read(self, turns: int) -> None:
        with Image.open(SPECIMEN) as image:
            turned = np.ascontiguousarray(np.rot90(np.asarray(image.convert("RGB"))[..., ::-1], turns))
        reading = engine.recognize(turned)
        crops = reading.crops(turned)
        assert {"mrz", "passport_number", "birth_date", "mrz_line_1"} <= set(crops)
        assert set(crops) == {
            "mrz",
            "portrait",
            *reading.chinese.texts,
            *(i.item.name.lower() for i in reading if i.quad),
        }
        for crop in crops.values():
            assert crop.ndim == 3 and crop.shape[2] == 3 and crop.dtype == np.uint8
        strip = crops["mrz"]
        assert strip.shape[1] > 6 * strip.shape[0]
        room = np.pad(strip, ((200, 60), (60, 60), (0, 0)), mode="edge")
        assert engine.recognize(room, items="mrz").mrz.lines == reading.mrz.lines

    def test_a_place_outside_the_picture_costs_no_memory(self) -> None:
        far = (Point(-9e5, -9e5), Point(9e5, -9e5), Point(9e5, 9e5), Point(-9e5, 9e5))
        reading = fixed_reading()
        items = tuple(replace(i, quad=far) if i.item is Item.SEX else replace(i, quad=None) for i in reading)
        crops = replace(reading, items=items).crops(BLANK)
        assert set(crops) == {"sex"}
        assert max(crops["sex"].shape) <= 640
