"""Finds surname and given names: as printed, with the accents and hyphens that the machine readable zone lacks."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Final

from engine.imaging.quads import enclosing_quad
from engine.mrz.certainty import known_state, letter_certainties
from engine.mrz.names import same_name
from engine.mrz.parse import names_may_go_on
from engine.tables.labels import Label
from engine.tables.transliteration import written_in_several
from engine.values.items import Item, VisualValue
from engine.values.mrz import Field, MrzReading
from engine.values.text import CharReading
from engine.visual.items.labels_on_page import best_fit
from engine.visual.items.page_text import Claims, PageText
from engine.visual.items.shown_name import find_shown_name
from engine.visual.items.text_spans import IDEOGRAPH, TextSpan
from engine.visual.items.value_lines import value_lines
from engine.visual.text.confidence import tempered
from engine.visual.text.fold import fold
from engine.visual.text.letters import has_foreign_mark, marked_bases, resolve_look_alikes
from engine.visual.text.match import Match, corrected, look_alike, match_text, posterior
from engine.visual.text.name_breaks import NameForm, restore_breaks
from engine.visual.text.nationalities import is_nationality

_LEAST_SIMILARITY: Final = 0.6
"""Share of a name's letters that must be read where it is found, less what stands there too many."""
_WHOLE: Final = 0.8
"""The same for each part of a name that is printed over two lines."""
_SURE: Final = 0.95
"""Probability above which a printed letter is believed, whatever the MRZ says."""
_SURE_EXTRA: Final = 0.6
"""The same for a letter where the MRZ has none: something is printed there."""
_SURE_LOOK_ALIKE: Final = 0.99
"""The same for one that looks like the MRZ's."""
_SPARE_WEIGHT, _LABEL_WEIGHT, _PROBABILITY_WEIGHT = 0.8, 0.4, 0.1
"""Against the similarity of a place to a name: the share of spare letters, its fit to a label, its probability."""
_OWN: Final = (Label.SURNAME, Label.GIVEN_NAMES)
_SAID: Final = 0.9
"""Fit to its label (0..1) from which that was read without doubt and the name stands right under it."""
_NEAR_LABEL: Final = 0.5
"""Fit to a label (0..1) from which a name stands under it."""
_PLAINLY_OTHER: Final = 3
"""Letters of the other name written onto one, from which a space was lost between the two."""
_SAME_ROW: Final = 0.4
"""Cap heights by which the baselines of two pieces of one row may differ."""
_WIDEST_SPACE: Final = 4.0
"""Cap heights between two parts of a name in one row at most: more than the space within one line as it is found."""
_GUESSED: Final = 0.5
"""Share of confidence where a line is taken for the end of a name because it stands below it."""
_LEAST: Final = 1e-6
"""Probabilities below it are all the same."""
_FOREIGN_MARK: Final = 0.85
"""Share of confidence of a name with a mark that its state's alphabet has not, where it has others on that letter."""
_FIGURE: Final = re.compile(r"\d")
_DIVIDERS: Final = (",", ";", IDEOGRAPH)
"""What divides two names on one line."""
_WORDS: Final = re.compile(rf"[^\s,;/{IDEOGRAPH}]+")
"""Words of a line."""
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
    found |= _hardly_read(page, claims, {item: name for item, name in wanted.items() if item not in found})
    if fold(fields.surname) == fold(fields.given_names) and len(found) == len(wanted):
        found = _surname_first(page, found, claims)
    if not fields.given_names and Item.SURNAME in found and _is_under_given_names(page, claims):
        found = {Item.GIVEN_NAMES: found[Item.SURNAME]}
    return found


def _hardly_read(page: PageText, claims: Claims, missing: Mapping[Item, str]) -> dict[Item, VisualValue]:
    """Names of which too few letters were read, where the picture shows them plainly enough."""
    found = {}
    for item, wanted in missing.items():
        lines = [span for span in page.spans if claims.is_free(span)]
        if shown := find_shown_name(lines, wanted, known_state(page.mrz)):
            claims.claim(item, shown[0])
            found[item] = shown[1]
    return found


def _surname_first(page: PageText, found: dict[Item, VisualValue], claims: Claims) -> dict[Item, VisualValue]:
    """Two names that are the same word, in the order in which pages print them (ICAO 9303-4, Table 1).

    They stay where they are if labels say so that were read without doubt.
    """
    held = {item: span for item, span in claims.taken if item in found}
    surname, given = held[Item.SURNAME], held[Item.GIVEN_NAMES]
    if (
        min(best_fit(page.labels, (kind,), span.area) for kind, span in zip(_OWN, (surname, given), strict=True))
        > _SAID
    ):
        return found
    below = surname.area.bottom - given.area.bottom
    if below > 0.5 * surname.area.height or (surname.line is given.line and surname.start > given.start):
        claims.taken[:] = [entry for entry in claims.taken if entry[0] not in found]
        claims.taken += [(Item.SURNAME, given), (Item.GIVEN_NAMES, surname)]
        return {Item.SURNAME: found[Item.GIVEN_NAMES], Item.GIVEN_NAMES: found[Item.SURNAME]}
    return found


