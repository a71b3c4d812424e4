"""Our networks are opened and run in one place, whose failures have names."""

import numpy as np
import pytest

from engine.errors import ModelDamaged, ReaderCrashed
from engine.imaging.network import normalised, open_network


def test_a_network_answers_for_one_picture() -> None:
    net = open_network("text_lines_v4")
    assert net.run(np.zeros((16, 24), np.float32)).shape == (12, 4, 6)


def test_a_shape_that_the_network_cannot_take_is_a_crash_that_names_it() -> None:
    with pytest.raises(ReaderCrashed, match="mrz_line_v1 failed on 40×7 px"):
        open_network("mrz_line_v1").run(np.zeros((7, 40), np.float32))


def test_a_model_that_is_not_there_says_so() -> None:
    with pytest.raises(ModelDamaged, match="not installed"):
        open_network("no_such_model")


def test_a_normalised_picture_has_no_brightness_and_little_contrast() -> None:
    picture = np.random.default_rng(3).integers(0, 256, (20, 30)).astype(np.uint8)
    plane = normalised(picture)
    assert plane.dtype == np.float32
    assert abs(float(plane.mean())) < 1e-5
    assert float(plane.std()) == pytest.approx(picture.std() / (picture.std() + 8), abs=1e-5)
