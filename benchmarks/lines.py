"""Measure a reader of MRZ lines on freshly drawn lines that no training has seen.

    python -m benchmarks.lines --reader tesseract --lines 400

prints exact lines, character errors, sure but wrong lines and time, for clean print, good and bad pictures;
``--card`` also writes the table into a model card.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from engine.measure.metrics import edit_distance, percentile
from engine.measure.provenance import commit, cpu_model
from engine.readers.base import LineReader
from engine.readers.select import open_mrz_reader
from engine.values.pictures import LineImage
from engine.values.text import LineText
from models.training.draw.lines.mrz_lines import draw_line
from models.training.draw.lines.projection import DrawnLine

SEED = 771_000
"""Trainings use other seeds."""

SEVERITIES = {"clean": 0.0, "good": 0.3, "bad": 1.0}
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
SURE = 0.9
"""A line is sure where no character is less probable."""


@dataclass(frozen=True, slots=True)
class LineScore:
    """How a reader did on lines of one kind; shares are of the lines, ``wrong_characters`` of the characters."""

    lines: int
    exact: float
    wrong_characters: float
    sure: float
    sure_but_wrong: float
    milliseconds: float
    milliseconds_95: float


def measure(reader: LineReader, severity: float, count: int) -> LineScore:
    """Draw ``count`` lines and read them one by one; times are of this process's processor and threads."""
    rng = np.random.default_rng(SEED + round(1000 * severity))
    drawn = [draw_line(rng, severity) for _ in range(count)]
    images = [LineImage(line.pixels, np.eye(3)) for line in drawn]
    reader.read(images[:3])
    answers, times = [], []
    for image in images:
        began = time.process_time()
        answers += reader.read([image])
        times.append(1000 * (time.process_time() - began))
    return score(drawn, answers, times)


def score(drawn: Sequence[DrawnLine], answers: Sequence[LineText], times: Sequence[float]) -> LineScore:
    """Compare answers with what was drawn; ``times`` in milliseconds a line."""
    errors = [edit_distance(answer.text, line.text) for line, answer in zip(drawn, answers, strict=True)]
    sure = [answer.weakest > SURE for answer in answers]
    wrong = [error > 0 for error in errors]
    return LineScore(
        lines=len(drawn),
        exact=wrong.count(False) / len(drawn),
        wrong_characters=sum(errors) / max(1, sum(len(line.text) for line in drawn)),
        sure=sum(sure) / len(drawn),
        sure_but_wrong=sum(s and w for s, w in zip(sure, wrong, strict=True)) / len(drawn),
        milliseconds=sum(times) / len(times),
        milliseconds_95=percentile(times, 0.95),
    )


def report(reader: LineReader, count: int) -> str:
    """Measure on every kind of line; returns a Markdown table under a line that says what was measured where."""
    rows = [
        f"{reader.version}, commit {commit()}, {cpu_model()}, one thread, {count} lines of each kind:",
        "",
        "| lines | exact | wrong characters | sure (all > 0.9) | sure but wrong | ms a line | 95 % |",
        "|---|---|---|---|---|---|---|",
    ]
    for kind, severity in SEVERITIES.items():
        s = measure(reader, severity, count)
        shares = f"{s.exact:.1%} | {s.wrong_characters:.2%} | {s.sure:.1%} | {s.sure_but_wrong:.1%}"
        rows.append(f"| {kind} | {shares} | {s.milliseconds:.1f} | {s.milliseconds_95:.1f} |")
    return "\n".join(rows)


def write_into(card: Path, table: str) -> None:
    """Replace what stands between the two marks of a model card.

    Raises:
        ValueError: the card has no such marks.
    """
    before, begin, rest = card.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{card} lacks the marks {BEGIN} and {END}")
    card.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", default="tesseract", help="ctc, tesseract or pytesseract")
    parser.add_argument("--lines", type=int, default=400)
    parser.add_argument("--card", type=Path, help="model card to write the table into")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    table = report(open_mrz_reader(options.reader), options.lines)
    print(table)
    if options.card:
        write_into(options.card, table)


if __name__ == "__main__":
    _main()
