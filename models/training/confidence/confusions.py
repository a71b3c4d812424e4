"""What the MRZ line net takes digits and letters for, and how often each letter stands in names: for the decoder.

``python -m models.training.confidence.confusions`` draws lines of random characters in OCR-B and in fonts that the
net was not trained on, has them read, and writes ``engine/mrz/decoder/confusions.json``. Only digits taken for
letters and letters taken for digits are kept: where a field's alphabet excludes what was read, they say what it then
is.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from engine.mrz.formats import DIGITS, FILLER, LETTERS
from engine.mrz.names import mrz_form
from engine.readers.base import LineReader
from engine.readers.select import open_mrz_reader
from engine.values.pictures import LineImage
from engine.values.text import LineText
from models.training.draw.lines import mrz_lines
from models.training.draw.people.identities import invent
from models.training.draw.people.mrz_text import ALPHABET
from models.training.draw.people.states import STATES
from models.training.draw.type import fonts
from models.training.draw.type.glyphs import draw_glyphs
from models.training.steps import budget_of

TARGET = Path(__file__).parents[3] / "engine" / "mrz" / "decoder" / "confusions.json"
SEED = 47
LENGTH = 30
SEVERITIES = (0.2, 0.4, 0.6)
LEAST = 3
"""Mistakes of one kind, fewer are chance."""
SURE = 0.95


def typefaces() -> list[mrz_lines.Typeface]:
    """Fonts of text that the net was not trained on, each set evenly and as designed."""
    paths = [p for kind in ("latin_sans", "latin_mono", "latin_serif") for p in fonts.font_paths(kind)]
    faces = []
    for seed, path in enumerate(p for p in paths if p.name not in mrz_lines.LOOK_ALIKES):
        glyphs = draw_glyphs(path, ALPHABET, weight=0.0, bend=0.005, seed=seed)
        faces += [mrz_lines.Typeface(glyphs, even=True), mrz_lines.Typeface(glyphs, even=False)]
    return faces


@dataclass
class Counts:
    """How often (read, true) pairs of a digit and a letter came up; ``wrong`` of those read surely, of ``sure``."""

    crossed: Counter[tuple[str, str]] = field(default_factory=Counter)
    sure: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def add(self, read: LineText, text: str) -> None:
        """Count one line, if the reader saw as many characters as there are."""
        if len(read.chars) != len(text):
            return
        for char, true in zip(read.chars, text, strict=True):
            crossed = _is_crossed(char.char, true)
            self.crossed[char.char, true] += crossed
            self.sure[char.char] += char.probability >= SURE
            self.wrong[char.char] += crossed and char.probability >= SURE


def count_confusions(reader: LineReader, count: int) -> Counts:
    """Draw ``count`` lines and have them read."""
    found = Counts()
    faces = typefaces()
    for i in range(count):
        rng = np.random.default_rng((SEED, i))
        face = faces[int(rng.integers(len(faces)))]
        text = "".join(ALPHABET[int(k)] for k in rng.integers(0, len(ALPHABET), LENGTH))
        line = mrz_lines.draw_line(rng, float(rng.choice(SEVERITIES)), text=text, face=face)
        found.add(reader.read([LineImage(line.pixels, np.eye(3))])[0], line.text)
    return found


def _is_crossed(read: str, true: str) -> bool:
    return (read in DIGITS) != (true in DIGITS) and FILLER not in (read, true)


def confusions(counts: Counts) -> dict[str, dict[str, Any]]:
    """For each character read how often that is wrong although the reader is sure, and the shares of what it was."""
    found: dict[str, dict[str, Any]] = {}
    for read in sorted(DIGITS + LETTERS):
        mine = {true: n for (r, true), n in counts.crossed.items() if r == read and n >= LEAST}
        total = sum(mine.values()) + LEAST
        if mine:
            shares = {true: round(n / total, 3) for true, n in sorted(mine.items(), key=lambda x: (-x[1], x[0]))}
            found[read] = {"wrong": round(counts.wrong[read] / max(1, counts.sure[read]), 5), "shares": shares}
    return found


def letter_shares(count: int) -> dict[str, float]:
    """How often each letter stands in invented names, half way to all alike: other names are spelt otherwise."""
    letters = Counter(c for name in _names(count) for c in mrz_form(name) if c in LETTERS)
    total = letters.total()
    return {c: round((letters[c] / total + 1 / len(LETTERS)) / 2, 4) for c in LETTERS}


def _names(count: int) -> Iterator[str]:
    states = list(STATES.values())
    for i in range(count):
        identity = invent(np.random.default_rng((SEED, i)), states[i % len(states)])
        yield from (identity.surname, identity.given_names)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lines", type=int, default=budget_of("confusions")["lines"])
    parser.add_argument("--names", type=int, default=budget_of("confusions")["names"])
    options = parser.parse_args()
    cv2.setNumThreads(1)
    reader = open_mrz_reader("ctc")
    counts = count_confusions(reader, options.lines)
    table = {
        "written_by": "python -m models.training.confidence.confusions",
        "reader": reader.version,
        "lines": options.lines,
        "names": options.names,
        "seed": SEED,
        "counted": counts.crossed.total(),
        "confusions": confusions(counts),
        "letters": letter_shares(options.names),
    }
    TARGET.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
