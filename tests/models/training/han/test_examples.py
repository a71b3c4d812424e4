"""Characters cut out of drawn lines and sheets show what they are said to show."""

import cv2
import numpy as np
import pytest

from models.training.draw.type.fonts import FontsMissing, font_paths
from models.training.han.examples import PATCH, PATCH_SPAN, Example, draw_line, draw_sheet, set_line
from models.training.han.faces import BOX, EM, characters
from tests.models.training.han.faces import made_up_face

FACE = made_up_face()
NONE = len(characters())


def likeness(example: Example) -> float:
    """How the middle of an example goes with its character's picture: −1 to 1."""
    side = round(PATCH / PATCH_SPAN)
    start, room = (PATCH - side) // 2, (BOX - EM) // 2
    seen = 255.0 - example.pixels[start : start + side, start : start + side]
    glyph = FACE.glyphs[example.label][room : room + EM, room : room + EM]
    small = cv2.resize(glyph, (side, side), interpolation=cv2.INTER_AREA)
    return float(np.corrcoef(seen.ravel(), small.ravel())[0, 1]) if np.ptp(seen) else 0.0


def test_only_characters_that_the_face_has_are_set() -> None:
    line = set_line(np.random.default_rng(1), FACE, 40)
    assert FACE.held[line.labels[line.labels != NONE]].all()
    assert len(line.centres) == len(line.labels)
    assert (np.diff(line.centres[:, 0]) >= EM - 1).all()


def test_a_dot_stands_in_the_middle_of_its_square_and_is_no_character() -> None:
    line = set_line(np.random.default_rng(3), FACE, 400)
    dots = np.flatnonzero(line.labels == NONE)
    assert 0 < len(dots) < 20
    x, y = np.round(line.centres[dots[0]]).astype(int)
    square = line.coverage[y - EM // 2 : y + EM // 2, x - EM // 2 : x + EM // 2]
    assert square[EM // 2 - 2 : EM // 2 + 2, EM // 2 - 2 : EM // 2 + 2].min() > 100
    assert square[: EM // 4].max() == 0


def test_examples_of_lines_have_their_character_in_the_middle() -> None:
    rng = np.random.default_rng(2)
    examples = [example for _ in range(30) for example in draw_line(rng, [FACE])]
    assert all(example.pixels.shape == (PATCH, PATCH) for example in examples)
    known = [likeness(example) for example in examples if example.label != NONE]
    assert np.median(known) > 0.4
    assert 0 < sum(example.label == NONE for example in examples) < 0.2 * len(examples)


def test_so_have_those_of_whole_sheets() -> None:
    try:
        font_paths("latin_sans")
    except FontsMissing:
        pytest.skip("no fonts: sheets have Latin lines, too")
    examples = draw_sheet(np.random.default_rng(5), [FACE])
    assert len(examples) > 60
    known = [likeness(example) for example in examples if example.label != NONE]
    assert np.median(known) > 0.4
