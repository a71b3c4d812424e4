"""Words of stamps beside values."""

import pytest

from engine.visual.items.places.overprint import without_overprint
from engine.visual.items.text_spans import TextSpan
from tests.engine.visual.pages import line


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("PATRA MODELO", ["PATRA"]),
        ("SPECIMEN WIEN VOID", ["WIEN"]),
        ("NEW SAMPLE YORK", ["NEW", "YORK"]),
        ("SPECIMENSTADT", ["SPECIMENSTADT"]),
        ("Muster", ["Muster"]),
        ("MUSTER", []),
    ],
)
def test_what_is_left_beside_them(text: str, left: list[str]) -> None:
    assert [piece.text for piece in without_overprint(TextSpan(line(text, 40, 30), 0, len(text)))] == left
