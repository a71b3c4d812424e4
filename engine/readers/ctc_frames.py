"""Decodes the frames of a CTC network into characters with probabilities and alternatives.

A frame is a narrow column of the line; the network gives for each the probability of every character, and of none
(blank). Class 0 is blank, class i the (i - 1)-th character of the alphabet.

Greedy CTC decoding, which takes the best class of each frame alone, loses characters: one that could be ``0`` or
``O``, or that lies between two frames, is divided among classes and frames, and blank beats each part. So the parts
are added up first.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.imaging.percentiles import median

Probabilities = NDArray[np.float32]
"""Frames × classes, each frame summing to 1."""

Run = tuple[int, int]
"""The frames [first, last) of one character."""

BLANK: Final = 0
"""The class of no character."""
MOST_ALTERNATIVES: Final = 6
"""Alternatives of a character at most."""
LEAST_PROBABILITY: Final = 1e-4
"""Probability of an alternative at least."""
_LITTLE: Final = 1e-4
"""Sum of the probabilities of all characters at least, where it is a divisor."""
NEIGHBOURHOOD: Final = 3
"""Frames over which a faint character is added up."""

PRESENT: Final = 0.5
"""Probability of not being blank from which a character is there."""

PRESENT_IN_GAP: Final = 0.3
"""The same where an even pitch leaves room for exactly one more."""

FAINT: Final = 0.05
"""Probability of not being blank from which a frame still belongs to the character beside it."""
DOUBTFUL: Final = 0.2
"""Probability under which a character at either end of a line is none."""
TOO_NEAR: Final = 0.45
"""Share of the usual pitch: characters that touch and are nearer are one."""
TOO_FAR: Final = 1.6
"""Times the usual pitch: between characters that are farther apart there is a gap."""


@dataclass(frozen=True, slots=True)
class CtcCharacter:
    """A character: its probability, what else it could be, and its centre in frames.

    An alternative "" means that there is no character here at all.
    """

    char: str
    probability: float
    alternatives: tuple[tuple[str, float], ...]
    centre: float


@dataclass(frozen=True, slots=True)
class _Strip:
    """The frames of a line: how probable blank is in each, and the most probable character's class."""

    blank: NDArray[np.float32]
    best: NDArray[np.int64]


def decode_frames(lines: Sequence[Probabilities], alphabet: str, *, even_pitch: bool) -> list[list[CtcCharacter]]:
    """Return the characters of each line from left to right.

    The lines of a page are taken together: one sum over all of them costs little more than over one.

    Args:
        lines: For each line its frames: probabilities, T × (1 + len(alphabet)).
        alphabet: The characters of classes 1, 2, ...
        even_pitch: Whether all characters stand equally far apart, so that two much nearer than that are one and
            between two much farther ones is another.
    """
    if not sum(map(len, lines)):
        return [[] for _ in lines]
    frames = np.concatenate(lines)
    whole = _Strip(frames[:, BLANK], frames[:, 1:].argmax(1) + 1)
    bounds = list(pairwise(accumulate(map(len, lines), initial=0)))
    windows = [
        _character_windows(_Strip(whole.blank[a:b], whole.best[a:b]), even_pitch=even_pitch) for a, b in bounds
    ]
    counts = [len(line) for line in windows]
    origins = np.repeat([first for first, _ in bounds], counts)
    seen = iter(_see(frames, np.array(list(chain(*windows)), np.int64).reshape(-1, 2), origins, alphabet))
    return [_without_doubtful_ends(list(islice(seen, count))) for count in counts]


def _character_windows(strip: _Strip, *, even_pitch: bool) -> list[Run]:
    """Return the frames of each character of a line."""
    runs = _runs(strip)
    if even_pitch:
        runs = _one_for_near(runs)
    runs = _with_faint(strip, runs, _pitch(runs) if even_pitch else None)
    return _windows(runs, len(strip.blank))


def _windows(runs: list[Run], length: int) -> list[Run]:
    """One frame more on either side, where it belongs to no other character: a part of the probability lies there."""
    ends = [0, *(b for _, b in runs[:-1])]
    starts = [*(a for a, _ in runs[1:]), length]
    return [(max(end, a - 1), min(start, b + 1)) for (a, b), end, start in zip(runs, ends, starts, strict=False)]


def _runs(strip: _Strip) -> list[Run]:
    """Return the stretches of frames over which the same character is seen."""
    now = np.where(strip.blank < 1 - PRESENT, strip.best, BLANK)
    edges = [0, *(np.flatnonzero(now[1:] != now[:-1]) + 1).tolist(), len(now)]
    return [(a, b) for a, b in pairwise(edges) if b > a and now[a] != BLANK]


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
    blank, best = strip.blank.tolist(), strip.best.tolist()
    for before, after in pairwise([(0, 0), *runs, (len(blank), len(blank))]):
        inside = before[1] > 0 and after[0] < len(blank)
        distance = (after[0] + after[1] - before[0] - before[1]) / 2
        gap = inside and pitch is not None and distance > TOO_FAR * pitch
        found += _faint(blank, best, (before, after), PRESENT_IN_GAP if gap else PRESENT)
    return sorted(found)