def _is_under_given_names(page: PageText, claims: Claims) -> bool:
    """Whether the one name of a holder, which the MRZ writes as the surname, stands where given names do."""
    area = next(span.area for held, span in claims.taken if held is Item.SURNAME)
    given, surname = (best_fit(page.labels, (kind,), area) for kind in (Label.GIVEN_NAMES, Label.SURNAME))
    return given > max(surname, _NEAR_LABEL)


def _find_name(page: PageText, claims: Claims, item: Item, wanted: str, other: str) -> VisualValue | None:
    """The printed name most like the MRZ's ``wanted``; ``other`` is the folded other name, which may stand beside."""
    kinds = (Label.SURNAME, Label.FULL_NAME) if item is Item.SURNAME else (Label.GIVEN_NAMES, Label.FULL_NAME)
    cut, forms = names_may_go_on(page.mrz), _forms(wanted)
    fits = [fit for span in page.spans for fit in _fits(span, forms)]
    likely = [fit for fit in fits if fit.match.similarity >= _LEAST_SIMILARITY and claims.is_free(fit.part)]
    scored = ((_score(fit, best_fit(page.labels, kinds, fit.part.area), other, cut=cut), fit) for fit in likely)
    score, best = max(scored, key=lambda entry: entry[0], default=(0.0, None))
    certainties = letter_certainties(page.mrz, Field.NAMES, wanted, last=item is Item.GIVEN_NAMES)
    in_one = best.match.similarity if best else 0.0
    lines = _over_lines(page, claims, wanted.split(), in_one) if in_one < 1 else ()
    if lines:
        starts = [len(fold(" ".join(text for text, _ in lines[:k]))) for k in range(len(lines) + 1)]
        sure = [certainties[a:b] for a, b in pairwise(starts)]
        values = [_value(fit, text, page.mrz, part) for (text, fit), part in zip(lines, sure, strict=True)]
        return _claimed(claims, item, [fit.part for _, fit in lines], values)
    if best is None or score < _LEAST_SIMILARITY:
        return None
    open_end = cut and not (item is Item.SURNAME and _goes_on_with(best, other))
    chosen = _to_end_of_part(best) if open_end else _to_whole_words(best, _only_here(page, other))
    value = _value(chosen, wanted, page.mrz, certainties)
    more = _cut_off(page, claims, chosen.part) if cut and item is Item.GIVEN_NAMES else []
    return _claimed(claims, item, [chosen.part, *more], [value, *map(_as_read, more)])


def _claimed(claims: Claims, item: Item, parts: Sequence[TextSpan], values: Sequence[VisualValue]) -> VisualValue:
    """The one value of a name whose ``parts`` stand on one line or several; they are given to ``item``."""
    for part in parts:
        claims.claim(item, part)
    if len(values) == 1:
        return values[0]
    chars = tuple(char for value in values for char in (CharReading(" ", 1.0), *value.characters))[1:]
    printed, sure = " ".join(value.printed for value in values), math.prod(value.confidence for value in values)
    return VisualValue(
        " ".join(value.value for value in values), printed, sure, enclosing_quad([part.quad for part in parts]), chars
    )


def _cut_off(page: PageText, claims: Claims, last: TextSpan) -> list[TextSpan]:
    """The line that a name goes on in whose end the machine readable zone has no room for; [] where there is none."""
    state = page.mrz.fields.nationality
    words = (span for span in page.spans if claims.is_free(span) and _WORDS.fullmatch(span.text.replace(" ", "")))
    names = (span for span in words if not _FIGURE.search(span.text) and not is_nationality(fold(span.text), state))
    return next(([span] for span in names if _goes_on(page, last, span)), [])


def _as_read(span: TextSpan) -> VisualValue:
    """A line of which the machine readable zone says nothing: that it belongs to the name is a guess."""
    return VisualValue(span.text, span.text, _GUESSED * tempered(span.certainty), span.quad, span.chars)


def _over_lines(
    page: PageText, claims: Claims, parts: Sequence[str], in_one: float, above: TextSpan | None = None
) -> tuple[tuple[str, _Fit], ...]:
    """Where a name is printed over several lines: what of it each holds, and its place there; () if it is not so.

    Args:
        page: what was read.
        claims: what other items hold.
        parts: of the name, those still to be found.
        in_one: how like the name the best single line is; each of several must be more like its parts.
        above: the line before; None at the beginning, where one line must not hold all.
    """
    cut = names_may_go_on(page.mrz)
    for count in range(len(parts) - (above is None), 0, -1):
        wanted, rest = " ".join(parts[:count]), parts[count:]
        for fit in _read_alone(page, claims, wanted, cut=cut and not rest):
            if fit.match.similarity <= in_one or not (above is None or _goes_on(page, above, fit.part)):
                continue
            others = _over_lines(page, claims, rest, in_one, fit.part) if rest else ()
            if others or not rest:
                return ((wanted, fit), *others)
    return ()


