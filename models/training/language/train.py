"""Make the language model of Latin letters: ``python -m models.training.language.train``.

Counts runs of up to five symbols, estimates by interpolation (Witten and Bell 1991) how likely each symbol is after
those before it, and keeps the runs that were seen often enough.
"""

import argparse
import json
import math
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from engine.values.text import END
from engine.visual.text.language.model import STEP, as_symbol, run_hash
from models.training.language.corpus import Line, corpus
from models.training.steps import budget_of
from models.training.sums import write_sums

NAME: Final = "latin_runs_v1"
HOME: Final = Path(__file__).parents[2] / NAME
LEAST: Final = (0.0, 0.0, 4.0, 10.0, 20.0)
"""Runs of 1, 2, … symbols that were seen less often are left out."""
SHORTENED: Final = -0.75
"""What a look-up loses for each symbol by which a run is shortened."""
_EVEN: Final = 1 / 400
"""How likely any symbol is of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each run was seen, how often one of its length begins with all but its last symbol, and how many."""

    seen: Sequence[Mapping[str, float]]
    begun: Sequence[Mapping[str, float]]
    kinds: Sequence[Mapping[str, int]]

    def probability(self, run: str) -> float:
        """How likely the last symbol of a run is after the others, all shorter runs interpolated."""
        chance = _EVEN
        for length in range(len(run)):
            before = run[len(run) - 1 - length : -1]
            if before not in self.begun[length]:
                break
            kinds = self.kinds[length][before]
            seen = self.seen[length].get(before + run[-1], 0.0)
            chance = (seen + kinds * chance) / (self.begun[length][before] + kinds)
        return chance


def count_runs(lines: Iterable[Line], order: int) -> Counts:
    """Count the runs of up to ``order`` symbols."""
    seen: list[dict[str, float]] = [defaultdict(float) for _ in range(order)]
    for text, often in lines:
        symbols = END + "".join(map(as_symbol, text)) + END
        for last in range(1, len(symbols)):
            for length in range(min(order - 1, last) + 1):
                seen[length][symbols[last - length : last + 1]] += often
    begun: list[dict[str, float]] = [defaultdict(float) for _ in range(order)]
    kinds: list[dict[str, int]] = [defaultdict(int) for _ in range(order)]
    for length, runs in enumerate(seen):
        for run, often in runs.items():
            begun[length][run[:-1]] += often
            kinds[length][run[:-1]] += 1
    return Counts(seen, begun, kinds)


def kept_runs(counts: Counts) -> dict[str, float]:
    """The runs that were seen often enough, with the logarithms of their probabilities."""
    return {
        run: math.log(counts.probability(run))
        for runs, least in zip(counts.seen, LEAST, strict=True)
        for run, often in runs.items()
        if often >= least
    }


def export(counts: Counts, folder: Path, *, places: int, lines: int) -> None:
    """Write the model folder."""
    runs = kept_runs(counts)
    table = sorted((run_hash(run), round(STEP * max(log, -15.0))) for run, log in runs.items())
    hashes, logs = np.array([row[0] for row in table], "<u4"), np.array([row[1] for row in table], "i1")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "runs.bin").write_bytes(zlib.compress(hashes.tobytes() + logs.tobytes(), 9))
    ones = counts.seen[0]
    usual = sum(often * math.log(counts.probability(char)) for char, often in ones.items()) / sum(ones.values())
    config = {
        "version": folder.name, "order": len(LEAST), "shortened": SHORTENED, "usual": round(usual, 3),
        "runs": len(table), "trained": {"places": places, "lines": lines},
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    write_sums(folder, ("config.json", "runs.bin"))


def _main() -> None:
    budget = budget_of(NAME)
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--places", type=int, default=budget["places"], help="the largest so many of the world")
    parser.add_argument("--lines", type=int, default=budget["lines"], help="invented ones")
    given = parser.parse_args()
    counts = count_runs(corpus(given.places, given.lines), len(LEAST))
    export(counts, HOME, places=given.places, lines=given.lines)
    print(f"{NAME}: runs of 1, 2, … symbols seen: {', '.join(str(len(runs)) for runs in counts.seen)}")


if __name__ == "__main__":
    _main()