def _faint(blank: list[float], best: list[int], between: tuple[Run, Run], least: float) -> Iterator[Run]:
    """Yield the frames of the character between two others, if one is there with probability ``least``."""
    before, after = between
    start = _beyond(blank, best, before, 1)
    absent = blank[start : _beyond(blank, best, after, -1) + 1]
    if not absent:
        return
    width = min(NEIGHBOURHOOD, len(absent))
    if 1 - min(absent) ** width < least:  # nearly always: no ``width`` frames can say enough
        return
    together = [math.prod(absent[i : i + width]) for i in range(len(absent) - width + 1)]
    lowest = min(together)
    if 1 - lowest >= least:
        first = start + together.index(lowest)
        yield first, first + width


def _beyond(blank: list[float], best: list[int], run: Run, step: int) -> int:
    """Return the first frame beyond a run (to the right for ``step`` 1) that is not its own faint end."""
    frame, own = (run[1], run[1] - 1) if step > 0 else (run[0] - 1, run[0])
    if run[0] == run[1]:
        return frame
    mine = best[own]
    while 0 <= frame < len(best) and blank[frame] < 1 - FAINT and best[frame] == mine:
        frame += step
    return frame


def _without_doubtful_ends(seen: list[CtcCharacter]) -> list[CtcCharacter]:
    """Leave out what was made of the background before and after the text."""
    first, last = 0, len(seen)
    while first < last and seen[first].probability < DOUBTFUL:
        first += 1
    while last > first and seen[last - 1].probability < DOUBTFUL:
        last -= 1
    return seen[first:last]


def _see(
    frames: Probabilities, windows: NDArray[np.int64], origins: NDArray[np.int64], alphabet: str
) -> Iterator[CtcCharacter]:
    """Sum the probabilities over the frames of each character; its centre is their mean, so weighted.

    Args:
        frames: those of all lines.
        windows: N×2, the first frame of each character in its line, and the one behind its last.
        origins: N, the first frame of each character's line.
        alphabet: the characters of classes 1, 2, ...
    """
    if not len(windows):
        return
    lengths = windows[:, 1] - windows[:, 0]
    sums = _window_sums(frames, windows[:, 0] + origins, lengths)
    weights, best = sums[:, 1:], sums[:, 1:].argmax(1)
    firsts = np.cumsum(lengths) - lengths
    places = np.arange(lengths.sum()) + np.repeat(windows[:, 0] - firsts, lengths)
    owners = np.repeat(np.arange(len(windows)), lengths)
    shown = frames[places + origins[owners], best[owners] + 1]
    centres = np.add.reduceat(shown * places, firsts) / np.add.reduceat(shown, firsts)
    absent = np.multiply.reduceat(frames[places + origins[owners], BLANK], firsts)
    spoken = np.maximum(lengths - sums[:, BLANK], _LITTLE)
    # Shares of rounded numbers may exceed 1, and quotients of sums reach beyond the window, by a hair.
    likely = np.minimum(weights * ((1 - absent) / spoken)[:, None], 1)
    centres = np.clip(centres, windows[:, 0], windows[:, 1] - 1)
    for listed, none, centre in zip(_listed(likely, best, alphabet), absent.tolist(), centres.tolist(), strict=True):
        (char, chance), *others = listed
        yield CtcCharacter(char, chance, _with_absence(others[:MOST_ALTERNATIVES], none), centre)


def _window_sums(frames: Probabilities, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.float32]:
    """Add up the frames of each window: N × classes."""
    sums = frames[starts]
    for step in range(1, int(lengths.max())):
        longer = np.flatnonzero(lengths > step)
        sums[longer] += frames[starts[longer] + step]
    return sums


def _listed(likely: NDArray[np.float32], best: NDArray[np.int64], alphabet: str) -> Iterator[list[tuple[str, float]]]:
    """Yield for each window its characters with their probabilities, most probable first."""
    worth = likely >= LEAST_PROBABILITY
    worth[np.arange(len(best)), best] = True
    windows, classes = np.nonzero(worth)
    chances = likely[windows, classes]
    order = np.lexsort((-chances, windows))
    chars = map(alphabet.__getitem__, classes[order].tolist())
    pairs = zip(chars, chances[order].tolist(), strict=True)
    for count in np.bincount(windows).tolist():
        yield list(islice(pairs, count))


def _with_absence(others: list[tuple[str, float]], absent: float) -> tuple[tuple[str, float], ...]:
    """Add that there may be no character at all."""
    if absent >= LEAST_PROBABILITY:
        others = sorted([*others, ("", absent)], key=lambda pair: -pair[1])
    return tuple(others)
