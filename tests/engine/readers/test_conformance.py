"""What every line reader of MRZ lines must do."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest

from engine.errors import ModelDamaged, ReaderMissing
from engine.readers.base import LineReader
from engine.readers.select import open_mrz_reader
from engine.values.pictures import LineImage
from tests.engine.readers.lines import TEXTS, blank_line, line_of, load_line

ALPHABET = set("<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
Open = Callable[[str], LineReader]


@pytest.fixture(scope="module", params=["ctc", "tesseract", "pytesseract"])
def reader(request: pytest.FixtureRequest) -> LineReader:
    try:
        return open_mrz_reader(request.param)
    except (ReaderMissing, ModelDamaged) as error:
        pytest.skip(f"{request.param}: {error}")


@pytest.fixture(scope="module")
def lines() -> list[LineImage]:
    return [load_line(name) for name in sorted(TEXTS)]


def odd_lines() -> Sequence[LineImage]:
    """Pictures that are no clean line: noise, one colour, slivers, half a line, the negative."""
    noise = np.random.default_rng(5).integers(0, 256, (30, 400))
    line = load_line(sorted(TEXTS)[0]).pixels
    shapes = ((1, 1), (1, 500), (40, 1), (3, 3), (0, 0))
    return [line_of(a) for a in (noise, line[: len(line) // 2], 255 - line, *(np.zeros(s) for s in shapes))]


def test_answers_come_in_the_order_of_the_lines(reader: LineReader, lines: list[LineImage]) -> None:
    forward = reader.read(lines)
    assert reader.read(lines[::-1]) == forward[::-1]
    assert len({a.text for a in forward}) == len(lines)


def test_one_answer_a_line(reader: LineReader, lines: list[LineImage]) -> None:
    assert reader.read([]) == []
    assert len(reader.read([*lines, blank_line(), *odd_lines()])) == len(lines) + 1 + len(odd_lines())


def test_blank_line_is_an_empty_text(reader: LineReader) -> None:
    black = line_of(np.zeros((34, 700)))
    gray = line_of(np.full((34, 700), 128) + np.random.default_rng(1).integers(0, 2, (34, 700)))
    assert [answer.chars for answer in reader.read([blank_line(), black, gray])] == [()] * 3


def test_alphabet_and_probabilities(reader: LineReader, lines: list[LineImage]) -> None:
    for answer in reader.read([*lines, *odd_lines()]):
        for char in answer.chars:
            listed = [char.char, *(c for c, _ in char.alternatives if c)]
            assert set(listed) <= ALPHABET
            assert len(set(listed)) == len(listed)
            shares = [char.probability, *(p for _, p in char.alternatives)]
            assert all(0 <= p <= 1 for p in shares)
            assert sum(shares) <= 1 + 1e-6


def test_alternatives_are_ordered(reader: LineReader, lines: list[LineImage]) -> None:
    for answer in reader.read([*lines, *odd_lines()]):
        for char in answer.chars:
            shares = [p for _, p in char.alternatives]
            assert shares == sorted(shares, reverse=True)


def test_characters_lie_from_left_to_right_in_the_picture(reader: LineReader, lines: list[LineImage]) -> None:
    for image, answer in zip(lines, reader.read(lines), strict=True):
        centres = [(c.start + c.end) / 2 for c in answer.chars]
        assert centres == sorted(centres)
        assert all(c.start < c.end for c in answer.chars)
        assert answer.chars[0].start >= 0
        assert answer.chars[-1].end <= image.pixels.shape[1]


def test_boxes_follow_the_size_of_the_picture(reader: LineReader, lines: list[LineImage]) -> None:
    for image in lines:
        large = cv2.resize(image.pixels, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
        small, double = reader.read([image, line_of(large)])
        pitch = image.pixels.shape[1] / len(small.chars)
        for end in (0, -1):
            a, b = small.chars[end], double.chars[end]
            assert (b.start + b.end) / 4 == pytest.approx((a.start + a.end) / 2, abs=0.3 * pitch)


def test_same_picture_same_answer(reader: LineReader, lines: list[LineImage]) -> None:
    assert reader.read(lines) == reader.read(lines)


def test_an_answer_does_not_depend_on_its_neighbours(reader: LineReader, lines: list[LineImage]) -> None:
    together = reader.read([*odd_lines(), *lines])[-len(lines) :]
    assert together == [reader.read([line])[0] for line in lines]


def test_threads_agree(reader: LineReader, lines: list[LineImage]) -> None:
    alone = [reader.read([line])[0] for line in lines] * 4
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda line: reader.read([line])[0], lines * 4)) == alone


def test_version_names_reader_and_model(reader: LineReader) -> None:
    assert reader.version.split("-")[0] in {"ctc", "tesseract", "pytesseract"}
    assert reader.version.endswith("_v1")
