"""Gray pictures in which one thing is hard and the rest easy: how well a zone is found can be told by cause."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import cv2
import numpy as np

from engine.values.pictures import Matrix, Pixels
from models.training.draw.capture import light
from models.training.draw.capture.geometry import Bend, Rise, homography_map, rotation, scaling, shift, tilt, warp
from models.training.draw.capture.kinds import spread
from models.training.draw.capture.photos import drop_shadow, finger
from models.training.draw.capture.picture import Picture
from models.training.draw.capture.surfaces import bank_card, cell_phone_chrome, keyboard, printed_paper, surface
from models.training.draw.pages.draw import SCALE, draw_page
from models.training.draw.pages.records import NOTHING, Page

_ZONE_MM = 112.0  # 44 characters
_SHAPE = 4 / 3
_ROOM = 0.02  # of the picture, kept between zone and edge

Bending: TypeAlias = Callable[[np.random.Generator, int], Rise]


@dataclass(frozen=True, slots=True)
class Setting:
    """How a page lies in the picture.

    ``width`` px of the picture, ``share`` of it that the zone takes, ``lean`` degrees away from the camera (in any
    direction), ``turn`` the most degrees either way, ``bending`` how the page is bent (from its width in px).
    """

    width: int = 1600
    share: float = 0.5
    lean: float = 0.0
    turn: float = 5.0
    layout: str | None = None
    bending: Bending | None = None
    open_book: bool = False
    held: bool = False
    screenshot: bool = False
    crowded: bool = False


def place(rng: np.random.Generator, setting: Setting) -> Picture:
    """Photograph a freshly drawn page as ``setting`` says, on any surface; the whole zone is in the picture."""
    size = setting.width, round(setting.width / _SHAPE)
    page = draw_page(rng, setting.layout, min(SCALE, 1.4 * setting.share * setting.width / _ZONE_MM))
    page = spread(rng, page) if setting.open_book else page
    shown = Picture(light.gray(page.pixels), page.truth)
    if setting.bending is not None:
        bend = Bend(shown.size, setting.bending(rng, shown.size[0]), 0.0)
        shown = replace(shown, pixels=bend.apply(shown.pixels), truth=shown.truth.moved(bend.forward))
    desk = _desk(rng, size, setting.crowded)
    matrix = _view(rng, shown, setting, size)
    drop_shadow(rng, desk, matrix, shown.size)
    taken = _taken(shown, matrix, desk)
    if setting.held:
        taken = replace(taken, pixels=finger(rng, taken, matrix, shown.size))
    if setting.screenshot:
        taken = replace(taken, pixels=cell_phone_chrome(rng, taken.pixels.copy()))
    return replace(taken, pixels=_exposed(rng, taken.pixels))


def _view(rng: np.random.Generator, page: Picture, setting: Setting, size: tuple[int, int]) -> Matrix:
    """From the page to the picture: leaned, turned, scaled to the zone's share, put anywhere."""
    towards = float(rng.uniform(0, 2 * np.pi))
    angles = setting.lean * float(np.cos(towards)), setting.lean * float(np.sin(towards)), 0.0
    matrix = tilt(page.size, angles, 2.0)
    matrix = rotation(float(rng.uniform(-setting.turn, setting.turn)), (page.size[0] / 2, page.size[1] / 2)) @ matrix
    corners = np.array([p for quad in page.truth.mrz_quads for p in quad], np.float64)
    seen = homography_map(matrix)(corners)
    factor = setting.share * setting.width / float(np.hypot(*(seen[1] - seen[0])))
    matrix = np.diag((factor, factor, 1.0)) @ matrix
    seen = seen * factor
    frame = np.array(size)
    room = np.maximum(frame * (1 - 2 * _ROOM) - np.ptp(seen, axis=0), 0)
    corner = np.minimum(frame * _ROOM, (frame - np.ptp(seen, axis=0)) / 2) + rng.random(2) * room
    return np.asarray(shift(*(corner - seen.min(axis=0))) @ matrix)


def _taken(shown: Picture, matrix: Matrix, desk: Pixels) -> Picture:
    """Put the page on the desk; where it shrinks, by averaging first: warping alone would skip pixels."""
    truth = shown.truth.moved(homography_map(matrix))
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
    pixels, shrunk = shown.pixels, np.eye(3)
    if scale < 0.75:
        width, height = shown.size
        small = max(8, round(width * scale * 1.1)), max(8, round(height * scale * 1.1))
        pixels = np.asarray(cv2.resize(pixels, small, interpolation=cv2.INTER_AREA), np.uint8)
        shrunk = scaling(small[0] / width, small[1] / height)
    return Picture(warp(pixels, matrix @ np.linalg.inv(shrunk), (desk.shape[1], desk.shape[0]), desk), truth)


def _desk(rng: np.random.Generator, size: tuple[int, int], crowded: bool) -> Pixels:
    desk = light.gray(surface(rng, *size))
    for draw in (bank_card, _letter, _keys, bank_card, _letter) if crowded else ():
        thing = light.gray(draw(rng))
        factor = float(rng.uniform(0.2, 0.45)) * size[0] / thing.shape[1]
        matrix = rotation(float(rng.uniform(-180, 180)), (thing.shape[1] / 2, thing.shape[0] / 2))
        matrix = shift(*(rng.random(2) * size * 0.7)) @ np.diag((factor, factor, 1.0)) @ matrix
        desk = warp(thing, matrix, size, desk)
    return np.ascontiguousarray(desk)


def _letter(rng: np.random.Generator) -> Pixels:
    return printed_paper(rng, 380, 500)


def _keys(rng: np.random.Generator) -> Pixels:
    return keyboard(rng, 400, 150)


def _exposed(rng: np.random.Generator, pixels: Pixels) -> Pixels:
    pixels = light.uneven_light(rng, pixels, float(rng.uniform(0.05, 0.3)))
    pixels = light.defocus(pixels, float(rng.uniform(0.0, 0.6)))
    pixels = light.noise(rng, pixels, float(rng.uniform(1, 3)))
    return light.jpeg(pixels, int(rng.integers(75, 95)))


def empty_scene(rng: np.random.Generator, draw: Callable[[np.random.Generator, tuple[int, int]], Pixels]) -> Picture:
    """A video frame (1280×720) without a zone, filled by ``draw`` (H×W or H×W×3 for a width and height)."""
    return Picture(_exposed(rng, light.gray(draw(rng, (1280, 720)))), NOTHING)


def full_of_text(rng: np.random.Generator, size: tuple[int, int]) -> Pixels:
    """A printed page that fills the picture."""
    return printed_paper(rng, *size)


def crowded_desk(rng: np.random.Generator, size: tuple[int, int]) -> Pixels:
    """Cards, letters and a keyboard on a surface."""
    return _desk(rng, size, crowded=True)


def blank(rng: np.random.Generator, size: tuple[int, int]) -> Pixels:
    """Nothing but one gray level."""
    return np.full((size[1], size[0]), int(rng.integers(0, 256)), np.uint8)


def zone_hidden(rng: np.random.Generator, size: tuple[int, int]) -> Pixels:
    """A passport's page cut off above its zone, or with the zone covered."""
    page: Page = draw_page(rng, None, size[1] / 95)
    top = min(p.y for quad in page.truth.mrz_quads for p in quad) - page.px_per_mm * 2
    desk = light.gray(surface(rng, *size))
    part = light.gray(page.pixels)[: round(top), : size[0]]
    desk[20 : 20 + part.shape[0], 100 : 100 + part.shape[1]] = part[: size[1] - 20, : size[0] - 100]
    return desk
