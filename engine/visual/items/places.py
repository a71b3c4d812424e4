"""Finds what only the page has: place of birth, place of issue, authority."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from engine.tables.labels import Label
from engine.tables.look_alikes import Shape, look_alikes
from engine.values.items import Item, VisualValue
from engine.values.text import CharReading
from engine.visual.items.layouts import Position
from engine.visual.items.page_text import Claims, PageText
from engine.visual.items.place_scores import (
    LEAST_FIT,
    evidence,
    is_official,
    is_unlabelled_place,
    mean_certainty,
    place_context,
)
from engine.visual.items.text_spans import IDEOGRAPH, TextSpan
from engine.visual.items.value_lines import enclosing_quad, may_go_on, value_lines
from engine.visual.text.cities import correct_city
from engine.visual.text.confidence import tempered
from engine.visual.text.fold import fold
from engine.visual.text.known_texts import known_texts, nearest_known
from engine.visual.text.letters import resolve_look_alikes

LABELS: Final[Mapping[Item, Label]] = {
    Item.BIRTH_PLACE: Label.BIRTH_PLACE,
    Item.ISSUE_PLACE: Label.ISSUE_PLACE,
    Item.AUTHORITY: Label.AUTHORITY,
}
_LATIN: Final = re.compile(
    rf"((?:['’](?=[st][\s-]))?[^\W{IDEOGRAPH}_][^{IDEOGRAPH}]*?)[\s/|,;:<=~^*°'`´·-]*(?:\s{IDEOGRAPH})?$"
)
_DATE_LIKE: Final = re.compile(r"\d{1,2}\b.{3,}\b\d{2}(\d{2})?$")
_OVERPRINT: Final = re.compile(r"\b(SPECIMEN|SPÉCIMEN|SAMPLE|MUSTER|COPY|KOPIE|COPIE|VOID|SEEN)\b")
"""What watermarks and stamps say, in capitals."""
_LEAST_CERTAINTY: Final = 0.65
"""Geometric mean of a line's characters below which it is no text, or none that is worth giving."""
_DOUBTFUL: Final = 0.8
_DISTRICT: Final = re.compile(r"(?<=[^\W\d_]{4})\d{1,2}$")
_SPACE_LOST: Final = 0.8
_PARTICLE: Final = re.compile(r"(?<=\s)(Van|Von|Voor|Op|Of|Zu|Zum|Zur)(?=\s)")
_CUT_SHORT: Final = 0.1
"""Share of confidence that is left where the text plainly goes on and its end was not found."""
_GOES_ON: Final = 0.3
"""The same where another line stands right below, though not in line."""
_OPEN_END: Final = re.compile(
    r"(\b(OF|THE|AND|FOR|DE|DES|DU|DA|DO|DI|DEL|DELLA|LA|Y|E|ET|DER|DIE|UND|VAN)|[&,/(-])$", re.I
)


def find_places(page: PageText, claims: Claims, expected: Mapping[Item, Position]) -> dict[Item, VisualValue]:
    """Return the places and the authority.

    Args:
        page: what was read.
        claims: what other items hold already.
        expected: where a known layout prints these items, mm; {} where the layout is not known.
    """
    values: dict[Item, VisualValue] = {}
    for item, label in LABELS.items():
        candidates = _candidates(page, claims, digits=item is Item.AUTHORITY)
        place = place_context(item, label, expected.get(item), page, claims)
        scored = [(evidence(place, c.whole, c.latin), c) for c in candidates]
        score, best = max(scored, key=lambda entry: entry[0], default=(0.0, None))
        if best is None or score < LEAST_FIT:
            continue
        parts = value_lines(page, best.latin, [c.latin for c in candidates])
        for part in parts:
            claims.claim(item, part)
        value = _value(item, parts, score, page.mrz.fields.issuing_state)
        lost = may_go_on(page, parts, [c.whole for c in candidates])
        values[item] = replace(value, confidence=value.confidence * (_GOES_ON if lost else 1.0))
    further = _further_place(page, claims) if {Item.BIRTH_PLACE, Item.AUTHORITY} <= values.keys() else None
    return values | ({Item.ISSUE_PLACE: further} if further and Item.ISSUE_PLACE not in values else {})


