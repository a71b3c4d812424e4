"""Drawn zones: a white page with two lines of strokes where a TD3 page has its machine readable zone."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from engine.page import CHARACTER_PITCH, GLYPH_GAP, LINE_SPACING, MRZ_CENTRE_ABOVE_EDGE, place_page
from engine.quality.warn import CUT, PRINTED, picture_warnings
from engine.values.chinese import ChinesePrint, ChineseText
from engine.values.items import Item, ItemReading, Source
from engine.values.mrz import MrzFormat
from engine.values.pictures import LocatedMrz, OtherDocument, Photo, Pixels, Point, Quad
from engine.values.warnings import Caution, Contradiction, Warning
from tests.engine.readings import located

LINES = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
SCALE = 10
LENGTH = 44 * CHARACTER_PITCH - GLYPH_GAP
CAPITALS = 2.5


def rectangle(left: float, top: float, right: float, bottom: float) -> Quad:
    a, b, c, d = ((left, top), (right, top), (right, bottom), (left, bottom))
    return (Point(*a), Point(*b), Point(*c), Point(*d))


def line(number: int, scale: float, shift: float = 0.0) -> Quad:
    middle = 88 - MRZ_CENTRE_ABOVE_EDGE + (number - 0.5) * LINE_SPACING
    left, half = (125 - LENGTH) / 2, CAPITALS / 2
    box = (left, middle - half, left + LENGTH, middle + half)
    x1, y1, x2, y2 = (scale * v for v in box)
    return rectangle(x1 - shift, y1, x2 - shift, y2)


def zone(scale: float = SCALE, shift: float = 0.0) -> LocatedMrz:
    return located(LINES, (line(0, scale, shift), line(1, scale, shift)))


def page(paper: int = 200) -> Pixels:
    """Strokes of a third of a millimetre, some upright and some level."""
    pixels = np.full((88 * SCALE, 125 * SCALE), paper, np.uint8)
    for number in (0, 1):
        (left, top), _, (right, bottom), _ = (map(round, p) for p in line(number, SCALE))
        for x in range(left, right - 18, 25):
            cv2.rectangle(pixels, (x, top), (x + 17, bottom), 40, 3)
    return pixels


def warned(pixels: Pixels, mrz: LocatedMrz | None = None, items: tuple[ItemReading, ...] = ()) -> tuple[Caution, ...]:
    return judged(Photo(pixels), mrz or zone(), items)


def judged(
    photo: Photo,
    mrz: LocatedMrz,
    items: tuple[ItemReading, ...] = (),
    contradictions: tuple[Contradiction, ...] = (),
) -> tuple[Caution, ...]:
    return picture_warnings(photo, mrz, place_page(mrz.reading.format, mrz.quads), items, contradictions)


def test_check_digits_that_hold_after_a_change_are_warned_of() -> None:
    mrz = zone()
    first, *others = mrz.reading.checks
    repaired = replace(mrz.reading, checks=(replace(first, repaired=True), *others))
    assert warned(page(), replace(mrz, reading=repaired)) == (Caution(Warning.REPAIRED),)
    broken = replace(mrz.reading, checks=(replace(first, repaired=True, printed="x"), *others))
    assert warned(page(), replace(mrz, reading=broken)) == (Caution(Warning.CHECK_DIGIT),)


def test_hidden_characters_and_other_documents_are_told() -> None:
    mrz = replace(zone(), others=(OtherDocument(MrzFormat.TD1, zone().quads[0]),))
    photo = Photo(page())
    placed = place_page(mrz.reading.format, mrz.quads)
    told = picture_warnings(photo, mrz, placed, (), (), (), hidden=(Item.SEX,))
    assert told == (Caution(Warning.HIDDEN, (Item.SEX,)), Caution(Warning.OTHER_DOCUMENTS))


def test_a_name_that_the_zone_spells_otherwise_is_told() -> None:
    mrz, name = zone(), ChinesePrint(ChineseText("王伟", 0.8, fits=False))
    placed = place_page(mrz.reading.format, mrz.quads)
    assert picture_warnings(Photo(page()), mrz, placed, (), (), (), chinese=name) == (Caution(Warning.CHINESE_NAME),)
    assert picture_warnings(Photo(page()), mrz, placed, (), (), (), chinese=ChinesePrint()) == ()


def test_a_place_that_its_characters_contradict_is_told() -> None:
    mrz, other = zone(), ChineseText("湖南", 0.8, fits=False)
    placed = place_page(mrz.reading.format, mrz.quads)
    told = picture_warnings(Photo(page()), mrz, placed, (), (), (), chinese=ChinesePrint(birth_place=other))
    assert told == (Caution(Warning.CHINESE_PRINT, (Item.BIRTH_PLACE,)),)
    assert "birth place" in told[0].advice
    assert "湖南" not in repr(other) + told[0].advice


def test_a_good_picture_has_no_warnings() -> None:
    assert warned(page()) == ()


def test_small_text_is_told_and_not_called_blurred_too() -> None:
    small = cv2.resize(page(), None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
    assert warned(np.asarray(small, np.uint8), zone(4)) == (Caution(Warning.TOO_SMALL),)


@pytest.mark.parametrize("kernel", [np.ones((5, 5)), np.ones((1, 9)), np.ones((9, 1))])
def test_blur_in_any_direction(kernel: np.ndarray) -> None:
    pixels = cv2.filter2D(page(), -1, kernel / kernel.sum())
    pixels = cv2.GaussianBlur(pixels, (0, 0), 1)
    assert warned(np.asarray(pixels, np.uint8)) == (Caution(Warning.BLURRED),)


def test_glare_names_the_item_it_lies_over() -> None:
    pixels = page()
    cv2.circle(pixels, (500, 300), 90, 255, -1)
    items = (
        ItemReading(Item.BIRTH_DATE, "740812", quad=rectangle(450, 280, 550, 320)),
        ItemReading(Item.SURNAME, "ERIKSSON", quad=rectangle(450, 100, 550, 140)),
        ItemReading(Item.AUTHORITY),
    )
    (caution,) = warned(pixels, items=items)
    assert caution == Caution(Warning.GLARE, (Item.BIRTH_DATE,))
    assert caution.advice == (
        "a reflection lies over birth date: retake the picture without the lamp's reflection there"
    )


def test_white_paper_is_no_glare() -> None:
    items = (ItemReading(Item.SURNAME, "ERIKSSON", quad=rectangle(450, 100, 550, 140)),)
    assert warned(page(paper=255), items=items) == ()


def test_white_paper_cut_to_its_zone_is_no_glare() -> None:
    """What lies beyond the picture is not the dark page from which a reflection would stand out."""
    left, top, bottom = 4 * SCALE, 71 * SCALE, 84 * SCALE
    upper, lower = (tuple(Point(p.x - left, p.y - top) for p in line(number, SCALE)) for number in (0, 1))
    items = (ItemReading(Item.MRZ_LINE_1, LINES[0], quad=upper), ItemReading(Item.MRZ_LINE_2, LINES[1], quad=lower))
    pixels = np.ascontiguousarray(page(paper=255)[top:bottom, left:-left])
    found = warned(pixels, located(LINES, (upper, lower)), items)
    assert found == (Caution(Warning.PAGE_CUT),)


@pytest.mark.parametrize(("millimetres", "cut"), [(CUT - 1, False), (CUT + 1, True)])
def test_a_page_cut_at_its_left_side(millimetres: float, *, cut: bool) -> None:
    gone = round(millimetres * SCALE)
    expected = (Caution(Warning.PAGE_CUT),) if cut else ()
    assert warned(np.ascontiguousarray(page()[:, gone:]), zone(shift=gone)) == expected


@pytest.mark.parametrize(("millimetres", "cut"), [(CUT - 1, False), (CUT + 1, True)])
def test_a_page_cut_at_its_right_side(millimetres: float, *, cut: bool) -> None:
    gone = round(millimetres * SCALE)
    expected = (Caution(Warning.PAGE_CUT),) if cut else ()
    assert warned(np.ascontiguousarray(page()[:, :-gone])) == expected


def test_a_file_without_colour() -> None:
    assert judged(Photo(page(), colourless=True), zone()) == (Caution(Warning.GRAY),)


def test_contradictions_are_named_without_what_was_read() -> None:
    different = Contradiction(Item.EXPIRY_DATE, "120415", "120416", 0.9, 0.8)
    (caution,) = judged(Photo(page()), zone(), contradictions=(different,))
    assert caution.items == (Item.EXPIRY_DATE,)
    assert "expiry date" in caution.advice
    assert "1204" not in caution.advice


def test_a_card_without_a_page_above_its_zone() -> None:
    card = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
    quads = tuple(rectangle(100, 500 + 70 * n, 900, 526 + 70 * n) for n in range(3))
    assert {c.warning for c in warned(page(), located(card, quads))} <= {Warning.BLURRED}


SEEN = tuple(ItemReading(item, "X", 0.9, source=Source.BOTH) for item in PRINTED)


def test_a_page_of_which_everything_was_seen_is_not_called_cut() -> None:
    top = page()[100:]
    mrz = located(LINES, tuple(_raised(quad, 100) for quad in zone().quads))
    cut = Caution(Warning.PAGE_CUT)
    assert cut in warned(top, mrz)
    assert cut not in warned(top, mrz, SEEN)
    for k in range(len(PRINTED)):
        from_zone = (*SEEN[:k], replace(SEEN[k], source=Source.MRZ), *SEEN[k + 1 :])
        assert cut in warned(top, mrz, from_zone)
        differs = (Contradiction(PRINTED[k], "X", "Y", 0.9, 0.9),)
        assert cut not in judged(Photo(top), mrz, from_zone, differs)


def test_nothing_is_cut_where_the_zone_alone_is_wanted() -> None:
    top, mrz = page()[100:], located(LINES, tuple(_raised(quad, 100) for quad in zone().quads))
    placed = place_page(mrz.reading.format, mrz.quads)
    assert picture_warnings(Photo(top), mrz, placed, (), (), ()) == ()


def _raised(quad: Quad, rows: int) -> Quad:
    a, b, c, d = (Point(corner.x, corner.y - rows) for corner in quad)
    return (a, b, c, d)
