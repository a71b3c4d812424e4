"""Finds what the machine readable zone does not carry: place of birth, place of issue, authority."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from engine.tables.labels import Label
from engine.values.items import Item, VisualValue
from engine.values.text import CharReading
from engine.visual.items.labels_on_page import best_fit, label_fit, nearest_label
from engine.visual.items.layouts import Position
from engine.visual.items.page_text import Claims, PageText
from engine.visual.items.place_scores import (
    LEAST_SCORE,
    is_official,
    mean_certainty,
    place_context,
    score_line,
)
from engine.visual.items.tagging.tagged_page import SURE
from engine.visual.items.text_spans import IDEOGRAPH, TextSpan
from engine.visual.items.value_lines import enclosing_quad, may_go_on, value_lines
from engine.visual.text.confidence import tempered
from engine.visual.text.fold import fold
from engine.visual.text.language.model import open_language_model
from engine.visual.text.language.word_spaces import restore_spaces
from engine.visual.text.letters import mark_probability
from engine.visual.text.lexicon import lexicon, match_lexicon
from engine.visual.text.no_place import is_no_place
from engine.visual.text.office_words import correct_office_words
from engine.visual.text.place_text import clean_place

LABELS: Final[Mapping[Item, Label]] = {
    Item.BIRTH_PLACE: Label.BIRTH_PLACE,
    Item.ISSUE_PLACE: Label.ISSUE_PLACE,
    Item.AUTHORITY: Label.AUTHORITY,
}
_LATIN: Final = re.compile(
    rf"((?:['’](?=[stST][\s-]))?[^\W{IDEOGRAPH}_][^{IDEOGRAPH}]*?)[\s/|,;:<=~^*°'`´·-]*(?:\s{IDEOGRAPH})?$"
)
"""The last stretch of a line without ideographs, less the marks at its end."""
_JOINT: Final = re.compile(r"(?:[,-]| ?/)(?!\S)")
"""A mark behind which a value goes on in the next line; a slash may have a space before it."""
_DATE_LIKE: Final = re.compile(r"\d{1,2}\b.{3,}\b\d{2}(\d{2})?$")
"""A line that begins with a day and ends with a year."""
_OVERPRINT: Final = re.compile(r"\b(SPECIMEN|SPÉCIMEN|SAMPLE|MUSTER|COPY|KOPIE|COPIE|VOID|SEEN)\b")
"""What watermarks and stamps say, in capitals."""
_LEAST_CERTAINTY: Final = 0.65
"""Geometric mean of a line's characters below which it is no text, or none that is worth giving."""
_CUT_SHORT: Final = 0.1
"""Share of confidence that is left where the text plainly goes on and its end was not found."""
_GOES_ON: Final = 0.3
"""The same where another line stands right below, though not in line."""
_UNLABELLED, _LABELLED = 0.6, 0.5
"""Share of confidence that a line keeps whose score is 0, and how much each point of its score adds, up to 1."""
_DOUBTED, _EACH_CHANCE = 0.4, 1.5
"""The same where the network holds that it is something else, and how much more its probability for it adds."""
_SAID: Final = 0.8
"""Fit to its own label (0..1) from which a line stands plainly under it."""
_OTHER_SAID: Final = 0.9
"""The same for another label, above what one has that was handed down."""
_STROKE_BEFORE: Final = re.compile(r"^/ ?$")
"""A stroke with which a line of a value begins."""
_LINE_BREAK: Final = (CharReading(" ", 1.0),)
"""Parts two lines of one value."""
_OPEN_END: Final = re.compile(
    r"(\b(OF|THE|AND|FOR|DE|DES|DU|DA|DO|DI|DEL|DELLA|LA|Y|E|ET|DER|DIE|UND|VAN)|[&,/(-])$", re.I
)
"""The end of a text that must go on."""


