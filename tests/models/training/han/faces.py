"""Made-up faces: what is drawn needs no Chinese fonts then."""

import numpy as np

from models.training.han.faces import BOX, Face, characters


def made_up_face(seed: int = 0) -> Face:
    """A pattern of strokes for every character; every tenth is lacking."""
    rng = np.random.default_rng(seed)
    coarse = rng.random((len(characters()), 12, 12)) < 0.4
    glyphs = np.zeros((len(characters()), BOX, BOX), np.uint8)
    glyphs[:, 6:42, 6:42] = np.kron(coarse, np.ones((3, 3), np.uint8)).astype(np.uint8) * 255
    held = np.arange(len(characters())) % 10 != 9
    glyphs[~held] = 0
    return Face("made up", glyphs, held)
