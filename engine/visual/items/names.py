"""Finds surname and given names: as printed, with the accents and hyphens that the machine readable zone lacks."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from engine.mrz.names import same_name
from engine.mrz.parse import names_truncated
from engine.tables.labels import Label
from engine.tables.transliteration import written_in_several
from engine.values.items import Item, VisualValue
from engine.values.mrz import Field, MrzReading
from engine.values.text import CharReading
from engine.visual.items.labels_on_page import best_fit
from engine.visual.items.page_text import Claims, PageText
from engine.visual.items.text_spans import IDEOGRAPH, TextSpan
from engine.visual.text.confidence import tempered
from engine.visual.text.fold import fold
from engine.visual.text.letters import resolve_look_alikes
from engine.visual.text.match import Match, corrected, look_alike, match_text, posterior

_LEAST_SIMILARITY: Final = 0.6
_SURE: Final = 0.95
_PARTS: Final = re.compile(rf"[^,;{IDEOGRAPH}]+")
_MISREAD_HYPHENS: Final = ".,·~_=:"
_BREAK_LOST: Final = 0.3
"""Share of confidence that is left where the print has to part the name and no hyphen or space was read."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A spelling of a name in the MRZ's letters, and after how many of them its parts end.

    ``whole`` is the MRZ's own spelling; in the other one every letter stands for one printed letter.
    """

    letters: str
    breaks: frozenset[int]
    whole: bool


@dataclass(frozen=True, slots=True)
class _Fit:
    match: Match
    form: _Form
    span: TextSpan


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
    cut = names_truncated(page.mrz)
    forms = _forms(wanted)
    scored: list[tuple[float, _Fit]] = []
    for fit in (fit for span in page.spans for fit in _fits(span, forms)):
        part = fit.span.part(fit.match.start, fit.match.stop)
        if fit.match.similarity >= _LEAST_SIMILARITY and claims.is_free(part):
            spare = _spare_letters(fit, other, cut=cut) / max(len(fold(part.text)), 1)
            place = best_fit(page.labels, kinds, part.area)
            scored.append((fit.match.similarity - 0.8 * spare + 0.4 * place + 0.1 * fit.match.probability, fit))
    if not scored:
        return None
    score, fit = max(scored, key=lambda entry: entry[0])
    if score < _LEAST_SIMILARITY:
        return None
    if cut:
        fit = _to_end_of_part(fit)
    part = fit.span.part(fit.match.start, fit.match.stop)
    claims.claim(item, part)
    return _value(fit, part, wanted, page.mrz)


def _value(fit: _Fit, part: TextSpan, wanted: str, reading: MrzReading) -> VisualValue:
    """The name as printed; where it is not the MRZ's, as the MRZ lets expect if the reader was unsure there."""
    state, cut = reading.fields.issuing_state, names_truncated(reading)
    chars, kept = resolve_look_alikes(part.chars, state), 1.0
    if not _is_cut_within(_text(chars), wanted, cut=cut):
        chars, kept = _with_breaks(chars, fit)
    if not same_name(_text(chars), wanted, truncated=cut):
        right, share = _with_breaks(resolve_look_alikes(corrected(fit.match, part.chars), state), fit)
        if same_name(_text(right), wanted, truncated=cut) and _doubtful(fit.match, part, _certainty(reading)):
            chars, kept = right, share * fit.match.similarity
    sure = tempered(posterior(fit.match.probability) * math.prod(_spelt_right(c) for c in chars)) * kept
    return VisualValue(_text(chars), part.text, sure, part.quad, chars)


def _text(chars: Sequence[CharReading]) -> str:
    return " ".join("".join(c.char for c in chars).split())


def _is_cut_within(printed: str, wanted: str, *, cut: bool) -> bool:
    """Whether the MRZ cuts parts of a printed name short, so that its fillers say nothing of where parts end."""
    return cut and same_name(printed, wanted, truncated=True) and not fold(printed).startswith(fold(wanted))


def _certainty(reading: MrzReading) -> float:
    """How sure a letter of the MRZ's names is, at most as sure as a printed one need be."""
    letters = len(fold(reading.fields.surname + reading.fields.given_names))
    sure = dict(reading.field_confidences).get(Field.NAMES, 0.0)
    return min(_SURE, float(sure ** (1 / max(letters, 1))))


def _doubtful(match: Match, part: TextSpan, mrz: float) -> bool:
    """Whether every letter that differs from the MRZ is less sure than the MRZ's names, or looks alike."""
    return all(
        char.probability < mrz or fold(char.char)[:1] == wanted[:1] or (wanted and look_alike(char.char, wanted[0]))
        for char, wanted in zip(part.chars, match.pairs, strict=False)
        if fold(char.char)
    )


