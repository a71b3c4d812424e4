"""What scenes are put together from: printed lines, machine readable lines, textures, portraits, tabletops.

Everything is a gray plane (float32, 0..255) or a coverage (uint8, 0..255); nothing is kept from one scene to the
next but banks that depend on fixed seeds only.
"""

import functools
import string
from typing import TypeAlias

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from models.training.draw.type import fonts
from models.training.draw.type.glyphs import ROOM, TEXT_HEIGHT, Glyph, draw_glyphs

Plane: TypeAlias = NDArray[np.float32]
Coverage: TypeAlias = NDArray[np.uint8]

MRZ_ALPHABET = string.ascii_uppercase + string.digits + "<"
_LOOK_ALIKES = (
    "DejaVuSansMono.ttf",
    "LiberationMono-Bold.ttf",
    "NimbusMonoPS-Bold.otf",
    "LiberationSans-Regular.ttf",
)
_TILE = 640


def mrz_text(rng: Generator, width: int, lines: int) -> list[str]:
    """Invent lines that look like a machine readable zone; whether they make sense does not matter here."""
    name = "<<".join("<".join(_word(rng, 2, 10) for _ in range(int(rng.integers(1, 3)))) for _ in range(2))
    upper = _pick(rng, ("P<", "PO", "PE", "PM", "V<", "I<", "ID", "AC", "PD")) + _letters(rng, 3)
    if rng.random() < 0.03:
        name = _letters(rng, width)  # no filler at all
    optional = _mixed(rng, 14) if rng.random() < 0.3 else _mixed(rng, int(rng.integers(0, 12)))
    lower = (
        _mixed(rng, 9) + _digits(rng, 1) + _letters(rng, 3) + _digits(rng, 7) + _pick(rng, "MF<") + _digits(rng, 7)
    )
    tail = _digits(rng, 2 if lines == 2 and rng.random() < 0.8 else 1)
    lower = (lower + optional).ljust(width - len(tail), "<")[: width - len(tail)] + tail
    if lines == 2:
        return [(upper + name).ljust(width, "<")[:width], lower]
    first = (upper + _mixed(rng, 10) + (_mixed(rng, 15) if rng.random() < 0.4 else "")).ljust(width, "<")[:width]
    middle = (_digits(rng, 7) + _pick(rng, "MF<") + _digits(rng, 7) + _letters(rng, 3)).ljust(width - 1, "<")
    return [first, middle + _digits(rng, 1), name.ljust(width, "<")[:width]]


def mrz_line(rng: Generator, text: str, face: int, pitch: float) -> Coverage:
    """Set ``text`` in typeface ``face`` with ``pitch`` capital heights a character; rows are 1 + 2 × ROOM heights."""
    glyphs = _faces()[face % len(_faces())]
    step = pitch * TEXT_HEIGHT
    canvas = np.zeros((round((1 + 2 * ROOM) * TEXT_HEIGHT), round(step * len(text)) + TEXT_HEIGHT), np.uint8)
    for i, char in enumerate(text):
        glyph = glyphs[char].coverage
        x = max(0, round(step * (i + 0.5) - glyph.shape[1] / 2))
        place = canvas[: glyph.shape[0], x : x + glyph.shape[1]]
        np.maximum(place, glyph[: place.shape[0], : place.shape[1]], out=place)
    return canvas[:, : round(step * len(text))]


@functools.cache
def _faces() -> list[dict[str, Glyph]]:
    seed = 0
    faces = []
    for path in fonts.font_paths("ocr_b")[:2]:
        for weight in (-0.03, -0.01, 0.015, 0.04):
            faces.append(draw_glyphs(path, MRZ_ALPHABET, weight=weight, bend=0.008, seed=seed))
            seed += 1
    others = {p.name: p for p in (*fonts.font_paths("latin_mono"), *fonts.font_paths("latin_sans"))}
    faces += [draw_glyphs(others[n], MRZ_ALPHABET, weight=0.01, bend=0.005, seed=9) for n in _LOOK_ALIKES]
    return faces


