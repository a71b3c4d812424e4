import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rectify.cut_lines import rectify_band, text_quad, upside_down
from engine.values.pictures import LineImage, LocatedLine, MrzBand, Photo, Point, Quad
from engine.values.text import CharReading, LineText
from tests.engine.zones import HEIGHT, NO_FILLER, PITCH, TD1, TD3, DrawnZone, draw_page, draw_zone, mapped


def band_of(zone: DrawnZone, *, shift: float = 0.0) -> MrzBand:
    """The true band, moved by ``shift`` of its height."""
    outline = zone.outline + shift * (zone.outline[3] - zone.outline[0])
    a, b, c, d = (Point(float(x), float(y)) for x, y in outline)
    return MrzBand((a, b, c, d), 1.0)


def assert_fits(image: LineImage, row: np.ndarray) -> None:
    """The row's corners lie where the contract of `rectify_band` says: 1/7 of the height from top and bottom.

    To a fifth of the text height and a pixel of the photo: marks are found in whole pixels, and where a line is
    letters first and ``<`` after, a pixel between the two kinds tilts it.
    """
    corners = mapped(np.linalg.inv(image.to_photo), row)
    height, width = image.pixels.shape
    text = height / 1.4
    pixel = text / float(np.hypot(*(row[3] - row[0])))
    assert corners[:2, 1] == pytest.approx([0.2 * text] * 2, abs=0.2 * text + pixel)
    assert corners[2:, 1] == pytest.approx([1.2 * text] * 2, abs=0.2 * text + pixel)
    assert corners[[0, 3], 0] == pytest.approx([0.7 * text] * 2, abs=0.6 * text)
    assert corners[[1, 2], 0] == pytest.approx([width - 0.7 * text] * 2, abs=0.6 * text)


@settings(max_examples=25, deadline=None)
@given(turn=st.floats(0, 360), size=st.floats(0.35, 2.5), lean=st.floats(-0.25, 0.25))
def test_cuts_lines_tight_at_any_turn_size_and_lean(turn: float, size: float, lean: float) -> None:
    zone = draw_zone(TD3, turn=turn, size=size, lean=lean)
    images = rectify_band(zone.photo, band_of(zone))
    assert len(images) == 2
    for image, row in zip(images, zone.rows, strict=True):
        assert_fits(image, row)


@pytest.mark.parametrize("lines", [TD3, NO_FILLER, TD1])
@pytest.mark.parametrize("shift", [-0.1, 0.0, 0.1])
def test_finds_all_lines_of_a_loose_band(lines: tuple[str, ...], shift: float) -> None:
    zone = draw_zone(lines, turn=2)
    images = rectify_band(zone.photo, band_of(zone, shift=shift))
    assert len(images) == len(lines)
    for image, row in zip(images, zone.rows, strict=True):
        assert_fits(image, row)


def test_text_reads_left_to_right() -> None:
    upright, turned = draw_zone(TD3), draw_zone(TD3, turn=180)
    images = rectify_band(upright.photo, band_of(upright)), rectify_band(turned.photo, band_of(turned))
    for one, other in zip(*images, strict=True):
        size = (min(one.pixels.shape[1], other.pixels.shape[1]), one.pixels.shape[0])
        a, b = (cv2.resize(image.pixels, size).astype(np.float64) for image in (one, other))
        assert np.corrcoef(a.ravel(), b.ravel())[0, 1] > 0.8


def test_straightens_a_bent_line() -> None:
    page, rows = draw_page(TD3)
    y, x = np.mgrid[0 : page.shape[0], 0 : page.shape[1]].astype(np.float32)
    rise = 12 * np.sin(np.pi * x / page.shape[1])
    bent = cv2.remap(page, x, y + rise, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    zone = DrawnZone(Photo(np.asarray(bent)), rows)
    for image in rectify_band(zone.photo, band_of(zone)):
        ink = image.pixels < 128
        middle, start = ink[:, ink.shape[1] // 2 - 200 :][:, :400], ink[:, :200]
        tops = [int(np.argmax(part.any(axis=1))) for part in (middle, start)]
        assert abs(tops[0] - tops[1]) <= 3


def test_height_does_not_depend_on_the_photo() -> None:
    heights = {
        image.pixels.shape[0]
        for size in (0.4, 1.0, 3.0)
        for zone in [draw_zone(TD3, size=size)]
        for image in rectify_band(zone.photo, band_of(zone))
    }
    assert len(heights) == 1


def test_beyond_the_picture_is_no_error() -> None:
    page, rows = draw_page(TD3)
    top = int(rows[0][0, 1]) - HEIGHT // 4
    strip = Photo(page[top : int(rows[1][2, 1]) + HEIGHT // 4, 40 - PITCH // 4 :].copy())
    height, width = strip.gray.shape
    quad: Quad = (Point(0, 0), Point(width, 0), Point(width, height), Point(0, height))
    assert len(rectify_band(strip, MrzBand(quad, 1.0))) == 2


@pytest.mark.parametrize("level", [0, 255])
def test_no_characters_no_lines(level: int) -> None:
    quad: Quad = (Point(10, 10), Point(300, 10), Point(300, 40), Point(10, 40))
    assert rectify_band(Photo(np.full((100, 400), level, np.uint8)), MrzBand(quad, 1.0)) == ()


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), turn=st.floats(0, 360), width=st.floats(1, 600), depth=st.floats(1, 120))
def test_any_band_on_any_picture_is_taken(seed: int, turn: float, width: float, depth: float) -> None:
    rng = np.random.default_rng(seed)
    gray = cv2.resize(rng.integers(0, 256, (40, 60), np.uint8), (480, 320), interpolation=cv2.INTER_CUBIC)
    angle = np.deg2rad(turn)
    along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    signs = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) / 2
    corners = np.array([240, 160]) + signs[:, :1] * along * width + signs[:, 1:] * across * depth
    a, b, c, d = (Point(float(x), float(y)) for x, y in corners)
    for image in rectify_band(Photo(gray), MrzBand((a, b, c, d), 0.5)):
        assert np.isfinite(image.to_photo).all()
        assert image.pixels.shape[1] > 0


def test_an_upside_down_line_keeps_its_place_in_the_photo() -> None:
    pixels = np.zeros((34, 100), np.uint8)
    pixels[0, 0] = 7
    turned = upside_down(LineImage(pixels, np.diag([2.0, 2.0, 1.0])))
    assert turned.pixels[-1, -1] == 7
    assert turned.to_photo @ (99, 33, 1) == pytest.approx((0, 0, 1))


def test_quads_are_tight_around_the_characters() -> None:
    image = LineImage(np.zeros((34, 100), np.uint8), np.diag([2.0, 2.0, 1.0]))
    read = LineText(tuple(CharReading(c, 1.0, (), 2.0 * i, 2.0 * i + 2) for i, c in enumerate("ABC")))
    quad = text_quad(LocatedLine(image, read))
    assert quad[0] == pytest.approx((0.0, 2 * 34 / 7))
    assert quad[2] == pytest.approx((12.0, 2 * 34 * 6 / 7))
