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
from engine.visual.text.name_breaks import NameForm, restore_breaks

_LEAST_SIMILARITY: Final = 0.6
"""Share of a name's letters that must be read where it is found, less what stands there too many."""
_SURE: Final = 0.95
"""Probability above which a printed letter is believed, whatever the MRZ says."""
_SPARE_WEIGHT, _LABEL_WEIGHT, _PROBABILITY_WEIGHT = 0.8, 0.4, 0.1
"""Against the similarity of a place to a name: the share of spare letters, its fit to a label, its probability."""
_DIVIDERS: Final = (",", ";", IDEOGRAPH)
"""What divides two names on one line."""
_PARTS: Final = re.compile(rf"[^,;{IDEOGRAPH}]+")


@dataclass(frozen=True, slots=True)
class _Fit:
    """Where in ``span`` a name may be printed: ``match`` of its characters with the spelling ``form``."""

    match: Match
    form: NameForm
    span: TextSpan

    @property
    def part(self) -> TextSpan:
        """The characters of the name."""
        return self.span.part(self.match.start, self.match.stop)

    @property
    def bounds(self) -> tuple[int, int]:
        """Where the part of the line begins and ends that commas or ideographs divide from the rest."""
        text, match = self.span.text, self.match
        start = max((text.rfind(mark, 0, match.start) for mark in _DIVIDERS), default=-1) + 1
        ends = [end for mark in _DIVIDERS if (end := text.find(mark, match.stop)) >= 0]
        return start, min(ends, default=len(text))


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
    """The printed name most like the MRZ's ``wanted``; ``other`` is the folded other name, which may stand beside."""
    kinds = (Label.SURNAME, Label.FULL_NAME) if item is Item.SURNAME else (Label.GIVEN_NAMES, Label.FULL_NAME)
    cut, forms = names_truncated(page.mrz), _forms(wanted)
    fits = [fit for span in page.spans for fit in _fits(span, forms)]
    likely = [fit for fit in fits if fit.match.similarity >= _LEAST_SIMILARITY and claims.is_free(fit.part)]
    scored = ((_score(fit, best_fit(page.labels, kinds, fit.part.area), other, cut=cut), fit) for fit in likely)
    score, best = max(scored, key=lambda entry: entry[0], default=(0.0, None))
    if best is None or score < _LEAST_SIMILARITY:
        return None
    chosen = _to_end_of_part(best) if cut else best
    claims.claim(item, chosen.part)
    return _value(chosen, wanted, page.mrz)


def _score(fit: _Fit, label: float, other: str, *, cut: bool) -> float:
    """How well a place holds the name: like it, with few letters beside it, under its ``label`` (0..1), well read."""
    spare = _spare_letters(fit, other, cut=cut) / max(len(fold(fit.part.text)), 1)
    score = fit.match.similarity - _SPARE_WEIGHT * spare + _LABEL_WEIGHT * label
    return score + _PROBABILITY_WEIGHT * fit.match.probability


def _value(fit: _Fit, wanted: str, reading: MrzReading) -> VisualValue:
    """The name as printed; where it is not the MRZ's, as the MRZ lets expect if the reader was unsure there."""
    part, state, cut = fit.part, reading.fields.issuing_state, names_truncated(reading)
    chars, kept = resolve_look_alikes(part.chars, state), 1.0
    if not _is_cut_within(_text(chars), wanted, cut=cut):
        chars, kept = restore_breaks(chars, fit.form)
    if not same_name(_text(chars), wanted, truncated=cut):
        right, share = restore_breaks(resolve_look_alikes(corrected(fit.match, part.chars), state), fit.form)
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


def _fits(span: TextSpan, forms: Sequence[NameForm]) -> Iterator[_Fit]:
    """The best place of a name in each part of a line that commas or ideographs divide."""
    for piece in _PARTS.finditer(span.text):
        chars = span.chars[piece.start() : piece.end()]
        matches = [(m, form) for form in forms if (m := match_text(chars, form.letters))]
        if matches:
            best, form = max(matches, key=lambda e: (e[0].similarity, len(e[1].letters), e[0].probability))
            yield _Fit(replace(best, start=best.start + piece.start(), stop=best.stop + piece.start()), form, span)


def _forms(wanted: str) -> tuple[NameForm, ...]:
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


def _form(parts: Sequence[str], *, whole: bool) -> NameForm:
    ends = [sum(map(len, parts[: i + 1])) for i in range(len(parts) - 1)]
    return NameForm("".join(parts), frozenset(ends), whole)


def _spare_letters(fit: _Fit, other: str, *, cut: bool) -> int:
    """Letters in the same part of the line that the name does not account for; the other name may stand there."""
    text, match, (start, stop) = fit.span.text, fit.match, fit.bounds
    spare = fold(text[start : match.start]), fold("" if cut else text[match.stop : stop])
    return sum(0 if s and s in other else len(s) for s in spare)


def _to_end_of_part(fit: _Fit) -> _Fit:
    """``fit`` as far as its part of the line goes: a full name field may lack the end that the page still prints."""
    match, (_, stop) = fit.match, fit.bounds
    return replace(fit, match=replace(match, stop=stop, pairs=match.pairs + ("",) * (stop - match.stop)))
