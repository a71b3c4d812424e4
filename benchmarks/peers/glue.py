"""Picks the machine readable zone out of what a general OCR read: ours, to be fair to such systems."""

import re
from collections.abc import Sequence
from typing import NamedTuple

WIDTHS = {2: (44, 36), 3: (30,)}
"""Characters a line, by the number of lines (ICAO 9303-4 to -7)."""
SHORTEST = 24
SLACK = 6
"""A general OCR loses or doubles fillers; so many characters a line may be short or long."""

_LOOKALIKES = str.maketrans({"«": "<<", "≪": "<<", "‹": "<", "〈": "<", "＜": "<", "く": "<"})
# What each position may hold: a letters, n digits, * either (ICAO 9303-4 to -7, section 4.2.2 each).
_NAMES = "a" * 44
_KINDS = {
    2: (_NAMES, "*" * 9 + "n" + "aaa" + "n" * 7 + "a" + "n" * 7 + "*" * 16),
    3: ("a" * 5 + "*" * 9 + "n" + "*" * 15, "n" * 7 + "a" + "n" * 7 + "aaa" + "*" * 11 + "n", "a" * 30),
}
_TO_LETTER = {"0": "O", "1": "I", "2": "Z", "5": "S", "6": "G", "8": "B"}
_TO_DIGIT = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "G": "6", "B": "8"}


class Word(NamedTuple):
    """One text box: its text, left edge, vertical centre and height in pixels."""

    text: str
    left: float
    centre: float
    height: float


def find_mrz_lines(words: Sequence[Word]) -> list[str]:
    """The lines of the machine readable zone, stretched or cut to a standard width; empty where none is seen."""
    rows = [row for row in (_clean(row) for row in join_rows(words)) if _looks_like_mrz(row)]
    for count in (3, 2):
        tail = rows[-count:]
        for width in WIDTHS[count]:
            if len(tail) == count and all(abs(len(row) - width) <= SLACK for row in tail):
                return settle([fit(row, width) for row in tail])
    return []


def join_rows(words: Sequence[Word]) -> list[str]:
    """Join boxes that stand on one line, left to right; lines from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.centre):
        if rows and abs(word.centre - rows[-1][-1].centre) < 0.5 * max(word.height, 1):
            rows[-1].append(word)
        else:
            rows.append([word])
    return ["".join(w.text for w in sorted(row, key=lambda w: w.left)) for row in rows]


def fit(line: str, width: int) -> str:
    """Stretch or cut the longest run of fillers so that the line has ``width`` characters."""
    runs = list(re.finditer("<+", line))
    if not runs:
        return line
    longest = max(runs, key=lambda run: run.end() - run.start())
    fillers = max(longest.end() - longest.start() + width - len(line), 1)
    return line[: longest.start()] + "<" * fillers + line[longest.end() :]


def settle(lines: Sequence[str]) -> list[str]:
    """Turn digits into letters and letters into digits where the field can only hold the other kind."""
    if lines[0].startswith("IDFRA"):  # the French card of 1988 has a layout of its own
        return list(lines)
    return ["".join(map(_settle, line, kinds)) for line, kinds in zip(lines, _KINDS[len(lines)], strict=True)]


def _settle(char: str, kind: str) -> str:
    if kind == "a":
        return _TO_LETTER.get(char, char)
    return _TO_DIGIT.get(char, char) if kind == "n" else char


def _clean(row: str) -> str:
    return "".join(row.translate(_LOOKALIKES).upper().split())


def _looks_like_mrz(row: str) -> bool:
    legal = len(re.findall("[A-Z0-9<]", row))
    return len(row) >= SHORTEST and legal >= 0.95 * len(row) and ("<" in row or any(c.isdigit() for c in row))
