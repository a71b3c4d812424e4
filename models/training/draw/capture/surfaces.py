"""What lies under and beside a passport: desks, cloth, paper, keyboards, cards; drawn small, then stretched."""

from collections.abc import Callable

import cv2
import numpy as np

from engine.values.pictures import Pixels
from models.training.draw.pages.canvas import Colour, TextStyle

_WORDS = [
    "invoice",
    "total",
    "amount",
    "due",
    "please",
    "return",
    "this",
    "form",
    "to",
    "the",
    "office",
    "before",
    "the",
    "end",
    "of",
    "month",
    "name",
    "address",
    "city",
    "order",
    "reference",
    "signed",
    "date",
    "number",
    "of",
    "items",
    "hotel",
    "booking",
    "arrival",
    "room",
    "guest",
    "thank",
    "you",
    "for",
    "your",
    "visit",
    "2024",
    "terms",
    "and",
    "conditions",
    "apply",
    "see",
    "overleaf",
    "page",
    "account",
    "balance",
    "1,250.00",
    "EUR",
    "tax",
    "19%",
    "subtotal",
    "qty",
    "description",
]


def surface(rng: np.random.Generator, width: int, height: int) -> Pixels:
    """A surface seen from above, ``height``×``width``×3 uint8 BGR."""
    draw = _SURFACES[int(rng.integers(len(_SURFACES)))]
    scale = max(1.0, max(width, height) / 900)
    small = draw(rng, max(16, round(width / scale)), max(16, round(height / scale)))
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _colour(rng: np.random.Generator, low: int = 20, high: int = 235) -> Colour:
    base = rng.integers(low, high)
    spread = rng.integers(-45, 46, 3)
    blue, green, red = (int(np.clip(base + s, 0, 255)) for s in spread)
    return blue, green, red


def plain(rng: np.random.Generator, width: int, height: int) -> Pixels:
    """One colour with a soft drift."""
    low = rng.normal(0, 8, (4, 4, 1)).astype(np.float32)
    drift = cv2.resize(low, (width, height), interpolation=cv2.INTER_CUBIC)
    return (np.array(_colour(rng), np.float32) + drift[:, :, None]).clip(0, 255).astype(np.uint8)


def wood(rng: np.random.Generator, width: int, height: int) -> Pixels:
    """Stretched grain in browns, with board edges on some."""
    rows = rng.normal(0, 1, (height, 8)).astype(np.float32)
    grain = cv2.GaussianBlur(cv2.resize(rows, (width, height), interpolation=cv2.INTER_CUBIC), (0, 0), 1.0)
    base = np.array(((60, 95, 140), (95, 135, 175), (40, 55, 80), (150, 180, 205))[int(rng.integers(4))], np.float32)
    board = (base + grain[:, :, None] * float(rng.uniform(6, 22))).clip(0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        for y in range(int(rng.integers(20, 120)), height, int(rng.integers(90, 200))):
            cv2.line(board, (0, y), (width, y), (25, 35, 50), 2)
    return np.ascontiguousarray(np.rot90(board)) if rng.random() < 0.3 and width == height else board


def cloth(rng: np.random.Generator, width: int, height: int) -> Pixels:
    """A weave or a speckle."""
    fine = rng.normal(0, float(rng.uniform(5, 25)), (height, width, 1)).astype(np.float32)
    return (np.array(_colour(rng), np.float32) + fine).clip(0, 255).astype(np.uint8)


def squares(rng: np.random.Generator, width: int, height: int) -> Pixels:
    """Tiles, checks or squared paper."""
    picture = plain(rng, width, height)
    step, line = int(rng.integers(10, 90)), _colour(rng)
    thick = int(rng.integers(1, 4))
    for x in range(0, width, step):
        cv2.line(picture, (x, 0), (x, height), line, thick)
    for y in range(0, height, step):
        cv2.line(picture, (0, y), (width, y), line, thick)
    return picture


def lined_paper(rng: np.random.Generator, width: int, height: int) -> Pixels:
    """White paper with ruled lines."""
    picture = np.full((height, width, 3), int(rng.integers(215, 252)), np.uint8)
    for y in range(int(rng.integers(8, 30)), height, int(rng.integers(9, 30))):
        cv2.line(picture, (0, y), (width, y), (190, 160, 140), 1)
    return picture


def printed_paper(rng: np.random.Generator, width: int, height: int) -> Pixels:
    """A letter or form: rows of words, also in typewriter-like capitals with rules and boxes."""
    picture = np.full((height, width, 3), int(rng.integers(215, 252)), np.uint8)
    face = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_PLAIN, cv2.FONT_HERSHEY_COMPLEX)[int(rng.integers(3))]
    size, step = float(rng.uniform(0.3, 0.8)), int(rng.integers(14, 34))
    capitals = rng.random() < 0.4
    for y in range(step, height, step):
        if rng.random() < 0.12:
            continue
        words = " ".join(_WORDS[int(k)] for k in rng.integers(0, len(_WORDS), int(rng.integers(3, 16))))
        ink = int(rng.integers(10, 110))
        start = (int(rng.integers(5, 60)), y)
        cv2.putText(picture, words.upper() if capitals else words, start, face, size, (ink,) * 3, 1, cv2.LINE_AA)
        if rng.random() < 0.15:
            cv2.line(picture, (0, y + 4), (width, y + 4), (90, 90, 90), 1)
    return picture


