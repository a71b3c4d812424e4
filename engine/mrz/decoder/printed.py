"""Lines that are printed shorter or longer than their format: mock-ups and misprints, told from readers' slips.

A reader that loses a filler leaves a gap where it stood, for OCR-B has an even pitch; one that sees a character
twice squeezes two together. And the lines of a good document are equally long: one that stands as evenly as the
others, with the same pitch, and that still needs characters supplied or dropped inside to fit its format is printed
that way.
"""

from collections.abc import Sequence

from engine.mrz.decoder.alignment import MISSING, Alignment
from engine.mrz.decoder.likelihood import ObservedLine

_CLOSEST, _FARTHEST = 0.72, 1.33
"""Distances of neighbours in units of the pitch; places are known to a quarter of it."""
_ALIKE = 1.012
"""Pitches of two lines of one document; one character in 44 makes 1.023 where both are equally long."""
_CLEAR = 0.95
"""The mean probability of the characters: blurred lines lose characters in ways that leave no gap."""
_FAINTEST = 0.3


def printed_alignments(lines: Sequence[ObservedLine], rows: Sequence[Alignment]) -> tuple[Alignment, ...] | None:
    """The alignment of each line with what is printed, where a document is printed otherwise than its format asks.

    One line must prove it inside; then what is missing at the ends of the others is taken as not printed either.

    Returns:
        None for a document that is not, or not surely, misprinted.
    """
    clear = all(is_clear(line) for line in lines)
    if not clear or not _is_alike(lines) or not any(map(_is_edited_inside, rows)):
        return None
    return tuple(_as_printed(row, len(line.chars)) for line, row in zip(lines, rows, strict=True))


def is_clear(line: ObservedLine) -> bool:
    """Whether a line was read so well, and stands so evenly, that no character can have been missed inside."""
    if not line.ratios or not all(_CLOSEST < ratio < _FARTHEST for ratio in line.ratios):
        return False
    known = [seen.probability for seen in line.chars]
    return sum(known) / len(known) > _CLEAR and min(known) > _FAINTEST


def _is_alike(lines: Sequence[ObservedLine]) -> bool:
    pitches = [line.pitch for line in lines]
    return max(pitches) < _ALIKE * min(pitches)


def _is_edited_inside(row: Alignment) -> bool:
    used = [source for source in row.sources if source != MISSING]
    first, last = row.sources.index(used[0]), row.sources.index(used[-1])
    return MISSING in row.sources[first:last] or any(used[0] < k < used[-1] for k in row.skipped)


def _as_printed(row: Alignment, count: int) -> Alignment:
    """Every character from the first to the last that the format has a place for; specks at the ends stay out."""
    used = [source for source in row.sources if source != MISSING]
    kept = tuple(range(used[0], used[-1] + 1))
    return Alignment(row.score, kept, tuple(k for k in range(count) if k not in kept))