def _spelt_right(char: CharReading) -> float:
    """The probability that a letter which the MRZ confirms has the right accent: among those of the same base."""
    same = sum(p for text, p in char.alternatives if fold(text) == fold(char.char))
    return char.probability / (char.probability + same) if char.probability else 0.5


def _with_breaks(chars: Sequence[CharReading], fit: _Fit) -> tuple[tuple[CharReading, ...], float]:
    """Compare hyphens and spaces with the fillers of the MRZ (ICAO 9303-3 §4.6).

    A space where the MRZ has no filler is the reader's; a full stop where it has one was a hyphen; where nothing was
    read a space was lost. Returns the characters, and the share of confidence that is left.
    """
    kept: list[CharReading] = []
    left, letters, between = 1.0, 0, list[CharReading]()
    for char in chars:
        if not fold(char.char):
            between.append(char)
            continue
        if letters >= len(fit.form.letters):  # the MRZ ends here: it says nothing of what follows
            kept.extend(between)
        elif letters:
            marks, share = _settled(between, wanted=letters in fit.form.breaks)
            kept.extend(marks)
            left *= share
        kept.append(char)
        letters += len(fold(char.char)) if fit.form.whole else 1
        between = []
    return tuple(kept), left


def _settled(between: Sequence[CharReading], *, wanted: bool) -> tuple[list[CharReading], float]:
    text = "".join(c.char for c in between)
    if not wanted:
        return ([], 0.8) if text and text.isspace() else (list(between), 0.9 if text.strip("'’.") else 1.0)
    if not text:  # of the two that can stand there, the reader loses spaces
        return [CharReading(" ", _BREAK_LOST)], _BREAK_LOST
    blank = [char for char in between if char.char.isspace()]
    if len(blank) == 1 and len(text) == 2 and text.strip() in _MISREAD_HYPHENS:  # a speck beside the space
        return (blank, 0.8) if min(char.probability for char in between) < _SURE else (list(between), 1.0)
    if text.strip() == "-":  # no name has spaces about its hyphen
        return [char for char in between if char.char == "-"], 1.0 if text == "-" else 0.8
    if len(text) == 1 and text in _MISREAD_HYPHENS:
        return [replace(between[0], char="-", probability=0.5)], 0.6
    return list(between), 1.0


def _fits(span: TextSpan, forms: Sequence[_Form]) -> Iterator[_Fit]:
    """The best place of a name in each part of a line that commas or ideographs divide."""
    for piece in _PARTS.finditer(span.text):
        chars = span.chars[piece.start() : piece.end()]
        matches = [(m, form) for form in forms if (m := match_text(chars, form.letters))]
        if matches:
            best, form = max(matches, key=lambda e: (e[0].similarity, len(e[1].letters), e[0].probability))
            yield _Fit(replace(best, start=best.start + piece.start(), stop=best.stop + piece.start()), form, span)


def _forms(wanted: str) -> tuple[_Form, ...]:
    """The MRZ's spelling, and the one where every digraph stands for one national letter (ICAO 9303-3 §6)."""
    parts = [fold(part) for part in wanted.split()]
    digraphs, one = _digraphs()
    short = [digraphs.sub(lambda found: one[found[0]], part) for part in parts]
    own = _form(parts, whole=True)
    return (own,) if short == parts else (own, _form(short, whole=False))


@cache
def _digraphs() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """What the machine readable zone writes in several letters for one printed letter, and that letter folded."""
    one = {several: fold(letters[0])[0] for several, letters in written_in_several().items()}
    return re.compile("|".join(one)), one


def _form(parts: Sequence[str], *, whole: bool) -> _Form:
    ends = [sum(map(len, parts[: i + 1])) for i in range(len(parts) - 1)]
    return _Form("".join(parts), frozenset(ends), whole)


def _spare_letters(fit: _Fit, other: str, *, cut: bool) -> int:
    """Letters in the same part of the line that the name does not account for; the other name may stand there."""
    text, match = fit.span.text, fit.match
    start = max((text.rfind(mark, 0, match.start) for mark in (",", ";", IDEOGRAPH)), default=-1) + 1
    ends = [e for mark in (",", ";", IDEOGRAPH) if (e := text.find(mark, match.stop)) >= 0]
    after = "" if cut else text[match.stop : min(ends, default=len(text))]
    spare = fold(text[start : match.start]), fold(after)
    return sum(0 if s and s in other else len(s) for s in spare)


def _to_end_of_part(fit: _Fit) -> _Fit:
    """A name field that is full may have lost the name's end, which the page still prints."""
    text, match = fit.span.text, fit.match
    ends = [e for mark in (",", ";", IDEOGRAPH) if (e := text.find(mark, match.stop)) >= 0]
    stop = min(ends, default=len(text))
    return replace(fit, match=replace(match, stop=stop, pairs=match.pairs + ("",) * (stop - match.stop)))
