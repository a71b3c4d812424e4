"""Are text lines found whole? ``python -m benchmarks.text_lines --pages 200`` draws pages and counts, by cause.

A printed value is found whole where one text line begins and ends within half a character of it and stands on its
baseline. The page is placed by its true zone: what is measured is finding lines, not finding pages.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Final

import cv2
import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from benchmarks.measure.report import open_console
from engine.imaging.warp import map_points
from engine.page import SIZES, PageView, place_page, view_page
from engine.values.mrz import MrzFormat
from engine.values.pictures import Photo
from engine.visual.lines.find_lines import DetectedLine, find_lines
from engine.visual.lines.text_map import map_text
from models.training.draw.capture.picture import Picture
from models.training.draw.pages.records import PrintedLine
from models.training.draw.samples import make_picture
from models.training.text_lines.examples import LineTruth, line_truth

SEED: Final = 881_000
"""Trainings use other seeds."""

_AWAY: Final = 0.5
"""Characters by which an end may be off."""
_OFF: Final = 0.3
"""Cap heights by which the baseline may be off at either end."""
_OFF_UNSURE: Final = 0.45
"""The same for lines whose ink does not tell exactly where the baseline is: accents, descenders, other scripts."""
_SIZES: Final = ((9, "capitals under 9 px"), (14, "capitals of 9 to 13 px"), (10**6, "capitals of 14 px and more"))


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a printed line: ``fate`` is ``whole`` or how it was missed; ``causes`` what may be to blame."""

    text: str
    fate: str
    causes: tuple[str, ...]


def find_printed(picture: Picture) -> tuple[list[Finding], float]:
    """Find the text lines of a picture; returns what became of each printed value, and the CPU seconds it took.

    Nothing for documents without print above their zone.
    """
    if picture.truth.document not in SIZES:
        return [], 0.0
    page = place_page(MrzFormat(picture.truth.document), picture.truth.mrz_quads)
    if page is None:
        return [], 0.0
    gray = picture.pixels if picture.pixels.ndim == 2 else cv2.cvtColor(picture.pixels, cv2.COLOR_BGR2GRAY)
    view = view_page(Photo(np.asarray(gray, np.uint8)), page)
    began = time.process_time()
    found = find_lines(view, map_text(view))
    seconds = time.process_time() - began
    return [_finding(line, truth, view, found) for line, truth in _printed(picture, view)], seconds


def _printed(picture: Picture, view: PageView) -> Iterator[tuple[PrintedLine, LineTruth]]:
    """The values with Latin text above the zone, with where they stand in the view; cut off ones are left out."""
    to_view = np.asarray(np.linalg.inv(view.to_photo), np.float64)
    height, width = view.pixels.shape
    for line in picture.truth.lines:
        if line.label or line.text in picture.truth.mrz or not any(c.isascii() and c.isalnum() for c in line.text):
            continue
        truth = line_truth(line.text, map_points(to_view, np.array(line.quad)))
        low, high = truth.corners.min(axis=0), truth.corners.max(axis=0)
        if (low >= 0).all() and high[0] < width and high[1] < height:
            yield line, truth


def _finding(line: PrintedLine, truth: LineTruth, view: PageView, found: Sequence[DetectedLine]) -> Finding:
    a, _, _, d = truth.corners
    cap = float(np.linalg.norm(d - a))
    pixels = cap * float(np.sqrt(abs(np.linalg.det(view.to_photo[:2, :2]))))
    size = next(name for limit, name in _SIZES if pixels < limit)
    return Finding(line.text, fate_of(line.text, truth, found), (*line.traits, size))


def fate_of(text: str, truth: LineTruth, found: Sequence[DetectedLine]) -> str:
    """Tell whether a printed line was found whole, else how it was missed."""
    a, _, c, d = truth.corners
    cap, room = float(np.linalg.norm(d - a)), _AWAY * float(np.linalg.norm(c - d)) / len(text)
    near = [line for line in found if _overlaps(line, d, c, cap)]
    if not near:
        return "not found"
    off = (_OFF if truth.plain else _OFF_UNSURE) * cap
    level = [line for line in near if max(abs(line.baseline_at(p[0]) - p[1]) for p in (d, c)) <= off]
    if not level:
        return "wrong rows"
    best = max(level, key=lambda line: min(line.right, c[0]) - max(line.left, d[0]))
    begin, end = best.left - d[0], best.right - c[0]
    if abs(begin) <= room and abs(end) <= room:
        return "whole"
    if begin < -room or end > room:
        return "runs on"
    if len(level) > 1:
        return "torn"
    return "both ends lost" if begin > room and end < -room else "beginning lost" if begin > room else "end lost"


def _overlaps(line: DetectedLine, left: NDArray[np.float64], right: NDArray[np.float64], cap: float) -> bool:
    """Whether a found line covers a part of a printed one: columns in common, and rows by half."""
    start, stop = max(line.left, left[0]), min(line.right, right[0])
    if stop <= start:
        return False
    x = (start + stop) / 2
    base = left[1] + (right[1] - left[1]) * (x - left[0]) / max(right[0] - left[0], 1e-6)
    return abs(float(line.baseline_at(x)) - float(base)) < 0.7 * cap


def print_findings(console: Console, findings: Sequence[Finding]) -> None:
    """Print the share found whole and how the others were missed, for all lines and by cause."""
    by_cause: Mapping[str, Counter[str]] = defaultdict(Counter)
    for finding in findings:
        for cause in ("all", *dict.fromkeys(finding.causes)):
            by_cause[cause][finding.fate] += 1
    fates = sorted({f.fate for f in findings} - {"whole"})
    table = Table(title="lines found whole, and how the others were missed (%)")
    for name in ("cause", "lines", "whole", *fates):
        table.add_column(name, justify="left" if name == "cause" else "right")
    for cause in sorted(by_cause, key=lambda cause: (cause != "all", cause)):
        counts = by_cause[cause]
        total = counts.total()
        table.add_row(cause, str(total), *(f"{100 * counts[fate] / total:.1f}" for fate in ("whole", *fates)))
    console.print(table)


def main(
    pages: Annotated[int, typer.Option(help="How many pages to draw.")] = 200,
    layout: Annotated[str, typer.Option(help="Which layout; see models.training.draw.samples.")] = "random",
    seed: Annotated[int, typer.Option(help="Other seeds draw other pages.")] = SEED,
) -> None:
    """Draw pages, find their text lines and print what became of each printed value."""
    cv2.setNumThreads(1)
    findings, times = [], []
    for index in range(pages):
        found, seconds = find_printed(make_picture(seed, index, layout=layout))
        findings += found
        times.append(1000 * seconds)
    console = open_console()
    print_findings(console, findings)
    console.print(f"CPU ms a page: median {np.median(times):.1f}, 95 % {np.percentile(times, 95):.1f}")


if __name__ == "__main__":
    typer.run(main)