def keyboard(rng: np.random.Generator, width: int, height: int) -> Pixels:
    """Rows of keys with a letter on each."""
    picture = np.full((height, width, 3), int(rng.integers(20, 90)), np.uint8)
    key, gap = int(rng.integers(22, 60)), int(rng.integers(2, 8))
    level = int(rng.choice((25, 45, 200, 230)))
    for row, y in enumerate(range(gap, height, key + gap)):
        for x in range(-(row * key // 3) % key - key, width, key + gap):
            cv2.rectangle(picture, (x, y), (x + key, y + key), (level,) * 3, -1)
            letter = "QWERTYUIOPASDFGHJKLZXCVBNM1234567890"[int(rng.integers(36))]
            ink = (255 - level,) * 3
            cv2.putText(picture, letter, (x + key // 4, y + key // 2), 0, key / 60, ink, 1, cv2.LINE_AA)
    return picture


def clutter(rng: np.random.Generator, width: int, height: int) -> Pixels:
    """A desk with coloured things on it."""
    picture = plain(rng, width, height)
    for _ in range(int(rng.integers(3, 14))):
        centre = int(rng.integers(0, width)), int(rng.integers(0, height))
        axes = int(rng.integers(10, width // 4 + 12)), int(rng.integers(5, height // 6 + 8))
        angle, colour = float(rng.uniform(0, 180)), _colour(rng)
        if rng.random() < 0.5:
            cv2.ellipse(picture, centre, axes, angle, 0, 360, colour, -1, cv2.LINE_AA)
        else:
            box = cv2.boxPoints((centre, (axes[0] * 2.0, axes[1] * 2.0), angle))
            cv2.fillConvexPoly(picture, box.astype(np.int32), colour, cv2.LINE_AA)
    return picture


_SURFACES: tuple[Callable[[np.random.Generator, int, int], Pixels], ...] = (
    plain, plain, wood, wood, cloth, squares, lined_paper, printed_paper, keyboard, clutter, clutter,
)  # fmt: skip


def bank_card(rng: np.random.Generator, style: TextStyle | None = None) -> Pixels:
    """A payment card: chip, sixteen digits, name; 540×856×3."""
    card = plain(rng, 856, 540)
    cv2.circle(card, (int(rng.integers(500, 800)), int(rng.integers(0, 500))), 260, _colour(rng), -1, cv2.LINE_AA)
    cv2.rectangle(card, (80, 190), (190, 275), (120, 190, 215), -1)
    cv2.line(card, (80, 232), (190, 232), (60, 110, 130), 2)
    ink = (240, 240, 240) if card.mean() < 128 else (30, 30, 30)
    digits = " ".join("".join(str(d) for d in rng.integers(0, 10, 4)) for _ in range(4))
    cv2.putText(card, digits, (70, 350), cv2.FONT_HERSHEY_DUPLEX, 1.75, ink, 3, cv2.LINE_AA)
    cv2.putText(card, "VALID THRU 0" + str(int(rng.integers(1, 10))) + "/29", (320, 410), 0, 0.8, ink, 2, cv2.LINE_AA)
    cv2.putText(card, "A N OTHER", (70, 480), cv2.FONT_HERSHEY_DUPLEX, 1.2, ink, 2, cv2.LINE_AA)
    return card


def barcode(rng: np.random.Generator, width: int, height: int) -> Pixels:
    """Upright bars with digits under them."""
    picture = np.full((height, width, 3), 250, np.uint8)
    bars = np.repeat(rng.random(max(1, width // 3)) < 0.5, 3)[:width]
    picture[: int(height * 0.8), : bars.size][:, bars] = 15
    digits = "".join(str(d) for d in rng.integers(0, 10, max(4, width // 16)))
    cv2.putText(picture, digits, (2, height - 2), 0, max(0.3, height / 160), (20, 20, 20), 1, cv2.LINE_AA)
    return picture


def cell_phone_chrome(rng: np.random.Generator, pixels: Pixels) -> Pixels:
    """A screenshot's bars, buttons and a viewfinder frame, drawn over the picture in place."""
    height, width = pixels.shape[:2]
    bar = max(12, height // 22)
    dark = int(rng.choice((15, 30, 245)))
    ink = (255 - dark,) * 3
    cv2.rectangle(pixels, (0, 0), (width, bar), (dark,) * 3, -1)
    cv2.putText(pixels, f"10:4{rng.integers(10)}   LTE", (8, int(bar * 0.75)), 0, bar / 36, ink, 1, cv2.LINE_AA)
    cv2.rectangle(pixels, (0, height - 2 * bar), (width, height), (dark,) * 3, -1)
    for k in range(3):
        centre = width * (2 * k + 1) // 6, height - bar
        cv2.circle(pixels, centre, bar // 2, ink, 2, cv2.LINE_AA)
    return pixels
