"""The whole visual zone on a page drawn by hand, read by a reader that knows what is where."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pytest

from engine.imaging.warp import map_points
from engine.page import CHARACTER_PITCH, GLYPH_GAP, LINE_SPACING, MRZ_CENTRE_ABOVE_EDGE, SIZES, place_page
from engine.readers.select import open_readers
from engine.tables.alphabets import alphabets
from engine.values.items import Item
from engine.values.mrz import MrzFormat
from engine.values.pictures import LineImage, Photo, Point, Quad
from engine.values.text import CharReading, LineText
from engine.visual import zone
from engine.visual.items.text_spans import Area, RecognisedLine
from engine.visual.zone import read_again, read_closely, read_visual_zone
from tests.engine.readings import mrz_reading

PX_PER_MM = 8.0
SIZE = SIZES[MrzFormat.TD3]
MRZ = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
PRINT = (
    ("Surname/Nom", 45.0, 18.0, 1.4),
    ("ERIKSSON", 45.0, 22.0, 2.5),
    ("Given names/Prenoms", 45.0, 26.0, 1.4),
    ("ANNA MARIA", 45.0, 30.0, 2.5),
    ("Date of birth/Date de naissance", 45.0, 34.0, 1.4),
    ("12 AUG 1974", 45.0, 38.0, 2.5),
    ("Place of birth/Lieu de naissance", 45.0, 42.0, 1.4),
    ("ZENITH", 45.0, 46.0, 2.5),
    ("Date of issue/Date de delivrance", 45.0, 50.0, 1.4),
    ("16 APR 2007", 45.0, 54.0, 2.5),
    ("Date of expiry/Date d'expiration", 45.0, 58.0, 1.4),
    ("15 APR 2012", 45.0, 62.0, 2.5),
)


@dataclass(frozen=True)
class Printed:
    """What was drawn: the text and its corners (photo px) from cap line to baseline."""

    text: str
    corners: np.ndarray


def draw_page() -> tuple[np.ndarray, list[Printed]]:
    page = np.full((round(SIZE.height * PX_PER_MM), round(SIZE.width * PX_PER_MM)), 215, np.uint8)
    drawn = []
    for text, x, y, cap in PRINT:
        scale = cap * PX_PER_MM / 21  # Hershey capitals are 21 px high at scale 1
        (width, _), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, scale, 1)
        left, base = round(x * PX_PER_MM), round(y * PX_PER_MM)
        cv2.putText(page, text, (left, base), cv2.FONT_HERSHEY_SIMPLEX, scale, 50, 1 + (cap > 2), cv2.LINE_AA)
        top = base - cap * PX_PER_MM
        drawn.append(Printed(text, np.array([(left, top), (left + width, top), (left + width, base), (left, base)])))
    return page, drawn


def mrz_quads() -> tuple[Quad, Quad]:
    length = SIZE.columns * CHARACTER_PITCH - GLYPH_GAP
    left = (SIZE.width - length) / 2
    quads = []
    for row in (-0.5, 0.5):
        y = SIZE.height - MRZ_CENTRE_ABOVE_EDGE + row * LINE_SPACING
        corners = [(left, y - 1.2), (left + length, y - 1.2), (left + length, y + 1.2), (left, y + 1.2)]
        a, b, c, d = (Point(x * PX_PER_MM, y * PX_PER_MM) for x, y in corners)
        quads.append((a, b, c, d))
    return quads[0], quads[1]


class KnowingReader:
    """Answers the text whose middle lies in the middle of the line image."""

    version = "knowing"

    def __init__(self, drawn: Sequence[Printed]) -> None:
        self.drawn = drawn

    def read(self, lines: Sequence[LineImage]) -> list[LineText]:
        return [self._read(line) for line in lines]

    def _read(self, line: LineImage) -> LineText:
        height, width = line.pixels.shape
        for printed in self.drawn:
            corners = map_points(np.linalg.inv(line.to_photo), printed.corners)
            left, right, middle = corners[0, 0], corners[1, 0], corners[:, 1].mean()
            if abs(middle - height / 2) < 0.2 * height and abs((left + right) / 2 - width / 2) < 0.2 * width:
                step = (right - left) / len(printed.text)
                return LineText(
                    tuple(
                        CharReading(c, 0.99, (), left + i * step, left + (i + 1) * step)
                        for i, c in enumerate(printed.text)
                    )
                )
        return LineText()


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_a_drawn_page_is_read_at_any_quarter_turn(quarter: int) -> None:
    page, drawn = draw_page()
    height, width = page.shape
    turn = np.array(
        [
            [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
            [[0, 1, 0], [-1, 0, width - 1], [0, 0, 1]],
            [[-1, 0, width - 1], [0, -1, height - 1], [0, 0, 1]],
            [[0, -1, height - 1], [1, 0, 0], [0, 0, 1]],
        ],
        dtype=np.float64,
    )[quarter]
    photo = Photo(np.ascontiguousarray(np.rot90(page, quarter)))
    turned = [Printed(p.text, map_points(turn, p.corners)) for p in drawn]
    quads = tuple(
        tuple(Point(float(x), float(y)) for x, y in map_points(turn, np.array(quad))) for quad in mrz_quads()
    )
    page_there = place_page(MrzFormat.TD3, quads)  # type: ignore[arg-type]
    assert page_there is not None
    values = read_visual_zone(photo, page_there, mrz_reading(MRZ), KnowingReader(turned), None).values
    assert {item: value.value for item, value in values.items()} == {
        Item.SURNAME: "ERIKSSON",
        Item.GIVEN_NAMES: "ANNA MARIA",
        Item.BIRTH_DATE: "740812",
        Item.BIRTH_PLACE: "ZENITH",
        Item.ISSUE_DATE: "070416",
        Item.EXPIRY_DATE: "120415",
    }
    corners = next(p.corners for p in turned if p.text == "ZENITH")
    assert np.abs(np.array(values[Item.BIRTH_PLACE].quad) - corners).max() < 6


class ToldReader:
    """Answers each line with the next of its texts; counts the lines it was given."""

    version = "told"

    def __init__(self, *texts: LineText, alphabet: str = "ABCDEFGHIJKLMNOPQRSTUVWXYZĄĆĘŁŃÓŚŹŻ") -> None:
        self.texts, self.given, self.alphabet = list(texts), 0, alphabet

    def read(self, lines: Sequence[LineImage]) -> list[LineText]:
        self.given += len(lines)
        return [self.texts.pop(0) for _ in lines]


def told(text: str, probability: float) -> RecognisedLine:
    chars = tuple(CharReading(c, probability, (), 4.0 * i, 4.0 * i + 4) for i, c in enumerate(text))
    return RecognisedLine(LineImage(np.zeros((9, 90), np.uint8), np.eye(3)), LineText(chars), Area(0, 0, 9, 3))


def test_only_doubtful_lines_are_read_again_and_the_surer_reading_stays() -> None:
    lines = [told("SURE", 0.99), told("WASRINGTON", 0.5), told("OSLO", 0.7)]
    careful = ToldReader(told("OSLQ", 0.3).text, told("WASHINGTON", 0.9).text)
    assert [line.text.text for line in read_again(lines, ToldReader(), careful)] == ["SURE", "WASHINGTON", "OSLO"]
    assert careful.given == 2


@pytest.mark.parametrize(
    ("state", "known_to_the_second", "read"),
    [
        pytest.param("MLT", "ĊĠĦŻ", "ĦAŻ", id="letters of the state that the second knows alone"),
        pytest.param("MLT", "Ż", "HAŻ", id="letters that neither knows"),
        pytest.param("POL", "ĊĠĦŻ", "HAŻ", id="the first knows all of the state"),
        pytest.param("XXB", "ĊĠĦŻ", "HAŻ", id="nobody knows the letters of the state"),
        pytest.param("", "ĊĠĦŻ", "HAŻ", id="no state"),
    ],
)
def test_a_state_whose_letters_the_first_reader_lacks_is_read_again_where_it_is_sure(
    state: str, known_to_the_second: str, read: str
) -> None:
    lines, better = [told("HAŻ", 0.9)], told("ĦAŻ", 0.98).text
    careful = ToldReader(better, alphabet=known_to_the_second)
    assert [line.text.text for line in read_again(lines, ToldReader(), careful, state)] == [read]


def test_the_shipped_readers_differ_in_letters_of_these_states() -> None:
    readers = open_readers("ctc")
    assert readers.careful
    more = set(readers.careful.alphabet).difference(readers.visual.alphabet)
    far = {state for state, alphabet in alphabets().items() if alphabet.letters & more}
    assert {"AZE", "ISL", "MLT", "VNM"} <= far
    assert not {"POL", "FRA", "GBR"} & far


def test_a_label_in_question_is_read_again_and_only_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zone, "labels_in_question", lambda values, small, fields: [1])
    small = [told("Sux", 0.5), told("Plaoe ot birth", 0.5)]
    careful = ToldReader(told("Place of birth", 0.9).text)
    lines = read_closely([told("ZENITH", 0.99)], small, mrz_reading(MRZ), ToldReader(), careful)
    assert [line.text.text for line in lines] == ["ZENITH", "Sux", "Place of birth"]
    assert careful.given == 1


def test_nothing_is_read_again_where_all_is_sure() -> None:
    careful = ToldReader()
    assert [line.text.text for line in read_again([told("SURE", 0.99)], ToldReader(), careful)] == ["SURE"]
    assert careful.given == 0
