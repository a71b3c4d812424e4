"""Finds what the machine readable zone lets expect letter by letter: number, state code, sex, document type."""

import math
import re
import statistics
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from engine.mrz.certainty import letter_certainties
from engine.tables.labels import Label
from engine.tables.look_alikes import Shape, look_alikes
from engine.values.items import Item, VisualValue
from engine.values.mrz import Field
from engine.values.text import CharReading
from engine.visual.items.labels_on_page import best_fit
from engine.visual.items.page_text import Claims, PageText
from engine.visual.items.text_spans import IDEOGRAPH, TextSpan
from engine.visual.text.confidence import tempered
from engine.visual.text.fold import fold
from engine.visual.text.match import Match, corrected, look_alike, match_text, posterior

_LEAST_SIMILARITY: Final = 0.75
"""Share of the number's characters that must be read where it is found."""
_SURE_CHARACTER: Final = 0.9
"""Probability from which a character is believed, whatever the MRZ says."""
_SURE_LOOK_ALIKE: Final = 0.99
"""The same for one that looks like the MRZ's."""
_RINGS: Final = frozenset("0O")
"""Most faces draw them alike."""
_SURE_RING: Final = 0.95
"""Probability from which the MRZ tells the one from the other."""
_LEAST_LETTER: Final = 0.5
"""Probability from which a single letter says something."""
_ENGLISH_SEX: Final = re.compile(r"/\s?[MFX](?!\w)")
"""What follows the letter for a sex in the state's own language."""
_TYPE_LETTERS: Final = 2
_NEAR_LABEL: Final = 0.5
"""Fit to a label (0..1) from which a value stands under it."""
_TYPE: Final = re.compile("[A-Z][A-Z012568]?")
_SUBTYPES: Final = frozenset("ABCDELMNOPRSTUX")
"""Second letters of types that passports print."""
_ZONES_SUBTYPE, _OTHER_SUBTYPE, _NO_SUBTYPE = 1.0, 0.02, 0.002
"""How probable a second letter is before it is read: the zone's own, another one of those, any other."""
_TOKENS: Final = re.compile(rf"[^\s/|,;.()\[\]\-{IDEOGRAPH}]+")
"""Words of letters and digits."""


def find_number(page: PageText, claims: Claims) -> VisualValue | None:
    """Return the document number: the text most like the MRZ's, the one under its label where it stands twice.

    A number that plainly is not the MRZ's is given as it was read.
    """
    number = page.mrz.fields.document_number
    expected = fold(number)  # without the filler that a mark or space of the print is (9303-4 §4.2.2.2)
    found = [(m, p) for p in page.spans if (m := match_text(p.chars, expected)) and m.similarity >= _LEAST_SIMILARITY]
    if not expected or not found:
        return None
    match, span = max(found, key=lambda entry: _number_score(entry[0], entry[1], page))
    part = span.part(match.start, match.stop)
    explained = _explained(match, part, expected, letter_certainties(page.mrz, Field.DOCUMENT_NUMBER, expected))
    part = part if explained else _whole_token(span, match)
    claims.claim(Item.PASSPORT_NUMBER, part)
    if explained:
        chars = tuple(c for c in corrected(match, part.chars) if fold(c.char))
        return VisualValue(number, part.text, posterior(match.probability), part.quad, chars)
    chars = tuple(c for c in part.chars if fold(c.char))
    return VisualValue(fold(part.text), part.text, tempered(part.certainty), part.quad, chars)


def _number_score(match: Match, span: TextSpan, page: PageText) -> float:
    """How well a text holds the number: like it, under its label, well read."""
    return match.similarity + 0.5 * best_fit(page.labels, (Label.NUMBER,), span.area) + 0.1 * match.probability


def _whole_token(span: TextSpan, match: Match) -> TextSpan:
    """The letters and digits that hang together with what matched."""
    start, stop, text = match.start, match.stop, span.text
    while start > 0 and fold(text[start - 1]):
        start -= 1
    while stop < len(text) and fold(text[stop]):
        stop += 1
    return span.part(start, stop)


