"""Answers that were looked at once and must not change unnoticed.

``tests/golden/<reader version>/<picture>.json`` is what that reader said of ``tests/images/lines/<picture>``.
``python -m tests.golden write`` writes them anew; the diff is to be read before it is committed.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.readers.base import LineReader
from tests.engine.readers.lines import TEXTS, load_line

HOME = Path(__file__).parent
READERS = ("ctc", "tesseract")
"""The program behind pytesseract differs from host to host, so its answers are not kept."""

DIGITS = 3


def answers_of(reader: LineReader) -> dict[str, dict[str, Any]]:
    """What a reader says of every committed line picture, in the form of the golden files."""
    pictures = sorted(TEXTS)
    answers = reader.read([load_line(picture) for picture in pictures])
    return {
        picture: {
            "text": answer.text,
            "probabilities": [round(c.probability, DIGITS) for c in answer.chars],
            "places": [[round(c.start, 1), round(c.end, 1)] for c in answer.chars],
        }
        for picture, answer in zip(pictures, answers, strict=True)
    }


def write_golden(readers: Sequence[LineReader], home: Path = HOME) -> list[Path]:
    """Write the golden files of each reader; returns their paths."""
    written = []
    for reader in readers:
        folder = home / reader.version
        folder.mkdir(exist_ok=True)
        for picture, answer in answers_of(reader).items():
            path = folder / f"{Path(picture).stem}.json"
            path.write_text(json.dumps(answer) + "\n")
            written.append(path)
    return written


def read_golden(version: str, home: Path = HOME) -> dict[str, dict[str, Any]]:
    """The golden answers of a reader version by picture; empty where none were written."""
    return {
        f"{path.stem}.png": json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((home / version).glob("*.json"))
    }
