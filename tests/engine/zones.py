"""Draws machine readable zones at known places, without any font file."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.values.pictures import Matrix, Photo

TD3 = ("PMUTOSAMPLE<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<<", "D231458907UTO7408122F1204159ABCDEF1234567X16")
NO_FILLER = ("POCHNZHANG<<SAN<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "E123456789CHN9001012M2812319NELKPLMKNHBNA926")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "SAMPLE<<ANNA<MARIA<<<<<<<<<<<<")

PITCH, HEIGHT, LINE = 20, 19, 48  # px on the page: characters, capitals, lines


@dataclass(frozen=True)
class DrawnZone:
    """A picture and where the rows of capitals are in it: for each line four corners (photo px, clockwise)."""

    photo: Photo
    rows: list[NDArray[np.float64]]

    @property
    def outline(self) -> NDArray[np.float64]:
        """The corners of the whole zone."""
        first, last = self.rows[0], self.rows[-1]
        return np.stack([first[0], first[1], last[2], last[3]])


def draw_page(lines: tuple[str, ...]) -> tuple[NDArray[np.uint8], list[NDArray[np.float64]]]:
    """A page in its own pixels, and the corners of each row of capitals."""
    width, depth = PITCH * len(lines[0]) + 80, 300 + LINE * len(lines)
    page = np.full((depth, width), 225, np.uint8)
    cv2.circle(page, (120, 130), 80, 140, -1)
    for i, word in enumerate(("Surname", "Given names", "Date of birth")):
        cv2.putText(page, word, (240, 60 + 70 * i), cv2.FONT_HERSHEY_DUPLEX, 0.6, 60, 1, cv2.LINE_AA)
    rows = []
    for i, text in enumerate(lines):
        base = 300 + LINE * i
        for k, char in enumerate(text):
            scale, lift = (0.77, 2) if char == "<" else (0.86, 0)  # as in OCR-B: low, above the baseline
            (wide, _), _ = cv2.getTextSize(char, cv2.FONT_HERSHEY_SIMPLEX, scale, 2)
            at = (40 + PITCH * k + (PITCH - wide) // 2, base - lift)
            cv2.putText(page, char, at, cv2.FONT_HERSHEY_SIMPLEX, scale, 30, 2, cv2.LINE_AA)
        left, right, top = 40, 40 + PITCH * len(text), base - HEIGHT
        rows.append(np.array([(left, top), (right, top), (right, base), (left, base)], dtype=np.float64))
    return page, rows


def draw_zone(lines: tuple[str, ...] = TD3, *, turn: float = 0.0, size: float = 1.0, lean: float = 0.0) -> DrawnZone:
    """A page turned clockwise by ``turn`` degrees, scaled by ``size``; its right side is ``lean`` shorter."""
    page, rows = draw_page(lines)
    height, width = page.shape
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float64)
    leaning = corners + np.array([(0, 0), (0, lean * height / 2), (0, -lean * height / 2), (0, 0)])
    angle = np.deg2rad(turn)
    spin = np.array([(np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))])
    placed = (leaning - (width / 2, height / 2)) @ spin.T * size
    span = np.ptp(placed, axis=0) + 60
    placed += span / 2
    to_photo = cv2.getPerspectiveTransform(corners.astype(np.float32), placed.astype(np.float32))
    flags = cv2.INTER_AREA if size < 1 else cv2.INTER_LINEAR
    shape = (round(float(span[0])), round(float(span[1])))
    photo = cv2.warpPerspective(page, to_photo, shape, flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=90)
    return DrawnZone(Photo(np.asarray(photo)), [mapped(to_photo, row) for row in rows])


def mapped(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Apply a homography to N×2 points."""
    return np.asarray(cv2.perspectiveTransform(points[None].astype(np.float64), matrix)[0])
