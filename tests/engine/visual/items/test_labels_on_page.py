"""Where a line that runs through two fields is parted, by the labels above it."""

import pytest

from engine.visual.items.labels_on_page import locate_labels, split_columns
from engine.visual.items.text_spans import TextSpan
from tests.engine.visual.pages import label, line

ADVANCE = 0.7 * 2.4
"""Millimetres from one character of a value to the next."""


def parted(text: str, second_label: float) -> list[str]:
    """``text`` from 40 mm on, under a label there and one that begins at ``second_label`` mm."""
    labels, _ = locate_labels((label("Sex", 40, 27), label("Place of birth", second_label, 27)), ())
    value = line(text, 40, 31)
    return [part.text for part in split_columns(TextSpan(value, 0, len(text)), labels)]


@pytest.mark.parametrize(
    ("text", "second_label", "parts"),
    [
        pytest.param("FGH ZENITH", 40 + 4 * ADVANCE, ["FGH", "ZENITH"], id="behind a space"),
        pytest.param("12ZENITH", 40 + 2 * ADVANCE + 4, ["12ZENITH"], id="no column begins within a word"),
        pytest.param("123456ZENITH", 40 + 6 * ADVANCE, ["123456", "ZENITH"], id="figures meet letters"),
        pytest.param("AB 1974 ZENITH", 40 + 4 * ADVANCE, ["AB 1974", "ZENITH"], id="behind a date"),
        pytest.param("03 MAR 1974 ZENITH", 40 + 12 * ADVANCE + 5, ["03 MAR 1974", "ZENITH"], id="a page that leans"),
        pytest.param("ZENITH CITY", 95, ["ZENITH CITY"], id="the second label stands beyond the line"),
    ],
)
def test_each_way_to_find_a_column(text: str, second_label: float, parts: list[str]) -> None:
    assert parted(text, second_label) == parts
