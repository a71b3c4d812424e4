"""Generated pictures with machine readable zones in them, for the detector: documents on tabletops, at any turn.

``python -m models.training.draw.scenes.scenes sheet.png`` draws a contact sheet to look at.
"""

import sys
import time
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from models.training.draw.scenes.light import capture, lit
from models.training.draw.scenes.pages import PX_PER_MM, page_bank
from models.training.draw.scenes.parts import (  # fmt: skip
    Coverage,
    Plane,
    barcode,
    mrz_line,
    mrz_text,
    paragraph,
    paste,
    portrait,
    tabletop,
    text_line,
    texture,
)
from models.training.draw.type.glyphs import ROOM

STRIDE = 4
"""The truth maps have one value for each STRIDE × STRIDE pixels."""

_FORMATS = ((2, 44, 125.0, 88.0), (2, 36, 105.0, 74.0), (3, 30, 85.6, 54.0))  # lines, characters, page in mm
_FORMAT_SHARES = (0.6, 0.13, 0.27)


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture with its truth.

    ``pixels`` is side×side uint8 gray. ``zone`` (side/4 × side/4 float32) is the share of each cell that lies in a
    zone; ``direction`` (2 × side/4 × side/4 float32) the cosine and sine of the reading direction there, else 0.
    """

    pixels: Coverage
    zone: Plane
    direction: Plane


@dataclass(slots=True)
class _Page:
    """A flat page being drawn: gray levels, and for each zone a mask and its place (x, y, width, height) in px."""

    gray: Plane
    zones: list[tuple[int, int, int, int]]


def draw_scene(rng: Generator, side: int = 384) -> Scene:
    """Draw one scene, ``side`` × ``side`` px; about a seventh of them hold no zone."""
    kind = rng.random()
    if kind < 0.1:
        return _draw_padded_strip(rng, side)
    if kind < 0.22:
        return _draw_clean(rng, side)
    pages = [_draw_page(rng, _pixels_per_mm(rng, side), zone=rng.random() > 0.13)]
    if rng.random() < 0.1:
        pages.append(_draw_page(rng, _pixels_per_mm(rng, side) * 0.7, zone=rng.random() < 0.5))
    gray = tabletop(rng, side)
    zone, direction = np.zeros((side, side), np.float32), np.zeros((2, side, side), np.float32)
    for page in pages:
        _lay(rng, page, gray, zone, direction)
    if rng.random() < 0.1:
        _frame(rng, gray, zone)
    return _with_cells(capture(rng, lit(rng, gray)), zone, direction)


def _draw_clean(rng: Generator, side: int) -> Scene:
    """A rendering or a clean scan: plain light paper on plain ground, sharp black print."""
    page = _draw_page(rng, _pixels_per_mm(rng, side), zone=rng.random() > 0.1, clean=True)
    tone = 255.0 if rng.random() < 0.7 else rng.uniform(0, 255)
    gray = np.full((side, side), tone, np.float32)
    zone, direction = np.zeros((side, side), np.float32), np.zeros((2, side, side), np.float32)
    _lay(rng, page, gray, zone, direction)
    return _with_cells(capture(rng, gray), zone, direction)


def _draw_padded_strip(rng: Generator, side: int) -> Scene:
    """A picture that is the zone and nothing else, padded to the view as the engine pads it."""
    lines, width, across, _ = _FORMATS[int(rng.choice(3, p=_FORMAT_SHARES))]
    strip = _draw_strip(rng, side * rng.uniform(0.8, 2.2) / across, lines, width)
    gray, zone = np.zeros((side, side), np.float32), np.zeros((side, side), np.float32)
    start = int(rng.integers(0, max(1, strip.gray.shape[1] - side + 1)))
    seen = strip.gray[:side, start : start + side]
    rows, columns = seen.shape
    gray[:rows, :columns] = seen
    x, y, wide, deep = strip.zones[0]
    zone[max(0, y) : min(rows, y + deep), max(0, x - start) : max(0, min(columns, x + wide - start))] = 1
    taken = capture(rng, lit(rng, gray))
    pixels = np.full((side, side), round(float(taken[:rows, :columns].mean())), np.uint8)
    pixels[:rows, :columns] = taken[:rows, :columns]
    return _with_cells(pixels, zone, np.stack([zone, np.zeros_like(zone)]))


def _with_cells(pixels: Coverage, zone: Plane, direction: Plane) -> Scene:
    """Average the truth over the cells."""
    side = pixels.shape[0]
    small = (side // STRIDE, side // STRIDE)
    cells = cv2.resize(zone, small, interpolation=cv2.INTER_AREA)
    turns = np.stack([np.asarray(cv2.resize(d, small, interpolation=cv2.INTER_AREA)) for d in direction])
    lengths = np.maximum(np.hypot(turns[0], turns[1]), 1e-3)
    return Scene(pixels, np.asarray(cells, dtype=np.float32), (turns / lengths).astype(np.float32))


def _pixels_per_mm(rng: Generator, side: int) -> float:
    """Choose the scale: a line of 44 characters (112 mm) is from a quarter of the view to three times as long."""
    kind = rng.random()
    low, high = (0.25, 0.6) if kind < 0.25 else (0.6, 2.0) if kind < 0.8 else (2.0, 3.2)
    return float(np.exp(rng.uniform(np.log(low), np.log(high)))) * side / 112


def _draw_page(rng: Generator, scale: float, *, zone: bool, clean: bool = False) -> _Page:
    lines, width, across, down = _FORMATS[int(rng.choice(3, p=_FORMAT_SHARES))]
    if rng.random() < 0.1 and zone:
        return _draw_strip(rng, scale, lines, width)
    across, down = across * rng.uniform(0.95, 1.1), down * rng.uniform(0.95, 1.1)
    if rng.random() < 0.35 and not clean:
        page = _bank_page(rng, scale, zone=zone)
        return _spread(rng, page, scale) if rng.random() < 0.2 else page
    page = _blank(rng, round(down * scale), round(across * scale), clean=clean)
    ink = rng.uniform(170, 250) if clean else _ink(rng, page.gray)
    band_top = page.gray.shape[0]
    if zone:
        height = scale * 2.5 * rng.uniform(0.9, 1.12)
        pitch = scale * 2.54 * rng.uniform(0.93, 1.05)
        depth = height + (lines - 1) * scale * 6.35 * rng.uniform(0.8, 1.08)
        left = max(1.0, (page.gray.shape[1] - pitch * width) * rng.uniform(0.1, 0.9))
        band_top = round(page.gray.shape[0] - depth - scale * rng.uniform(3, 11 if lines == 2 else 5))
        _panel(rng, page, band_top - scale * 3)
        _print_zone(rng, page, (left, band_top), (pitch, height, depth), (width, lines), ink)
    _fill_visual(rng, page, band_top - scale * 2, scale, ink)
    return _spread(rng, page, scale) if rng.random() < 0.25 else page


def _bank_page(rng: Generator, scale: float, *, zone: bool) -> _Page:
    """One of the pages drawn in full detail; without ``zone`` cut off above it."""
    bank = page_bank()
    drawn = bank[int(rng.integers(0, len(bank)))]
    factor = scale / PX_PER_MM
    left, top, width, depth = (value * factor for value in drawn.zone)
    source = drawn.gray if zone else drawn.gray[: int(drawn.zone[1]) - 4]
    size = (max(32, round(source.shape[1] * factor)), max(16, round(source.shape[0] * factor)))
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    gray = np.asarray(cv2.resize(source, size, interpolation=method), dtype=np.float32)
    if rng.random() < 0.3:
        gray = gray.mean() + (gray - gray.mean()) * np.float32(rng.uniform(0.25, 1))
    return _Page(gray, [(round(left), round(top), round(width), round(depth))] if zone else [])


def _blank(rng: Generator, rows: int, columns: int, *, clean: bool = False) -> _Page:
    paper = 255.0 if clean or rng.random() < 0.15 else rng.uniform(110, 255)
    gray = np.full((max(16, rows), max(32, columns)), paper, np.float32)
    if clean and rng.random() < 0.7:
        cv2.rectangle(gray, (1, 1), (gray.shape[1] - 2, gray.shape[0] - 2), rng.uniform(0, 120), 1)
    elif rng.random() < 0.8 and not clean:
        for _ in range(int(rng.integers(1, 4))):
            gray += texture(rng, gray.shape) * np.float32(rng.uniform(0, 1) ** 2 * 40)
    return _Page(gray, [])


def _ink(rng: Generator, gray: Plane) -> float:
    """How much darker print is than the paper."""
    most = float(gray.mean())
    return float(rng.uniform(25, 70) if rng.random() < 0.15 else rng.uniform(0.4, 1.0) * most)


def _draw_strip(rng: Generator, scale: float, lines: int, width: int) -> _Page:
    """A picture cut down to the zone itself, sometimes stretched out of proportion."""
    height = scale * 2.5
    pitch = scale * 2.54 * rng.uniform(0.9, 1.6 if rng.random() < 0.3 else 1.1)
    depth = height + (lines - 1) * height * rng.uniform(1.6, 2.7)
    margins = height * rng.uniform(0.05, 2.0, 2)
    page = _blank(rng, round(depth + 2 * margins[1]), round(pitch * width + 2 * margins[0]))
    _print_zone(rng, page, (margins[0], margins[1]), (pitch, height, depth), (width, lines), _ink(rng, page.gray))
    return page


def _panel(rng: Generator, page: _Page, top: float) -> None:
    """The zone often stands on a ground of its own, ruled off."""
    row = max(0, round(top))
    if rng.random() < 0.4:
        page.gray[row:] += np.float32(rng.uniform(-40, 60))
    if rng.random() < 0.2:
        page.gray[row : row + max(1, row // 150)] -= np.float32(rng.uniform(20, 150))


def _print_zone(
    rng: Generator, page: _Page, corner: tuple[float, float], size: tuple[float, float, float],
    shape: tuple[int, int], ink: float,
) -> None:  # fmt: skip
    """Print the lines; ``size`` is pitch, character height and depth of the whole zone in px."""
    (left, top), (pitch, height, depth), (width, lines) = corner, size, shape
    face = int(rng.integers(0, 8)) if rng.random() < 0.88 else int(rng.integers(8, 12))
    room = ROOM * height
    for i, text in enumerate(mrz_text(rng, width, lines)):
        y = top + i * (depth - height) / (lines - 1) - room
        line = mrz_line(rng, text, face, pitch / height)
        cut = max(0.0, -y)  # the strip may end above the ascenders' room
        skip = round(cut / (height + 2 * room) * line.shape[0])
        paste(page.gray, line[skip:], left, max(0.0, y), (pitch * width, height + 2 * room - cut), ink)
    page.zones.append((round(left), round(top), round(pitch * width), round(depth)))
    if rng.random() < 0.15:
        _scribble(rng, page, corner, (pitch * width, depth))


def _scribble(rng: Generator, page: _Page, corner: tuple[float, float], size: tuple[float, float]) -> None:
    """A stamp, a signature or a frame drawn over the zone."""
    low = np.array(corner) - np.array(size) * 0.1
    points = (low + rng.uniform(0, 1.2, (int(rng.integers(2, 6)), 2)) * np.array(size)).astype(np.int32)
    tone = float(page.gray.mean() * rng.uniform(0.2, 0.9))
    thickness = max(1, round(size[1] * rng.uniform(0.01, 0.06)))
    if rng.random() < 0.4:
        x, y = (int(v) for v in low)
        far = (int(low[0] + size[0] * 1.2), int(low[1] + size[1] * 1.2))
        cv2.rectangle(page.gray, (x, y), far, tone, thickness)
    else:
        cv2.polylines(page.gray, [points], False, tone, thickness, cv2.LINE_AA)


def _fill_visual(rng: Generator, page: _Page, bottom: float, scale: float, ink: float) -> None:
    """Portrait, labels, values, perhaps a bar code, above ``bottom``."""
    columns, rows = page.gray.shape[1], round(bottom)
    if rows < 12 * scale:
        return
    left = 0.05 * columns
    if rng.random() < 0.75:
        wide, high = round(columns * rng.uniform(0.18, 0.32)), round(rows * rng.uniform(0.45, 0.75))
        x = round(columns * 0.04) if rng.random() < 0.8 else round(columns * 0.65)
        y = round(rows * rng.uniform(0.1, 0.25))
        place = page.gray[y : y + high, x : x + wide]
        place[:] = portrait(rng, max(4, high), max(4, wide))[: place.shape[0], : place.shape[1]]
        left = x + wide + 3 * scale if x < columns / 2 else left
    if rng.random() < 0.15:
        size = (max(4, round(rows * 0.25)), max(8, round(columns * rng.uniform(0.2, 0.6))))
        y, x = round(rows * rng.uniform(0, 0.7)), round(columns * rng.uniform(0, 0.4))
        place = page.gray[y : y + size[0], x : x + size[1]]
        np.minimum(place, barcode(rng, *size)[: place.shape[0], : place.shape[1]], out=place)
    _labels_and_values(rng, page, (left, rows), scale, ink)


def _labels_and_values(rng: Generator, page: _Page, area: tuple[float, int], scale: float, ink: float) -> None:
    left, rows = area
    columns = page.gray.shape[1]
    step = scale * rng.uniform(4.5, 9)
    y = rows * rng.uniform(0.02, 0.1)
    same = text_line(rng, 3 * scale) if rng.random() < 0.5 else None
    while y + step < rows:
        x = left
        while x < columns * 0.85 and rng.random() < 0.85:
            label = text_line(rng, 2 * scale)
            value = text_line(rng, 4 * scale) if same is None else same[:, : int(rng.integers(10, 200))]
            length = min(columns - x, columns * rng.uniform(0.08, 0.45))
            for line, high, offset in ((label, 2.0, 0.0), (value, rng.uniform(2.8, 4.8), 2.0)):
                width = min(length, line.shape[1] * high * scale / line.shape[0])
                part = line[:, : max(4, round(width * line.shape[0] / (high * scale)))]
                paste(page.gray, part, x, y + offset * scale, (width, high * scale), ink * rng.uniform(0.5, 1.0))
            x += length + scale * rng.uniform(2, 20)
        y += step


def _spread(rng: Generator, page: _Page, scale: float) -> _Page:
    """Add the facing page: above (most passports), or the other side of a card."""
    other = _blank(rng, round(page.gray.shape[0] * rng.uniform(0.5, 1.1)), page.gray.shape[1]).gray
    if rng.random() < 0.6:
        size = scale * rng.uniform(1.2, 3)
        box = (round(4 * scale), round(4 * scale), max(8, round(other.shape[1] - 8 * scale)), other.shape[0])
        paragraph(rng, other, box, size, float(rng.uniform(20, 160)))
        if rng.random() < 0.4:
            other = other[::-1, ::-1].copy()
    below = rng.random() < 0.2
    gap = np.full((max(1, round(scale * rng.uniform(0.3, 4))), other.shape[1]), rng.uniform(60, 255), np.float32)
    shift = 0 if below else other.shape[0] + gap.shape[0]
    parts = [page.gray, gap, other] if below else [other, gap, page.gray]
    return _Page(np.vstack(parts), [(x, y + shift, w, h) for x, y, w, h in page.zones])


def _lay(rng: Generator, page: _Page, gray: Plane, zone: Plane, direction: Plane) -> None:
    """Put a page into the view at a random place, turn and tilt, perhaps bent."""
    side = gray.shape[0]
    to_view = _placement(rng, page, side)
    rows, columns = page.gray.shape
    rise, waves = (rows * rng.normal(0, 0.012), rng.uniform(2, 6) / columns) if rng.random() < 0.35 else (0.0, 0.0)
    flat = _bent(page.gray, rise, waves) if rise else page.gray
    seen = cv2.warpPerspective(flat, to_view, (side, side), borderMode=cv2.BORDER_CONSTANT, borderValue=-9999)
    on_page = seen > -900
    np.copyto(gray, np.clip(seen, 0, 255), where=on_page)
    zone[on_page] = 0
    direction[:, on_page] = 0
    for left, top, wide, deep in page.zones:
        x = left + wide * np.concatenate([np.linspace(0, 1, 17), np.linspace(1, 0, 17)])
        y = np.repeat([top, top + deep], 17) + rise * np.sin(x * waves)
        outline = _mapped(to_view, x, y)
        start, end = _mapped(to_view, np.array([left, left + wide]), np.full(2, top + deep / 2))
        inside = np.zeros(gray.shape, np.uint8)
        cv2.fillPoly(inside, [np.round(outline * 16).astype(np.int32)], 1, shift=4)
        marked = (inside > 0) & on_page
        zone[marked] = 1
        direction[0][marked], direction[1][marked] = (end - start) / max(1e-6, float(np.hypot(*(end - start))))


def _bent(gray: Plane, rise: float, waves: float) -> Plane:
    rows, columns = gray.shape
    x = np.repeat(np.arange(columns, dtype=np.float32)[None, :], rows, axis=0)
    y = np.arange(rows, dtype=np.float32)[:, None] - np.float32(rise) * np.sin(x[:1] * np.float32(waves))
    bent = cv2.remap(gray, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=-9999)
    return np.asarray(bent, dtype=np.float32)


def _mapped(to_view: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    mapped = to_view @ np.stack([x, y, np.ones_like(x)])
    return np.asarray((mapped[:2] / mapped[2]).T)


def _placement(rng: Generator, page: _Page, side: int) -> NDArray[np.float64]:
    """Choose the homography from page px to view px."""
    rows, columns = page.gray.shape
    kind = rng.random()
    turn = rng.normal(0, 3) if kind < 0.4 else 90 * rng.integers(0, 4) + rng.normal(0, 5)
    turn = np.deg2rad(rng.uniform(0, 360) if kind > 0.6 else turn)
    corners = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], dtype=np.float64)
    aim = corners.mean(axis=0)
    if page.zones and rng.random() < 0.8:  # keep the zone in view even where the page is larger
        x, y, w, h = page.zones[0]
        aim = np.array([x + w * rng.uniform(0.2, 0.8), y + h / 2])
    spin = np.array([(np.cos(turn), -np.sin(turn)), (np.sin(turn), np.cos(turn))])
    flat = (corners - aim) @ spin.T
    room = max(0.0, side / 2 - 0.3 * max(rows, columns))
    centre = side / 2 + rng.uniform(-1, 1, 2) * max(room, side * 0.12)
    if rng.random() < 0.5:
        flat = _tilted(rng, flat, side)
    return np.asarray(cv2.getPerspectiveTransform(corners.astype(np.float32), (flat + centre).astype(np.float32)))


def _tilted(rng: Generator, points: NDArray[np.float64], side: int) -> NDArray[np.float64]:
    """Seen by a camera that is tilted by up to 35°, from 1.2 to 4 page widths away."""
    tilt, way = np.deg2rad(min(35.0, abs(rng.normal(0, 16)))), rng.uniform(0, 2 * np.pi)
    axis = np.array([np.cos(way), np.sin(way)])
    reach = points @ axis
    distance = max(float(np.ptp(points, axis=0).max()), side * 0.5) * rng.uniform(1.2, 4)
    nearer = distance / (distance + reach * np.sin(tilt))
    squeezed = points - np.outer(reach * (1 - np.cos(tilt)), axis)
    return np.asarray(squeezed * nearer[:, None])


def _frame(rng: Generator, gray: Plane, zone: Plane) -> None:
    """Bars of a screenshot or of padding at two opposite sides."""
    bar = int(rng.integers(8, gray.shape[0] // 3))
    tone = np.float32(rng.choice([0, 255, float(gray.mean())]))
    upright = rng.random() < 0.5
    for plane, value in ((gray, tone), (zone, np.float32(0))):
        view = plane if upright else plane.T
        view[:bar] = value
        view[-(bar // 2) - 1 :] = value


def _main() -> None:
    rng = np.random.default_rng(0)
    draw_scene(rng)
    start = time.perf_counter()
    scenes = [draw_scene(rng) for _ in range(40)]
    print(f"{(time.perf_counter() - start) / len(scenes) * 1000:.1f} ms a scene")
    tiles = []
    for scene in scenes:
        tile = cv2.cvtColor(scene.pixels, cv2.COLOR_GRAY2BGR)
        size = tile.shape[1::-1]
        tile[..., 2] = np.maximum(
            tile[..., 2], cv2.resize(scene.zone, size) * scene.direction[0].clip(0, 1).max() * 180
        )
        for y, x in np.argwhere(scene.zone > 0.9)[::40]:
            at = (int(x) * STRIDE, int(y) * STRIDE)
            way = scene.direction[:, y, x] * 12
            cv2.arrowedLine(tile, at, (round(at[0] + way[0]), round(at[1] + way[1])), (0, 255, 0), 1)
        tiles.append(cv2.resize(tile, (288, 288), interpolation=cv2.INTER_AREA))
    cv2.imwrite(sys.argv[1], np.vstack([np.hstack(tiles[i : i + 8]) for i in range(0, 40, 8)]))


if __name__ == "__main__":
    _main()
