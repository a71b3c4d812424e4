"""Lines of print in a photo, as what is covered and what stays."""

import numpy as np

from engine.redaction.prints import Print, fill, label_parts, papered
from engine.values.pictures import LineImage
from engine.values.text import CharReading, LineText
from engine.visual.lines.cut_line import MARGIN


def line(text: str, left: float = 100.0, top: float = 50.0) -> Print:
    """A line image with characters 10 px wide, cut from the photo at ``left``, ``top`` without turning or scaling."""
    pixels = np.zeros((32, 10 * len(text)), np.uint8)
    to_photo = np.array([[1.0, 0.0, left], [0.0, 1.0, top], [0.0, 0.0, 1.0]])
    chars = tuple(CharReading(c, 0.99, (), 10.0 * i, 10.0 * i + 10) for i, c in enumerate(text))
    right, bottom = left + 10 * len(text), top + 32
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    return Print(corners, LineImage(pixels, to_photo), LineText(chars), 2.0)


def test_a_part_of_a_line_lies_around_its_characters() -> None:
    part = line("ABCDEF").part(2, 4)
    left, top = part.min(axis=0)
    right, bottom = part.max(axis=0)
    assert 110 < left < 120 < 140 < right < 150
    cap = 32 / (1 + 2 * MARGIN)
    assert top < 50 + (32 - cap) / 2 < 50 + (32 + cap) / 2 < bottom


def test_a_line_is_in_a_mask_where_its_middle_is() -> None:
    found, mask = line("ABCDEF"), np.zeros((200, 300), np.uint8)
    assert not found.is_in(mask)
    mask[66, 130] = 1
    assert found.is_in(mask)
    assert not found.is_in(mask[:60])


def test_labels_are_told_from_what_may_be_a_value() -> None:
    assert len(label_parts([line("Date of birth")])) == 1
    assert label_parts([line("ERIKSSON"), line("")]) == []


def test_no_representation_shows_what_was_read() -> None:
    assert "ERIKSSON" not in repr(line("ERIKSSON"))


def test_what_is_covered_has_the_shade_of_the_rest() -> None:
    gray = np.full((4, 6), 200, np.uint8)
    gray[:2] = 0
    covered = gray == 0
    assert (papered(gray, covered) == 200).all()
    assert (papered(gray, np.ones_like(covered)) == 0).all()
    assert (gray[:2] == 0).all(), "the photo itself stays as it is"


def test_a_quadrilateral_of_a_mask_is_set() -> None:
    mask = np.zeros((10, 10), np.uint8)
    fill(mask, np.array([(2.0, 3.0), (6.0, 3.0), (6.0, 5.0), (2.0, 5.0)]))
    assert mask[4, 4] == 1
    assert int(mask.sum()) == 5 * 3