def text_line(rng: Generator, rows: float) -> Coverage:
    """One line of ordinary print of a random length, face and script, at least ``rows`` (or else 42) px high."""
    bank = _text_bank()
    level = 2 if rows <= 11 else 1 if rows <= 21 else 0
    line = bank[int(rng.integers(0, len(bank)))][level]
    if rng.random() < 0.5:
        return line
    return line[:, : max(2 * line.shape[0], round(line.shape[1] * rng.uniform(0.1, 0.9)))]


@functools.cache
def _text_bank() -> list[tuple[Coverage, Coverage, Coverage]]:
    rng = np.random.default_rng(11)
    bank = []
    for _ in range(320):
        kind = _pick(rng, ("latin_sans",) * 5 + ("latin_serif",) * 3 + ("latin_mono",) * 3 + ("cjk", "ocr_b"))
        paths = fonts.font_paths(kind)  # type: ignore[arg-type]
        font = ImageFont.truetype(str(paths[int(rng.integers(0, len(paths)))]), 30)
        text = _chinese(rng) if kind == "cjk" else _sentence(rng)
        left, _, right, _ = font.getbbox(text)
        image = Image.new("L", (round(right - left) + 4, 42))
        ImageDraw.Draw(image).text((2 - left, 2), text, font=font, fill=255)
        full = np.asarray(image)
        half, quarter = (cv2.resize(full, None, fx=f, fy=f, interpolation=cv2.INTER_AREA) for f in (0.5, 0.25))
        bank.append((full, np.asarray(half, np.uint8), np.asarray(quarter, np.uint8)))
    return bank


def paste(page: Plane, coverage: Coverage, x: float, y: float, size: tuple[float, float], strength: float) -> None:
    """Print ``coverage``, scaled to ``size`` (width, height), with its corner at (x, y); darkens by ``strength``."""
    width, height = max(1, round(size[0])), max(1, round(size[1]))
    left, top = round(x), round(y)
    if left >= page.shape[1] or top >= page.shape[0] or left < 0 or top < 0:
        return
    method = cv2.INTER_AREA if height < coverage.shape[0] else cv2.INTER_LINEAR
    ink = cv2.resize(coverage, (width, height), interpolation=method)
    place = page[top : top + height, left : left + width]
    place -= ink[: place.shape[0], : place.shape[1]].astype(np.float32) * np.float32(strength / 255)


def texture(rng: Generator, shape: tuple[int, int]) -> Plane:
    """A piece of security background, paper grain or cloud, about -1..1."""
    bank = _textures()
    tile = bank[int(rng.integers(0, len(bank)))]
    scale = float(np.exp(rng.uniform(-0.6, 0.6)))
    rows, columns = min(_TILE, round(shape[0] * scale) + 1), min(_TILE, round(shape[1] * scale) + 1)
    y, x = int(rng.integers(0, _TILE - rows + 1)), int(rng.integers(0, _TILE - columns + 1))
    return np.asarray(cv2.resize(tile[y : y + rows, x : x + columns], (shape[1], shape[0])), dtype=np.float32)


@functools.cache
def _textures() -> list[Plane]:
    rng = np.random.default_rng(5)
    return (
        [_waves(rng) for _ in range(12)]
        + [_clouds(rng, 8 << i % 5) for i in range(8)]
        + [_grid(rng) for _ in range(4)]
    )


def _waves(rng: Generator) -> Plane:
    y, x = np.mgrid[0:_TILE, 0:_TILE].astype(np.float32)
    plane = np.zeros((_TILE, _TILE), np.float32)
    for _ in range(int(rng.integers(1, 4))):
        turn, length = rng.uniform(0, np.pi), rng.uniform(3, 16)
        along = x * np.cos(turn) + y * np.sin(turn)
        across = y * np.cos(turn) - x * np.sin(turn)
        bend = rng.uniform(0, 30) * np.sin(across / rng.uniform(20, 120) + rng.uniform(0, 6))
        plane += np.sin((along + bend) * (2 * np.pi / length))
    return np.asarray(np.clip(plane * rng.uniform(0.7, 2), -1, 1), dtype=np.float32)


