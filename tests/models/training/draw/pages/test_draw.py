import cv2
import numpy as np
import pytest

from engine.mrz.parse import read_checks, recognise_format
from engine.values.items import Item
from models.training.draw.pages.draw import LAYOUTS, draw_page
from models.training.draw.pages.records import Page

pytestmark = pytest.mark.usefixtures("fonts")

SCALE = 8.0


@pytest.fixture(scope="module", params=LAYOUTS)
def page(request: pytest.FixtureRequest, fonts: None) -> Page:
    return draw_page(np.random.default_rng(7), request.param, SCALE)


def test_the_fifteen_items_come_in_the_contracts_order(page: Page) -> None:
    assert list(page.truth.items) == list(Item)


def test_the_zone_holds_together(page: Page) -> None:
    truth = page.truth
    found = recognise_format(truth.mrz)
    assert found == truth.document
    assert all(check.ok for check in read_checks(found, truth.mrz))
    assert len(truth.mrz_quads) == len(truth.mrz)


def test_zone_lines_have_icao_width_and_step(page: Page) -> None:
    for line, quad in zip(page.truth.mrz, page.truth.mrz_quads, strict=True):
        assert (quad[1].x - quad[0].x) / SCALE == pytest.approx((len(line) - 1) * 2.54 + 1.5, abs=0.8)
    first, second = page.truth.mrz_quads[:2]
    assert (second[3].y - first[3].y) / SCALE == pytest.approx(6.35, abs=0.6)


def test_every_printed_value_has_a_quad_inside_the_page_and_a_value(page: Page) -> None:
    height, width = page.pixels.shape[:2]
    for truth in page.truth.items.values():
        if truth.quad is None:
            assert truth.printed == ""
            continue
        assert truth.value
        assert truth.printed
        assert all(-0.5 <= p.x <= width - 0.5 and -0.5 <= p.y <= height - 0.5 for p in truth.quad)


def test_a_page_is_the_same_for_the_same_seed() -> None:
    first, second = (draw_page(np.random.default_rng(3), "chn_2012", 4.0) for _ in range(2))
    assert np.array_equal(first.pixels, second.pixels)
    assert first.truth == second.truth


def test_quads_are_tight_around_the_ink_they_name() -> None:
    """The same page drawn with and without a value differs inside that value's quad and nowhere around it."""
    from models.training.draw.pages.canvas import Canvas
    from models.training.draw.pages.sheet import choose_font

    style = choose_font(np.random.default_rng(1), "latin_sans")
    canvas = Canvas(np.full((100, 600, 3), 255, np.uint8), SCALE)
    quads = canvas.write("女/FEMALE", 5.0, 8.0, style, {"latin": (2, 8)})
    ink = cv2.cvtColor(canvas.pixels, cv2.COLOR_BGR2GRAY) < 255 - 80
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    whole = quads[""]
    assert (whole[0].x + 0.5, whole[2].x - 0.5) == pytest.approx((columns[0], columns[-1]), abs=1)
    assert (whole[0].y + 0.5, whole[2].y - 0.5) == pytest.approx((rows[0], rows[-1]), abs=1)
    assert whole[0].x < quads["latin"][0].x
    assert quads["latin"][2].x == whole[2].x


def test_names_of_the_page_of_2012_are_two_items_of_one_printed_line() -> None:
    truth = draw_page(np.random.default_rng(5), "chn_2012", SCALE).truth
    surname, given = truth.items[Item.SURNAME], truth.items[Item.GIVEN_NAMES]
    assert f"{surname.printed}, {given.printed}" in [line.text for line in truth.lines]
    assert surname.quad is not None
    assert given.quad is not None
    assert surname.quad[1].x < given.quad[0].x


def test_the_place_of_issue_is_empty_where_none_is_printed() -> None:
    pages = [draw_page(np.random.default_rng(seed), "generic", 4.0).truth for seed in range(8)]
    absent = [truth for truth in pages if truth.items[Item.ISSUE_PLACE].quad is None]
    assert absent
    assert {truth.items[Item.ISSUE_PLACE].value for truth in absent} == {""}


def test_values_over_two_lines_are_one_value_with_one_quad() -> None:
    from models.training.draw.pages.sheet import Sheet, choose_font

    sheet = Sheet(np.full((200, 600, 3), 255, np.uint8), 6.0)
    style = choose_font(np.random.default_rng(1), "latin_sans")
    sheet.value_lines(("MINISTRY OF", "FOREIGN AFFAIRS"), (10, 8), style, Item.AUTHORITY, room=80, pitch=3, align=1.0)
    (first, upper), (second, lower) = sheet.items[Item.AUTHORITY]
    assert (first, second) == ("MINISTRY OF", "FOREIGN AFFAIRS")
    assert lower[3].y - upper[3].y == pytest.approx(3 * 6, abs=2)
    assert lower[1].x == pytest.approx(upper[1].x, abs=3)


def test_some_authorities_are_drawn_over_two_lines() -> None:
    pages = [draw_page(np.random.default_rng(seed), "generic", 3.0) for seed in range(25)]
    lines = [{line.text for line in page.truth.lines} for page in pages]
    authorities = [page.truth.items[Item.AUTHORITY].value for page in pages]
    assert any(value and value not in printed for value, printed in zip(authorities, lines, strict=True))
