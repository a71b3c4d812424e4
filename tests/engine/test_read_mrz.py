"""The search over candidate bands: which is taken, when it stops, when the second reader is asked."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from engine import read_mrz as stage
from engine.clock import StageClock
from engine.errors import MrzNotFound, ReaderCrashed
from engine.locate.search import CAREFUL, Looks
from engine.mrz import MrzFields, build_td3
from engine.readers.select import Readers
from engine.values.pictures import LineImage, MrzBand, Photo, Pixels, Point
from engine.values.text import CharReading, LineText

PHOTO = Photo(np.full((100, 200), 255, np.uint8))
CORNERS = (Point(0, 0), Point(90, 0), Point(90, 20), Point(0, 20))


def text(line: str, probability: float = 0.999) -> LineText:
    return LineText(tuple(CharReading(c, probability, (), 2.0 * i, 2.0 * i + 2) for i, c in enumerate(line)))


class BandReader:
    """Answers by the number painted into the first pixel of a line image; upside down it is in the last one."""

    version = "test"

    def __init__(self, answers: dict[int, LineText]) -> None:
        self.answers = answers
        self.asked: list[int] = []

    def read(self, lines: Sequence[LineImage]) -> list[LineText]:
        marks = [int(line.pixels[0, 0]) for line in lines]
        self.asked += marks
        return [self.answers.get(mark, LineText()) for mark in marks]


@pytest.fixture(autouse=True)
def two_lines_a_band(monkeypatch: pytest.MonkeyPatch) -> None:
    """Band number n has two line images marked 2n and 2n + 1."""

    def rectify(photo: Photo, band: MrzBand) -> tuple[LineImage, ...]:
        first = round(band.score) * 2 + (100 if band.quad[0] != CORNERS[0] else 0)
        return tuple(LineImage(_marked(mark), np.eye(3)) for mark in (first, first + 1))

    monkeypatch.setattr(stage, "rectify_band", rectify)
    monkeypatch.setattr(stage, "cut_template_lines", lambda photo, band: ())


@pytest.fixture
def placed_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """By their proportions every band has the lines marked 50 and 51."""
    images = tuple(LineImage(_marked(mark), np.eye(3)) for mark in (50, 51))
    monkeypatch.setattr(stage, "cut_template_lines", lambda photo, band: images)


def _marked(mark: int) -> Pixels:
    """A line picture: ``mark`` in its first pixel, and 200 more in its last."""
    pixels = np.zeros((34, 100), np.uint8)
    pixels[0, 0], pixels[-1, -1] = mark, 200 + mark % 50
    return pixels


def bands(count: int) -> list[MrzBand]:
    return [MrzBand(CORNERS, float(n)) for n in range(count)]


FIELDS = MrzFields("P", "UTO", "SPECIMEN", "MUSTER ANNA", "X1234567", "UTO", "900101", "F", "300101", "", "")


def test_the_first_sure_band_ends_the_search() -> None:
    upper, lower = build_td3(FIELDS)
    reader = BandReader({2: text(upper), 3: text(lower), 4: text(upper), 5: text(lower)})
    found = stage.read_mrz(PHOTO, bands(3), reader, None)
    assert found.reading.lines == (upper, lower)
    assert reader.asked == [1, 201, 3, 2]  # the last line of the first band either way, then both of the second


def test_a_band_that_reads_backwards_is_turned() -> None:
    upper, lower = build_td3(FIELDS)
    reader = BandReader(
        {0: text(lower, 0.6), 1: text(upper, 0.6), 201: text(lower), 100: text(upper), 101: text(lower)}
    )
    found = stage.read_mrz(PHOTO, bands(1), reader, None)
    assert found.reading.lines == (upper, lower)
    assert reader.asked == [1, 0, 201, 101, 100]


@pytest.mark.parametrize(
    "last",
    [
        text("SHORT"),
        text("A" * 70),
        text("TOBALANCEINVOICEGUESTTOTALRETURN"),
        text("X1234567<4UTO9001011F3001019<<<<<<<<<<<<<<04", 0.3),
    ],
)
def test_where_the_last_line_cannot_be_one_the_others_are_not_read(last: LineText) -> None:
    reader = BandReader({1: last, 201: last})
    with pytest.raises(MrzNotFound):
        stage.read_mrz(PHOTO, bands(1), reader, None)
    assert reader.asked == [1, 201]


@pytest.mark.usefixtures("placed_lines")
@pytest.mark.parametrize("seen", [{}, {2: text(build_td3(FIELDS)[0], 0.7), 3: text(build_td3(FIELDS)[1], 0.7)}])
def test_a_sure_zone_is_read_by_its_proportions_where_its_rows_do_not_read_surely(seen: dict[int, LineText]) -> None:
    upper, lower = build_td3(replace(FIELDS, given_names="ANNA"))
    reader = BandReader(seen | {50: text(upper), 51: text(lower)})
    assert stage.read_mrz(PHOTO, bands(2)[1:], reader, None).reading.lines == (upper, lower)


@pytest.mark.usefixtures("placed_lines")
def test_lines_placed_by_proportions_that_do_not_read_surely_change_nothing() -> None:
    upper, lower = build_td3(FIELDS)
    other = build_td3(replace(FIELDS, given_names="ANNA"))[0]
    reader = BandReader({2: text(upper, 0.7), 3: text(lower, 0.7), 50: text(other, 0.8), 51: text(lower, 0.8)})
    assert stage.read_mrz(PHOTO, bands(2)[1:], reader, None).reading.lines == (upper, lower)


@pytest.mark.usefixtures("placed_lines")
def test_lines_placed_by_proportions_stand_where_they_alone_need_no_correction() -> None:
    upper, lower = build_td3(FIELDS)
    other = build_td3(replace(FIELDS, given_names="ANNA"))[0]
    repaired = lower[:13] + lower[13:19].replace("0", "O") + lower[19:]
    reader = BandReader({2: text(upper, 0.8), 3: text(repaired, 0.8), 50: text(other, 0.8), 51: text(lower, 0.8)})
    assert stage.read_mrz(PHOTO, bands(2)[1:], reader, None).reading.lines == (other, lower)


@pytest.mark.usefixtures("placed_lines")
def test_a_doubtful_zone_is_not_read_by_its_proportions() -> None:
    upper, lower = build_td3(FIELDS)
    with pytest.raises(MrzNotFound):
        stage.read_mrz(PHOTO, bands(1), BandReader({50: text(upper), 51: text(lower)}), None)


def test_the_surest_of_unsure_bands_is_taken() -> None:
    upper, lower = build_td3(FIELDS)
    reader = BandReader({0: text(upper, 0.8), 1: text(lower, 0.8), 2: text(upper, 0.95), 3: text(lower, 0.95)})
    found = stage.read_mrz(PHOTO, bands(2), reader, None)
    assert min(found.reading.char_confidences[0]) > 0.9


def test_second_reader_is_asked_only_where_the_first_is_unsure() -> None:
    upper, lower = build_td3(FIELDS)
    second = BandReader({0: text(upper), 1: text(lower)})
    stage.read_mrz(PHOTO, bands(1), BandReader({0: text(upper), 1: text(lower)}), second)
    assert second.asked == []
    found = stage.read_mrz(PHOTO, bands(1), BandReader({0: text(upper, 0.7), 1: text(lower, 0.7)}), second)
    assert second.asked == [0, 1]
    assert min(found.reading.char_confidences[0]) > 0.9


def test_an_unsure_second_opinion_changes_nothing() -> None:
    upper, lower = build_td3(FIELDS)
    other = build_td3(replace(FIELDS, surname="SPEZIMEN"))[0]
    second = BandReader({0: text(other, 0.8), 1: text(lower, 0.8)})
    found = stage.read_mrz(PHOTO, bands(1), BandReader({0: text(upper, 0.7), 1: text(lower, 0.7)}), second)
    assert found.reading.lines == (upper, lower)


def test_what_else_may_be_is_tried_only_where_nothing_is_read() -> None:
    upper, lower = build_td3(FIELDS)
    reader = BandReader({0: text(upper, 0.8), 1: text(lower, 0.8), 2: text(upper), 3: text(lower)})
    doubtful, sure = bands(2)
    stage.read_mrz(PHOTO, [doubtful], reader, None, [sure])
    assert not {2, 3} & set(reader.asked)
    assert stage.read_mrz(PHOTO, [], reader, None, [sure]).reading.lines == (upper, lower)


def test_nothing_read_is_an_error_of_its_own() -> None:
    with pytest.raises(MrzNotFound):
        stage.read_mrz(PHOTO, bands(2), BandReader({}), None)
    with pytest.raises(MrzNotFound):
        stage.read_mrz(PHOTO, [], BandReader({}), None)


def test_a_crash_is_never_an_empty_text() -> None:
    class Crashing(BandReader):
        def read(self, lines: Sequence[LineImage]) -> list[LineText]:
            raise ReaderCrashed("the reader failed")

    with pytest.raises(ReaderCrashed):
        stage.read_mrz(PHOTO, bands(1), Crashing({}), None)


def test_a_zone_that_is_read_surely_ends_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    upper, lower = build_td3(FIELDS)

    def one_band(photo: Photo, looks: Looks) -> Iterator[MrzBand]:
        yield from bands(1)
        raise AssertionError("a dearer look is taken though the zone was read surely")

    monkeypatch.setattr(stage, "search_mrz", one_band)
    monkeypatch.setattr(stage, "search_upside_down", one_band)
    reader = BandReader({0: text(upper), 1: text(lower)})
    clock = StageClock(["locate"])
    readers = Readers(reader, None, reader)
    assert stage.find_mrz(PHOTO, CAREFUL, readers, clock).reading.lines == (upper, lower)
    assert clock.seconds["locate"] > 0


def test_upside_down_is_searched_where_no_zone_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    upper, lower = build_td3(FIELDS)
    monkeypatch.setattr(stage, "search_mrz", lambda photo, looks: iter(bands(1)))
    monkeypatch.setattr(stage, "search_upside_down", lambda photo, looks: iter(bands(2)[1:]))
    reader = BandReader({2: text(upper), 3: text(lower)})
    found = stage.find_mrz(PHOTO, CAREFUL, Readers(reader, None, reader), StageClock(["locate"]))
    assert found.reading.lines == (upper, lower)


def test_a_second_opinion_that_closes_up_a_hidden_character_does_not_stand() -> None:
    upper, lower = build_td3(FIELDS)
    hidden = LineText(tuple(char for k, char in enumerate(text(upper, 0.7).chars) if k != 6))
    closed = LineText(text(upper[:6] + upper[7:]).chars)
    second = BandReader({0: closed, 1: text(lower)})
    found = stage.read_mrz(PHOTO, bands(1), BandReader({0: hidden, 1: text(lower)}), second)
    assert found.reading.lines[0][7:] == upper[7:]
    assert found.reading.char_confidences[0][6] < 0.5


def test_the_place_of_a_line_reaches_over_its_hidden_end() -> None:
    upper, lower = build_td3(FIELDS)
    whole = stage.read_mrz(PHOTO, bands(1), BandReader({0: text(upper), 1: text(lower)}), None)
    cut = LineText(text(lower).chars[1:])
    found = stage.read_mrz(PHOTO, bands(1), BandReader({0: text(upper), 1: cut}), None)
    assert found.quads[1][0].x == pytest.approx(whole.quads[1][0].x, abs=1.0)


@pytest.mark.parametrize(("before", "behind"), [("", "EFEN"), ("EF", "")])
def test_the_place_of_a_line_does_not_reach_over_what_was_read_beside_it(before: str, behind: str) -> None:
    upper, lower = build_td3(FIELDS)
    longer = text(before + lower + behind)
    found = stage.read_mrz(PHOTO, bands(1), BandReader({0: text(upper), 1: longer}), None)
    own = longer.chars[len(before) :][: len(lower)]
    assert found.reading.lines[1] == lower
    assert (found.quads[1][0].x, found.quads[1][1].x) == (own[0].start, own[-1].end)


def test_a_picture_full_of_other_print_is_given_up() -> None:
    words = text("TOBALANCEINVOICEGUESTTOTALRETURN")
    reader = BandReader(dict.fromkeys(range(300), words))
    with pytest.raises(MrzNotFound):
        stage.read_mrz(PHOTO, bands(20), reader, None, bands(20))
    read = [n for n in reader.asked if n < 100]
    assert len(read) == stage.PATIENCE + stage.PATIENCE_UPSIDE_DOWN


def test_large_pictures_have_more_places() -> None:
    reader = BandReader({n: text("WORDS") for n in range(300)})
    with pytest.raises(MrzNotFound):
        stage.read_mrz(Photo(np.zeros((100, stage.LARGE), np.uint8)), bands(40), reader, None)
    assert len([n for n in reader.asked if n < 100]) == stage.PATIENCE_WHERE_LARGE
