"""Finds what stands where a value of the machine readable zone should stand, and says another thing.

The items of both zones are looked for by what the zone says. Where a page prints another number, name, sex or state
(it is forged or wrongly printed, or the zone was misread) nothing like that is found, and what stands under the label
is the page's own word.
"""

import re
import statistics
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final

from engine.tables.labels import Label
from engine.tables.states import country_exists
from engine.values.items import Item, VisualValue
from engine.values.mrz import MrzFields, MrzFormat
from engine.values.text import CharReading
from engine.visual.items.labels_on_page import best_fit, nearest_label, stands_beside
from engine.visual.items.page_text import Claims, PageText
from engine.visual.items.text_spans import IDEOGRAPH, Area, TextSpan
from engine.visual.text.confidence import tempered
from engine.visual.text.fold import fold
from engine.visual.text.letters import resolve_look_alikes
from engine.visual.text.nationalities import is_nationality

_LEAST_FIT: Final = 0.55
"""How well a value must stand under its label (0..1)."""
_ASTRAY: Final = 0.3
"""Fit to its label below which a short value does not stand there."""
_LEAST_CERTAINTY: Final = 0.5
"""Probability that the text was read right."""
_NOT_LISTED: Final = 0.02
"""Probability that a letter for a sex is another one that its reader did not list."""
_TOKENS: Final = re.compile(rf"[^\s/|,;.()\[\]\-{IDEOGRAPH}]+")
_NUMBER: Final = re.compile(r"(?=.*\d.*\d.*\d)[A-Z0-9]{6,12}")
_NAME: Final = re.compile(rf"[^\W\d_{IDEOGRAPH}](?:[^\W\d_{IDEOGRAPH}]|[ '’.\-])*")
_NAMES: Final = (Item.SURNAME, Item.GIVEN_NAMES)
_SEXES: Final = frozenset("MFX")
_SEX: Final = re.compile(rf"(?:[^\W\d_{IDEOGRAPH}]{{1,6}}\s?/\s?|{IDEOGRAPH}\s?/?\s?)?[MFX]")
_ALIKE: Final = 0.25
"""Share by which the heights of two values may differ."""
_ALIGNED: Final = 1.5
"""Millimetres by which the left edges of surname and given names may differ."""
_ROWS: Final = (3.0, 11.0)
"""Millimetres from the baseline of one of them to that of the other."""


@dataclass(frozen=True, slots=True)
class _Rival:
    """A text that may be an item's value, and the value it stands for."""

    part: TextSpan
    value: str
    chars: tuple[CharReading, ...]
    certainty: float


_Find = Callable[[TextSpan, MrzFields], Iterator[_Rival]]


def find_rivals(page: PageText, claims: Claims, found: Collection[Item]) -> dict[Item, VisualValue]:
    """Return values that the page prints in their items' places and that are not the zone's.

    Of items that were ``found`` only short ones are looked for, which stand elsewhere by chance: an M beside a stamp.

    A place is that under the item's label; where no such label was read, that of the one text that can be a value of
    the kind; and for names that before or behind the other name.
    """
    rivals: dict[Item, VisualValue] = {}
    if page.mrz.format is not MrzFormat.TD3:  # visas print the passport's number too, and the issuing post
        return rivals
    for item, kind in _KINDS.items():
        if not kind.zone(page.mrz.fields) or (item in found and not _is_astray(page, claims, item, kind)):
            continue
        rival = _under_label(page, claims, kind)
        if rival is None and item not in found:
            rival = _alone(page, claims, kind)
        if rival is None and item in _NAMES:
            rival = _beside_other_name(page, claims, item, kind)
        if rival is not None:
            claims.claim(item, rival.part)
            confidence = tempered(rival.certainty)
            rivals[item] = VisualValue(rival.value, rival.part.text, confidence, rival.part.quad, rival.chars)
    return rivals


def _is_astray(page: PageText, claims: Claims, item: Item, kind: "_Kind") -> bool:
    """Whether a short value was found far from its label."""
    areas = (span.area for held, span in claims.taken if held is item)
    return kind.is_plain and all(best_fit(page.labels, kind.labels, area) < _ASTRAY for area in areas)