def _goes_on(page: PageText, above: TextSpan, here: TextSpan) -> bool:
    """Whether one line stands right below another as the next of the same value, or goes on behind a wide space."""
    one, two = above.area, here.area
    high = max(one.height, two.height)
    if abs(one.bottom - two.bottom) < _SAME_ROW * high:
        return 0 < two.left - one.right < _WIDEST_SPACE * high
    return value_lines(page, above, [here])[1:] == [here]


def _read_alone(page: PageText, claims: Claims, wanted: str, *, cut: bool) -> list[_Fit]:
    """Places where just this is printed, read without doubt; to the end of what stands there if it was ``cut``."""
    forms = _forms(wanted)
    fits = [fit for span in page.spans for fit in _fits(span, forms) if fit.match.similarity >= _WHOLE]
    alone = [fit for fit in fits if not _spare_letters(fit, "", cut=cut) and claims.is_free(fit.part)]
    return [_to_end_of_part(fit) for fit in alone] if cut else alone


def _score(fit: _Fit, label: float, other: str, *, cut: bool) -> float:
    """How well a place holds the name: like it, with few letters beside it, under its ``label`` (0..1), well read."""
    spare = _spare_letters(fit, other, cut=cut) / max(len(fold(fit.part.text)), 1)
    score = fit.match.similarity - _SPARE_WEIGHT * spare + _LABEL_WEIGHT * label
    return score + _PROBABILITY_WEIGHT * fit.match.probability


def _value(fit: _Fit, wanted: str, reading: MrzReading, certainties: Sequence[float]) -> VisualValue:
    """The name as printed; where it is not the MRZ's, as the MRZ lets expect if the reader was unsure there."""
    part, state, cut = fit.part, known_state(reading), names_may_go_on(reading)
    chars, kept = resolve_look_alikes(part.chars, state), 1.0
    if not _is_cut_within(_text(chars), wanted, cut=cut):
        chars, kept = restore_breaks(chars, fit.form)
    if not same_name(_text(chars), wanted, truncated=cut):
        right, share = restore_breaks(resolve_look_alikes(corrected(fit.match, part.chars), state), fit.form)
        if same_name(_text(right), wanted, truncated=cut) and _doubtful(fit, certainties):
            chars, kept = right, share * fit.match.similarity
    agrees = same_name(_text(chars), wanted, truncated=cut)
    read = posterior(fit.match.probability) if agrees else math.prod(c.probability for c in chars)
    plain, marked = ([c for c in chars if _may_be_marked(c, state) is flag] for flag in (False, True))
    spelt = tempered(read * math.prod(map(_spelt_right, plain))) * math.prod(map(_spelt_right, marked))
    foreign = any(has_foreign_mark(c.char, state) for c in chars)
    sure = spelt * kept * (_FOREIGN_MARK if foreign else 1.0)
    return VisualValue(_text(chars), part.text, sure, part.quad, chars)


def _text(chars: Sequence[CharReading]) -> str:
    return " ".join("".join(c.char for c in chars).split())


def _is_cut_within(printed: str, wanted: str, *, cut: bool) -> bool:
    """Whether the MRZ cuts parts of a printed name short, so that its fillers say nothing of where parts end."""
    return cut and same_name(printed, wanted, truncated=True) and not fold(printed).startswith(fold(wanted))


def _doubtful(fit: _Fit, certainties: Sequence[float]) -> bool:
    """Whether the print is less sure than the MRZ of every letter in which the two differ.

    ``certainties`` are those of the MRZ's letters. A letter that was read surely is printed, whatever the MRZ says.
    """
    weakest = min(certainties, default=0.0)
    place = len(fit.match.lead)
    for k, (char, wanted) in enumerate(zip(fit.part.chars, fit.match.pairs, strict=False)):
        known = certainties[place] if fit.form.whole and place < len(certainties) else weakest
        lost = zip(wanted[1:], certainties[place + 1 :] if fit.form.whole else (), strict=False)
        if any(not _may_be_lost(fit, k, letter, sure) for letter, sure in lost):
            return False
        place += len(wanted)
        if not fold(char.char) or (wanted and fold(char.char)[:1] == wanted[0]):
            continue
        sure = _SURE_EXTRA if not wanted else _SURE_LOOK_ALIKE if look_alike(char.char, wanted[0]) else _SURE
        if _of_base(char) >= min(known, sure):
            return False
    return True


