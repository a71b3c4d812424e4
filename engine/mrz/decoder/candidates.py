"""Which lines may be the machine readable zone, in which format, and how their characters line up with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from engine.mrz.decoder.alignment import MISSING, Alignment, align, is_plain
from engine.mrz.decoder.likelihood import UNSEEN, Likelihood, ObservedLine
from engine.mrz.decoder.priors import code_gain
from engine.mrz.formats import ALLOWED, DIGITS, LAYOUTS, Alphabet, Layout, alphabets_of
from engine.values.mrz import Field, MrzFormat

_SHORTEST = 0.5
"""Of a format's width; a line that is cut off more tells too little."""
_MOST_EXTRA = 8
_ENOUGH = 0.6
"""Of the digits and of the other characters that a format's line must have."""
_BETWEEN = -5.0
"""For each other line between two lines of a zone: a crease or a stamp that was read as text."""
_OTHER_STATE = -12.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """Lines (indices into those given) that may be a zone of this layout; ``score`` in nats over chance."""

    layout: Layout
    indices: tuple[int, ...]
    alignments: tuple[Alignment, ...]
    score: float


def other_alignments(observed: Sequence[ObservedLine], candidate: Candidate) -> list[Candidate]:
    """The same lines aligned as if none were cut off: check digits then tell which alignment is right."""
    if not any(row.is_edited for row in candidate.alignments):
        return []
    rows = tuple(
        align(observed[index], alphabets, whole=True)
        for index, alphabets in zip(candidate.indices, alphabets_of(candidate.layout), strict=True)
    )
    if rows == candidate.alignments:
        return []
    other = _candidate(observed, candidate.layout, candidate.indices, rows)
    return [other] if _may_be_its_kind(observed, other) else []


def find_candidates(observed: Sequence[ObservedLine], *, exact: bool = False) -> list[Candidate]:
    """All candidates, the most probable first; with ``exact`` only lines that fit a format without any edit.

    The exact ones take a tenth of the time and are nearly always there.
    """
    known: dict[tuple[int, tuple[Alphabet, ...]], Alignment] = {}
    found = []
    for layout in LAYOUTS.values():
        alphabets = alphabets_of(layout)
        for indices in combinations(range(len(observed)), layout.lines):
            rows = list(zip((observed[i].chars for i in indices), alphabets, strict=True))
            if all(is_plain(*row) if exact else _may_fit(*row) for row in rows):
                alignments = tuple(_aligned(observed, indices, layout, known))
                found.append(_candidate(observed, layout, indices, alignments))
    return sorted((c for c in found if _may_be_its_kind(observed, c)), key=lambda c: c.score, reverse=True)


def _may_fit(observed: Sequence[Likelihood], alphabets: Sequence[Alphabet]) -> bool:
    """A quick look at length, digits and letters; the search for an alignment takes far longer."""
    length, width = len(observed), len(alphabets)
    if not _SHORTEST * width <= length <= width + _MOST_EXTRA:
        return False
    digits = sum(seen.best in DIGITS for seen in observed if seen is not UNSEEN)
    length -= sum(seen is UNSEEN for seen in observed)
    needed_digits, needed_others = _needed(tuple(alphabets))
    share = _ENOUGH * min(1.0, length / width)
    return digits >= share * needed_digits and length - digits >= share * needed_others


@cache
def _needed(alphabets: tuple[Alphabet, ...]) -> tuple[int, int]:
    """How many positions must be digits, and how many must not."""
    digits = (Alphabet.CHECK, Alphabet.BIRTH, Alphabet.EXPIRY)
    return sum(a in digits for a in alphabets), sum(not set(ALLOWED[a]) & set(DIGITS) for a in alphabets)


def _may_be_its_kind(observed: Sequence[ObservedLine], candidate: Candidate) -> bool:
    """Whether the first letter is seen where it alone tells the kind, and may be that of a visa or card of two lines.

    ICAO 9303-6 and -7 §4.2.2. Two lines without it may be of a visa or a card, or the front of a passport's, which
    with its end covered is as long as a card's; and visas have so few check digits that the front of other zones
    would pass for one.
    """
    layout, source = candidate.layout, candidate.alignments[0].sources[0]
    first = alphabets_of(layout)[0][0]
    if first is Alphabet.PASSPORT or layout.lines > 2:
        return True
    if source == MISSING:
        return False
    seen = observed[candidate.indices[0]].chars[source]
    if seen is UNSEEN:
        return False
    return seen.best in ALLOWED[first] or not seen.sure


def _aligned(
    observed: Sequence[ObservedLine],
    indices: Sequence[int],
    layout: Layout,
    known: dict[tuple[int, tuple[Alphabet, ...]], Alignment],
) -> Iterator[Alignment]:
    for index, alphabets in zip(indices, alphabets_of(layout), strict=True):
        key = (index, alphabets)
        if key not in known:
            known[key] = align(observed[index], alphabets)
        yield known[key]


def _candidate(
    observed: Sequence[ObservedLine], layout: Layout, indices: tuple[int, ...], rows: tuple[Alignment, ...]
) -> Candidate:
    between = indices[-1] - indices[0] - len(indices) + 1
    score = sum(row.score for row in rows) + _BETWEEN * between
    for field in (Field.ISSUING_STATE, Field.NATIONALITY):
        for line, start, stop in layout.spans(field):
            code = _text(observed[indices[line]].chars, rows[line], start, stop)
            if len(code) < stop - start:  # of a code that was not wholly seen nothing is known
                continue
            score += code_gain(code)
            if layout.format is MrzFormat.FRA_ID and code != "FRA":
                score += _OTHER_STATE
    return Candidate(layout, indices, rows, score)


def _text(observed: Sequence[Likelihood], row: Alignment, start: int, stop: int) -> str:
    return "".join("<" if k == MISSING else observed[k].best for k in row.sources[start:stop])
