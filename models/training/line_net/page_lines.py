"""Lines of drawn pages as the engine cuts them: found by its own map of print, with its own errors of place.

``python -m models.training.line_net.page_lines sheet.png`` draws a contact sheet to look at.
"""

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.random import Generator

from engine.imaging.warp import map_points
from engine.page import PageView
from engine.values.pictures import Matrix
from engine.visual.lines.cut_line import cut_line
from engine.visual.lines.find_lines import DetectedLine, find_lines
from engine.visual.lines.text_map import map_text
from engine.visual.zone import choose_lines
from models.training.draw.capture.kinds import UNSEEN
from models.training.draw.lines.projection import DrawnLine, contact_sheet
from models.training.draw.page_views import draw_view
from models.training.draw.pages.records import PrintedLine
from models.training.draw.people.latin_text import classes

KINDS = {
    "scan94": 4.0, "scan94_spread": 2.0, "scan150": 2.0, "scan200": 1.5, "scan300": 0.5, "scan_gray": 0.7,
    "copy": 0.6, "binarised": 0.4, "infrared": 0.3, "spread_scan": 1.0, "photo2": 3.0, "photo5": 0.7,
    "spread_photo": 1.5, "screenshot": 0.5,
}  # fmt: skip
"""Shares of the ways pictures are taken: more of the coarse ones, on which lines are hard to read."""

RANDOM_KINDS = {**UNSEEN, "web": 1.5}
"""The same for pages of a random layout: most are small pictures that went through several hands."""

_LOOSE = 0.7
"""Cap heights by which print may reach beyond the ends of a found line: the crop still holds it."""
_LEAST_SHARED, _SURE_SHARED = 0.25, 0.6
"""Share of the rows between cap line and baseline: print with less is another line's, with more is this line's."""


def page_lines(rng: Generator, shares: Mapping[str, float] = KINDS, layout: str | None = None) -> list[DrawnLine]:
    """Return the lines that the engine finds on a drawn page and whose text is sure.

    The places of single characters are not known: ``centres`` are NaN. ``layout`` is one of `LAYOUTS` or None.
    """
    view, picture = draw_view(rng, shares, layout)
    to_view = np.asarray(np.linalg.inv(view.to_photo))
    printed = [line for line in picture.truth.lines if line.text.strip()]
    found = choose_lines(view, find_lines(view, map_text(view)))
    texts = [(line, line_text(line, printed, to_view)) for line in found]
    return [_drawn(view, _jittered(rng, line), text) for line, text in texts if text]


def random_page_lines(rng: Generator) -> list[DrawnLine]:
    """Return the lines of a page of a random layout, as `page_lines` does."""
    return page_lines(rng, RANDOM_KINDS, "random")


def line_text(line: DetectedLine, printed: Sequence[PrintedLine], to_view: Matrix) -> str:
    """What is printed in a line found on the view, as classes.

    "" where print begins or ends elsewhere than the line does, or has letters of other scripts: they have no class.
    """
    cap = line.cap_height
    inside: list[tuple[float, str]] = []
    for truth in printed:
        corners = map_points(to_view, np.array(truth.quad))
        (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
        baseline = line.baseline_at((left + right) / 2)
        shared = (min(baseline, bottom) - max(baseline - cap, top)) / cap
        if shared < _LEAST_SHARED or right < line.left - _LOOSE * cap or left > line.right + _LOOSE * cap:
            continue
        whole = left >= line.left - _LOOSE * cap and right <= line.right + _LOOSE * cap
        if not whole or shared < _SURE_SHARED or not _readable(truth.text):
            return ""
        inside.append((float(left), classes(truth.text)))
    return " ".join(text for _, text in sorted(inside))


def _jittered(rng: Generator, line: DetectedLine) -> DetectedLine:
    """The line as a hair's difference of the map would have found it: a reader must not mind."""
    cap, left = line.cap_height, line.left + line.cap_height * rng.uniform(-0.1, 0.1)
    return replace(
        line,
        left=left,
        right=line.right + cap * rng.uniform(-0.1, 0.1),
        baseline=line.baseline_at(left) + cap * rng.normal(0, 0.03),
        cap_height=cap * float(np.exp(rng.normal(0, 0.04))),
    )


def _drawn(view: PageView, line: DetectedLine, text: str) -> DrawnLine:
    return DrawnLine(cut_line(view, line).pixels, text, np.full(len(text), np.nan, np.float32), line.cap_height)


def _readable(text: str) -> bool:
    """Whether all letters of a text have a class."""
    return all(classes(char) or not char.isalpha() for char in text)


def _main() -> None:
    rng = np.random.default_rng(0)
    lines: list[DrawnLine] = []
    start = time.process_time()
    for i in range(12):
        lines += random_page_lines(rng) if i % 2 else page_lines(rng)
    print(f"{(time.process_time() - start) / 12:.2f} s a page, {len(lines) / 12:.0f} lines a page")
    shown = [DrawnLine(line.pixels, line.text, np.zeros(0, np.float32), line.text_height) for line in lines[::3]]
    cv2.imwrite(sys.argv[1], contact_sheet(shown, columns=4, width=400))


if __name__ == "__main__":
    _main()
