"""Turns the frames of a CTC net into characters with probabilities: greedy, with what else each could be.

A frame is a narrow column of the line; the net says for each which character stands there, or blank. Class 0 is
blank, class i the (i - 1)-th character of the alphabet.

The best class of each frame alone loses characters: one that could be ``0`` or ``O``, or that lies between two
frames, is divided among classes and frames, and blank beats each part. So the parts are added up first.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.percentiles import median

Probabilities = NDArray[np.float32]
"""Frames × classes, each frame summing to 1."""

Run = tuple[int, int]
"""The frames [first, last) of one character."""

BLANK: Final = 0
MOST_ALTERNATIVES: Final = 6
LEAST_PROBABILITY: Final = 1e-4
TRACE: Final = 1e-4
"""A character less probable than that in every frame is not looked at."""
NEIGHBOURHOOD: Final = 3
"""Frames over which a faint character is added up."""

PRESENT: Final = 0.5
"""A character is there when this much speaks against blank."""

PRESENT_IN_GAP: Final = 0.3
"""The same where an even pitch leaves room for exactly one more."""

FAINT: Final = 0.05
DOUBTFUL: Final = 0.2
TOO_NEAR: Final = 0.45
TOO_FAR: Final = 1.6
"""Shares of the usual pitch: readings that touch and are nearer are one character; between farther ones is a gap."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One character seen: its probability, what else it could be, and its centre in frames.

    An alternative "" means that there is no character here at all.
    """

    char: str
    probability: float
    alternatives: tuple[tuple[str, float], ...]
    centre: float


@dataclass(frozen=True, slots=True)
class _Strip:
    """The frames of a line: how probable blank is in each, and the most probable character's class."""

    blank: list[float]
    best: list[int]


def read_frames(frames: Probabilities, alphabet: str, *, even_pitch: bool) -> list[Seen]:
    """Return the characters from left to right.

    Args:
        frames: Probabilities, T × (1 + len(alphabet)).
        alphabet: The characters of classes 1, 2, ...
        even_pitch: Whether all characters stand equally far apart, so that two much nearer than that are one and
            between two much farther ones is another.
    """
    if not len(frames):
        return []
    frames, alphabet = _seen_at_all(frames, alphabet)
    best = frames[:, 1:].argmax(1) + 1
    runs = _runs(frames[:, BLANK], best)
    if even_pitch:
        runs = _one_for_near(runs)
    runs = _with_faint(_Strip(frames[:, BLANK].tolist(), best.tolist()), runs, _pitch(runs) if even_pitch else None)
    return _without_doubtful_ends(_see(frames, _windows(runs, len(frames)), alphabet))


def _seen_at_all(frames: Probabilities, alphabet: str) -> tuple[Probabilities, str]:
    """Leave out the characters, most of a large alphabet, that no frame shows a trace of: the rest is quick."""
    classes = np.flatnonzero(frames[:, 1:].max(0) >= TRACE)
    # Two at least, so that there is always a best character.
    classes = classes if len(classes) > 1 else np.arange(len(alphabet))
    kept = frames[:, np.concatenate([[BLANK], classes + 1])]
    return kept, "".join([alphabet[c] for c in classes.tolist()])


def _windows(runs: list[Run], length: int) -> list[Run]:
    """One frame more on either side, where it belongs to no other character: faint evidence lies there."""
    ends = [0, *(b for _, b in runs[:-1])]
    starts = [*(a for a, _ in runs[1:]), length]
    return [(max(end, a - 1), min(start, b + 1)) for (a, b), end, start in zip(runs, ends, starts, strict=False)]


def _runs(blank: NDArray[np.float32], best: NDArray[np.int64]) -> list[Run]:
    """Return the stretches of frames over which the same character is seen."""
    now = np.where(blank < 1 - PRESENT, best, BLANK)
    edges = [0, *(np.flatnonzero(now[1:] != now[:-1]) + 1).tolist(), len(now)]
    return [(a, b) for a, b in pairwise(edges) if now[a] != BLANK]


def _pitch(runs: list[Run]) -> float | None:
    """Return the usual distance of two characters in frames; None for too few."""
    return median(np.diff([(a + b) / 2 for a, b in runs])) if len(runs) >= 4 else None


