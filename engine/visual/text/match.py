"""Aligns characters as read with a text that is expected there: an edit distance whose costs are probabilities.

The expected text comes from the machine readable zone or from a list of what the state prints. The alignment tells
where it stands in a line, how much of it was read, and how probable it is that the print says exactly that.
"""

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
"""Probability given to a letter that was expected and not read, where it is put in."""
_LOST_CHANCE: Final = 0.05
"""Factor on the probability of the whole for each expected character that was not read."""
_READ_CHANCE: Final = 0.05
"""Probability of an expected character from which it counts as read."""
_PRIOR_ODDS_AGAINST: Final = 0.02
"""Odds, before the page is read, that it does not print what is expected there: 1 to 50."""
_LOST: Final = -math.log(0.003)
"""Cost of an expected character that was not read."""
_SKIPPED_LETTER: Final = -math.log(0.003)
"""Cost of a letter or figure that was read inside the expected text and is not in it."""
_SKIPPED_MARK: Final = -math.log(0.8)
"""The same for a mark or space."""
_SKIPPED_END: Final = -math.log(0.6)
"""The same, at most, for any character before or after the expected text."""
_MATCH, _SKIP, _LOSE = 0, 1, 2
"""Steps of the alignment: a character is as expected, one read is skipped, an expected one was lost."""


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
    if not expected or not _worth_aligning(fold("".join(c.char for c in chars)), expected):
        return None
    letters = {wanted: j for j, wanted in enumerate(dict.fromkeys(expected))}
    indices = [letters[wanted] for wanted in expected]
    costs = [_LOST * j for j in range(len(expected) + 1)]
    steps: list[list[int]] = []
    for char in chars:
        chances, least = _chances(char)
        shown = [-math.log(chances.get(wanted, least)) for wanted in letters]
        skip = _SKIPPED_LETTER if fold(char.char) else _SKIPPED_MARK
        costs, row = _next_row(costs, [shown[k] for k in indices], skip)
        steps.append(row)
    return _trace(chars, expected, steps)


def _next_row(costs: list[float], shown: list[float], skip: float) -> tuple[list[float], list[int]]:
    """One more character read: the least costs of all prefixes of the expected text, and the last step to each.

    Args:
        costs: those before the character, for prefixes of 0, 1, ... expected characters.
        shown: what it costs to take the character for each expected one.
        skip: what it costs to skip the character inside the expected text.
    """
    end, last = min(skip, _SKIPPED_END), len(shown)
    cost, row, steps = costs[0] + end, [costs[0] + end], [_SKIP]
    for j, mismatch in enumerate(shown, start=1):
        best, step = costs[j - 1] + mismatch, _MATCH
        skipped, lost = costs[j] + (end if j == last else skip), cost + _LOST
        if skipped < best:
            best, step = skipped, _SKIP
        if lost < best:
            best, step = lost, _LOSE
        cost = best
        row.append(cost)
        steps.append(step)
    return row, steps


def _worth_aligning(read: str, expected: str) -> bool:
    """Whether a folded text has a quarter of the expected pairs of letters, or a letter of a short text."""
    if len(expected) <= 3:
        return any(c in read for c in expected)
    pairs = {expected[i : i + 2] for i in range(len(expected) - 1)}
    return sum(pair in read for pair in pairs) >= max(1, len(pairs) // 4)


def _chances(char: CharReading) -> tuple[dict[str, float], float]:
    """How probably the print shows each letter (folded), and the probability of any letter that is not listed."""
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
    """Follow the cheapest ``steps`` back from the end; None where no character was read as expected."""
    i, j, lost = len(chars) - 1, len(expected), ""
    pairs: dict[int, str] = {}
    probability, read = 1.0, 0.0
    while i >= 0 and j > 0:
        step = steps[i][j]
        if step == _MATCH:
            chances, least = _chances(chars[i])
            chance = chances.get(expected[j - 1], least)
            pairs[i], lost = expected[j - 1] + lost, ""
            probability *= chance
            read += 1.0 if chance >= _READ_CHANCE else 0.0
        elif step == _LOSE:
            lost = expected[j - 1] + lost
            probability *= _LOST_CHANCE
        i, j = i - (step != _LOSE), j - (step != _SKIP)
    if not pairs:
        return None
    start, stop = min(pairs), max(pairs) + 1
    probability *= _LOST_CHANCE**j
    matched = tuple(pairs.get(k, "") for k in range(start, stop))
    return Match(start, stop, read / len(expected), probability, matched, expected[:j] + lost)


def corrected(match: Match, chars: Sequence[CharReading]) -> tuple[CharReading, ...]:
    """Return ``chars`` (from ``match.start`` on) put right where they differ from what was expected, in their case.

    Letters that nobody expected go, those that were not read come in; marks, spaces and accents stay.
    """
    capitals = sum(c.char.isupper() for c in chars) > sum(c.char.islower() for c in chars)
    right: list[CharReading] = [_put_in(letter, chars[0].start, capitals) for letter in match.lead]
    for char, wanted in zip_longest(chars, match.pairs[: len(chars)], fillvalue=""):
        assert isinstance(char, CharReading)
        if wanted:
            right.append(_put_right(char, wanted[0], capitals))
            right += [_put_in(letter, char.end, capitals) for letter in wanted[1:]]
        elif not fold(char.char):
            right.append(char)
    return tuple(right)


def _put_right(char: CharReading, wanted: str, capitals: bool) -> CharReading:
    """``char`` as it is where it is the ``wanted`` letter, else that letter; what was read is its alternative."""
    if fold(char.char)[:1] == wanted:
        return char
    letter = wanted.lower() if char.char.islower() and not capitals else wanted
    return char.read_as(letter, 1 - char.probability)


def _put_in(letter: str, x: float, capitals: bool) -> CharReading:
    """A letter that was not read, at column ``x`` of the line image."""
    return CharReading(letter if capitals else letter.lower(), _UNREAD, (), x, x)


def posterior(probability: float) -> float:
    """Return the probability that the print says what is expected, from the ``probability`` of the reading alone.

    Bayes' rule with the prior odds of an expected text: a likely reading becomes nearly sure, a poor one plausible.
    """
    return probability / (probability + _PRIOR_ODDS_AGAINST * (1 - probability) + 1e-9)