def find_places(page: PageText, claims: Claims, expected: Mapping[Item, Position]) -> dict[Item, VisualValue]:
    """Return the places and the authority.

    Args:
        page: what was read.
        claims: what other items hold already.
        expected: where a known layout prints these items, mm; {} where the layout is not known.
    """
    told = _authority_first(page, {item: found for item in LABELS if (found := _told_by_network(page, item))})
    for found in told.values():
        found.claim(claims)
    for item in LABELS:
        by_network = told.get(item)
        if by_network and by_network.share >= SURE:
            continue
        others = Claims([entry for entry in claims.taken if by_network is None or entry[0] is not item])
        by_rules = _find_place(page, others, item, expected.get(item))
        if by_rules and by_network is None:
            by_rules.claim(claims)
            told[item] = by_rules
        elif by_rules and by_network and by_rules.says_same_as(by_network):
            told[item] = max(by_rules, by_network, key=lambda found: found.value.confidence)
    return {item: found.value for item, found in told.items()}


@dataclass(frozen=True, slots=True)
class _Place:
    """A place or an authority that was found, and the ``share`` of confidence that the choice of its lines leaves."""

    item: Item
    parts: tuple[TextSpan, ...]
    value: VisualValue
    share: float

    def claim(self, claims: Claims) -> None:
        """Give its lines to its item."""
        for part in self.parts:
            claims.claim(self.item, part)

    def says_same_as(self, other: "_Place") -> bool:
        """Return whether both have the same letters and figures."""
        return fold(self.value.value) == fold(other.value.value)


def _told_by_network(page: PageText, item: Item) -> _Place | None:
    """What the network holds for the item, if it is more probable than not."""
    choice = page.tagged.choice(item) if page.tagged else None
    spans = _own_pieces(page, item, choice.spans) if choice else []
    parts = tuple(part for span in spans if (part := latin_part(span)))
    if choice is None or not parts or _says_other(page, item, parts):
        return None
    value = _value(item, parts, choice.probability, page.mrz.fields.issuing_state)
    return _Place(item, parts, value, choice.probability)


def _authority_first(page: PageText, told: dict[Item, _Place]) -> dict[Item, _Place]:
    """``told`` with a doubtful place of issue as the authority, where none was told: nearly all pages print that.

    Not under a label of its own.
    """
    lone = told.get(Item.ISSUE_PLACE)
    if lone is None or lone.share >= SURE or Item.AUTHORITY in told:
        return told
    if best_fit(page.labels, (Label.ISSUE_PLACE,), lone.parts[0].area) > 0:
        return told
    value = _value(Item.AUTHORITY, lone.parts, lone.share, page.mrz.fields.issuing_state)
    rest: dict[Item, _Place] = {item: found for item, found in told.items() if item is not Item.ISSUE_PLACE}
    return {**rest, Item.AUTHORITY: _Place(Item.AUTHORITY, lone.parts, value, lone.share)}


def _own_pieces(page: PageText, item: Item, spans: Sequence[TextSpan]) -> list[TextSpan]:
    """What of a choice is not under another label: its lines may run through two fields. All of it, if all is."""
    pieces = [piece for span in spans for piece in _by_fields(page, span)]
    return [piece for piece in pieces if not _under_other_label(page, item, piece)] or list(spans)


def _by_fields(page: PageText, span: TextSpan) -> list[TextSpan]:
    """The pieces of a line that stand in one field each; the whole where the page's fields do not part it."""
    starts = [field.start - span.start for field in page.spans if field.overlaps(span)][1:]
    pieces = (span.part(a, b) for a, b in pairwise([0, *starts, len(span.chars)]))
    return [piece for piece in pieces if piece.chars]


def _under_other_label(page: PageText, item: Item, piece: TextSpan) -> bool:
    """Whether a piece stands plainly under the label of something else, and not so under its own."""
    label = nearest_label(page.labels, piece.area)
    if label is None or label.label is LABELS[item]:
        return False
    return label.similarity * label_fit(label.area, piece.area) > _OTHER_SAID