def _explained(match: Match, part: TextSpan, expected: str, certainties: Sequence[float]) -> bool:
    """Whether the print may well be what was expected: no character more or less, differences only where unsure.

    ``certainties`` are those of the expected characters: where one is not surer than the print it explains nothing.
    """
    text = part.line.text.text
    around = text[max(part.start - 1, 0) : part.start] + text[part.stop : part.stop + 1]
    if not len(fold(part.text)) == len(expected) == sum(len(wanted) == 1 for wanted in match.pairs) or fold(around):
        return False
    pairs = [(char, wanted) for char, wanted in zip(part.chars, match.pairs, strict=False) if wanted]
    return all(
        fold(char.char)[:1] == wanted or _is_misread(char, wanted, certainty)
        for (char, wanted), certainty in zip(pairs, certainties, strict=True)
    )


def _is_misread(char: CharReading, wanted: str, certainty: float) -> bool:
    """Whether the MRZ is surer of its character than the print of another: of ring and nought no print is sure."""
    if {fold(char.char), wanted} <= _RINGS:
        return certainty >= _SURE_RING
    alike = look_alike(char.char, wanted)
    return char.probability < min(certainty, _SURE_LOOK_ALIKE if alike else _SURE_CHARACTER)


def find_sex(page: PageText, claims: Claims) -> VisualValue | None:
    """Return the sex: the letter alone or beside a national one (``女/F``, ``K/F``)."""
    return _find_token(page, claims, Item.SEX, page.mrz.fields.sex, (Label.SEX,), longest=5)


def find_state(page: PageText, claims: Claims) -> VisualValue | None:
    """Return the printed code of the issuing state."""
    return _find_token(page, claims, Item.ISSUING_STATE, page.mrz.fields.issuing_state, (Label.CODE,), longest=8)


def find_type(page: PageText, claims: Claims) -> VisualValue | None:
    """Return the document type as printed: the MRZ's letters, or its first one alone or with another second one."""
    code = page.mrz.fields.document_code
    if told := _told_type(page, code):
        claims.claim(Item.DOCUMENT_TYPE, told)
        chars = _type_letters(told, code)
        text, certainty = "".join(c.char for c in chars), math.prod(c.probability for c in chars)
        return VisualValue(text, told.text, posterior(certainty), told.quad, chars)
    other = [text for text in _printed_types(page) if text[:1] == code[:1]]
    for text in dict.fromkeys((code, *other, code[:1])):
        value = _find_token(page, claims, Item.DOCUMENT_TYPE, text, (Label.TYPE,), longest=6)
        if value:
            return value
    return _second_letter(page, claims, code)


def _type_letters(word: TextSpan, code: str) -> tuple[CharReading, ...]:
    """The letters of a printed type, a second one that was read with doubt as the zone's or as types have it."""
    first, *others = (replace(c, char=fold(c.char)) for c in word.chars if fold(c.char))
    return (first, *(_subtype(char, code[1:2]) for char in others))


def _subtype(char: CharReading, zones: str) -> CharReading:
    """The second letter that was most probably printed, with its probability among those that may have been."""
    weights: dict[str, float] = {}
    for text, probability in ((char.char, char.probability), *char.alternatives):
        read = fold(text)
        for letter in look_alikes(Shape.PRINT).get(read, "") if read.isdigit() else read:
            known = _ZONES_SUBTYPE if letter == zones else _OTHER_SUBTYPE if letter in _SUBTYPES else _NO_SUBTYPE
            weights[letter] = weights.get(letter, 0.0) + probability * known
    total, best = sum(weights.values()), max(weights, key=lambda letter: weights[letter])
    others = tuple((letter, weight / total) for letter, weight in weights.items() if letter != best)
    return replace(char, char=best, probability=weights[best] / total, alternatives=others)


def _second_letter(page: PageText, claims: Claims, code: str) -> VisualValue | None:
    """The type of a page that prints the MRZ's second letter alone: ``D`` where it says ``PD``."""
    letter = code[1:2]
    own = (span for span in page.spans if letter and span.text.strip() == letter and _is_head(page, span))
    span = next((span for span in own if claims.is_free(span) and span.certainty >= _SURE_CHARACTER), None)
    if span is None:
        return None
    claims.claim(Item.DOCUMENT_TYPE, span)
    return VisualValue(letter, span.text.strip(), posterior(span.certainty), span.quad, span.chars)


