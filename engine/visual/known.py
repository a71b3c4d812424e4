"""Finds what the machine readable zone lets expect: number, names, codes, sex, document type."""

import re
import statistics
from collections.abc import Iterator, Sequence
from typing import Final

from engine.items import Item
from engine.mrz.countries import country_name
from engine.records import VisualValue
from engine.text import CharReading
from engine.visual.agreement import names_truncated
from engine.visual.evidence import Claims, PageText
from engine.visual.fold import fold, likeness
from engine.visual.label_phrases import Label
from engine.visual.match import Match, match_text
from engine.visual.nationalities import is_nationality
from engine.visual.nearness import best_fit
from engine.visual.phrases import IDEOGRAPH, Phrase

_LEAST_LIKENESS: Final = 0.6
_SURE_CHARACTER: Final = 0.9
_PARTS: Final = re.compile(rf"[^,;{IDEOGRAPH}]+")
_TOKENS: Final = re.compile(rf"[^\s/|,;.()\[\]\-{IDEOGRAPH}]+")
_SLASHED: Final = re.compile(rf"[^/|{IDEOGRAPH}]+")
_DIGRAPHS: Final = (("AE", "A"), ("OE", "O"), ("UE", "U"), ("AA", "A"), ("SS", "S"), ("TH", "T"), ("IJ", "I"))


def find_number(page: PageText, claims: Claims) -> VisualValue | None:
    """Return the document number: the line most like the MRZ's, the one under its label where it stands twice."""
    expected = page.mrz.fields.document_number
    found = [(m, p) for p in page.phrases if (m := match_text(p.chars, expected)) and m.likeness >= 0.75]
    if not expected or not found:
        return None
    match, phrase = max(
        found,
        key=lambda e: (
            e[0].likeness + 0.5 * best_fit(page.labels, (Label.NUMBER,), e[1].area) + 0.1 * e[0].probability
        ),
    )
    part = phrase.part(match.start, match.stop)
    if not _explained(match, part, expected):
        part = _whole_token(phrase, match)
    claims.claim(Item.PASSPORT_NUMBER, part)
    chars = part.chars
    read = fold(part.text)
    if _explained(match, part, expected):
        chars = tuple(c for c in _as_expected(match, part) if fold(c.char))
        return VisualValue(expected, part.text, _trust(match.probability), part.quad, chars)
    return VisualValue(read, part.text, part.certainty * 0.5, part.quad, tuple(c for c in chars if fold(c.char)))


def find_names(page: PageText, claims: Claims) -> dict[Item, VisualValue]:
    """Return surname and given names as printed, where they fit the MRZ's.

    Both may stand on one line (``SURNAME, GIVEN NAMES``). The longer name is looked for first: it is the surer one.
    """
    fields = page.mrz.fields
    wanted = {Item.SURNAME: fields.surname, Item.GIVEN_NAMES: fields.given_names}
    found: dict[Item, VisualValue] = {}
    for item in sorted(wanted, key=lambda i: -len(wanted[i])):
        other = wanted[Item.GIVEN_NAMES if item is Item.SURNAME else Item.SURNAME]
        value = _find_name(page, claims, item, wanted[item], fold(other))
        if value:
            found[item] = value
    return found


def _find_name(page: PageText, claims: Claims, item: Item, wanted: str, other: str) -> VisualValue | None:
    kinds = (Label.SURNAME, Label.FULL_NAME) if item is Item.SURNAME else (Label.GIVEN_NAMES, Label.FULL_NAME)
    best: tuple[float, Match, Phrase] | None = None
    for phrase in page.phrases:
        for match in _name_matches(phrase, wanted):
            part = phrase.part(match.start, match.stop)
            if not claims.free(part):
                continue
            spare = _spare_letters(phrase, match, other)
            score = match.likeness - 0.8 * spare / max(len(fold(part.text)), 1)
            score += 0.4 * best_fit(page.labels, kinds, part.area) + 0.1 * match.probability
            if match.likeness >= _LEAST_LIKENESS and (best is None or score > best[0]):
                best = (score, match, phrase)
    if best is None or best[0] < _LEAST_LIKENESS:
        return None
    _, match, phrase = best
    if names_truncated(page.mrz):
        match = _to_end_of_part(phrase, match)
    part = phrase.part(match.start, match.stop)
    claims.claim(item, part)
    chars = _as_expected(match, part)
    text = " ".join("".join(c.char for c in chars).split())
    sure = _trust(match.probability)
    return VisualValue(text, part.text, sure, part.quad, chars)


def _name_matches(phrase: Phrase, wanted: str) -> Iterator[Match]:
    """The best place of a name in each part of a line that commas or ideographs divide."""
    for piece in _PARTS.finditer(phrase.text):
        chars = phrase.chars[piece.start() : piece.end()]
        matches = [(m, form) for form in _forms(wanted) if (m := match_text(chars, form))]
        if matches:
            best, _ = max(matches, key=lambda e: (e[0].likeness, len(e[1]), e[0].probability))
            yield Match(
                best.start + piece.start(), best.stop + piece.start(), best.likeness, best.probability, best.pairs
            )


def _forms(wanted: str) -> tuple[str, ...]:
    """The MRZ's spelling, and the one where every digraph stands for one national letter (ICAO 9303-3 §6)."""
    plain = fold(wanted)
    short = plain
    for digraph, letter in _DIGRAPHS:
        short = short.replace(digraph, letter)
    return (plain,) if short == plain else (plain, short)


