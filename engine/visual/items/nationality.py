"""Finds the nationality: the page prints the three-letter code of the MRZ, or a name of it in some language."""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from engine.tables.labels import Label
from engine.tables.states import country_name
from engine.values.items import Item, VisualValue
from engine.visual.items.labels_on_page import best_fit
from engine.visual.items.page_text import Claims, PageText
from engine.visual.items.text_spans import IDEOGRAPH, TextSpan
from engine.visual.text.fold import fold, similarity
from engine.visual.text.nationalities import is_nationality

_PIECES: Final = re.compile(rf"[^/|{IDEOGRAPH}]+")
"""What slashes or ideographs divide: names in several languages stand on one line."""
_OTHER_LABELS: Final = tuple(label for label in Label if label is not Label.NATIONALITY)
_NEIGHBOURS: Final = (Item.SURNAME, Item.BIRTH_DATE)
"""Items that bound where the nationality stands (ICAO 9303-4, Table 1)."""
_ROW: Final = 1.5
"""Millimetres by which lines of one row may lie apart."""
_CODE, _NAME, _BEGINNING = 1.0, 0.9, 0.5
"""What the code, a known name, the beginning of the state's name count, each in full."""
_NEAR_LABEL: Final = 0.5
"""Fit to a label (0..1) from which a value stands under it."""
_FAR_FROM_LABEL: Final = 0.3
"""Fit to a label below which a value does not stand under it."""
_LEAST_SCORE: Final = 0.85
_MOST_CONFIDENCE: Final = 0.95
_FULL_SCORE: Final = 1.5
"""Score that stands for certainty."""


@dataclass(frozen=True, slots=True)
class _Mention:
    """A piece of a line that may name the nationality.

    ``named`` is how well its text does (0..1); ``fit`` how well the line stands under a label for it (0..1);
    ``title`` and ``late`` are the mm from the page's top above which the heading stands, below which places stand.
    """

    page: PageText
    span: TextSpan
    piece: TextSpan
    named: float
    fit: float
    title: float
    late: float


def find_nationality(page: PageText, claims: Claims) -> VisualValue | None:
    """Return the nationality: its code or a name of it; the value is always the three-letter code."""
    scored = ((_score(mention), mention) for mention in _mentions(page, claims))
    score, best = max(scored, key=lambda entry: entry[0], default=(0.0, None))
    if best is None or score < _LEAST_SCORE:
        return None
    part = best.piece if best.named == _CODE else _whole_latin(best.span, best.piece)
    claims.claim(Item.NATIONALITY, part)
    confidence = min(_MOST_CONFIDENCE, score / _FULL_SCORE)
    return VisualValue(page.mrz.fields.nationality, part.text, confidence, part.quad, part.chars)


def _mentions(page: PageText, claims: Claims) -> Iterator[_Mention]:
    """The pieces of lines that name the nationality and belong to no other item."""
    areas = {item: [span.area for held, span in claims.taken if held is item] for item in _NEIGHBOURS}
    title = min((area.top for area in areas[Item.SURNAME]), default=-math.inf)
    late = min((area.bottom for area in areas[Item.BIRTH_DATE]), default=math.inf) + _ROW
    for span in (piece for whole in page.spans for piece in claims.unclaimed(whole)):
        fit = best_fit(page.labels, (Label.NATIONALITY,), span.area)
        for match in _PIECES.finditer(span.text):
            piece = span.part(match.start(), match.end())
            if named := _named(fold(piece.text), page.mrz.fields.nationality, fit):
                yield _Mention(page, span, piece, named, fit, title, late)


def _named(folded: str, code: str, fit: float) -> float:
    """How well a folded text names the nationality, 0..1; the beginning of the state's name does under a label."""
    if not folded:
        return 0.0
    if folded == code:
        return _CODE
    if is_nationality(folded, code):
        return _NAME
    return _BEGINNING if fit > _NEAR_LABEL and similarity(folded[:4], fold(country_name(code))[:4]) > 0.7 else 0.0


def _is_code_without_label(mention: _Mention) -> bool:
    """A code that stands under no such label is more likely the issuing state's."""
    return mention.named == _CODE and mention.fit < _FAR_FROM_LABEL


def _is_heading(mention: _Mention) -> bool:
    """Above the surname the page prints the state's name as its title."""
    return mention.span.area.bottom < mention.title


def _is_among_places(mention: _Mention) -> bool:
    """Below the date of birth a state is named as a place of birth or in the authority."""
    return mention.span.area.bottom > mention.late and mention.fit < _FAR_FROM_LABEL


def _is_under_other_label(mention: _Mention) -> bool:
    return best_fit(mention.page.labels, _OTHER_LABELS, mention.span.area) > max(mention.fit, _NEAR_LABEL)


_PENALTIES: Final[tuple[tuple[Callable[[_Mention], bool], float], ...]] = (
    (_is_code_without_label, 0.6),
    (_is_heading, 0.05),
    (_is_among_places, 0.1),
    (_is_under_other_label, 0.5),
)
"""What speaks against a mention, and how much it takes off the score."""


def _score(mention: _Mention) -> float:
    score = mention.named + mention.fit
    for applies, penalty in _PENALTIES:
        score -= penalty if applies(mention) else 0.0
    return score


def _whole_latin(span: TextSpan, part: TextSpan) -> TextSpan:
    """The line behind its last ideograph, what stands in another script left out; ``part`` where nothing stands."""
    text = span.text
    start = text.rfind(IDEOGRAPH) + 1
    while start < len(text) and not text[start].isalnum():
        start += 1
    behind = span.part(start, len(text))
    return behind if behind.chars else part