def _one_for_near(runs: list[Run]) -> list[Run]:
    """Join neighbours that touch and stand nearer than any two characters can."""
    pitch = _pitch(runs)
    if pitch is None:
        return runs
    kept = [runs[0]]
    for run in runs[1:]:
        before = kept[-1]
        distance = (run[0] + run[1] - before[0] - before[1]) / 2
        if before[1] == run[0] and distance < TOO_NEAR * pitch:
            kept[-1] = (before[0], run[1])
        else:
            kept.append(run)
    return kept


def _with_faint(strip: _Strip, runs: list[Run], pitch: float | None) -> list[Run]:
    """Add the characters that are divided among frames: at most one in each stretch without any."""
    found = list(runs)
    length = len(strip.blank)
    for before, after in pairwise([(0, 0), *runs, (length, length)]):
        inside = before[1] > 0 and after[0] < length
        distance = (after[0] + after[1] - before[0] - before[1]) / 2
        gap = inside and pitch is not None and distance > TOO_FAR * pitch
        found += _faint(strip, before, after, PRESENT_IN_GAP if gap else PRESENT)
    return sorted(found)


def _faint(strip: _Strip, before: Run, after: Run, least: float) -> Iterator[Run]:
    """Yield the frames of the character between two others, if one is there with probability ``least``."""
    absent = strip.blank[_beyond(strip, before, 1) : _beyond(strip, after, -1) + 1]
    if not absent:
        return
    width = min(NEIGHBOURHOOD, len(absent))
    if 1 - min(absent) ** width < least:  # nearly always: no ``width`` frames can say enough
        return
    together = [math.prod(absent[i : i + width]) for i in range(len(absent) - width + 1)]
    lowest = min(together)
    if 1 - lowest >= least:
        first = _beyond(strip, before, 1) + together.index(lowest)
        yield first, first + width


def _beyond(strip: _Strip, run: Run, step: int) -> int:
    """Return the first frame beyond a run (to the right for ``step`` 1) that is not its own faint end."""
    frame, own = (run[1], run[1] - 1) if step > 0 else (run[0] - 1, run[0])
    if run[0] == run[1]:
        return frame
    mine = strip.best[own]
    while 0 <= frame < len(strip.best) and strip.blank[frame] < 1 - FAINT and strip.best[frame] == mine:
        frame += step
    return frame


def _without_doubtful_ends(seen: list[Seen]) -> list[Seen]:
    """Leave out what was made of the background before and after the text."""
    first, last = 0, len(seen)
    while first < last and seen[first].probability < DOUBTFUL:
        first += 1
    while last > first and seen[last - 1].probability < DOUBTFUL:
        last -= 1
    return seen[first:last]


def _see(frames: Probabilities, windows: list[Run], alphabet: str) -> list[Seen]:
    """Sum the evidence over the frames of each character; it stands at their mean, weighted by its probability."""
    if not windows:
        return []
    places = np.arange(len(frames), dtype=np.float32)
    starts, stops = np.array(windows, np.float32).T[:, :, None]
    within = ((places >= starts) & (places < stops)).astype(np.float32)  # windows × frames
    sums = within @ frames
    weights, spoken = sums[:, 1:], within.sum(1) - sums[:, BLANK]
    moments = ((within * places) @ frames)[:, 1:]
    absent = np.where(within > 0, frames[:, BLANK], 1).prod(1)
    order = np.argsort(-weights, axis=1, kind="stable")[:, : MOST_ALTERNATIVES + 1]
    row = np.arange(len(windows))
    best = order[:, 0]
    # Within the frames: a quotient of sums can round to a little beyond the last.
    centres = np.minimum(moments[row, best] / weights[row, best], len(frames) - 1)
    likely = weights[row[:, None], order] * ((1 - absent) / np.maximum(spoken, TRACE))[:, None]
    likely = np.minimum(likely, 1)  # shares of rounded numbers may exceed it by a hair
    columns = zip(order.tolist(), likely.tolist(), absent.tolist(), centres.tolist(), strict=True)
    return [
        Seen(alphabet[classes[0]], chances[0], _others(alphabet, classes, chances, none), centre)
        for classes, chances, none, centre in columns
    ]


def _others(alphabet: str, classes: list[int], chances: list[float], absent: float) -> tuple[tuple[str, float], ...]:
    listed = [(alphabet[c], p) for c, p in zip(classes[1:], chances[1:], strict=True) if p >= LEAST_PROBABILITY]
    if absent >= LEAST_PROBABILITY:
        listed.append(("", absent))
        listed.sort(key=lambda pair: -pair[1])
    return tuple(listed)