def _under_label(page: PageText, claims: Claims, kind: "_Kind") -> _Rival | None:
    """The rival under the label; none where several stand there, for then it is not known which."""
    near = [(best_fit(page.labels, kind.labels, span.area), span) for span in claims.free_pieces(page.spans)]
    under = [(fit, span) for fit, span in near if fit >= _LEAST_FIT and _is_own(page, kind.labels, span)]
    under = under or [(fit, span) for fit, span in near if stands_beside(page.labels, kind.labels, span.area)]
    if not under:
        return None
    _, span = max(under, key=lambda entry: entry[0])
    return _only(kind.find(span, page.mrz.fields))


def _is_own(page: PageText, labels: Collection[Label], span: TextSpan) -> bool:
    nearest = nearest_label(page.labels, span.area)
    return nearest is not None and nearest.label in labels


def _alone(page: PageText, claims: Claims, kind: "_Kind") -> _Rival | None:
    """The one text of the page that can be a value of the kind, where no label of the kind was read."""
    if not kind.is_plain or any(label.label in kind.labels for label in page.labels):
        return None
    spans = [span for span in claims.free_pieces(page.spans) if _looks_like_value(span, claims)]
    holders = page.mrz.fields.nationality
    spans = [span for span in spans if len(fold(span.text)) >= kind.shortest or fold(span.text) == holders]
    return _only(rival for span in spans for rival in kind.find(span, page.mrz.fields) if kind.is_whole(span, rival))


def _looks_like_value(span: TextSpan, claims: Claims) -> bool:
    """Whether a text is as high as the values found."""
    heights = [taken.area.height for _, taken in claims.taken]
    return bool(heights) and abs(span.area.height / statistics.median(heights) - 1) < _ALIKE


def _beside_other_name(page: PageText, claims: Claims, item: Item, kind: "_Kind") -> _Rival | None:
    """The rest of the line of the other name, or the line over (under) it: surnames are printed first."""
    taken = next((span for held, span in claims.taken if held in _NAMES and held is not item), None)
    if taken is None:
        return None
    spans = claims.free_pieces(page.spans)
    same = [s for s in spans if s.line is taken.line and (s.start < taken.start) is (item is Item.SURNAME)]
    below = -1.0 if item is Item.SURNAME else 1.0
    near = [s for s in spans if s.line is not taken.line and _is_next(taken.area, s.area, below)]
    return _only(rival for span in same or near[:1] for rival in kind.find(_trimmed(span), page.mrz.fields))


def _is_next(one: Area, other: Area, below: float) -> bool:
    """Whether ``other`` begins where ``one`` does, as high, in the row under it (``below`` 1) or over it (-1)."""
    alike = abs(other.height / max(one.height, 0.1) - 1) < _ALIKE and abs(other.left - one.left) < _ALIGNED
    return alike and _ROWS[0] < below * (other.bottom - one.bottom) < _ROWS[1]


def _trimmed(span: TextSpan) -> TextSpan:
    """A piece of a line without the marks that divide it from the other name."""
    text = span.text
    start, stop = len(text) - len(text.lstrip(" ,;/")), len(text.rstrip(" ,;/"))
    return span.part(start, max(start, stop))


def _only(rivals: Iterable[_Rival]) -> _Rival | None:
    """The one that is sure enough; several that say the same are one: a state's code may be its nationality's too."""
    sure = [rival for rival in rivals if rival.certainty >= _LEAST_CERTAINTY]
    return sure[0] if len({rival.value for rival in sure}) == 1 else None


def _numbers(span: TextSpan, fields: MrzFields) -> Iterator[_Rival]:
    for part in _tokens(span):
        value = fold(part.text)
        if _NUMBER.fullmatch(value) and value != fields.document_number:
            yield _Rival(part, value, tuple(c for c in part.chars if fold(c.char)), part.certainty)


