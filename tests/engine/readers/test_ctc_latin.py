"""The Latin nets on committed line pictures."""

import json
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.readers.ctc import CtcReader
from engine.values.pictures import LineImage
from engine.visual.text.scripts import SIGNS

FOLDER = Path(__file__).parents[2] / "images" / "latin_lines"
TEXTS: dict[str, str] = json.loads((FOLDER / "texts.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=["latin_line_v3", "latin_large_v2"])
def reader(request: pytest.FixtureRequest) -> CtcReader:
    return CtcReader(request.param)


def load_line(name: str) -> LineImage:
    pixels = cv2.imread(str(FOLDER / name), cv2.IMREAD_GRAYSCALE)
    assert pixels is not None, f"no line picture {name}"
    return LineImage(np.asarray(pixels, np.uint8), np.eye(3))


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_reads_what_is_printed(reader: CtcReader, name: str) -> None:
    (answer,) = reader.read([load_line(name)])
    assert answer.text == TEXTS[name]


def test_alphabet_holds_accents_and_an_eastern_class(reader: CtcReader) -> None:
    assert set("AZaz09 /ÀßŞżı一") <= set(reader.alphabet)


def test_the_large_net_has_a_class_for_each_script() -> None:
    assert set("Əệ") | SIGNS <= set(CtcReader("latin_large_v2").alphabet)


def test_version_names_the_model(reader: CtcReader, request: pytest.FixtureRequest) -> None:
    assert reader.version == f"ctc-{request.node.callspec.params['reader']}"


def test_characters_lie_from_left_to_right(reader: CtcReader) -> None:
    line = load_line("authority.png")
    (answer,) = reader.read([line])
    assert all(a.end <= b.start + 1e-6 for a, b in pairwise(answer.chars))
    assert answer.chars[0].start >= 0
    assert answer.chars[-1].end <= line.pixels.shape[1] + 1


def test_blank_line_is_an_empty_text(reader: CtcReader) -> None:
    blank = LineImage(np.full((40, 400), 220, np.uint8), np.eye(3))
    assert reader.read([blank])[0].chars == ()
