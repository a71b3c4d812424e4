"""Photos by phone: perspective, bent pages, desks, light, blur, fingers."""

from dataclasses import replace

import cv2
import numpy as np

from engine.values.pictures import Matrix, Pixels
from models.training.draw.capture import light
from models.training.draw.capture.geometry import Bend, Size, homography_map, scaling, shift, tilt, wave
from models.training.draw.capture.picture import Picture, picture_of, resized, warped
from models.training.draw.capture.surfaces import surface
from models.training.draw.pages.records import Page


def photograph(rng: np.random.Generator, page: Page, megapixels: float, *, hard: float = 1.0) -> Picture:
    """Photograph a page (or a spread) lying on something.

    ``megapixels`` is the picture's size, 4:3 or 16:9, either way up; ``hard`` from 0 scales every disturbance.
    """
    shown = picture_of(page).tagged("photo")
    if rng.random() < 0.35 * hard:
        shown = bent(rng, shown, hard)
    size = _frame(rng, megapixels)
    matrix, tags = _view(rng, shown.size, size, hard)
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
    if scale < 0.75:
        # Shrink by averaging first: warping alone would skip pixels.
        before = shown.size
        shown = resized(shown, scale * 1.15)
        matrix = matrix @ np.linalg.inv(scaling(shown.size[0] / before[0], shown.size[1] / before[1]))
    desk = surface(rng, *size)
    drop_shadow(rng, desk, matrix, shown.size)
    taken = warped(shown, matrix, desk).tagged(*tags)
    if rng.random() < 0.15 * hard:
        taken = replace(taken, pixels=finger(rng, taken, matrix, shown.size)).tagged("finger")
    return _exposed(rng, taken, hard)


def bent(rng: np.random.Generator, picture: Picture, hard: float) -> Picture:
    """A page that curls up."""
    width, _ = picture.size
    rise = wave(width, width * float(rng.normal(0, 0.008)) * hard, float(rng.uniform(0, np.pi)))
    bend = Bend(picture.size, rise, float(rng.normal(0, 0.04)) * hard)
    moved = replace(picture, pixels=bend.apply(picture.pixels), truth=picture.truth.moved(bend.forward))
    return moved.tagged("bent")


def _frame(rng: np.random.Generator, megapixels: float) -> Size:
    ratio = float(rng.choice((4 / 3, 4 / 3, 16 / 9)))
    width = round(float(np.sqrt(megapixels * 1e6 * ratio)))
    size = width, round(width / ratio)
    return size if rng.random() < 0.65 else (size[1], size[0])


def _view(rng: np.random.Generator, page: Size, frame: Size, hard: float) -> tuple[Matrix, list[str]]:
    """A view of the page that keeps nearly all of it in the frame, and tags that describe it."""
    pitch, yaw = (float(v) for v in np.clip(rng.normal(0, 9 * hard, 2), -30, 30))
    roll = float(np.clip(rng.normal(0, 5 * hard), -15, 15))
    matrix = tilt(page, (pitch, yaw, roll), float(rng.uniform(1.4, 3.0)))
    w, h = page[0] - 1.0, page[1] - 1.0
    corners = homography_map(matrix)(np.array([(0, 0), (w, 0), (w, h), (0, h)], np.float64))
    low, span = corners.min(axis=0), np.ptp(corners, axis=0)
    # Small pictures are only sent where the page fills them; 600 px are the least a page is read from.
    fill = float(rng.uniform(0.62 if min(frame) > 1000 else 0.85, 0.97))
    scale = fill * min(frame[0] / span[0], frame[1] / span[1])
    room = np.array(frame) - span * scale
    place = room * rng.uniform(0.15, 0.85, 2)
    matrix = shift(*(place - low * scale)) @ np.diag((scale, scale, 1.0)) @ matrix
    tags = ["perspective"] if max(abs(pitch), abs(yaw)) > 10 else []
    return matrix, [*tags, "tilted"] if abs(roll) > 4 else tags


def drop_shadow(rng: np.random.Generator, desk: Pixels, matrix: Matrix, page: Size) -> None:
    """Darken the desk around the page's edge."""
    w, h = page[0] - 1.0, page[1] - 1.0
    corners = homography_map(matrix)(np.array([(0, 0), (w, 0), (w, h), (0, h)], np.float64))
    height, width = desk.shape[:2]
    factor = 256 / max(height, width)
    mask = np.ones((round(height * factor), round(width * factor)), np.float32)
    moved = (corners + rng.normal(0, 0.006, 2) * width) * factor
    cv2.fillConvexPoly(mask, np.round(moved).astype(np.int32), float(rng.uniform(0.35, 0.8)))
    desk[:] = light.scaled_by(desk, np.asarray(cv2.GaussianBlur(mask, (0, 0), 2.5), np.float32))


def finger(rng: np.random.Generator, picture: Picture, matrix: Matrix, page: Size) -> Pixels:
    """A finger tip that holds the page at one edge, away from the zone's middle."""
    at = rng.choice((0.0, 1.0)), rng.uniform(0.05, 0.6)
    x, y = homography_map(matrix)(np.array([(at[0] * page[0], at[1] * page[1])]))[0]
    pixels = picture.pixels.copy()
    long, broad = int(pixels.shape[1] * rng.uniform(0.08, 0.14)), int(pixels.shape[1] * rng.uniform(0.025, 0.04))
    skin = ((150, 180, 220), (95, 130, 180), (60, 85, 120))[int(rng.integers(3))]
    outward = -1 if at[0] == 0 else 1
    centre = int(x + outward * long * 0.75), int(y)
    cv2.ellipse(pixels, centre, (long, broad), float(rng.uniform(-20, 20)), 0, 360, skin, -1, cv2.LINE_AA)
    return pixels


def _exposed(rng: np.random.Generator, picture: Picture, hard: float) -> Picture:
    """Light, lens and sensor."""
    pixels = picture.pixels
    tags: list[str] = []
    pixels = light.uneven_light(rng, pixels, float(rng.uniform(0.05, 0.4)) * hard)
    if rng.random() < 0.3 * hard:
        pixels, tags = light.shadows(rng, pixels), [*tags, "shadow"]
    if rng.random() < 0.25 * hard:
        pixels = light.glare(rng, pixels, int(rng.integers(1, 4)), float(rng.uniform(0.2, 0.8)))
        tags.append("glare")
    pixels = light.colour_cast(rng, pixels)
    dark = rng.random() < 0.15 * hard
    if dark:
        tags.append("lowlight")
    gain = float(rng.uniform(0.35, 0.6) if dark else rng.uniform(0.8, 1.1))
    pixels = light.tone(pixels, gain, float(rng.uniform(-8, 12)), float(rng.uniform(0.85, 1.25)))
    pixels, blurred = _blurred(rng, pixels, hard)
    pixels = light.noise(rng, pixels, float(rng.uniform(4, 10) if dark else rng.uniform(0.8, 5)))
    return replace(picture, pixels=pixels, quality=int(rng.integers(60, 95))).tagged(*tags, *blurred)


def _blurred(rng: np.random.Generator, pixels: Pixels, hard: float) -> tuple[Pixels, list[str]]:
    unit = pixels.shape[1] / 1600
    if rng.random() < 0.12 * hard:
        return light.motion_blur(rng, pixels, max(3, round(unit * float(rng.uniform(3, 7))))), ["motion"]
    if rng.random() < 0.2 * hard:
        return light.defocus(pixels, unit * float(rng.uniform(0.9, 1.8))), ["blurred"]
    return light.defocus(pixels, unit * float(rng.uniform(0.2, 0.7))), []
