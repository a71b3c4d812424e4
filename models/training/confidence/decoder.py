"""Set how sure the MRZ decoder is: the power of its odds under which the outcomes of drawn lines are most probable.

``python -m models.training.confidence.decoder`` draws the zones of invented passports, reads and decodes them, and
writes ``engine/mrz/decoder/calibration.json``. Its seeds are not those of
the benchmarks; real pictures only check the result.
"""

import argparse
import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from engine.mrz.decoder.confidence import SHARPNESS
from engine.mrz.decoder.decode import decode_mrz
from engine.readers.base import LineReader
from engine.readers.select import open_mrz_reader
from engine.values.mrz import MrzReading
from engine.values.pictures import LineImage
from models.training.draw.lines.mrz_lines import draw_line
from models.training.draw.people.identities import invent, mrz_lines
from models.training.draw.people.states import STATES
from models.training.steps import budget_of

TARGET = Path(__file__).parents[3] / "engine" / "mrz" / "decoder" / "calibration.json"
SEED = 53
SEVERITY = (0.2, 0.9)
POWERS = tuple(round(0.8 + 0.05 * k, 2) for k in range(17))
LEAST = 1e-9
TOLERATED = 1.02
SURE = 0.99


class Outcome(NamedTuple):
    """One decoded line: its characters' log odds before calibration, the factor of its edits, whether it is right.

    ``factor`` is the whole probability where a check digit fails, for the decoder does not calibrate there.
    """

    log_odds: tuple[float, ...]
    factor: float
    right: bool


def outcomes(reader: LineReader, count: int) -> Iterator[Outcome]:
    """Draw, read and decode ``count`` documents."""
    states = list(STATES.values())
    for i in range(count):
        rng = np.random.default_rng((SEED, i))
        lines = mrz_lines(invent(rng, states[int(rng.integers(len(states)))]))
        severity = float(rng.uniform(*SEVERITY))
        # The same chances for all lines of a document: one font, one picture.
        drawn = [draw_line(np.random.default_rng((SEED, i, 1)), severity, text=line) for line in lines]
        if tuple(line.text for line in drawn) != lines:
            continue
        reading = decode_mrz(reader.read([LineImage(line.pixels, np.eye(3)) for line in drawn]))
        if reading is not None and len(reading.lines) == len(lines) and not reading.misprinted:
            yield from (_outcome(reading, k, lines[k]) for k in range(len(lines)))


def _outcome(reading: MrzReading, number: int, truth: str) -> Outcome:
    right = reading.lines[number] == truth
    if not reading.checks_hold:
        return Outcome((), reading.line_confidences[number], right)
    chars = [min(max(p, LEAST), 1 - LEAST) for p in reading.char_confidences[number]]
    factor = reading.line_confidences[number] / max(LEAST, math.prod(chars))
    logs = tuple(math.log(p / (1 - p)) / SHARPNESS for p in chars)
    return Outcome(logs, min(1.0, factor), right)


def probability(outcome: Outcome, power: float) -> float:
    """How probable a line is right, its characters' odds raised to ``power``."""
    return outcome.factor * math.prod(1 / (1 + math.exp(-power * log)) for log in outcome.log_odds)


def loss(found: Sequence[Outcome], power: float) -> float:
    """Mean -log probability of what came out, nats a line."""
    total = 0.0
    for outcome in found:
        p = min(max(probability(outcome, power), LEAST), 1 - LEAST)
        total -= math.log(p if outcome.right else 1 - p)
    return total / len(found)


def choose(losses: dict[float, float]) -> float:
    """The lowest power that is hardly worse than the best: doubt is cheaper than error."""
    return min(power for power, value in losses.items() if value <= TOLERATED * min(losses.values()))


def fit(found: Sequence[Outcome]) -> dict[str, float]:
    """Return the power and what tells how good it is; without any outcome the odds stay as they are."""
    losses = {power: loss(found, power) for power in POWERS} if found else {1.0: 0.0}
    power = choose(losses)
    sure = [o for o in found if probability(o, power) >= SURE]
    return {
        "lines": len(found),
        "wrong": sum(not o.right for o in found),
        "loss_uncalibrated": round(losses[1.0], 5),
        "loss": round(losses[power], 5),
        "sure_lines": len(sure),
        "sure_lines_wrong": sum(not o.right for o in sure),
        "sharpness": power,
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=budget_of("decoder")["documents"])
    options = parser.parse_args()
    cv2.setNumThreads(1)
    reader = open_mrz_reader("ctc")
    table = {
        "written_by": "python -m models.training.confidence.decoder",
        "reader": reader.version,
        "documents": options.documents,
        "seed": SEED,
        **fit(list(outcomes(reader, options.documents))),
    }
    TARGET.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
