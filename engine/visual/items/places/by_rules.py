"""Which lines are a place or the authority by label, layout and order: where the network is in doubt."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.values.items import Item
from engine.visual.items.layouts import Position
from engine.visual.items.page_text import Claims, PageText
from engine.visual.items.places.found_place import FoundPlace, found_place
from engine.visual.items.places.latin_part import latin_part
from engine.visual.items.places.line_scores import LEAST_SCORE, mean_certainty, place_context, score_line
from engine.visual.items.places.overprint import without_overprint
from engine.visual.items.places.own_labels import LABELS, says_other
from engine.visual.items.text_spans import TextSpan
from engine.visual.items.value_lines import may_go_on, value_lines
from engine.visual.text.lexicon import near_texts

_DATE_LIKE: Final = re.compile(r"\d{1,2}\b.{3,}\b\d{2}(\d{2})?$")
"""A line that begins with a day and ends with a year."""
_LEAST_CERTAINTY: Final = 0.65
"""Geometric mean of a line's characters below which it is no text, or none that is worth giving."""
_GOES_ON: Final = 0.3
"""Share of confidence that is left where another line stands right below, though not in line."""
_UNLABELLED, _LABELLED = 0.6, 0.5
"""Share of confidence that a line keeps whose score is 0, and how much each point of its score adds, up to 1."""
_DOUBTED, _EACH_CHANCE = 0.4, 1.5
"""The same where the network holds a line for something else, and how much more its probability for it adds."""


def find_by_rules(page: PageText, claims: Claims, item: Item, position: Position | None) -> FoundPlace | None:
    """Return the line with the best score for ``item``, and those that go on with it; None where none scores enough.

    ``position``: where a known layout prints it, mm; ``claims``: what other items hold.
    """
    candidates = _candidates(page, claims, item)
    context = place_context(item, LABELS[item], position, page, claims)
    scored = [(score_line(context, c.whole, c.latin), c) for c in candidates]
    score, best = max(scored, key=lambda entry: entry[0], default=(0.0, None))
    if best is None or score < LEAST_SCORE:
        return None
    parts = tuple(value_lines(page, best.latin, [c.latin for c in candidates]))
    share = _share(score) * (_GOES_ON if may_go_on(page, parts, [c.whole for c in candidates]) else 1.0)
    share *= _held_possible(page, item, parts)
    return found_place(item, parts, share, page.mrz.fields.issuing_state)


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
    printed = (part for whole in pieces for part in without_overprint(whole))
    found = ((piece, latin) for piece in printed if (latin := _latin(piece, state)))
    return [
        _Candidate(piece, latin)
        for piece, latin in found
        if _may_be_place(latin, state, digits=digits)
        and not says_other(page, item, (latin,))
        and not (page.tagged and page.tagged.denies(item, latin))
    ]


def _may_be_place(latin: TextSpan, state: str, *, digits: bool) -> bool:
    if _DATE_LIKE.match(latin.text) or not _is_text(latin, state):
        return False
    return _has_letters(latin.text, digits=digits)


def _latin(piece: TextSpan, state: str) -> TextSpan | None:
    """The Latin text of a line; pages of China print it behind a slash.

    Where a text that China is known to print was read with a slash too many in it, it is taken whole.
    """
    if state != "CHN":
        return latin_part(piece)
    whole, after = latin_part(piece), latin_part(piece, after_stroke=True)
    parted = whole != after and after is not None and not near_texts(after.text, state)
    return whole if whole and parted and near_texts(whole.text, state) else after


def _is_text(latin: TextSpan, state: str) -> bool:
    """Whether a line was read well enough to be text, or is one of the texts that the state prints."""
    return mean_certainty(latin) >= _LEAST_CERTAINTY or bool(near_texts(latin.text, state))


def _has_letters(text: str, *, digits: bool) -> bool:
    """Whether a text has two letters, and as many as figures; an authority (``digits``) may be a number of three."""
    letters, figures = sum(c.isalpha() for c in text), sum(c.isdigit() for c in text)
    if digits and not letters:
        return figures >= 3
    return letters >= 2 and (digits or letters >= figures)


def _share(score: float) -> float:
    """The share of confidence that a line with this score keeps."""
    return min(1.0, _UNLABELLED + _LABELLED * score)