def _find_place(page: PageText, claims: Claims, item: Item, position: Position | None) -> _Place | None:
    """The line with the best score for ``item``, and those that go on with it."""
    candidates = _candidates(page, claims, item)
    context = place_context(item, LABELS[item], position, page, claims)
    scored = [(score_line(context, c.whole, c.latin), c) for c in candidates]
    score, best = max(scored, key=lambda entry: entry[0], default=(0.0, None))
    if best is None or score < LEAST_SCORE:
        return None
    parts = tuple(value_lines(page, best.latin, [c.latin for c in candidates]))
    share = _share(score) * (_GOES_ON if may_go_on(page, parts, [c.whole for c in candidates]) else 1.0)
    share *= _held_possible(page, item, parts)
    return _Place(item, parts, _value(item, parts, share, page.mrz.fields.issuing_state), share)


def _held_possible(page: PageText, item: Item, parts: Sequence[TextSpan]) -> float:
    """The share of confidence that the network's doubt about lines chosen by rules leaves them."""
    chance = min(page.tagged.chance(item, part) for part in parts) if page.tagged else 1.0
    return min(1.0, _DOUBTED + _EACH_CHANCE * chance)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A piece of a line that no item holds, and the Latin text in it."""

    whole: TextSpan
    latin: TextSpan


def _candidates(page: PageText, claims: Claims, item: Item) -> list[_Candidate]:
    """What no item holds and may be the value of ``item``; only authorities are made up of digits."""
    state, digits = page.mrz.fields.issuing_state, item is Item.AUTHORITY
    pieces = (piece for span in page.spans for piece in claims.unclaimed(span))
    printed = (part for whole in pieces for part in _without_overprint(whole))
    found = ((piece, latin) for piece in printed if (latin := _latin(piece, state)))
    return [
        _Candidate(piece, latin)
        for piece, latin in found
        if _may_be_place(latin, state, digits=digits)
        and not _says_other(page, item, (latin,))
        and not (page.tagged and page.tagged.denies(item, latin))
    ]


def _may_be_place(latin: TextSpan, state: str, *, digits: bool) -> bool:
    if _DATE_LIKE.match(latin.text) or not _is_text(latin, state):
        return False
    return _has_letters(latin.text, digits=digits)


def _says_other(page: PageText, item: Item, parts: Sequence[TextSpan]) -> bool:
    """Whether lines say something else of the holder: an occupation, a colour; villages of that name are labelled."""
    if not is_no_place(" ".join(part.text for part in parts)):
        return False
    return best_fit(page.labels, (LABELS[item],), parts[0].area) < _SAID


def _without_overprint(piece: TextSpan) -> list[TextSpan]:
    """What is left of a line beside the words of watermarks and stamps."""
    marks = [m.span() for m in _OVERPRINT.finditer(piece.text)]
    starts, stops = [0, *(stop for _, stop in marks)], [*(start for start, _ in marks), len(piece.text)]
    return [piece.part(a, b) for a, b in zip(starts, stops, strict=True) if piece.text[a:b].strip()]


def _latin(piece: TextSpan, state: str) -> TextSpan | None:
    """The Latin text of a line; pages of China print it behind a slash.

    Where a text that China is known to print was read with a slash too many in it, it is taken whole.
    """
    if state != "CHN":
        return latin_part(piece)
    whole, after = latin_part(piece), latin_part(piece, after_stroke=True)
    parted = whole != after and after is not None and match_lexicon(after.chars, state) is None
    return whole if whole and parted and match_lexicon(whole.chars, state) else after


def _is_text(latin: TextSpan, state: str) -> bool:
    """Whether a line was read well enough to be text, or is one of the texts that the state prints."""
    return mean_certainty(latin) >= _LEAST_CERTAINTY or match_lexicon(latin.chars, state) is not None


def latin_part(span: TextSpan, *, after_stroke: bool = False) -> TextSpan | None:
    """The Latin text of a line: what follows the ideographs and the slash after them; None where there is none.

    ``after_stroke``: the page prints Latin text after a slash only, so that what looks like Latin before one was
    ideographs too (``川/`` reads as ``JII/``).
    """
    text = span.text
    start = text.rfind("/") + 1 if after_stroke else 0
    match = _LATIN.search(text, start if any(c.isalpha() for c in text[start:]) else 0)
    return span.part(match.start(1), match.end(1)) if match else None


def _has_letters(text: str, *, digits: bool) -> bool:
    """Whether a text has two letters, and as many as figures; an authority (``digits``) may be a number of three."""
    letters, figures = sum(c.isalpha() for c in text), sum(c.isdigit() for c in text)
    if digits and not letters:
        return figures >= 3
    return letters >= 2 and (digits or letters >= figures)


def _share(score: float) -> float:
    """The share of confidence that a line with this score keeps."""
    return min(1.0, _UNLABELLED + _LABELLED * score)


def _value(item: Item, parts: Sequence[TextSpan], share: float, state: str) -> VisualValue:
    """The text of one or more lines, replaced by one that the state is known to print where it nearly is that."""
    joined = [*map(_with_mark_behind, parts[:-1]), *parts[-1:]]
    joined[1:] = map(_with_stroke_before, joined[1:])
    cleaned = [_cleaned(item, part, state) for part in joined]
    text = " ".join(" ".join("".join(c.char for c in chars).split()) for chars in cleaned)
    chars = tuple(c for i, line in enumerate(cleaned) for c in (*(_LINE_BREAK if i else ()), *line))
    certainty = math.prod(c.probability for c in chars)
    known = match_lexicon(chars, state)
    if known and (item is Item.AUTHORITY or not is_official(known.text)):
        text, certainty = known.text, max(certainty, known.probability)
        chars = _spelt(chars, text, certainty)
    confidence = tempered(certainty) * share
    confidence *= _CUT_SHORT if _is_cut_short(text, state) else 1.0
    confidence *= 1.0 if known else math.prod(map(mark_probability, chars))
    quad = parts[0].quad if len(parts) == 1 else enclosing_quad(parts)
    return VisualValue(text, text, confidence, quad, chars)


def _cleaned(item: Item, part: TextSpan, state: str) -> tuple[CharReading, ...]:
    """The text of one line of a value, put right by what is known of places and offices."""
    evidence = part.line.text.evidence
    chars = clean_place(part.chars, state, evidence)
    if item is not Item.AUTHORITY:
        return chars
    parted = restore_spaces(chars, evidence, open_language_model())
    return correct_office_words(parted, state, evidence)


def _with_mark_behind(part: TextSpan) -> TextSpan:
    """A line that another one goes on with, and the comma, hyphen or slash at its end."""
    mark = _JOINT.match(part.line.text.text, part.stop)
    return TextSpan(part.line, part.start, mark.end()) if mark else part


def _with_stroke_before(part: TextSpan) -> TextSpan:
    """A further line of a value, and the stroke with which it begins."""
    return TextSpan(part.line, 0, part.stop) if _STROKE_BEFORE.match(part.line.text.text[: part.start]) else part


def _spelt(chars: tuple[CharReading, ...], text: str, certainty: float) -> tuple[CharReading, ...]:
    """``chars`` where they spell ``text``, else its characters, each as sure as the whole."""
    return chars if "".join(c.char for c in chars) == text else tuple(CharReading(c, certainty) for c in text)


def _is_cut_short(text: str, state: str) -> bool:
    """Whether a text must go on: it ends in ``OF`` or the like, or a known text of the state begins with it."""
    folded, known = fold(text), lexicon(state)
    begins = folded not in known and any(text.startswith(folded) for text in known)
    return bool(_OPEN_END.search(text)) or begins
