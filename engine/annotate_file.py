"""The annotated picture as a file."""

import os

import numpy as np
from PIL import Image

from engine.annotate import annotate
from engine.decode import PictureSource
from engine.values.reading import PassportReading


def annotate_file(source: PictureSource, reading: PassportReading, target: str | os.PathLike[str]) -> None:
    """Save what `engine.annotate` draws; the suffix of ``target`` (.jpg, .png) names the format.

    Raises:
        OSError: ``target`` cannot be written.
        BadImage: ``source`` is not a picture.
    """
    pixels = annotate(source, reading)
    Image.fromarray(np.ascontiguousarray(pixels[..., ::-1])).save(target, quality=90)