def _may_be_lost(fit: _Fit, k: int, letter: str, known: float) -> bool:
    """Whether the reader may have lost a ``letter`` behind character ``k``, of which the MRZ is sure by ``known``.

    Where the MRZ saw it with doubt, perhaps another one in part, the evidence of the print tells.
    """
    evidence, chars = fit.part.line.text.evidence, fit.part.chars
    if evidence is None or known >= _SURE_LOOK_ALIKE:
        return True
    read = [char.char for char in chars]
    more = [*read[: k + 1], letter.lower() if read[k].islower() else letter, *read[k + 1 :]]
    without, with_it = (
        evidence.log_likelihood("".join(text), chars[0].start, chars[-1].end) for text in (read, more)
    )
    return with_it - without > math.log((1 - known) / max(known, _LEAST))


def _of_base(char: CharReading) -> float:
    """The probability of a letter, whatever its mark."""
    return char.probability + sum(p for text, p in char.alternatives if fold(text) == fold(char.char))


def _spelt_right(char: CharReading) -> float:
    """The probability that a letter which the MRZ confirms has the right accent: among those of the same base."""
    same = sum(p for text, p in char.alternatives if fold(text) == fold(char.char))
    return char.probability / (char.probability + same) if char.probability else 0.5


def _may_be_marked(char: CharReading, state: str) -> bool:
    """Whether a letter bears a mark, or may bear one in names of ``state``; "" for a state that is not known.

    The machine readable zone says nothing of marks: of such letters any doubt counts in full.
    """
    if not char.char.isascii():
        return True
    other = any(not text.isascii() and fold(text) == fold(char.char) for text, _ in char.alternatives)
    return other and (not state or fold(char.char) in marked_bases(state))


def _fits(span: TextSpan, forms: Sequence[NameForm]) -> Iterator[_Fit]:
    """The best place of a name in each part of a line that commas or ideographs divide."""
    for piece in _PARTS.finditer(span.text):
        chars = span.chars[piece.start() : piece.end()]
        matches = [(m, form) for form in forms if (m := match_text(chars, form.letters))]
        if matches:
            best, form = max(matches, key=lambda e: (_likeness(chars, *e), len(e[1].letters), e[0].probability))
            yield _Fit(replace(best, start=best.start + piece.start(), stop=best.stop + piece.start()), form, span)


def _likeness(chars: Sequence[CharReading], match: Match, form: NameForm) -> float:
    """How like a spelling is to what was read: letters inside that it does not have count against it."""
    inside = zip(chars[match.start : match.stop], match.pairs, strict=True)
    return match.similarity - sum(not wanted and bool(fold(char.char)) for char, wanted in inside) / len(form.letters)


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
    return sum(0 if _is_of(s, other) else len(s) for s in spare)


def _to_whole_words(fit: _Fit, other: str) -> _Fit:
    """``fit`` with the letters written onto it: the page prints more of the name than the MRZ was read to say.

    Not where they are those of the ``other`` name: the reader loses spaces.
    """
    text, match, (first, last) = fit.span.text, fit.match, fit.bounds
    start, stop = match.start, match.stop
    while start > first and fold(text[start - 1]):
        start -= 1
    while stop < last and fold(text[stop]):
        stop += 1
    before, behind = fold(text[start : match.start]), fold(text[match.stop : stop])
    start = match.start if _is_of(before, other) else start
    stop = match.stop if _is_of(behind, other) else stop
    pairs = ("",) * (match.start - start) + match.pairs + ("",) * (stop - match.stop)
    return replace(fit, match=replace(match, start=start, stop=stop, pairs=pairs))


def _goes_on_with(fit: _Fit, other: str) -> bool:
    """Whether the other name stands behind a name in its line: then it is that which the zone has no room for."""
    behind = fold(fit.span.text[fit.match.stop : fit.bounds[1]])
    return len(behind) >= _PLAINLY_OTHER and behind[:_PLAINLY_OTHER] == other[:_PLAINLY_OTHER]


def _only_here(page: PageText, other: str) -> str:
    """The other name, unless it stands on the page by itself: then it is not what is written onto this one."""
    words = (fold(word) for span in page.spans for word in _WORDS.findall(span.text))
    return "" if other in words else other


def _is_of(text: str, other: str) -> bool:
    """Whether letters are the other name, or so much of it that no name would end so by chance."""
    return bool(text) and (text == other or (len(text) >= _PLAINLY_OTHER and text in other))


def _to_end_of_part(fit: _Fit) -> _Fit:
    """``fit`` as far as its part of the line goes: a full name field may lack the end that the page still prints."""
    match, (_, stop) = fit.match, fit.bounds
    return replace(fit, match=replace(match, stop=stop, pairs=match.pairs + ("",) * (stop - match.stop)))
