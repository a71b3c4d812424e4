"""A picture reads the same however its file is stored, and at any quarter turn: every item and every box."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import engine
from engine.decode import EXIF_ORIENTATION, TURNS

PAGE = Image.open(Path(__file__).parents[1] / "images" / "chn_1997_specimen.jpg").convert("L")
STORED = {
    **TURNS,
    1: None,
    6: Image.Transpose.ROTATE_90,  # what undoes the turn of the other
    8: Image.Transpose.ROTATE_270,
}


@pytest.fixture(scope="module")
def upright() -> engine.PassportReading:
    return engine.recognize(np.array(PAGE))


def stored(orientation: int) -> bytes:
    """The page as a file with this EXIF orientation; without loss, so that the pixels shown are the same."""
    undo = STORED[orientation]
    exif, file = Image.Exif(), io.BytesIO()
    exif[EXIF_ORIENTATION] = orientation
    (PAGE if undo is None else PAGE.transpose(undo)).save(file, "PNG", exif=exif, compress_level=1)
    return file.getvalue()


@pytest.mark.parametrize("orientation", sorted(STORED))
def test_every_exif_orientation_reads_the_same(orientation: int, upright: engine.PassportReading) -> None:
    reading = engine.recognize(stored(orientation))
    assert (reading.width, reading.height) == PAGE.size
    assert reading.items == upright.items
    assert reading.mrz == upright.mrz


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_items_and_boxes_turn_with_the_picture(turns: int, upright: engine.PassportReading) -> None:
    reading = engine.recognize(np.ascontiguousarray(np.rot90(np.array(PAGE), turns)))
    for item, straight in zip(reading.items, upright.items, strict=True):
        assert item.value == straight.value
        assert (item.quad is None) == (straight.quad is None)
        if item.quad is not None and straight.quad is not None:
            assert np.allclose(turned_back(np.array(item.quad), turns), straight.quad, atol=8), item.item


def turned_back(points: np.ndarray, turns: int) -> np.ndarray:
    """From the picture turned counter-clockwise by quarters to the upright one."""
    width, height = PAGE.size
    for k in range(turns):
        across = width if (turns - k) % 2 else height  # of the picture before this quarter turn
        points = np.stack([across - 1 - points[:, 1], points[:, 0]], axis=1)
    return points
