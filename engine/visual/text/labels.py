"""Finds printed labels (``Date of birth``, ``Date de naissance``, ``Geburtsdatum`` …) in a line as read.

Labels in Latin script only: the line reader answers one and the same sign for characters of other scripts.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.memo import remembered
from engine.tables.labels import Label, phrases
from engine.tables.nationalities import nationalities
from engine.visual.text.fold import fold, similarity

_SHORT: Final = 5
"""Letters up to which a phrase is short: one wrong letter is much of it, so it must be more similar."""
_TOO_SHORT: Final = 3
"""Letters of a text up to which it is a label only if it is read without an error."""
_ALIKE, _ALIKE_IF_SHORT = 0.64, 0.74
"""Similarity from which a text is a label, and from which it is a short one."""
_WORTH_A_LOOK: Final = 0.3
"""Similarity of trigrams below which the edit distance is not computed."""


@dataclass(frozen=True, slots=True)
class FoundLabel:
    """A label read in a line; ``similarity`` is 1 for a perfect reading, ``start`` and ``end`` index the text."""

    label: Label
    similarity: float
    start: int
    end: int


def _grams(text: str) -> frozenset[str]:
    """The letter trigrams of a text, its beginning and end marked."""
    padded = f"^{text}$"
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


_PART: Final = re.compile(r"[^/|·•:;()\[\]一\n]+")
WORD: Final = re.compile(r"[^\W_]+(?:['’.°][^\W_]+)*")
LONGEST: Final = 9
"""Words (`WORD`) of the longest phrase of the table."""
_TITLES: Final = frozenset(
    ("PASSPORT", "PASSEPORT", "REISEPASS", "PASAPORTE", "PASSAPORTO", "PASPOORT", "PASZPORT", "PASAPORT", "PASS")
)
"""The document's own name, which is part of labels but none itself."""


def find_labels(text: str) -> tuple[FoundLabel, ...]:
    """Return the labels in a line as read, from left to right; the same label in two languages comes twice."""
    found: list[FoundLabel] = []
    for part in _PART.finditer(text):
        found.extend(_in_part(part.group(), part.start()))
    return tuple(sorted(found, key=lambda label: label.start))


def _in_part(part: str, offset: int) -> list[FoundLabel]:
    """The labels in a part of a line that begins at index ``offset``: the most similar and longest ones first."""
    words = list(WORD.finditer(part))
    windows = [
        (words[i].start(), words[j].end()) for i in range(len(words)) for j in range(i, min(i + LONGEST, len(words)))
    ]
    matches = [(start, end, *_match(fold(part[start:end]))) for start, end in windows]
    chosen: list[FoundLabel] = []
    for start, end, label, alike in sorted(matches, key=lambda m: -(m[3] ** 3) * (m[1] - m[0])):
        free = all(end + offset <= c.start or start + offset >= c.end for c in chosen)
        if label is not None and free:
            chosen.append(FoundLabel(label, alike, start + offset, end + offset))
    return chosen


@remembered
def _match(folded: str) -> tuple[Label | None, float]:
    """The phrase a folded text most resembles, if it resembles one, and how much (0..1)."""
    index = _index()
    if folded in index.exact:
        return index.exact[folded], 1.0
    if len(folded) <= _TOO_SHORT or folded in _TITLES or folded in _nationalities():
        return None, 0.0
    alike = _trigram_similarities(folded)
    # Letters misread here and there spoil three trigrams each: the edit distance is fairer, but slow.
    nearest = [i for i in np.argsort(-alike, kind="stable")[:3].tolist() if alike[i] > _WORTH_A_LOOK]
    if not nearest:
        return None, 0.0
    score, best = max((max(float(alike[i]), _closeness(folded, index.folded[i])), i) for i in nearest)
    needed = _ALIKE_IF_SHORT if len(index.folded[best]) <= _SHORT else _ALIKE
    return (index.labels[best], score) if score >= needed else (None, 0.0)


def _trigram_similarities(folded: str) -> NDArray[np.float64]:
    """Dice coefficient (0..1) of the letter trigrams of a text and of each phrase."""
    index, grams = _index(), _grams(folded)
    shared = [index.postings[gram] for gram in grams if gram in index.postings]
    if not shared:
        return np.zeros(len(index.labels))
    common = np.bincount(np.concatenate(shared), minlength=len(index.labels))
    return np.asarray(2 * common / (len(grams) + index.sizes), np.float64)


def _closeness(folded: str, phrase: str) -> float:
    """Similarity by edit distance, on the scale of the trigrams' coefficient."""
    return max(0.0, 1 - 1.25 * (1 - similarity(folded, phrase)))


@cache
def _nationalities() -> frozenset[str]:
    """Values that are part of labels but none themselves: CHINESE of "Chinese name"."""
    return frozenset(fold(name) for names in nationalities().values() for name in names)


@dataclass(frozen=True, slots=True)
class _Index:
    """All phrases: entry by entry their ``labels``, ``folded`` texts and how many trigrams those have (``sizes``).

    ``exact`` finds the label of a folded text, ``postings`` the entries that have a trigram.
    """

    labels: tuple[Label, ...]
    folded: tuple[str, ...]
    sizes: NDArray[np.intp]
    exact: Mapping[str, Label]
    postings: Mapping[str, NDArray[np.intp]]


@cache
def _index() -> _Index:
    exact = {folded: label for label, wording in phrases().items() for phrase in wording if (folded := fold(phrase))}
    grams = [_grams(folded) for folded in exact]
    entries: dict[str, list[int]] = defaultdict(list)
    for i, of_phrase in enumerate(grams):
        for gram in of_phrase:
            entries[gram].append(i)
    postings = {gram: np.array(found, np.intp) for gram, found in entries.items()}
    sizes = np.array([len(of_phrase) for of_phrase in grams], np.intp)
    return _Index(tuple(exact.values()), tuple(exact), sizes, exact, postings)
