"""Drawn things that lie beside and over the text: portraits, signatures, stamps, overprints, holograms."""

from dataclasses import replace

import cv2
import numpy as np

from engine.values.pictures import Pixels
from models.training.draw.pages.backgrounds import emblem_outline
from models.training.draw.pages.canvas import Canvas, Colour, TextStyle, blend
from models.training.draw.pages.sheet import Sheet
from models.training.draw.type.fonts import font_paths

_SKINS: tuple[Colour, ...] = ((150, 185, 225), (170, 200, 235), (110, 150, 200), (70, 105, 150), (45, 70, 105))
_HAIR: tuple[Colour, ...] = (
    (25, 25, 30),
    (35, 50, 75),
    (60, 95, 140),
    (120, 170, 205),
    (150, 150, 150),
    (30, 40, 90),
)


def portrait(rng: np.random.Generator, width: int, height: int) -> Pixels:
    """A drawn head and shoulders on a plain ground, ``height``×``width``×3."""
    w, h = 240, 300
    ground = int(rng.integers(190, 250))
    face = np.full(
        (h, w, 3), (ground, ground - int(rng.integers(0, 12)), ground - int(rng.integers(0, 20))), np.uint8
    )
    skin, hair = _SKINS[int(rng.integers(len(_SKINS)))], _HAIR[int(rng.integers(len(_HAIR)))]
    cx, cy = w // 2 + int(rng.integers(-8, 9)), 130 + int(rng.integers(-8, 9))
    rx, ry = int(rng.integers(50, 64)), int(rng.integers(68, 82))
    _hair_behind(rng, face, (cx, cy), (rx, ry), hair)
    clothes = tuple(int(c) for c in rng.integers(20, 220, 3))
    cv2.ellipse(face, (cx, h + 30), (115, 95), 0, 180, 360, clothes, -1, cv2.LINE_AA)
    cv2.rectangle(face, (cx - 24, cy + 40), (cx + 24, h - 55), _darker(skin, 0.88), -1)
    cv2.ellipse(face, (cx, h - 58), (40, 26), 0, 0, 180, _darker(skin, 0.92), -1, cv2.LINE_AA)
    cv2.ellipse(face, (cx, cy), (rx, ry), 0, 0, 360, skin, -1, cv2.LINE_AA)
    cv2.ellipse(face, (cx, cy - 18), (rx + 3, ry - 12), 0, 190, 350, hair, -1, cv2.LINE_AA)
    _features(rng, face, (cx, cy), skin, hair)
    shadow = np.linspace(0.92, 1.06, w, dtype=np.float32)[None, :, None]
    lit = cv2.GaussianBlur(face, (0, 0), 1.6).astype(np.float32) * (shadow if rng.random() < 0.5 else shadow[:, ::-1])
    lit += rng.normal(0, 4, (h, w, 1)).astype(np.float32)
    head = lit.clip(0, 255).astype(np.uint8)
    return np.asarray(cv2.resize(head, (max(width, 1), max(height, 1)), interpolation=cv2.INTER_AREA), np.uint8)


def _darker(colour: Colour, factor: float) -> Colour:
    return int(colour[0] * factor), int(colour[1] * factor), int(colour[2] * factor)


def _hair_behind(
    rng: np.random.Generator, face: Pixels, centre: tuple[int, int], radii: tuple[int, int], hair: Colour
) -> None:
    (cx, cy), (rx, ry) = centre, radii
    if rng.random() < 0.45:
        cv2.ellipse(face, (cx, cy + 20), (rx + 16, ry + 45), 0, 0, 360, hair, -1, cv2.LINE_AA)
    cv2.ellipse(face, (cx, cy - 14), (rx + 8, ry + 4), 0, 180, 360, hair, -1, cv2.LINE_AA)