def _clouds(rng: Generator, cells: int) -> Plane:
    small = rng.normal(0, 0.5, (cells, cells)).astype(np.float32)
    return np.asarray(cv2.resize(small, (_TILE, _TILE), interpolation=cv2.INTER_CUBIC), dtype=np.float32)


def _grid(rng: Generator) -> Plane:
    plane = rng.normal(0, 0.15, (_TILE, _TILE)).astype(np.float32)
    step = int(rng.integers(10, 40))
    plane[::step] -= 1
    if rng.random() < 0.5:
        plane[:, :: int(rng.integers(10, 80))] -= 1
    return plane


def noise(rng: Generator, rows: int, columns: int) -> Plane:
    """Sensor noise of standard deviation 1."""
    y, x = (int(v) for v in rng.integers(0, 128, 2))
    return np.asarray(_noise()[int(rng.integers(0, 3)), y : y + rows, x : x + columns])


@functools.cache
def _noise() -> Plane:
    fine = np.random.default_rng(6).normal(0, 1, (3, _TILE, _TILE)).astype(np.float32)
    fine[1] = cv2.GaussianBlur(fine[1], (0, 0), 0.7)
    fine[1] /= fine[1].std()
    return fine


def portrait(rng: Generator, rows: int, columns: int) -> Plane:
    """Something like a photograph of a head: smooth blobs, hair texture."""
    plane = np.full((rows, columns), rng.uniform(120, 250), np.float32)
    centre = (columns // 2, round(rows * rng.uniform(0.4, 0.5)))
    hair, skin = rng.uniform(10, 140), rng.uniform(90, 220)
    cv2.ellipse(plane, (columns // 2, rows), (columns // 2, round(rows * 0.35)), 0, 0, 360, rng.uniform(10, 230), -1)
    cv2.ellipse(plane, centre, (round(columns * 0.33), round(rows * 0.36)), 0, 0, 360, hair, -1)
    cv2.ellipse(plane, (centre[0], centre[1] + rows // 20), (columns // 4, round(rows * 0.29)), 0, 0, 360, skin, -1)
    for dx in (-0.1, 0.1):
        eye = (round(columns * (0.5 + dx)), centre[1])
        cv2.ellipse(plane, eye, (max(1, columns // 24), max(1, rows // 50)), 0, 0, 360, 40.0, -1)
    smooth = np.asarray(cv2.GaussianBlur(plane, (0, 0), max(0.6, columns / 60)), dtype=np.float32)
    return np.asarray(smooth + texture(rng, (rows, columns)) * np.float32(rng.uniform(2, 18)), dtype=np.float32)


def barcode(rng: Generator, rows: int, columns: int) -> Plane:
    """Stripes or square modules, 0 or 255."""
    cell = max(1, int(rng.integers(1, 5)))
    flat = rng.random() < 0.5
    modules = rng.random((1 if flat else max(1, rows // cell), max(1, columns // cell))) < 0.5
    return np.asarray(cv2.resize(modules.astype(np.float32) * 255, (columns, rows), interpolation=cv2.INTER_NEAREST))


def paragraph(rng: Generator, page: Plane, box: tuple[int, int, int, int], height: float, strength: float) -> None:
    """Fill ``box`` (x, y, width, height) of ``page`` with lines of print ``height`` px high."""
    left, top, width, depth = box
    y = float(top)
    gap = height * rng.uniform(1.2, 2.4)
    even = rng.random() < 0.5  # ranged on both sides, as in books
    while y + height < top + depth:
        line = text_line(rng, height * 1.35)
        scale = height * 1.35 / line.shape[0]
        length = width if even and rng.random() < 0.9 else min(width, line.shape[1] * scale)
        wanted = min(line.shape[1], max(10, round(length / scale)))
        paste(page, line[:, :wanted], left, y, (length, height * 1.35), strength)
        y += gap


def tabletop(rng: Generator, side: int) -> Plane:
    """What lies under and beside a document: ``side`` × ``side`` px."""
    plane = np.full((side, side), rng.uniform(5, 250), np.float32)
    kind = rng.random()
    if kind < 0.2:
        return plane
    plane += texture(rng, plane.shape) * np.float32(np.exp(rng.uniform(0, 4)))
    if kind < 0.45:
        return plane
    if kind < 0.75:
        bright = float(plane.mean()) > 90
        strength = rng.uniform(30, 200) * (1 if bright else -1)
        size = float(np.exp(rng.uniform(np.log(4), np.log(26))))
        paragraph(
            rng, plane, (int(rng.integers(0, 60)), int(rng.integers(0, 60)), side - 60, side - 60), size, strength
        )
    elif kind < 0.87:
        _keyboard(rng, plane)
    else:
        rows, columns = (int(v) for v in rng.integers(20, side // 2, 2))
        y, x = (int(v) for v in rng.integers(0, side // 2, 2))
        plane[y : y + rows, x : x + columns] = barcode(rng, rows, columns)
    return np.asarray(_rotated(rng, plane))


def _keyboard(rng: Generator, plane: Plane) -> None:
    step, tone = int(rng.integers(14, 60)), rng.uniform(5, 240)
    letters = mrz_line(rng, "QWERTYUIOPASDFGHJKLZXCVBNM", int(rng.integers(0, 12)), 1.6)
    for y in range(0, plane.shape[0], step):
        for x in range((y // step % 3) * step // 4, plane.shape[1], step):
            cv2.rectangle(plane, (x + 1, y + 1), (x + step - 3, y + step - 3), tone, -1)
            start = 51 * int(rng.integers(0, 25))
            size = step * 0.4
            paste(
                plane,
                letters[:, start : start + 51],
                x + size / 2,
                y + size / 2,
                (size, size),
                90 if tone > 120 else -120,
            )


def _rotated(rng: Generator, plane: Plane) -> Plane:
    side = plane.shape[0]
    turn = cv2.getRotationMatrix2D((side / 2, side / 2), float(rng.uniform(0, 360)), 1.0)
    return np.asarray(cv2.warpAffine(plane, turn, (side, side), borderMode=cv2.BORDER_REFLECT), dtype=np.float32)


def _pick(rng: Generator, options: tuple[str, ...] | str) -> str:
    return options[int(rng.integers(0, len(options)))]


def _letters(rng: Generator, count: int) -> str:
    return "".join(string.ascii_uppercase[i] for i in rng.integers(0, 26, count))


def _digits(rng: Generator, count: int) -> str:
    return "".join(string.digits[i] for i in rng.integers(0, 10, count))


def _mixed(rng: Generator, count: int) -> str:
    return "".join((string.digits * 3 + string.ascii_uppercase)[i] for i in rng.integers(0, 56, count))


def _word(rng: Generator, shortest: int, longest: int) -> str:
    return _letters(rng, int(rng.integers(shortest, longest)))


def _sentence(rng: Generator) -> str:
    words = []
    for _ in range(int(rng.integers(1, 14))):
        word = _mixed(rng, int(rng.integers(1, 9))) if rng.random() < 0.3 else _word(rng, 1, 11)
        style = rng.random()
        words.append(word.lower() if style < 0.45 else word.title() if style < 0.7 else word)
    return _pick(rng, (" ", " ", " ", " / ", ". ", "-")).join(words)


def _chinese(rng: Generator) -> str:
    return "".join(chr(int(c)) for c in rng.integers(0x4E00, 0x9000, int(rng.integers(2, 24))))
