"""What a reader makes of a printed page: lines found, merged, torn and lost, characters misread, doubts.

It imitates the engine's own: probabilities of characters as on drawn pages, where those read right have 0.98 to 1
and those misread 0.3 to 0.9.
"""

import string
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from engine.visual.items.tagging.word_tags import NOTHING, OTHER_VALUE
from engine.visual.items.tagging.words import MOST_WORDS, Word, split_words
from engine.visual.items.text_spans import Area
from models.training.assignment.documents import rubbish
from models.training.assignment.layouts import Print
from models.training.assignment.values import ACCENTS, Rng
from models.training.assignment.wording import WORDS

_FALSE_ACCENT: Final = 0.004
_STROKES_BESIDE: Final = 0.03
"""How often strokes of the pattern are read together with a value."""


class Seen(NamedTuple):
    """A character as read: its probability, its tag, and where it stands (mm)."""

    char: str
    probability: float
    tag: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Conditions:
    """How well one page is read: shares of characters misread, lines lost, merged, torn and cut off, blanks lost."""

    values: float
    labels: float
    lost_values: float
    lost_labels: float
    merged: float
    torn: float
    clipped: float
    blanks: float
    doubt: float


@dataclass
class _Line:
    """A line under way: characters, and the print's top, height and kinds."""

    chars: list[Seen]
    top: float
    height: float
    kinds: set[str]


def see(rng: Rng, prints: Sequence[Print]) -> list[tuple[Word, int]]:
    """Return the words read, line by line from the top down, each with its tag."""
    how = _conditions(rng)
    lines = [line for line in _merged(rng, _read(rng, prints, how), how) if line.chars]
    lines = [part for line in lines for part in _torn(rng, line, how)]
    turn = _misplacement(rng)
    placed = sorted(((line, turn(line)) for line in lines), key=lambda entry: (entry[1].top, entry[1].left))
    words = [pair for index, (line, area) in enumerate(placed) for pair in _words(index, line, area)]
    return words[:MOST_WORDS]


def _conditions(rng: Rng) -> Conditions:
    share = rng.random()
    values = rng.uniform(0, 0.02) if share < 0.5 else rng.uniform(0.02, 0.07 if share < 0.85 else 0.2)
    share = rng.random()
    labels = rng.uniform(0, 0.06) if share < 0.4 else rng.uniform(0.06, 0.25 if share < 0.7 else 0.6)
    return Conditions(
        values=values,
        labels=max(values, labels),
        lost_values=rng.choice((0, 0, 0.01, 0.04)),
        lost_labels=rng.choice((0, 0.02, 0.1, 0.25)),
        merged=rng.choice((0.03, 0.2, 0.6)),
        torn=rng.choice((0, 0.01, 0.06, 0.15)),
        clipped=rng.choice((0.0, 0.01, 0.03, 0.1)),
        blanks=rng.choice((0, 0.01, 0.05, 0.15)),
        doubt=rng.choice((0.003, 0.01, 0.03)),
    )


def _read(rng: Rng, prints: Sequence[Print], how: Conditions) -> list[_Line]:
    lines = []
    for printed in sorted(prints, key=lambda p: (round(p.top / 1.2), p.left)):
        lost = {"label": how.lost_labels, "value": how.lost_values}.get(printed.kind, 0.0)
        if rng.random() < lost:
            continue
        errors = {"label": how.labels, "junk": 0.0}.get(printed.kind, how.values)
        if printed.kind != "label" and rng.random() < 0.04:
            errors = rng.uniform(0.1, 0.45)
        if printed.kind == "value" and rng.random() < _STROKES_BESIDE:
            printed = _with_strokes(rng, printed)
        chars = _characters(rng, printed, errors, how)
        lines.append(_Line(_clipped(rng, chars, how), printed.top, printed.height, {printed.kind}))
    return lines


def _with_strokes(rng: Rng, printed: Print) -> Print:
    """A value with what a reader makes of the pattern before it or behind it."""
    strokes = rubbish(rng, rng.randint(1, 6), 0.3)
    if rng.random() < 0.4:
        return replace(printed, runs=(*printed.runs, (f" {strokes}", NOTHING)))
    left = printed.left - (len(strokes) + 1) * printed.advance
    return replace(printed, runs=((f"{strokes} ", NOTHING), *printed.runs), left=left)


