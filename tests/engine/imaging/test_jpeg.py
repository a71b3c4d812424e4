"""Reduced pictures and JPEG files."""

import io

import numpy as np
from PIL import Image

from engine.imaging.jpeg import at_most, jpeg_file

WIDE = np.full((50, 200, 3), (200, 40, 10), np.uint8)
"""All blue, in OpenCV's order of channels."""


def test_the_longer_side_is_reduced_and_the_shape_kept() -> None:
    assert at_most(WIDE, 100).shape == (25, 100, 3)
    assert at_most(WIDE.transpose(1, 0, 2), 100).shape == (100, 25, 3)


def test_a_side_never_vanishes() -> None:
    assert at_most(np.zeros((1, 900, 3), np.uint8), 100).shape == (1, 100, 3)


def test_small_pictures_stay_as_they_are() -> None:
    assert at_most(WIDE, 200) is WIDE


def test_a_file_has_the_colours_and_nothing_else() -> None:
    image = Image.open(io.BytesIO(jpeg_file(WIDE, 95)))
    assert (image.format, image.size) == ("JPEG", (200, 50))
    assert "exif" not in image.info
    assert np.abs(np.asarray(image, int) - (10, 40, 200)).max() <= 4
