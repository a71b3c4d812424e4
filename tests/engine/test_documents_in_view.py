"""Which of several documents in one picture is read, and what is told of the others."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

import engine
from engine.documents_in_view import importance, is_on_page, with_others
from engine.mrz import MrzFields, build_td3
from engine.values.mrz import MrzFormat
from engine.values.pictures import LocatedMrz, MrzBand, OtherDocument, Pixels, Point, Quad
from engine.values.warnings import Warning
from models.training.draw.pages.cards import draw_card
from models.training.draw.pages.draw import SCALE, draw_page
from models.training.draw.pages.records import Page
from models.training.draw.type.fonts import is_fetched
from tests.engine.readings import mrz_reading

needs_fonts = pytest.mark.skipif(not is_fetched(), reason="no fonts: run `make fonts`")
FIELDS = MrzFields("P", "UTO", "SPECIMEN", "MUSTER ANNA", "X1234567", "UTO", "900101", "F", "300101", "", "")
TD1 = mrz_reading(
    ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
)


def rectangle(left: float, top: float, width: float, height: float) -> Quad:
    right, bottom = left + width, top + height
    return (Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom))


def passport(left: float, top: float, length: float, number: str = "X1234567") -> LocatedMrz:
    upper, lower = build_td3(replace(FIELDS, document_number=number))
    lines = rectangle(left, top, length, length / 44), rectangle(left, top + length / 18, length, length / 44)
    return LocatedMrz(mrz_reading((upper, lower)), lines)


@pytest.mark.parametrize(
    ("left", "top", "on_it"),
    [(200, 590, True), (150, 100, True), (700, 300, True), (1400, 600, False), (200, 900, False), (200, -300, False)],
)
def test_what_lies_on_the_page_is_no_other_document(left: float, top: float, on_it: bool) -> None:
    assert is_on_page(MrzBand(rectangle(left, top, 100, 20), 0.9), passport(100, 600, 1000)) is on_it


def test_a_page_may_stand_on_its_head() -> None:
    turned = passport(0, 0, 1000)
    head_down = replace(turned, quads=tuple((c, d, a, b) for a, b, c, d in turned.quads[::-1]))
    assert is_on_page(MrzBand(rectangle(400, 500, 100, 20), 0.9), head_down)
    assert not is_on_page(MrzBand(rectangle(400, -500, 100, 20), 0.9), head_down)


def test_a_passport_counts_more_than_a_larger_card_and_a_large_one_more_than_a_small_one() -> None:
    card = LocatedMrz(TD1, tuple(rectangle(0, 30 * k, 3000, 20) for k in range(3)))
    small, large = passport(0, 0, 500), passport(0, 0, 900)
    assert sorted([large, card, small], key=importance) == [card, small, large]


def test_others_are_told_by_format_and_place_alone() -> None:
    card = LocatedMrz(TD1, tuple(rectangle(5, 30 * k, 300, 20) for k in range(3)))
    own = passport(0, 500, 900)
    told = with_others(own, [card])
    assert told.others == (OtherDocument(MrzFormat.TD1, rectangle(5, 0, 300, 80)),)
    assert "ERIKSSON" not in repr(told.others)


def test_the_same_lines_in_another_place_are_the_same_document() -> None:
    assert with_others(passport(0, 0, 900), [passport(0, 2000, 800)]).others == ()
    assert len(with_others(passport(0, 0, 900), [passport(0, 2000, 800, "X7654321")]).others) == 1


def scaled(page: Page, px_per_mm: float) -> Pixels:
    scale = px_per_mm / page.px_per_mm
    small = cv2.resize(page.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.pad(small, ((40, 40), (40, 40), (0, 0)), constant_values=230)


def beside(one: Pixels, two: Pixels) -> Pixels:
    height = max(one.shape[0], two.shape[0])
    parts = [np.pad(x, ((0, height - x.shape[0]), (0, 0), (0, 0)), constant_values=230) for x in (one, two)]
    return np.hstack(parts)


def drawn(seed: int) -> Page:
    return draw_page(np.random.default_rng(seed), "chn_2012")


def read(picture: Pixels) -> engine.PassportReading:
    return engine.recognize(cv2.imencode(".png", picture)[1].tobytes())


def is_told(reading: engine.PassportReading) -> bool:
    return any(caution.warning is Warning.OTHER_DOCUMENTS for caution in reading.warnings)


@needs_fonts
def test_the_passport_is_read_beside_a_card_on_either_side() -> None:
    page = drawn(3)
    card = scaled(draw_card(np.random.default_rng(4), SCALE, MrzFormat.TD1), 10.0)
    for pictures in ((card, scaled(page, 8.0)), (scaled(page, 8.0), card)):
        reading = read(beside(*pictures))
        assert reading.mrz.lines == page.truth.mrz
        assert is_told(reading)
        (other,) = reading.other_documents
        assert other.format is MrzFormat.TD1
        on_the_left = pictures[0] is card
        assert all((corner.x < pictures[0].shape[1]) is on_the_left for corner in other.quad)


@needs_fonts
def test_of_two_passports_the_larger_is_read_and_the_other_told() -> None:
    one, two = drawn(5), drawn(6)
    reading = read(beside(scaled(one, 6.0), scaled(two, 8.0)))
    assert reading.mrz.lines == two.truth.mrz
    assert [other.format for other in reading.other_documents] == [MrzFormat.TD3]
    assert is_told(reading)


@needs_fonts
def test_one_passport_alone_is_no_reason_to_warn() -> None:
    reading = read(scaled(drawn(7), 8.0))
    assert not is_told(reading)
    assert reading.other_documents == ()
