"""Pages of text as if they had been read perfectly: lines of text at places in millimetres."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.readers.ctc_evidence import CtcEvidence
from engine.values.pictures import LineImage
from engine.values.text import CharReading, LineText
from engine.visual.items.text_spans import Area, RecognisedLine, TextSpan
from engine.visual.lines.cut_line import ASIDE, MARGIN
from tests.engine.visual.text.reading import evidence_of

PX_PER_MM = 10.0
_HEIGHT = 32


def line(text: str, left: float, baseline: float, cap: float = 2.4, certainty: float = 0.99) -> RecognisedLine:
    """``text`` with characters 0.7 cap heights wide; the photo shows the page at 10 px/mm, its corner at (0, 0)."""
    advance = 0.7 * cap
    per_px = cap * (1 + 2 * MARGIN) / _HEIGHT
    area = Area(left, baseline - cap, left + advance * len(text), baseline)
    origin = left - ASIDE * cap, baseline - cap * (1 + MARGIN)
    step = advance / per_px
    first = ASIDE * cap / per_px
    chars = tuple(CharReading(c, certainty, (), first + step * i, first + step * (i + 1)) for i, c in enumerate(text))
    width = round(step * len(text) + 2 * first)
    scale = per_px * PX_PER_MM
    to_photo = np.array([[scale, 0, origin[0] * PX_PER_MM], [0, scale, origin[1] * PX_PER_MM], [0, 0, 1.0]])
    return RecognisedLine(LineImage(np.full((_HEIGHT, width), 200, np.uint8), to_photo), LineText(chars), area)


def witnessed(chars: Sequence[CharReading], left: float, baseline: float, cap: float = 2.4) -> RecognisedLine:
    """A line of `tests.engine.visual.text.reading.chars_of` with the evidence of its reader."""
    plain = line("".join(c.char for c in chars), left, baseline, cap)
    return replace(plain, text=LineText(tuple(chars), evidence_of(chars)))


def without_room(span: TextSpan) -> TextSpan:
    """A whole line of `witnessed` in frames fewer than what was read has characters, the first of them."""
    evidence = span.line.text.evidence
    assert isinstance(evidence, CtcEvidence)
    short = replace(evidence, frames=evidence.frames[: len(span.text) - 1])
    return replace(span, line=replace(span.line, text=replace(span.line.text, evidence=short)))


def label(text: str, left: float, baseline: float) -> RecognisedLine:
    """A label: small print."""
    return line(text, left, baseline, 1.2)


def doubted(printed: RecognisedLine, at: int, other: str, probability: float) -> RecognisedLine:
    """The line with character ``at`` read with ``probability``, else as ``other``."""
    chars = list(printed.text.chars)
    chars[at] = replace(chars[at], probability=probability, alternatives=((other, 1 - probability),))
    return replace(printed, text=LineText(tuple(chars)))
