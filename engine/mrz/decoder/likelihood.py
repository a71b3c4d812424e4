"""What a reader's answer says about each character of the alphabet, also about those it did not list."""

import math
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from engine.mrz.decoder.cells import is_unseen
from engine.mrz.decoder.confusions import CONFUSIONS, NOT_CONFUSED
from engine.mrz.decoder.spacing import mean_pitch, pitch_ratios
from engine.mrz.formats import CHARACTERS, LETTERS
from engine.tables.look_alikes import Shape, look_alikes
from engine.values.text import CharReading, LineText

SURE = 0.99
"""At this probability a reader is sure: no check digit and no date overwrites what it read."""

_LEAST_REST = 1e-4
"""Readers are more sure than they should be: at least this much probability is left for what they did not list."""

_LOOK_ALIKE_SHARE = 0.8
"""How much of the unlisted probability goes to characters that look like the one read."""

_CROSSED = 0.05
_IN_OTHER_FONTS = 7.0
_MOST_CROSSED = 0.15
"""How probable a digit was taken for a letter, or the reverse, besides what the reader itself says, for the
probability that it was not the character read. A font it does not know makes a reader take 0 for O while it is as
good as sure (`engine.mrz.decoder.confusions`); if one zone in ten is set in such a font, that is 1.5 times its own
doubt."""

_LEAST = 1e-9

_STRANGE = 0.3
"""Probability of characters that neither may stand at a place nor look like those that may, from which the print
there is damaged."""

_HARDLY_READ = 0.5
"""Probability of the best character below which it was hardly read."""

_KNOWN = {c: c for c in CHARACTERS} | {c.lower(): c for c in LETTERS}
"""Readers for other texts may answer in lower case."""


class Likelihood(NamedTuple):
    """Log-probabilities of one observed character.

    ``best`` is the most probable character, ``probability`` its probability, ``logs`` holds natural logarithms for
    the characters worth looking at, ``other`` the one of each character not in ``logs``; ``sure`` see `SURE`;
    ``absent`` is the logarithm of the probability that there is no character at all. Of a character that was not seen
    (`engine.mrz.decoder.cells`) ``best`` is "" and every one of the alphabet is as probable. ``damage`` is how
    probably only a part of the print was seen.
    """

    best: str
    probability: float
    logs: Mapping[str, float]
    other: float
    sure: bool
    absent: float
    damage: float = 0.0

    def log(self, char: str) -> float:
        """The log-probability of any character."""
        return self.logs.get(char, self.other)


_FLAT = dict.fromkeys(CHARACTERS, -math.log(len(CHARACTERS)))
UNSEEN = Likelihood("", 0.0, _FLAT, -math.log(len(CHARACTERS)), False, math.log(_LEAST), 1.0)
"""Of a cell in which nothing was seen."""


def likelihood(char: CharReading) -> Likelihood:
    """The likelihood of one character reading; characters outside the alphabet count as nothing read."""
    if is_unseen(char) or char.partial:
        return UNSEEN
    listed: dict[str, float] = {}
    absent = _LEAST
    for c, p in ((char.char, char.probability), *char.alternatives):
        if c in _KNOWN:
            c = _KNOWN[c]
            listed[c] = max(listed.get(c, _LEAST), p)
        elif c == "":
            absent = max(absent, p)
    if not listed:
        listed = dict.fromkeys(CHARACTERS, 1.0 / len(CHARACTERS))
    unlisted = 1.0 - absent - sum(listed.values())
    damage = _damage(listed, unlisted)
    rest = max(unlisted, _LEAST_REST)
    best = max(listed, key=listed.__getitem__)
    others = [c for c in look_alikes(Shape.OCR_B).get(best, "") if c not in listed]
    confusion = CONFUSIONS.get(best, NOT_CONFUSED)
    doubt = (1.0 - listed[best]) * (_CROSSED + _IN_OTHER_FONTS * confusion.wrong)
    crossed = min(_MOST_CROSSED, max(_LEAST, doubt))
    for c in others:
        listed[c] = rest * _LOOK_ALIKE_SHARE / len(others)
    for c, part in confusion.shares.items():
        listed[c] = listed.get(c, 0.0) + crossed * part
    share = rest * (1.0 - _LOOK_ALIKE_SHARE if others else 1.0) / (len(CHARACTERS) - len(listed) + 1)
    any_other = damage / len(CHARACTERS)  # under what hides it any character may stand
    logs = {c: math.log((1.0 - damage) * p + any_other) for c, p in listed.items()}
    other = math.log((1.0 - damage) * share + any_other)
    return Likelihood(best, listed[best], logs, other, listed[best] >= SURE, math.log(absent), damage)


def _damage(listed: Mapping[str, float], unlisted: float) -> float:
    """How probably a character was read from a part of its print: what it may be beside the first two.

    Print that is whole looks like one character, or like one of two. What looks like many is a part of one, under
    ink, glare or a scratch. A reader that lists few does not say what else a character that it hardly read may be.
    """
    first, *others = sorted(listed.values(), reverse=True)
    beside = sum(others[1:]) + (unlisted if first < _HARDLY_READ else 0.0)
    return min(1.0, max(0.0, beside))


def in_place(seen: Likelihood, allowed: str) -> Likelihood:
    """What a character says where only those ``allowed`` stand.

    Where the reader was not sure, and what it saw neither may stand there nor looks like what may, it saw a part of
    something: how it ranks what it hardly considered says nothing.
    """
    if seen.sure or seen is UNSEEN or seen.best in allowed:
        return seen
    strange = min(1.0, sum(math.exp(log) for char, log in seen.logs.items() if not _may_be(char, allowed)))
    if strange < _STRANGE:
        return seen
    any_other = strange / len(CHARACTERS)
    logs = {char: math.log((1.0 - strange) * math.exp(log) + any_other) for char, log in seen.logs.items()}
    other = math.log((1.0 - strange) * math.exp(seen.other) + any_other)
    return seen._replace(logs=logs, other=other, damage=max(seen.damage, strange))


@cache
def _may_be(char: str, allowed: str) -> bool:
    return char in allowed or any(other in allowed for other in look_alikes(Shape.OCR_B).get(char, ""))


class ObservedLine(NamedTuple):
    """The likelihoods along a line, the distances between its characters and the mean one.

    See `engine.mrz.decoder.spacing`.
    """

    chars: tuple[Likelihood, ...]
    ratios: tuple[float, ...]
    pitch: float


def observe(line: LineText) -> ObservedLine:
    """What a line says."""
    return ObservedLine(tuple(likelihood(c) for c in line.chars), pitch_ratios(line), mean_pitch(line))