def _spare_letters(phrase: Phrase, match: Match, other: str) -> int:
    """Letters in the same part of the line that the name does not account for; the other name may stand there."""
    text = phrase.text
    start = max((text.rfind(mark, 0, match.start) for mark in (",", ";", IDEOGRAPH)), default=-1) + 1
    ends = [e for mark in (",", ";", IDEOGRAPH) if (e := text.find(mark, match.stop)) >= 0]
    spare = fold(text[start : match.start]), fold(text[match.stop : min(ends, default=len(text))])
    return sum(0 if s and s in other else len(s) for s in spare)


def _to_end_of_part(phrase: Phrase, match: Match) -> Match:
    """A name field that is full may have lost the name's end, which the page still prints."""
    ends = [e for mark in (",", ";", IDEOGRAPH) if (e := phrase.text.find(mark, match.stop)) >= 0]
    stop = min(ends, default=len(phrase.text))
    return Match(match.start, stop, match.likeness, match.probability, match.pairs + ("",) * (stop - match.stop))


def _whole_token(phrase: Phrase, match: Match) -> Phrase:
    """The letters and digits that hang together with what matched."""
    start, stop, text = match.start, match.stop, phrase.text
    while start > 0 and fold(text[start - 1]):
        start -= 1
    while stop < len(text) and fold(text[stop]):
        stop += 1
    return phrase.part(start, stop)


def _explained(match: Match, part: Phrase, expected: str) -> bool:
    """Whether the print may well be what was expected: no character more or less, differences only where unsure."""
    text = part.line.text.text
    around = text[max(part.start - 1, 0) : part.start] + text[part.stop : part.stop + 1]
    if len(fold(part.text)) != len(expected) or fold(around):
        return False
    return match.likeness == 1.0 or all(
        not wanted or fold(c.char)[:1] == wanted or c.probability < _SURE_CHARACTER
        for c, wanted in zip(part.chars, match.pairs, strict=False)
    )


def _as_expected(match: Match, part: Phrase) -> tuple[CharReading, ...]:
    """The characters as printed, a letter read otherwise than the MRZ has it put right in the same case."""
    chars = []
    for char, wanted in zip(part.chars, (*match.pairs, *[""] * len(part.chars)), strict=False):
        if not wanted or fold(char.char)[:1] == wanted:
            chars.append(char)
            continue
        letter = wanted.lower() if char.char.islower() and not _mostly_capitals(part.text) else wanted
        chars.append(
            CharReading(letter, 1 - char.probability, ((char.char, char.probability),), char.start, char.end)
        )
    return tuple(chars)


def _mostly_capitals(text: str) -> bool:
    return sum(c.isupper() for c in text) > sum(c.islower() for c in text)


def _trust(probability: float) -> float:
    """The MRZ said the same before the page was read, so a likely reading is nearly sure and a poor one plausible."""
    return probability / (probability + 0.02 * (1 - probability) + 1e-9) if probability > 0 else 0.0


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
    found: list[tuple[float, Phrase]] = []
    for phrase in page.phrases:
        if len(phrase.text.replace(IDEOGRAPH, "").strip()) > longest + len(wanted) - 1:
            continue
        for token in _TOKENS.finditer(phrase.text):
            part = phrase.part(token.start(), token.end())
            if fold(part.text) == wanted and claims.free(part):
                fit = best_fit(page.labels, kinds, part.area)
                spare = len(fold(phrase.text)) - len(wanted)
                score = fit + 0.3 * part.certainty - 0.1 * spare + _value_likeness(part, claims)
                height = -0.01 * part.area.top if item is Item.DOCUMENT_TYPE else 0.0  # it stands at the top
                found.append((score + height, part))
    if not found:
        return None
    _, part = max(found, key=lambda entry: entry[0])
    claims.claim(item, part)
    return VisualValue(part.text.upper(), part.text, _trust(part.certainty), part.quad, part.chars)


def _value_likeness(part: Phrase, claims: Claims) -> float:
    """How much a short word looks like the values found so far: in capitals, as high, not left of all of them."""
    areas = [phrase.area for _, phrase in claims.taken]
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
    best: tuple[float, Phrase] | None = None
    for phrase in page.phrases:
        fit = best_fit(page.labels, (Label.NATIONALITY,), phrase.area)
        for piece in _SLASHED.finditer(phrase.text):
            part = phrase.part(piece.start(), piece.end())
            text = fold(part.text)
            if not text or not claims.free(part):
                continue
            known = 1.0 if text == code else 0.9 if is_nationality(text, code) else 0.0
            named = max(known, 0.5 * (likeness(text[:4], fold(country_name(code))[:4]) > 0.7 and fit > 0.5))
            score = named + fit - (0.6 if known == 1.0 and fit < 0.3 else 0.0)  # the code: more likely the state's
            if named and score >= 0.9 and (best is None or score > best[0]):
                best = (score, _whole_latin(phrase) if known < 1 else part)
    if best is None:
        return None
    part = best[1]
    claims.claim(Item.NATIONALITY, part)
    return VisualValue(code, part.text, min(0.95, best[0] / 1.5), part.quad, part.chars)


def _whole_latin(phrase: Phrase) -> Phrase:
    """The phrase from its first Latin letter on: what stands in another script is left out."""
    text = phrase.text
    last = text.rfind(IDEOGRAPH)
    start = last + 1
    while start < len(text) and not text[start].isalnum():
        start += 1
    return phrase.part(start, len(text))