def _clipped(rng: Rng, chars: list[Seen], how: Conditions) -> list[Seen]:
    """A line whose beginning or end is lost beside a portrait or a seal."""
    if len(chars) < 4 or rng.random() >= how.clipped:
        return chars
    lost = rng.randint(1, max(1, min(7, len(chars) // 2)))
    return chars[lost:] if rng.random() < 0.6 else chars[:-lost]


def _characters(rng: Rng, printed: Print, errors: float, how: Conditions) -> list[Seen]:
    seen: list[Seen] = []
    x = printed.left
    for text, tag in printed.runs:
        own = errors if printed.kind == "label" or tag <= OTHER_VALUE else max(errors, how.labels)
        for char in text:
            for read, probability in _seen_as(rng, char, own, printed.kind, how):
                seen.append(Seen(read, probability, tag, x, x + printed.advance * 0.85))
            x += printed.advance
    return seen


def _seen_as(rng: Rng, char: str, errors: float, kind: str, how: Conditions) -> list[tuple[str, float]]:
    if kind == "junk":
        return [(char, min(0.99, max(0.2, rng.gauss(0.6, 0.2))))]
    if char == " ":
        return [] if rng.random() < how.blanks * 0.3 else [(" ", 0.99)]
    if rng.random() < errors:
        return _misread(rng, char)
    sure = 1 - min(0.7, rng.expovariate(1.0) * how.doubt * (1 + 10 * errors))
    if not char.isascii() and rng.random() < 0.3:
        return [(unicodedata.normalize("NFKD", char)[0], sure * 0.8)]
    if char in ACCENTS and rng.random() < _FALSE_ACCENT:
        return [(rng.choice(ACCENTS[char]), sure * 0.8)]
    return [(char, sure)]


def _misread(rng: Rng, char: str) -> list[tuple[str, float]]:
    doubt = min(0.97, max(0.2, rng.gauss(0.58, 0.18)))
    share = rng.random()
    if share < 0.62:
        alike = WORDS["taken_for"].get(char, string.ascii_letters)
        return [(rng.choice(alike if rng.random() < 0.75 else "eaionrtsTEIANSOC1058/.'一ļ"), doubt)]
    if share < 0.78:
        return []
    if share < 0.9:
        return [(char, 0.95), (rng.choice("eirtlI1.'-"), doubt)]
    return [(char.swapcase(), doubt)]


def _merged(rng: Rng, lines: Sequence[_Line], how: Conditions) -> list[_Line]:
    """Neighbours in a row read as one line, the nearer the likelier."""
    out: list[_Line] = []
    for line in lines:
        if not line.chars:
            continue
        left = next((other for other in reversed(out[-8:]) if _may_merge(rng, other, line, how)), None)
        if left is None:
            out.append(line)
            continue
        gap = left.chars[-1].right
        left.chars += [Seen(" ", 0.99, NOTHING, gap, line.chars[0].left), *line.chars]
        left.kinds |= line.kinds
    return out


def _may_merge(rng: Rng, left: _Line, right: _Line, how: Conditions) -> bool:
    gap = right.chars[0].left - left.chars[-1].right
    level = abs(left.top + left.height - right.top - right.height) < 0.8 and abs(left.height - right.height) < 1.0
    if not level or not -0.5 < gap < rng.choice((2, 5, 9, 14)):
        return False
    return rng.random() < (how.merged if gap > 1.2 else max(how.merged, 0.5))


def _torn(rng: Rng, line: _Line, how: Conditions) -> list[_Line]:
    """A line read as two, parted at a blank or within a word."""
    if len(line.chars) < 4 or rng.random() >= how.torn:
        return [line]
    blanks = [k for k, c in enumerate(line.chars) if c.char == " " and 0 < k < len(line.chars) - 1]
    cut = rng.choice(blanks) if blanks and rng.random() < 0.8 else rng.randint(1, len(line.chars) - 1)
    parts = line.chars[:cut], line.chars[cut:]
    return [_Line(list(part), line.top, line.height, line.kinds) for part in parts]


def _misplacement(rng: Rng):  # type: ignore[no-untyped-def]
    """How this page's lines are misplaced: shifted, scaled, leaning a little, each a hair on its own."""
    x, y, scale, lean = rng.gauss(0, 1.5), rng.gauss(0, 1.5), rng.gauss(1, 0.03), rng.gauss(0, 0.006)
    small = rng.uniform(0.68, 0.95) if rng.random() < 0.05 else 1.0  # a card, or a page of another format

    def place(line: _Line) -> Area:
        left, right = line.chars[0].left, line.chars[-1].right
        factor = scale * small
        tilt = lean * left
        top, bottom = line.top + rng.gauss(0, 0.12) + tilt, line.top + line.height + rng.gauss(0, 0.12) + tilt
        return Area(left * factor + x, top * factor + y, right * factor + x, max(bottom, top + 0.5) * factor + y)

    return place


def _words(index: int, line: _Line, area: Area) -> list[tuple[Word, int]]:
    chars = line.chars
    text = "".join(c.char for c in chars)
    before, width = chars[0].left, max(chars[-1].right - chars[0].left, 1e-3)
    scale = (area.right - area.left) / width
    words = []
    for start, stop in split_words(text):
        part = chars[start:stop]
        sure = [c.probability for c in part]
        left, right = area.left + (part[0].left - before) * scale, area.left + (part[-1].right - before) * scale
        where = Area(left, area.top, right, area.bottom)
        word = Word(text[start:stop], index, start, stop, where, sum(sure) / len(sure), min(sure))
        words.append((word, _tag(part)))
    return words


def _tag(chars: Sequence[Seen]) -> int:
    """The tag of most of a word's characters; marks count little."""
    weights: dict[int, float] = {}
    for char in chars:
        weights[char.tag] = weights.get(char.tag, 0.0) + (1.0 if char.char.isalnum() else 0.1)
    return max(weights, key=lambda tag: weights[tag])