def _features(rng: np.random.Generator, face: Pixels, centre: tuple[int, int], skin: Colour, hair: Colour) -> None:
    cx, cy = centre
    gap, glasses = int(rng.integers(20, 27)), rng.random() < 0.12
    for side in (-1, 1):
        eye = (cx + side * gap, cy - 6)
        cv2.ellipse(face, eye, (10, 5), 0, 0, 360, (240, 240, 240), -1, cv2.LINE_AA)
        cv2.circle(face, eye, 4, (40, 45, 50), -1, cv2.LINE_AA)
        cv2.ellipse(face, (eye[0], eye[1] - 12), (13, 4), side * 5, 180, 360, hair, 3, cv2.LINE_AA)
        if glasses:
            cv2.circle(face, eye, 17, (40, 40, 40), 2, cv2.LINE_AA)
    cv2.line(face, (cx, cy), (cx - 5, cy + 22), _darker(skin, 0.78), 2, cv2.LINE_AA)
    cv2.ellipse(face, (cx, cy + 26), (9, 4), 0, 0, 180, _darker(skin, 0.75), 2, cv2.LINE_AA)
    cv2.ellipse(face, (cx, cy + 42), (17, 6), 0, 0, 360, (105, 105, 180), -1, cv2.LINE_AA)
    cv2.line(face, (cx - 16, cy + 42), (cx + 16, cy + 42), (70, 70, 130), 1, cv2.LINE_AA)


def paste(canvas: Canvas, picture: Pixels, x: float, y: float, opacity: float = 1.0) -> None:
    """Lay ``picture`` on the page with its top-left corner at (``x``, ``y``) mm, cut at the page's edges."""
    left, top = round(x * canvas.px_per_mm), round(y * canvas.px_per_mm)
    x0, y0 = max(left, 0), max(top, 0)
    region = canvas.pixels[y0 : top + picture.shape[0], x0 : left + picture.shape[1]]
    part = picture[y0 - top :, x0 - left :][: region.shape[0], : region.shape[1]]
    region[:] = cv2.addWeighted(region, 1 - opacity, part, opacity, 0) if region.size else region


def place_portrait(
    rng: np.random.Generator, canvas: Canvas, box: tuple[float, float, float, float], *, ghost: bool = False
) -> Pixels:
    """Draw a portrait into ``box`` (x, y, width, height in mm); a ``ghost`` is faint and of one colour."""
    x, y, width, height = box
    picture = portrait(rng, round(width * canvas.px_per_mm), round(height * canvas.px_per_mm))
    paste_portrait(rng, canvas, picture, (x, y), ghost=ghost)
    return picture


def place_holder(rng: np.random.Generator, sheet: Sheet, box: tuple[float, float, float, float]) -> None:
    """Draw the holder's portrait into ``box`` (x, y, width, height in mm); the truth tells where it is."""
    place_portrait(rng, sheet.canvas, box)
    sheet.hold_portrait(box)


def paste_portrait(
    rng: np.random.Generator, canvas: Canvas, picture: Pixels, corner: tuple[float, float], *, ghost: bool
) -> None:
    """Lay a portrait down: gray on some pages, and faint for a ghost image."""
    if ghost or rng.random() < 0.25:
        gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        picture = np.asarray(cv2.cvtColor(gray, cv2.COLOR_GRAY2BGR), np.uint8)
    paste(canvas, picture, *corner, opacity=float(rng.uniform(0.18, 0.4)) if ghost else 1.0)


def signature(rng: np.random.Generator, canvas: Canvas, x: float, y: float, width: float) -> None:
    """A pen scribble whose middle line runs from (``x``, ``y``) mm."""
    t = np.linspace(0, 1, 160)
    wave = sum(rng.normal(0, 1 / k) * np.sin(2 * np.pi * k * 1.7 * t + rng.uniform(0, 6)) for k in range(2, 9))
    xs = x + width * t + 1.2 * np.sin(2 * np.pi * t * rng.uniform(4, 9) + rng.uniform(0, 6))
    ys = y + rng.uniform(0.8, 2.2) * np.asarray(wave) * (1.1 - 0.6 * t) - 2 * t
    points = np.round(np.stack((xs, ys), 1) * canvas.px_per_mm * 16).astype(np.int32)
    ink = (int(rng.integers(40, 130)), 30, 30)
    thick = max(1, round(rng.uniform(0.2, 0.45) * canvas.px_per_mm))
    cv2.polylines(canvas.pixels, [points.reshape(-1, 1, 2)], False, ink, thick, cv2.LINE_AA, 4)