def _states(span: TextSpan, fields: MrzFields) -> Iterator[_Rival]:
    for part in _tokens(span):
        value = fold(part.text)
        if part.text.isupper() and part.text.isalpha() and country_exists(value) and value != fields.issuing_state:
            yield _Rival(part, value, part.chars, part.certainty)


def _sexes(span: TextSpan, fields: MrzFields) -> Iterator[_Rival]:
    """The letter of the other sex; before it may stand that of the state's own language (``M/F``, ``Ž/F``)."""
    parts = [part for part in _tokens(span) if part.text in _SEXES]
    if parts and parts[-1].text != fields.sex:
        char = _among_sexes(parts[-1].chars[0])
        yield _Rival(parts[-1], parts[-1].text, (char,), char.probability)


def _among_sexes(char: CharReading) -> CharReading:
    """A letter for a sex with its probability among such letters: whatever else it looks like is none."""
    others = sum(probability for other, probability in char.alternatives if other in _SEXES)
    return replace(char, probability=char.probability / (char.probability + others + _NOT_LISTED))


def _nationalities(span: TextSpan, fields: MrzFields) -> Iterator[_Rival]:
    if span.text.strip() == "" or is_nationality(fold(span.text), fields.nationality):
        return
    for part in _tokens(span):
        value = fold(part.text)
        if len(value) == 3 and country_exists(value) and value != fields.nationality:
            yield _Rival(part, value, part.chars, part.certainty)


def _names(span: TextSpan, fields: MrzFields) -> Iterator[_Rival]:
    part = span.part(_ideographs(span.text), len(span.chars))  # ``王 WANG``
    if _NAME.fullmatch(part.text) and (part.text.isupper() or part.text.istitle()):
        chars = resolve_look_alikes(part.chars, fields.issuing_state)
        yield _Rival(part, "".join(c.char for c in chars), chars, part.certainty)


def _ideographs(text: str) -> int:
    """How many ideographs a text begins with, and what parts them from the rest."""
    return len(text) - len(text.lstrip(IDEOGRAPH + " /")) if text.startswith(IDEOGRAPH) else 0


def _tokens(span: TextSpan) -> list[TextSpan]:
    return [span.part(*match.span()) for match in _TOKENS.finditer(span.text)]


def _is_whole_text(span: TextSpan, rival: _Rival) -> bool:
    return fold(span.text) == fold(rival.part.text)


def _is_lettered(span: TextSpan, rival: _Rival) -> bool:
    """Whether a sex stands alone, or behind the letter or word for it in the state's language."""
    return _SEX.fullmatch(span.text.strip()) is not None


@dataclass(frozen=True, slots=True)
class _Kind:
    """What an item's values look like: ``find`` yields those in a line that are not the ``zone``'s own.

    ``labels`` announce it. ``is_plain`` says that no other item's values look so, if ``is_whole`` says of a line that
    it holds nothing else, which has ``shortest`` letters.
    """

    labels: tuple[Label, ...]
    zone: Callable[[MrzFields], str]
    find: _Find
    is_plain: bool = False
    shortest: int = 1
    is_whole: Callable[[TextSpan, _Rival], bool] = _is_whole_text


_KINDS: Final[Mapping[Item, _Kind]] = {
    Item.PASSPORT_NUMBER: _Kind((Label.NUMBER,), attrgetter("document_number"), _numbers),
    Item.SURNAME: _Kind((Label.SURNAME,), attrgetter("surname"), _names),
    Item.GIVEN_NAMES: _Kind((Label.GIVEN_NAMES,), attrgetter("given_names"), _names),
    Item.NATIONALITY: _Kind((Label.NATIONALITY,), attrgetter("nationality"), _nationalities),
    Item.ISSUING_STATE: _Kind((Label.CODE,), attrgetter("issuing_state"), _states, is_plain=True, shortest=3),
    Item.SEX: _Kind((Label.SEX,), attrgetter("sex"), _sexes, is_plain=True, is_whole=_is_lettered),
}
"""By item, in the order in which they are looked for."""
