"""How well characters as read fit a text that the machine readable zone lets expect."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Final

from engine.tables.look_alikes import Shape, look_alikes
from engine.values.text import CharReading
from engine.visual.text.fold import fold

_UNSEEN: Final = 0.003
"""Probability that a character is another one which the reader did not even list."""
_UNSEEN_MARK: Final = 1e-4
"""The same for a mark to be a letter: a letter lost beside a hyphen is likelier."""
_LOOKALIKE: Final = 0.15
"""The same for characters that many fonts draw alike."""
_UNREAD: Final = 0.3
"""Probability given to a letter that was expected and not read."""
_LOST: Final = -math.log(0.003)
_SKIPPED_LETTER: Final = -math.log(0.003)
_SKIPPED_MARK: Final = -math.log(0.8)
_SKIPPED_END: Final = -math.log(0.6)


@dataclass(frozen=True, slots=True)
class Match:
    """The characters ``start`` to ``stop`` of a reading that stand for an expected text.

    ``similarity`` is the share of the expected characters that were read so, or as the reader's second thought, or as
    a lookalike; ``probability`` that the print is the expected text as far as the reader can tell. ``pairs`` holds,
    for each read character from ``start``, what was expected there: "" for a mark or an extra character, else the
    expected character and after it those that were not read; ``lead`` are such ones before the first.
    """

    start: int
    stop: int
    similarity: float
    probability: float
    pairs: tuple[str, ...]
    lead: str = ""


def match_text(chars: Sequence[CharReading], expected: str) -> Match | None:
    """Align ``chars`` with ``expected`` (capitals and digits only); None where they have little in common.

    Characters before and after the best place may be left over; marks, spaces and accents do not count.
    """
    if not expected or not _worth_it(fold("".join(c.char for c in chars)), expected):
        return None
    columns = len(expected)
    letters = {wanted: j for j, wanted in enumerate(set(expected))}
    places = [letters[wanted] for wanted in expected]
    steps: list[list[int]] = []  # 0 match, 1 skip a read character, 2 an expected one was lost
    costs = [_LOST * j for j in range(columns + 1)]
    for char in chars:
        skip = _SKIPPED_LETTER if fold(char.char) else _SKIPPED_MARK
        end = min(skip, _SKIPPED_END)
        chances, least = _chances(char)
        shown = [-math.log(chances.get(wanted, least)) for wanted in letters]
        cost, row, step = costs[0] + end, [costs[0] + end], [1]
        for j, letter in enumerate(places, start=1):
            best, way = costs[j - 1] + shown[letter], 0
            skipped, lost = costs[j] + (end if j == columns else skip), cost + _LOST
            if skipped < best:
                best, way = skipped, 1
            if lost < best:
                best, way = lost, 2
            cost = best
            row.append(cost)
            step.append(way)
        costs = row
        steps.append(step)
    return _trace(chars, expected, steps)


def _worth_it(read: str, expected: str) -> bool:
    if len(expected) <= 3:
        return any(c in read for c in expected)
    grams = {expected[i : i + 2] for i in range(len(expected) - 1)}
    return sum(g in read for g in grams) >= max(1, len(grams) // 4)


def _chances(char: CharReading) -> tuple[dict[str, float], float]:
    """Folded letters and how probably the print shows them; any other one with the probability that comes second."""
    read = fold(char.char)
    least = _UNSEEN if read else _UNSEEN_MARK
    chances = dict.fromkeys(_alike().get(read[:1], ()), _LOOKALIKE)
    for text, probability in ((char.char, char.probability), *char.alternatives):
        letter = fold(text)[:1]
        chances[letter] = max(chances.get(letter, least), probability)
    return chances, least


def look_alike(read: str, wanted: str) -> bool:
    """Return whether many faces draw the two characters alike."""
    return wanted in _alike().get(fold(read)[:1], ())


@cache
def _alike() -> Mapping[str, frozenset[str]]:
    """Capital or figure → itself and what usual faces draw alike."""
    return {char: frozenset((char, *others)) for char, others in look_alikes(Shape.PRINT).items()}


def _trace(chars: Sequence[CharReading], expected: str, steps: list[list[int]]) -> Match | None:
    i, j = len(chars) - 1, len(expected)
    pairs: dict[int, str] = {}
    lost = ""
    probability, fitting = 1.0, 0.0
    while i >= 0 and j > 0:
        step = steps[i][j]
        if step == 0:
            chances, least = _chances(chars[i])
            chance = chances.get(expected[j - 1], least)
            pairs[i] = expected[j - 1] + lost
            probability *= chance
            fitting += 1.0 if chance >= 0.05 else 0.0
            i, j, lost = i - 1, j - 1, ""
        elif step == 1:
            i -= 1
        else:
            lost = expected[j - 1] + lost
            probability *= 0.05
            j -= 1
    if not pairs:
        return None
    start, stop = min(pairs), max(pairs) + 1
    probability *= 0.05**j
    placed = tuple(pairs.get(k, "") for k in range(start, stop))
    return Match(start, stop, fitting / len(expected), probability, placed, expected[:j] + lost)


def corrected(match: Match, chars: Sequence[CharReading]) -> tuple[CharReading, ...]:
    """Return ``chars`` (from ``match.start`` on) put right where they differ from what was expected, in their case.

    Letters that nobody expected go, those that were not read come in; marks, spaces and accents stay.
    """
    capitals = sum(c.char.isupper() for c in chars) > sum(c.char.islower() for c in chars)
    right: list[CharReading] = [_put_in(letter, chars[0].start, capitals) for letter in match.lead]
    for char, wanted in zip_longest(chars, match.pairs[: len(chars)], fillvalue=""):
        assert isinstance(char, CharReading)
        if not wanted:
            right += [] if fold(char.char) else [char]
        elif fold(char.char)[:1] == wanted[0]:
            right.append(char)
        else:
            letter = wanted[0].lower() if char.char.islower() and not capitals else wanted[0]
            thoughts = ((char.char, char.probability),)
            right.append(CharReading(letter, 1 - char.probability, thoughts, char.start, char.end))
        right += [_put_in(letter, char.end, capitals) for letter in wanted[1:]]
    return tuple(right)


def _put_in(letter: str, x: float, capitals: bool) -> CharReading:
    return CharReading(letter if capitals else letter.lower(), _UNREAD, (), x, x)


def posterior(probability: float) -> float:
    """Return how sure a reading is that says what was expected before the page was read.

    What was expected makes a likely reading nearly sure and a poor one plausible.
    """
    return probability / (probability + 0.02 * (1 - probability) + 1e-9)