def scrawl(rng: np.random.Generator, canvas: Canvas) -> None:
    """What people leave on some pages: a signature that runs over values, a date stamp set down aslant."""
    if rng.random() < 0.08:
        signature(rng, canvas, float(rng.uniform(45, 85)), float(rng.uniform(52, 66)), float(rng.uniform(20, 32)))
    if rng.random() < 0.06:
        box_stamp(rng, canvas, (float(rng.uniform(60, 105)), float(rng.uniform(25, 60))))


def box_stamp(rng: np.random.Generator, canvas: Canvas, centre: tuple[float, float]) -> None:
    """A rubber stamp: a word in a frame, aslant, in pale ink."""
    paths = font_paths("latin_sans")
    style = TextStyle(paths[int(rng.integers(len(paths)))], None, float(rng.uniform(2.5, 4.5)))
    colour = ((150, 60, 60), (70, 60, 170), (60, 110, 60), (60, 60, 60))[int(rng.integers(4))]
    style = replace(style, ink=colour, opacity=float(rng.uniform(0.25, 0.6)))
    word = ("CANCELLED", "VALID", "SEEN", "COPY", "AMENDED", "ARRIVAL")[int(rng.integers(6))]
    angle = float(rng.uniform(-30, 30))
    overprint(rng, canvas, word, style, centre, angle)
    across, down = canvas.width_of(word, style) / 2 + 1.5, style.cap / 2 + 1.5
    corners = np.array([(-across, -down), (across, -down), (across, down), (-across, down)])
    turn = np.deg2rad(-angle)
    corners = corners @ np.array([(np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn))]) + centre
    mask = np.zeros(canvas.pixels.shape[:2], np.uint8)
    thick = max(1, round(0.4 * canvas.px_per_mm))
    cv2.polylines(mask, [np.round(corners * canvas.px_per_mm).astype(np.int32)], True, 255, thick, cv2.LINE_AA)
    blend(canvas.pixels, mask, style.ink, style.opacity)


def overprint(
    rng: np.random.Generator, canvas: Canvas, text: str, style: TextStyle, centre: tuple[float, float], angle: float
) -> None:
    """A large slanted word over the page, in the manner of SPECIMEN."""
    page = canvas.pixels
    small = Canvas(np.zeros((page.shape[0], page.shape[1], 3), np.uint8), canvas.px_per_mm)
    middle = page.shape[1] / 2 / canvas.px_per_mm, page.shape[0] / 2 / canvas.px_per_mm
    white = TextStyle(style.latin, None, style.cap, (255, 255, 255), 1.0, style.tracking)
    small.write(text, middle[0] - small.width_of(text, white) / 2, middle[1] + style.cap / 2, white)
    turn = cv2.getRotationMatrix2D((page.shape[1] / 2, page.shape[0] / 2), angle, 1.0)
    turn[:, 2] += (np.array(centre) - middle) * canvas.px_per_mm
    mask = cv2.warpAffine(small.pixels[:, :, 0], turn, (page.shape[1], page.shape[0]))
    if rng.random() < 0.4:
        inside = cv2.erode(mask, np.ones((3, 3), np.uint8), iterations=max(1, round(0.25 * canvas.px_per_mm)))
        mask = cv2.subtract(mask, inside)
    rows = np.flatnonzero(mask.any(axis=1))
    if len(rows):
        span = slice(int(rows[0]), int(rows[-1]) + 1)
        blend(page[span], np.asarray(mask[span], np.uint8), style.ink, style.opacity)


def round_stamp(rng: np.random.Generator, canvas: Canvas, centre: tuple[float, float]) -> None:
    """A rubber stamp: rings, an emblem and strokes like small print."""
    page, scale = canvas.pixels, canvas.px_per_mm
    layer = page.copy()
    colour = ((150, 60, 60), (70, 60, 170), (60, 110, 60), (60, 60, 60))[int(rng.integers(4))]
    middle = np.array(centre) * scale
    radius = rng.uniform(7, 13) * scale
    for share in (1.0, 0.94, 0.66):
        cv2.circle(layer, tuple(np.round(middle).astype(int).tolist()), int(radius * share), colour, 2, cv2.LINE_AA)
    cv2.fillPoly(
        layer, [np.round(emblem_outline(rng) * radius * 0.45 + middle).astype(np.int32)], colour, cv2.LINE_AA
    )
    for angle in np.arange(0, 2 * np.pi, 0.22):
        a, b = (middle + radius * r * np.array((np.cos(angle), np.sin(angle))) for r in (0.72, 0.88))
        cv2.line(layer, tuple(np.round(a).astype(int).tolist()), tuple(np.round(b).astype(int).tolist()), colour, 2)
    cv2.addWeighted(page, 0.5, layer, 0.5, 0, dst=page)


