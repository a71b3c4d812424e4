"""Lines cut out of drawn pages: their texts stand in their pictures."""

import numpy as np
import pytest

from engine.readers.ctc import CtcReader
from engine.values.pictures import LineImage
from engine.visual.lines.find_lines import DetectedLine
from models.training.draw.pages.records import PrintedLine, upright_quad
from models.training.draw.people.latin_text import ALPHABET
from models.training.line_net.page_lines import line_text, page_lines

LINE = DetectedLine(left=10, right=110, baseline=30, slope=0, cap_height=10, strength=1)


def printed(text: str, left: float, right: float, baseline: float = 30) -> PrintedLine:
    return PrintedLine(text, upright_quad(left, baseline - 10, right, baseline), False)


def test_words_of_a_found_line_are_joined_from_left_to_right() -> None:
    assert line_text(LINE, [printed("NOV 2020", 60, 109), printed("12", 12, 40)], np.eye(3)) == "12 NOV 2020"


def test_east_asian_characters_become_one_class() -> None:
    assert line_text(LINE, [printed("女/F", 12, 108)], np.eye(3)) == "一/F"


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([printed("WIDER", 12, 150)], id="cut off"),
        pytest.param([printed("OK", 12, 100), printed("ʭʭʭ", 60, 80)], id="letters that no class stands for"),
        pytest.param([printed("OK", 12, 100), printed("HALF", 12, 100, 35)], id="half a line lower"),
    ],
)
def test_doubtful_lines_have_no_text(others: list[PrintedLine]) -> None:
    assert line_text(LINE, others, np.eye(3)) == ""


def test_lines_above_and_below_do_not_count() -> None:
    around = [printed("ABOVE", 10, 110, 15), printed("HERE", 11, 109), printed("BELOW", 10, 110, 46)]
    assert line_text(LINE, around, np.eye(3)) == "HERE"


@pytest.mark.usefixtures("fonts")
def test_texts_stand_in_the_pictures() -> None:
    lines = page_lines(np.random.default_rng(4), {"scan300": 1.0})
    assert len(lines) > 10
    assert {line.pixels.shape[0] for line in lines} == {32}
    assert set("".join(line.text for line in lines)) <= set(ALPHABET)
    answers = CtcReader("latin_line_v3").read([LineImage(line.pixels, np.eye(3)) for line in lines])
    right = [answer.text == line.text for answer, line in zip(answers, lines, strict=True)]
    assert np.mean(right) > 0.6