def _printed_types(page: PageText) -> list[str]:
    """Two capitals that stand alone where a type may: under its label, or at the head of the page."""
    found = [span for span in page.spans if len(span.text.strip()) == _TYPE_LETTERS and span.text.strip().isalpha()]
    near = [s for s in found if s.text.isupper() and s.certainty >= _SURE_CHARACTER and _is_head(page, s)]
    return [span.text.strip() for span in near]


def _is_head(page: PageText, span: TextSpan) -> bool:
    return best_fit(page.labels, (Label.TYPE,), span.area) > _NEAR_LABEL


def _told_type(page: PageText, code: str) -> TextSpan | None:
    """The word of which the network is sure, where it may be a type: ``PC`` is printed where the MRZ says ``P<``."""
    choice = page.tagged.choice(Item.DOCUMENT_TYPE) if page.tagged else None
    if choice is None or len(choice.spans) > 1:
        return None
    words = [choice.spans[0].part(*token.span()) for token in _TOKENS.finditer(choice.spans[0].text)]
    word = next((word for word in words if _TYPE.fullmatch(fold(word.text))), None)
    return word if word and fold(word.text)[:1] == code[:1] else None


def _find_token(
    page: PageText, claims: Claims, item: Item, wanted: str, kinds: Sequence[Label], longest: int
) -> VisualValue | None:
    """A short word alone in a short line, under a label of ``kinds`` if it stands in several places.

    The line may have ``longest`` - 1 characters more than the word.
    """
    if not wanted:
        return None
    spans = [piece for whole in page.spans for piece in claims.unclaimed(whole)]
    short = [s for s in spans if len(s.text.replace(IDEOGRAPH, "").strip()) < longest + len(wanted)]
    tokens = ((s, s.part(*match.span())) for s in short for match in _TOKENS.finditer(s.text))
    found = [(s, part) for s, part in tokens if fold(part.text) == wanted]
    if item is Item.SEX:
        found = [(s, part) for s, part in found if _may_be_sex(s, part)]
    if not found:
        return None
    _, part = max(found, key=lambda entry: _token_score(entry[0], entry[1], page, claims, item, kinds))
    claims.claim(item, part)
    _claim_national_letter(claims, item, part)
    return VisualValue(wanted, part.text, posterior(part.certainty), part.quad, part.chars)


def _may_be_sex(span: TextSpan, part: TextSpan) -> bool:
    """Whether a letter was well enough read, and is not the state's own before the slash (``M/F``)."""
    behind = span.line.text.text[part.stop :].lstrip()
    return part.certainty >= _LEAST_LETTER and not _ENGLISH_SEX.match(behind)


def _token_score(
    span: TextSpan, part: TextSpan, page: PageText, claims: Claims, item: Item, kinds: Sequence[Label]
) -> float:
    """How well the word ``part`` of a line suits: under its label, well read, alone, looking like other values."""
    spare = len(fold(span.text)) - len(fold(part.text))
    score = best_fit(page.labels, kinds, part.area) + 0.3 * part.certainty - 0.1 * spare
    height = -0.01 * part.area.top if item is Item.DOCUMENT_TYPE else 0.0  # it stands at the top of the page
    return score + _likeness_to_values(part, claims) + height


def _claim_national_letter(claims: Claims, item: Item, part: TextSpan) -> None:
    """What is written onto a sex is the sex in the state's own language (``KVK/F``): no other item's value."""
    start, text = part.start, part.line.text.text
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    if item is Item.SEX and start < part.start:
        claims.claim(item, TextSpan(part.line, start, part.start))


def _likeness_to_values(part: TextSpan, claims: Claims) -> float:
    """How much a short word looks like the values found so far: in capitals, as high, not left of all of them."""
    areas = [span.area for _, span in claims.taken]
    score = 0.2 if part.text.isupper() else 0.0
    if not areas:
        return score
    typical = statistics.median(area.height for area in areas)
    alike = abs(part.line.area.height / typical - 1) < 0.3
    beside = part.area.left > min(area.left for area in areas) - 3
    return score + 0.3 * alike + 0.3 * beside
