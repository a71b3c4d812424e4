"""Finds what the machine readable zone lets expect: number, codes, sex, document type, nationality."""

import math
import re
import statistics
from collections.abc import Sequence
from typing import Final

from engine.tables.labels import Label
from engine.tables.states import country_name
from engine.values.items import Item, VisualValue
from engine.visual.items.labels_on_page import best_fit
from engine.visual.items.page_text import Claims, PageText
from engine.visual.items.text_spans import IDEOGRAPH, TextSpan
from engine.visual.text.fold import fold, similarity
from engine.visual.text.match import Match, corrected, look_alike, match_text, posterior
from engine.visual.text.nationalities import is_nationality

_SURE_CHARACTER: Final = 0.9
_ROW: Final = 1.5
"""Millimetres by which lines of one row may lie apart."""
_OTHER_LABELS: Final = tuple(label for label in Label if label is not Label.NATIONALITY)
_TOKENS: Final = re.compile(rf"[^\s/|,;.()\[\]\-{IDEOGRAPH}]+")
_SLASHED: Final = re.compile(rf"[^/|{IDEOGRAPH}]+")


def find_number(page: PageText, claims: Claims) -> VisualValue | None:
    """Return the document number: the line most like the MRZ's, the one under its label where it stands twice."""
    number = page.mrz.fields.document_number
    expected = fold(number)  # without the filler that a mark or space of the print is (9303-4 §4.2.2.2)
    found = [(m, p) for p in page.spans if (m := match_text(p.chars, expected)) and m.similarity >= 0.75]
    if not expected or not found:
        return None
    match, span = max(
        found,
        key=lambda e: (
            e[0].similarity + 0.5 * best_fit(page.labels, (Label.NUMBER,), e[1].area) + 0.1 * e[0].probability
        ),
    )
    part = span.part(match.start, match.stop)
    if not _explained(match, part, expected):
        part = _whole_token(span, match)
    claims.claim(Item.PASSPORT_NUMBER, part)
    chars = part.chars
    read = fold(part.text)
    if _explained(match, part, expected):
        chars = tuple(c for c in corrected(match, part.chars) if fold(c.char))
        return VisualValue(number, part.text, posterior(match.probability), part.quad, chars)
    return VisualValue(read, part.text, part.certainty * 0.5, part.quad, tuple(c for c in chars if fold(c.char)))


def _whole_token(span: TextSpan, match: Match) -> TextSpan:
    """The letters and digits that hang together with what matched."""
    start, stop, text = match.start, match.stop, span.text
    while start > 0 and fold(text[start - 1]):
        start -= 1
    while stop < len(text) and fold(text[stop]):
        stop += 1
    return span.part(start, stop)


def _explained(match: Match, part: TextSpan, expected: str) -> bool:
    """Whether the print may well be what was expected: no character more or less, differences only where unsure."""
    text = part.line.text.text
    around = text[max(part.start - 1, 0) : part.start] + text[part.stop : part.stop + 1]
    if not len(fold(part.text)) == len(expected) == sum(len(wanted) == 1 for wanted in match.pairs) or fold(around):
        return False
    return all(
        fold(c.char)[:1] == wanted or c.probability < _SURE_CHARACTER or look_alike(c.char, wanted)
        for c, wanted in zip(part.chars, match.pairs, strict=False)
        if wanted
    )


def find_sex(page: PageText, claims: Claims) -> VisualValue | None:
    """Return the sex: the letter alone or beside a national one (``女/F``, ``K/F``)."""
    return _find_token(page, claims, Item.SEX, page.mrz.fields.sex, (Label.SEX,), longest=5)


def find_state(page: PageText, claims: Claims) -> VisualValue | None:
    """Return the printed code of the issuing state."""
    return _find_token(page, claims, Item.ISSUING_STATE, page.mrz.fields.issuing_state, (Label.CODE,), longest=8)


def find_type(page: PageText, claims: Claims) -> VisualValue | None:
    """Return the document type as printed: the MRZ's first letter, perhaps with its second."""
    code = page.mrz.fields.document_code
    for text in dict.fromkeys((code, code[:1])):
        value = _find_token(page, claims, Item.DOCUMENT_TYPE, text, (Label.TYPE,), longest=6)
        if value:
            return value
    return None