def _further_place(page: PageText, claims: Claims) -> VisualValue | None:
    """The one value left when all others are told, as the place of issue: doubtful, for its label is unread."""
    place = place_context(Item.ISSUE_PLACE, Label.ISSUE_PLACE, None, page, claims)
    left = [
        c.latin for c in _candidates(page, claims, digits=False) if is_unlabelled_place(page, place, c.whole, c.latin)
    ]
    if len(left) != 1:
        return None
    claims.claim(Item.ISSUE_PLACE, left[0])
    return _value(Item.ISSUE_PLACE, left, 0.0, place.state)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A piece of a line that no item holds, and the Latin text in it."""

    whole: TextSpan
    latin: TextSpan


def _candidates(page: PageText, claims: Claims, *, digits: bool) -> list[_Candidate]:
    found, state = [], page.mrz.fields.issuing_state
    pieces = (piece for span in page.spans for piece in claims.unclaimed(span))
    for piece in (part for whole in pieces for part in _without_overprint(whole)):
        latin = _latin(piece, state)
        if (
            latin
            and not _DATE_LIKE.match(latin.text)
            and _is_text(latin, state)
            and _is_place(latin.text, digits=digits)
        ):
            found.append(_Candidate(piece, latin))
    return found


def _without_overprint(piece: TextSpan) -> list[TextSpan]:
    marks = [m.span() for m in _OVERPRINT.finditer(piece.text)]
    starts, stops = [0, *(stop for _, stop in marks)], [*(start for start, _ in marks), len(piece.text)]
    return [piece.part(a, b) for a, b in zip(starts, stops, strict=True) if piece.text[a:b].strip()]


def _latin(piece: TextSpan, state: str) -> TextSpan | None:
    """The Latin text of a line of ``state``; a known one is whole even where a stroke was misread in it."""
    if state != "CHN":
        return latin_part(piece)
    whole, after = latin_part(piece), latin_part(piece, after_stroke=True)
    parted = whole != after and after is not None and nearest_known(after.chars, state) is None
    return whole if whole and parted and nearest_known(whole.chars, state) else after


def _is_text(latin: TextSpan, state: str) -> bool:
    return mean_certainty(latin) >= _LEAST_CERTAINTY or nearest_known(latin.chars, state) is not None


def latin_part(span: TextSpan, *, after_stroke: bool = False) -> TextSpan | None:
    """The Latin text of a line: what follows the ideographs and the slash after them; None where there is none.

    ``after_stroke``: the page prints Latin text after a slash only, so that what looks like Latin before one was
    ideographs too (``川/`` reads as ``JII/``).
    """
    text = span.text
    start = text.rfind("/") + 1 if after_stroke else 0
    match = _LATIN.search(text, start if any(c.isalpha() for c in text[start:]) else 0)
    return span.part(match.start(1), match.end(1)) if match else None


def _is_place(text: str, *, digits: bool) -> bool:
    letters, numerals = sum(c.isalpha() for c in text), sum(c.isdigit() for c in text)
    return letters + numerals >= 3 if digits and not letters else letters >= 2 and (digits or letters >= numerals)


def _value(item: Item, parts: list[TextSpan], score: float, state: str) -> VisualValue:
    settled = [_settled(part.chars, state) for part in parts]
    text = " ".join(" ".join("".join(c.char for c in chars).split()) for chars in settled)
    chars = tuple(c for part in settled for c in part)
    certainty = math.prod(c.probability for c in chars)
    quad = parts[0].quad if len(parts) == 1 else enclosing_quad(parts)
    known = nearest_known(chars, state)
    if known and (item is Item.AUTHORITY or not is_official(known.text)):
        text, certainty = known.text, max(certainty, known.probability)
        chars = chars if "".join(c.char for c in chars) == text else tuple(CharReading(c, certainty) for c in text)
    whole = _CUT_SHORT if _is_cut_short(text, state) else 1.0
    return VisualValue(text, text, tempered(certainty) * min(1.0, 0.6 + 0.5 * score) * whole, quad, chars)


def _settled(chars: Sequence[CharReading], state: str) -> tuple[CharReading, ...]:
    spelt = resolve_look_alikes(_without_strays(_balanced(chars)), state)
    return correct_city(_with_lost_space(_with_small_particles(spelt)), state)


def _with_small_particles(chars: tuple[CharReading, ...]) -> tuple[CharReading, ...]:
    """``chars`` with the particles inside a name begun small: the capitals of most have the same shape."""
    starts = {match.start() for match in _PARTICLE.finditer("".join(c.char for c in chars))}
    return tuple(replace(c, char=c.char.lower()) if i in starts else c for i, c in enumerate(chars))


def _with_lost_space(chars: tuple[CharReading, ...]) -> tuple[CharReading, ...]:
    """``chars`` with a space between a name and the number of its district: ``PRAHA1``."""
    district = _DISTRICT.search("".join(c.char for c in chars))
    if not district:
        return chars
    i = district.start()
    x = (chars[i - 1].end + chars[i].start) / 2
    return (*chars[:i], CharReading(" ", _SPACE_LOST, (), x, x), *chars[i:])


def _balanced(chars: Sequence[CharReading]) -> tuple[CharReading, ...]:
    """``chars`` without brackets that close nothing or are never closed: strokes of the pattern behind the print."""
    text = "".join(c.char for c in chars)
    if text.count("(") == text.count(")"):
        return tuple(chars)
    return tuple(c for c in chars if c.char not in "()")


def _without_strays(chars: tuple[CharReading, ...]) -> tuple[CharReading, ...]:
    """``chars`` without doubtful strokes of the pattern beside the print.

    A figure or a small letter stuck to the last word, of capitals in the latter case; a lone letter before the first.
    """
    if len(chars) > 3 and chars[1].char.isspace() and chars[0].probability < _DOUBTFUL:
        chars = chars[2:]
    if len(chars) < 3 or chars[-1].probability >= _DOUBTFUL or not chars[-2].char.isalpha():
        return chars
    last = chars[-1].char
    stray = last.isdigit() and chars[-3].char.isalpha()
    small = (
        last.islower() and not _has_shape_of_capital(last) and chars[-2].char.isupper() and chars[-3].char.isupper()
    )
    return chars[:-1] if stray or small else chars


def _has_shape_of_capital(letter: str) -> bool:
    return letter in look_alikes(Shape.SIZE) or letter in look_alikes(Shape.SIZE_NEARLY)


def _is_cut_short(text: str, state: str) -> bool:
    """Whether a text must go on: it ends in ``OF`` or the like, or a known text of the state begins with it."""
    folded, known = fold(text), known_texts(state)
    begins = folded not in known and any(text.startswith(folded) for text in known)
    return bool(_OPEN_END.search(text)) or begins
