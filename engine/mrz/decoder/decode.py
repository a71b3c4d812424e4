"""From lines as read to a machine readable zone: the most probable text that fits a format of ICAO 9303.

The order of work: which lines, which format and which alignment (`candidates`), which characters (`settle`), whether
that is enough (`evidence`), how sure (`confidence`). Everything is Bayesian in one unit, nats: what the reader saw,
what fields allow, which codes and dates exist, and that check digits nearly always hold.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from engine.mrz.decoder.alignment import MISSING, Alignment
from engine.mrz.decoder.candidates import Candidate, find_candidates, other_alignments
from engine.mrz.decoder.check_search import Position, digit_position
from engine.mrz.decoder.confidence import AS_PRINTED, field_confidences, judge, line_confidences
from engine.mrz.decoder.evidence import Evidence, is_legible, may_be_read, weigh
from engine.mrz.decoder.likelihood import UNSEEN, ObservedLine, in_place, observe
from engine.mrz.decoder.printed import printed_alignments
from engine.mrz.decoder.settle import Seen, Settled, settle
from engine.mrz.formats import ALLOWED, FILLER, alphabets_of
from engine.mrz.parse import parse_fields, read_checks
from engine.values.mrz import Correction, MrzReading
from engine.values.text import CharReading, LineText

_CLOSE = 20.0
"""Candidates this close to the best one are decoded as well and compared on all the evidence."""
_MOST_DECODED = 3


@dataclass(frozen=True, slots=True)
class _Decoded:
    """A candidate with its characters chosen."""

    candidate: Candidate
    seen: Seen
    settled: Settled
    evidence: Evidence


def decode_mrz(lines: Sequence[LineText]) -> MrzReading | None:
    """Decode the lines of a machine readable zone, top to bottom, with perhaps other lines above, below or between.

    Characters change only where the reader's own alternatives, or characters that look like the one read, fit the
    grammar so much better that they become the more probable; what a sure reader saw stays, even where a check digit
    then fails. Each line of the result has exactly the length of the format: fillers that the reader lost in a run
    are supplied, surplus ones and specks at the ends dropped. Only where a line is clearly printed shorter or longer
    (`engine.mrz.decoder.printed`) do all come as printed, and the reading is ``misprinted``. Every change is in
    ``corrections``: a supplied character has ``read`` "", a dropped one ``decoded`` "" and the position before which
    it stood.

    Returns:
        The reading, or None when the lines do not support any, be it that they are no machine readable zone or that
        its characters are not seen: "not read" is never filled up by guessing.
    """
    observed = [observe(line) for line in lines]
    best = _best(observed, find_candidates(observed, exact=True))
    if best is None or not best.evidence.is_plenty:
        best = _best(observed, find_candidates(observed))
    if best is None or not best.evidence.is_enough:
        return None
    reading = _reading(lines, best)
    if not is_legible(best.candidate.layout, reading.lines, reading.char_confidences):
        return None
    printed = printed_alignments([observed[i] for i in best.candidate.indices], best.candidate.alignments)
    return _as_printed(reading, best.candidate.alignments, printed, lines) if printed else reading


def _best(observed: Sequence[ObservedLine], candidates: Sequence[Candidate]) -> _Decoded | None:
    """The most probable of the best candidates, all evidence counted."""
    close = [c for c in candidates[:_MOST_DECODED] if c.score >= candidates[0].score - _CLOSE and may_be_read(c)]
    close += [other for candidate in close for other in other_alignments(observed, candidate)]
    decoded = (_decode(observed, candidate) for candidate in close)
    return max(decoded, key=lambda d: d.evidence.total, default=None)


def _decode(observed: Sequence[ObservedLine], candidate: Candidate) -> _Decoded:
    seen = _seen(observed, candidate)
    settled = settle(candidate.layout, seen)
    return _Decoded(candidate, seen, settled, weigh(candidate, settled))


def _seen(observed: Sequence[ObservedLine], candidate: Candidate) -> Seen:
    rows = zip(candidate.indices, candidate.alignments, alphabets_of(candidate.layout), strict=True)
    return [
        [
            None if k == MISSING else in_place(observed[index].chars[k], ALLOWED[alphabet])
            for k, alphabet in zip(row.sources, alphabets, strict=True)
        ]
        for index, row, alphabets in rows
    ]


def _reading(lines: Sequence[LineText], best: _Decoded) -> MrzReading:
    candidate, seen, settled = best.candidate, best.seen, best.settled
    layout = candidate.layout
    used = [lines[i] for i in candidate.indices]
    judged = judge(layout, seen, settled)
    chars = tuple(tuple(j.probability for j in row) for row in judged)
    corrections = _all_corrections(used, candidate.alignments, settled.lines)
    digits = {digit_position(check) for check in settled.checks}
    changed = {(c.line, c.position) for c in corrections if c.decoded and _matters(c, digits)}
    return MrzReading(
        format=layout.format,
        raw_lines=tuple(line.text for line in used),
        lines=settled.lines,
        fields=parse_fields(layout.format, settled.lines),
        checks=read_checks(layout.format, settled.lines, changed),
        corrections=corrections,
        char_confidences=chars,
        line_confidences=line_confidences(candidate.alignments, chars),
        field_confidences=field_confidences(layout, chars),
        line_indices=candidate.indices,
        alternatives=tuple(tuple(j.alternatives for j in row) for row in judged),
        unseen=tuple((line, k) for line, row in enumerate(seen) for k, cell in enumerate(row) if cell is UNSEEN),
    )


def _matters(correction: Correction, digits: Collection[Position]) -> bool:
    """Whether a change takes from what check digits prove: not that of fillers lost in a run."""
    supplied = not correction.read and correction.decoded == FILLER
    return not supplied or (correction.line, correction.position) in digits


def _as_printed(
    reading: MrzReading, rows: Sequence[Alignment], printed: Sequence[Alignment], lines: Sequence[LineText]
) -> MrzReading:
    """The same reading with its lines as they are printed."""
    used = [lines[i] for i in reading.line_indices]
    placed = [
        _placed(reading, k, row, kept, used[k]) for k, (row, kept) in enumerate(zip(rows, printed, strict=True))
    ]
    texts = ["".join(c.char for c in line) for line in placed]
    chars = tuple(tuple(c.probability for c in line) for line in placed)
    return replace(
        reading,
        lines=tuple(texts),
        aligned=reading.lines,
        misprinted=True,
        corrections=_all_corrections(used, printed, texts),
        char_confidences=chars,
        line_confidences=tuple(AS_PRINTED * p for p in line_confidences(printed, chars)),
        alternatives=tuple(tuple(c.alternatives for c in line) for line in placed),
    )


def _placed(reading: MrzReading, number: int, row: Alignment, kept: Alignment, line: LineText) -> list[CharReading]:
    """The characters of a misprinted line: as decoded where the format has a place for them, else as read."""
    decoded = {
        source: CharReading(reading.lines[number][k], reading.char_confidences[number][k], reading.others(number, k))
        for k, source in enumerate(row.sources)
        if source != MISSING
    }
    return [decoded.get(k, line.chars[k]) for k in kept.sources]


def _all_corrections(
    used: Sequence[LineText], rows: Sequence[Alignment], decoded: Sequence[str]
) -> tuple[Correction, ...]:
    found = (_corrections(k, line, row, decoded[k]) for k, (line, row) in enumerate(zip(used, rows, strict=True)))
    return tuple(chain.from_iterable(found))


def _corrections(number: int, line: LineText, row: Alignment, decoded: str) -> Iterator[Correction]:
    """In reading order: changed and supplied characters, and skipped ones before the position they stood at."""
    skipped = list(row.skipped)
    for position, source in enumerate(row.sources):
        while skipped and source != MISSING and skipped[0] < source:
            yield Correction(number, position, line.chars[skipped.pop(0)].char, "")
        read = "" if source == MISSING else line.chars[source].char
        if read != decoded[position]:
            yield Correction(number, position, read, decoded[position])
    for source in skipped:
        yield Correction(number, len(row.sources), line.chars[source].char, "")
