"""How likely a letter is after the few before it: n-grams of places, offices, names and labels in Latin letters.

Not a list of words: it holds runs of up to five letters, so it knows that ``U`` follows ``Q`` and that ``-TION`` ends
words, in any name whatever. Interpolated Witten-Bell estimates, pruned, looked up with a fixed penalty for each
letter by which the run had to be shortened ("stupid backoff", Brants et al. 2007, section 4).
"""

import json
import zlib
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from engine.errors import ModelDamaged
from engine.memo import remembered
from engine.weights import HashMismatch, open_model

NAME: Final = "latin_runs_v1"
STEP: Final = 8
"""Logarithms are kept in whole eighths."""


@dataclass(frozen=True, slots=True, eq=False)
class LanguageModel:
    """Logarithms of probabilities of characters.

    ``hashes`` are the sorted CRC-32 of the runs that are known, ``logs`` (in eighths) how likely the last character
    of each is after the others. A run has ``order`` characters at most; ``shortened`` is added for each that had to
    be left out; ``usual`` is what a character gets that no run ends with: the mean of all.
    """

    version: str
    order: int
    shortened: float
    usual: float
    hashes: "array[int]" = field(repr=False)
    logs: "array[int]" = field(repr=False)

    def score(self, before: str, char: str) -> float:
        """Return the logarithm of the probability of ``char`` after ``before``; both as `as_symbol` gives them."""
        return _look_up(self, before[1 - self.order :] + char)


@remembered
def _look_up(model: LanguageModel, run: str) -> float:
    """The logarithm of the longest end of a run that is in the table."""
    for left_out in range(len(run)):
        wanted = run_hash(run[left_out:])
        place = bisect_left(model.hashes, wanted)
        if place < len(model.hashes) and model.hashes[place] == wanted:
            return model.logs[place] / STEP + model.shortened * left_out
    return model.usual


def as_symbol(char: str) -> str:
    """A character as the model knows it: in lower case, all figures as one."""
    return "0" if char.isdigit() else char.lower()[:1]


def run_hash(run: str) -> int:
    """What stands for a run of symbols in the table."""
    return zlib.crc32(run.encode())


@cache
def open_language_model(name: str = NAME) -> LanguageModel:
    """Open a folder of ``models``, its files checked against their hashes; it stays open.

    Raises:
        ModelDamaged: a file of the model is missing or not the one it should be.
    """
    try:
        folder = open_model(name)
    except HashMismatch as error:
        raise ModelDamaged(str(error)) from error
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    packed = zlib.decompress((folder / "runs.bin").read_bytes())
    hashes, logs = array("I"), array("b")
    hashes.frombytes(packed[: 4 * config["runs"]])
    logs.frombytes(packed[4 * config["runs"] :])
    return LanguageModel(config["version"], config["order"], config["shortened"], config["usual"], hashes, logs)
