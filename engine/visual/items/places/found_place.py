"""A place or an authority that was found, and what its lines say: the print, put right by what is known."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.imaging.quads import enclosing_quad
from engine.values.items import Item, VisualValue
from engine.values.text import CharReading
from engine.visual.items.page_text import Claims
from engine.visual.items.places.line_scores import is_official
from engine.visual.items.text_spans import TextSpan
from engine.visual.text.confidence import tempered
from engine.visual.text.fold import fold
from engine.visual.text.known.known_text import ReadLine, known_text
from engine.visual.text.known.office_words import correct_office_words
from engine.visual.text.language.model import open_language_model
from engine.visual.text.language.word_spaces import restore_spaces
from engine.visual.text.letters import mark_probability
from engine.visual.text.lexicon import lexicon
from engine.visual.text.place_text import clean_place
from engine.visual.text.respell import Word

_JOINT: Final = re.compile(r"(?:[,-]| ?/)(?!\S)")
"""A mark behind which a value goes on in the next line; a slash may have a space before it."""
_CUT_SHORT: Final = 0.1
"""Share of confidence that is left where the text plainly has a beginning or an end that was not found."""
_STROKE_BEFORE: Final = re.compile(r"^/ ?$")
"""A stroke with which a line of a value begins."""
_LINE_BREAK: Final = (CharReading(" ", 1.0),)
"""Parts two lines of one value."""
_OPEN_END: Final = re.compile(
    r"(\b(OF|THE|AND|FOR|DE|DES|DU|DA|DO|DI|DEL|DELLA|LA|Y|E|ET|DER|DIE|UND|VAN)|[&,/(-])$", re.I
)
"""The end of a text that must go on."""
_OPEN_START: Final = re.compile(r"(OF|AND|ET|UND|Y|&) ", re.I)
"""The beginning of a text before which a line must stand. ``DES`` and ``DEL`` are none: towns begin so."""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place or an authority that was found, and the ``share`` of confidence that the choice of its lines leaves."""

    item: Item
    parts: tuple[TextSpan, ...]
    value: VisualValue
    share: float

    def claim(self, claims: Claims) -> None:
        """Give its lines to its item."""
        for part in self.parts:
            claims.claim(self.item, part)

    def says_same_as(self, other: "FoundPlace") -> bool:
        """Return whether both have the same letters and figures."""
        return fold(self.value.value) == fold(other.value.value)


def found_place(item: Item, parts: Sequence[TextSpan], share: float, state: str) -> FoundPlace:
    """Return what one or more lines say, or the text that ``state`` is known to print where it nearly is that.

    Args:
        item: which of the three it is.
        parts: the lines of the value, from the top down.
        share: of confidence that the choice of these lines leaves (0..1).
        state: the issuing one.
    """
    return FoundPlace(item, tuple(parts), _value(item, parts, share, state), share)


def _value(item: Item, parts: Sequence[TextSpan], share: float, state: str) -> VisualValue:
    """The text of the lines, known texts spelt as the state does."""
    joined = [*map(_with_mark_behind, parts[:-1]), *parts[-1:]]
    joined[1:] = map(_with_stroke_before, joined[1:])
    lines = [ReadLine(_cleaned(item, part, state), part.line.text.evidence) for part in joined]
    chars = tuple(c for i, line in enumerate(lines) for c in (*(_LINE_BREAK if i else ()), *line.chars))
    certainty = math.prod(map(_certainty, parts, lines))
    known = known_text(lines, state)
    if known and (item is Item.AUTHORITY or not is_official("".join(c.char for c in known.chars))):
        chars, certainty, share = known.chars, max(certainty, known.certainty), share * known.chance
    text = " ".join("".join(c.char for c in chars).split())
    confidence = tempered(certainty) * share
    confidence *= _CUT_SHORT if _is_cut_short(text, state) else 1.0
    confidence *= 1.0 if known else math.prod(map(mark_probability, chars))
    quad = parts[0].quad if len(parts) == 1 else enclosing_quad([part.quad for part in parts])
    return VisualValue(text, text, confidence, quad, chars)


def _cleaned(item: Item, part: TextSpan, state: str) -> tuple[CharReading, ...]:
    """The text of one line of a value, put right by what is known of places and offices."""
    evidence = part.line.text.evidence
    chars = clean_place(part.chars, state, evidence)
    if item is not Item.AUTHORITY:
        return chars
    parted = restore_spaces(chars, evidence, open_language_model())
    return correct_office_words(parted, state, evidence)


def _certainty(part: TextSpan, line: ReadLine) -> float:
    """How probably a line says what was made of it: halfway between what its characters and what its evidence say.

    A letter that was lost, or a space, is in no character's probability, but in the evidence. That of a whole line
    is far too low, as lines are misread in several places at once; so neither is believed alone.
    """
    certainty = math.prod(char.probability for char in line.chars)
    as_read = "".join(char.char for char in line.chars)
    if line.evidence is None or as_read != part.text:
        return certainty
    columns = Word(part.line.text.chars, part.start, part.stop).columns
    return min(certainty, math.sqrt(certainty * math.exp(line.evidence.log_likelihood(as_read, *columns))))


def _with_mark_behind(part: TextSpan) -> TextSpan:
    """A line that another one goes on with, and the comma, hyphen or slash at its end."""
    mark = _JOINT.match(part.line.text.text, part.stop)
    return TextSpan(part.line, part.start, mark.end()) if mark else part


def _with_stroke_before(part: TextSpan) -> TextSpan:
    """A further line of a value, and the stroke with which it begins."""
    return TextSpan(part.line, 0, part.stop) if _STROKE_BEFORE.match(part.line.text.text[: part.start]) else part


def _is_cut_short(text: str, state: str) -> bool:
    """Whether a part of a text is lost: it begins or ends in ``OF`` or the like, or a known one begins with it."""
    folded, known = fold(text), lexicon(state)
    begins = folded not in known and any(text.startswith(folded) for text in known)
    return bool(_OPEN_START.match(text) or _OPEN_END.search(text)) or begins