def _find_token(
    page: PageText, claims: Claims, item: Item, wanted: str, kinds: Sequence[Label], longest: int
) -> VisualValue | None:
    """A short word alone in a short line, under its label if it stands in several places."""
    if not wanted:
        return None
    found: list[tuple[float, TextSpan]] = []
    for span in (piece for whole in page.spans for piece in claims.unclaimed(whole)):
        if len(span.text.replace(IDEOGRAPH, "").strip()) > longest + len(wanted) - 1:
            continue
        for token in _TOKENS.finditer(span.text):
            part = span.part(token.start(), token.end())
            if fold(part.text) == wanted:
                fit = best_fit(page.labels, kinds, part.area)
                spare = len(fold(span.text)) - len(wanted)
                score = fit + 0.3 * part.certainty - 0.1 * spare + _value_similarity(part, claims)
                height = -0.01 * part.area.top if item is Item.DOCUMENT_TYPE else 0.0  # it stands at the top
                found.append((score + height, part))
    if not found:
        return None
    _, part = max(found, key=lambda entry: entry[0])
    claims.claim(item, part)
    _claim_national_letter(claims, item, part)
    return VisualValue(wanted, part.text, posterior(part.certainty), part.quad, part.chars)


def _claim_national_letter(claims: Claims, item: Item, part: TextSpan) -> None:
    """What is written onto a sex is the sex in the state's own language (``KVK/F``): no other item's value."""
    start, text = part.start, part.line.text.text
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    if item is Item.SEX and start < part.start:
        claims.claim(item, TextSpan(part.line, start, part.start))


def _value_similarity(part: TextSpan, claims: Claims) -> float:
    """How much a short word looks like the values found so far: in capitals, as high, not left of all of them."""
    areas = [span.area for _, span in claims.taken]
    score = 0.2 if part.text.isupper() else 0.0
    if not areas:
        return score
    typical = statistics.median(area.height for area in areas)
    alike = abs(part.line.area.height / typical - 1) < 0.3
    beside = part.area.left > min(area.left for area in areas) - 3
    return score + 0.3 * alike + 0.3 * beside


def find_nationality(page: PageText, claims: Claims) -> VisualValue | None:
    """Return the nationality: its code or a name of it; the value is always the three-letter code."""
    code = page.mrz.fields.nationality
    best: tuple[float, TextSpan] | None = None
    title = min((p.area.top for held, p in claims.taken if held is Item.SURNAME), default=-math.inf)
    late = min((p.area.bottom for held, p in claims.taken if held is Item.BIRTH_DATE), default=math.inf) + _ROW
    for span in (piece for whole in page.spans for piece in claims.unclaimed(whole)):
        fit = best_fit(page.labels, (Label.NATIONALITY,), span.area)
        for piece in _SLASHED.finditer(span.text):
            part = span.part(piece.start(), piece.end())
            text = fold(part.text)
            if not text:
                continue
            known = 1.0 if text == code else 0.9 if is_nationality(text, code) else 0.0
            named = max(known, 0.5 * (similarity(text[:4], fold(country_name(code))[:4]) > 0.7 and fit > 0.5))
            score = named + fit - (0.6 if known == 1.0 and fit < 0.3 else 0.0)  # the code: more likely the state's
            score -= 0.05 if span.area.bottom < title else 0.0  # the state's name at the head of the page
            score -= 0.1 if span.area.bottom > late and fit < 0.3 else 0.0  # a state named where places stand
            score -= 0.5 if best_fit(page.labels, _OTHER_LABELS, span.area) > max(fit, 0.5) else 0.0
            if named and score >= 0.85 and (best is None or score > best[0]):
                best = (score, _whole_latin(span, part) if known < 1 else part)
    if best is None:
        return None
    part = best[1]
    claims.claim(Item.NATIONALITY, part)
    return VisualValue(code, part.text, min(0.95, best[0] / 1.5), part.quad, part.chars)


def _whole_latin(span: TextSpan, part: TextSpan) -> TextSpan:
    """The span behind its last ideograph, what stands in another script left out; ``part`` where nothing stands."""
    text = span.text
    last = text.rfind(IDEOGRAPH)
    start = last + 1
    while start < len(text) and not text[start].isalnum():
        start += 1
    behind = span.part(start, len(text))
    return behind if behind.chars else part