def hologram(rng: np.random.Generator, canvas: Canvas) -> None:
    """A patch of laminate that shimmers: an emblem outline filled with drifting colour."""
    page, scale = canvas.pixels, canvas.px_per_mm
    height, width = page.shape[:2]
    centre = rng.uniform((0.15 * width, 0.1 * height), (0.9 * width, 0.6 * height))
    radius = rng.uniform(6, 16) * scale
    mask = np.zeros((height, width), np.uint8)
    cv2.fillPoly(mask, [np.round(emblem_outline(rng) * radius + centre).astype(np.int32)], 255, cv2.LINE_AA)
    x0, y0, w, h = cv2.boundingRect(mask)
    hue = (
        np.linspace(0, rng.uniform(60, 200), w)[None, :] + np.linspace(0, 60, h)[:, None] + rng.uniform(0, 180)
    ) % 180
    hsv = np.stack((hue, np.full((h, w), 110.0), np.full((h, w), 235.0)), 2).astype(np.uint8)
    shimmer = cv2.cvtColor(hsv, cv2.COLOR_HSV2BGR).astype(np.float32)
    alpha = mask[y0 : y0 + h, x0 : x0 + w, None].astype(np.float32) * np.float32(rng.uniform(0.1, 0.4) / 255)
    region = page[y0 : y0 + h, x0 : x0 + w]
    region[:] = (region + (shimmer - region) * alpha).clip(0, 255).astype(np.uint8)


_DOTS = {
    "0": "0110100110011001100110010110", "1": "0010011000100010001000100111", "2": "0110100100010010010010001111",
    "3": "1110000100010110000100011110", "4": "0010011010101010111100100010", "5": "1111100011100001000110010110",
    "6": "0110100010001110100110010110", "7": "1111000100010010001001000100", "8": "0110100110010110100110010110",
    "9": "0110100110010111000100010110",
}  # fmt: skip
"""Digits of four by seven holes."""


def perforation(rng: np.random.Generator, canvas: Canvas, number: str, x: float, y: float) -> None:
    """The document number as laser-drilled holes, upright down the page's side or along its edge."""
    page, scale = canvas.pixels, canvas.px_per_mm
    down = rng.random() < 0.5
    for k, char in enumerate(number):
        dots = np.array([int(c) for c in _DOTS.get(char, _DOTS["8"])]).reshape(7, 4)
        for row, column in np.argwhere(dots):
            dx, dy = column * 0.7, row * 0.7
            px, py = (x + 5 - dy, y + dx + k * 3.8) if down else (x + dx + k * 3.8, y + dy)
            _hole(page, (px * scale, py * scale), 0.24 * scale)


def _hole(page: Pixels, centre: tuple[float, float], radius: float) -> None:
    middle = round(centre[0] * 16), round(centre[1] * 16)
    cv2.circle(page, middle, max(16, round(radius * 16)), (95, 95, 95), -1, cv2.LINE_AA, 4)
    lit = middle[0] - 6, middle[1] - 6
    cv2.circle(page, lit, max(8, round(radius * 10)), (225, 225, 225), -1, cv2.LINE_AA, 4)


def chip(canvas: Canvas, x: float, y: float) -> None:
    """The contacts of a card's chip, 12 × 10 mm."""
    scale = canvas.px_per_mm
    corners = [(round(a * scale), round(b * scale)) for a, b in ((x, y), (x + 12, y + 10))]
    cv2.rectangle(canvas.pixels, corners[0], corners[1], (110, 180, 205), -1)
    for share in (0.33, 0.66):
        row = round((y + 10 * share) * scale)
        cv2.line(
            canvas.pixels, (corners[0][0], row), (corners[1][0], row), (60, 100, 120), max(1, round(0.2 * scale))
        )
