"""The file is right when libtesseract loads it and computes what its weights say."""

import struct
from pathlib import Path

import numpy as np
import pytest
import tesserocr
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from models.training.tesseract import file as tf

HEIGHT = 8
ROWS = HEIGHT // 2


def bar_detector(char: str) -> tf.Layer:
    """A network that says ``char`` in black columns and blank elsewhere: ink of all rows is added up."""
    ink = np.zeros((1, 10))
    ink[0, 4] = -1.0
    codes = np.zeros((tf.CODES, ROWS + 1))
    codes[:, -1] = -20.0
    codes[tf.BLANK, -1] = 0.0
    codes[tf.FIRST_CODE + tf.ALPHABET.index(char)] = [10.0] * ROWS + [-20.0]
    return tf.series(
        "Series",
        tf.gray_input(HEIGHT),
        tf.convolution(ink, 1),
        tf.max_pool(1, 2),
        tf.stack_rows(1, ROWS),
        tf.softmax(codes, ROWS),
    )


def bars(count: int) -> Image.Image:
    """Black columns of 4 px on white, 12 px apart."""
    pixels = np.full((HEIGHT, 12 * count + 8), 255, np.uint8)
    for i in range(count):
        pixels[:, 8 + 12 * i : 12 + 12 * i] = 0
    return Image.fromarray(pixels)


def read(folder: Path, data: bytes, picture: Image.Image) -> str:
    (folder / "probe.traineddata").write_bytes(data)
    with tesserocr.PyTessBaseAPI(path=f"{folder}/", lang="probe", psm=13, oem=1) as api:
        api.SetVariable("tessedit_do_invert", "0")
        api.SetImage(picture)
        return str(api.GetUTF8Text()).strip()


@pytest.mark.parametrize("integer", [True, False])
@pytest.mark.parametrize("char", ["A", "9", "<"])
def test_libtesseract_computes_what_the_weights_say(tmp_path: Path, integer: bool, char: str) -> None:
    data = tf.traineddata(bar_detector(char), "probe", integer=integer)
    assert read(tmp_path, data, bars(5)) == char * 5


@given(arrays.arrays(np.float64, (3, 5), elements=st.floats(-9, 9)))
def test_eight_bit_weights_are_within_half_a_step(weights: np.ndarray) -> None:
    values, scales = tf.quantised(weights)
    assert np.all(np.abs(values * scales[:, None] - weights) <= scales[:, None] / 2 + 1e-12)


def test_components_lie_where_the_head_says() -> None:
    data = tf.traineddata(bar_detector("A"), "[spec]", integer=False)
    (count,) = struct.unpack_from("<I", data)
    offsets = struct.unpack_from(f"<{count}q", data, 4)
    used = [offset for offset in offsets if offset >= 0]
    assert count == 24
    assert used[0] == 4 + 8 * count
    assert used == sorted(used)
    assert b"[spec]" in data[used[0] : used[1]]
    assert data[used[1] :].startswith(b"40\nNULL 0 Common 0\n")
    assert data.endswith(b"5.3.0")
