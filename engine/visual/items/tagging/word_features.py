"""Words as numbers: what a network sees of them. Training and serving call the same function.

Nothing here says what an item looks like; it says where a word stands, how it is spelt, how sure the reader was, how
like it is to what the machine readable zone says, and whether it belongs to a date.
"""

import statistics
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from engine.memo import remembered
from engine.tables.authorities import authorities
from engine.tables.states import country_name, state_names
from engine.values.mrz import MrzFields
from engine.visual.items.tagging.words import Word
from engine.visual.items.text_spans import IDEOGRAPH
from engine.visual.text.dates.find import find_dates, learn_order
from engine.visual.text.dates.printed import PrintedDate
from engine.visual.text.fold import fold
from engine.visual.text.nationalities import is_nationality

LETTERS: Final = f"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,'-/()&:;+°#<*{IDEOGRAPH}"
"""Characters that are told apart, accents left out; 0 stands for none, the number after the last for any other."""
LETTER_CLASSES: Final = len(LETTERS) + 2
MOST_LETTERS: Final = 12
MOST_GRAMS: Final = 13
GRAM_CLASSES: Final = 2048
PAGE_MM: Final = (125.0, 88.0)
_IDS: Final = {char: i + 1 for i, char in enumerate(LETTERS)}
_ALIKE: Final = str.maketrans("0QD1L258B6", "OOOIIZSBBG")
"""Characters that readers take for each other, as one of them."""
_NOTHING: Final = "\0"
_PARTS: Final = 4
_SEXES: Final = frozenset("MFX")
_TYPES: Final = frozenset({"P", *(f"P{letter}" for letter in "ABCDELMNOPRSTUX")})
_SHORTEST_KNOWN: Final = 4
"""Letters of an authority that is compared with lines."""
_LEAST_KNOWN: Final = 0.6
_YEAR: Final = 372
_USUAL_YEARS: Final = (3, 5, 6, 7, 10)
_DAYS_OFF: Final = 2
_FEWEST_FIGURES: Final = 2
"""Of a line that may hold a date: to look for one costs most of the time."""
_NO_DATE: Final = (0.0,) * 8
_LONGEST_VALIDITY: Final = 11 * _YEAR

PLACE: Final = slice(0, 17)
"""Where among the numbers of a word its place and the reader's certainty stand."""
ACROSS: Final = [0, 1, 6, 7]
"""Those of them that are places across the page, in its width."""
DOWN: Final = [2, 3]
"""Those that are places down the page, in its height."""
SHAPE: Final = slice(17, 24)
"""The same for its shape."""
LIKENESS: Final = slice(24, 37)
"""The same for how like it is to what the machine readable zone says."""
EQUALITY: Final = [*range(37, 46), 47, 48]
"""The same for where it says just that, or a code."""
KNOWN_AUTHORITY: Final = 46
"""The same for the likeness of its line to known authorities."""
DATE: Final = slice(49, 58)
"""The same for the date it belongs to."""
COUNT: Final = 58


@dataclass(frozen=True, slots=True)
class WordArrays:
    """A page of n words: what the network takes.

    ``numbers`` n×`COUNT` float32; ``letters`` n×`MOST_LETTERS` and ``grams`` n×`MOST_GRAMS` int64, 0 where there are
    no more; ``boxes`` n×4 float32, left, top, right, bottom in mm; ``lines`` n int64.
    """

    numbers: NDArray[np.float32]
    letters: NDArray[np.int64]
    grams: NDArray[np.int64]
    boxes: NDArray[np.float32]
    lines: NDArray[np.int64]


def describe_words(words: Sequence[Word], fields: MrzFields) -> WordArrays:
    """Return the numbers of ``words``; those of a line must follow each other.

    ``fields`` are those of the machine readable zone; where it could not be read they are all empty.
    """
    spelt = [_spelling(word.text) for word in words]
    letters = np.zeros((len(words), MOST_LETTERS), np.int64)
    grams = np.zeros((len(words), MOST_GRAMS), np.int64)
    for row, (ids, pieces) in enumerate(spelt):
        letters[row, : len(ids)] = ids
        grams[row, : len(pieces)] = pieces
    boxes = np.array([word.area for word in words], np.float32).reshape(-1, 4)
    lines = np.array([word.line for word in words], np.int64)
    groups = [list(group) for _, group in groupby(range(len(words)), key=lambda i: words[i].line)]
    numbers = np.zeros((len(words), COUNT), np.float32)
    if words:
        numbers[:, PLACE] = _place_numbers(words, groups)
        numbers[:, SHAPE] = [_shape_numbers(word.text) for word in words]
        numbers[:, LIKENESS], numbers[:, KNOWN_AUTHORITY] = _likeness_numbers(words, groups, fields)
        numbers[:, EQUALITY] = _equality_numbers(words, fields)
        numbers[:, DATE] = _date_numbers(words, groups, fields)
    return WordArrays(numbers, letters, grams, boxes, lines)


@remembered
def _spelling(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The classes of a word's letters, and of the folded word's trigrams."""
    ids = tuple(_letter(char) for char in text[:MOST_LETTERS])
    folded = f"^{fold(text)[:MOST_GRAMS]}$"
    pieces = (folded[i : i + 3] for i in range(len(folded) - 2))
    return ids, tuple(1 + zlib.crc32(piece.encode()) % (GRAM_CLASSES - 1) for piece in pieces)


def _letter(char: str) -> int:
    known = _IDS.get(char)
    return known or _IDS.get(unicodedata.normalize("NFKD", char)[:1], LETTER_CLASSES - 1)


def _place_numbers(words: Sequence[Word], groups: Sequence[Sequence[int]]) -> list[tuple[float, ...]]:
    """Where words and their lines stand, how large they are, how sure the reader was of both."""
    width, height = PAGE_MM
    usual = statistics.median(word.area.height for word in words) or 1.0
    rows: list[tuple[float, ...]] = []
    for group in groups:
        left, right = words[group[0]].area.left, words[group[-1]].area.right
        sure = sum(words[i].certainty for i in group) / len(group)
        for k, i in enumerate(group):
            word, area = words[i], words[i].area
            rows.append((
                area.left / width, area.right / width, area.top / height, area.bottom / height, area.height / 3,
                area.height / usual - 1, left / width, right / width, (right - left) / 60,
                (area.right - area.left) / max(len(word.text), 1) / 2.5,
                k == 0, k == len(group) - 1, min(len(group), 8) / 8, min(k, 8) / 8,
                word.certainty, word.weakest, sure,
            ))  # fmt: skip
    return rows


@remembered
def _shape_numbers(text: str) -> tuple[float, ...]:
    """Shares of figures, capitals, small letters and signs; length; whether it has no letters, is in title case."""
    size = max(len(text), 1)
    return (
        sum(map(str.isdigit, text)) / size, sum(map(str.isupper, text)) / size, sum(map(str.islower, text)) / size,
        text.count(IDEOGRAPH) / size, min(size, 16) / 16, not fold(text), text[:1].isupper() and text[1:2].islower(),
    )  # fmt: skip


def _likeness_numbers(
    words: Sequence[Word], groups: Sequence[Sequence[int]], fields: MrzFields
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How like words and whole lines are to what the zone says; how like lines are to known authorities."""
    alike = [_alike(word.text) for word in words]
    whole = ["".join(alike[i] for i in group) for group in groups]
    line_of = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    surname, given, number = map(_alike, (fields.surname, fields.given_names, fields.document_number))
    optional, nationality, state = map(_alike, (fields.optional_data, fields.nationality, fields.issuing_state))
    parts = [*_some(fields.surname), *_some(fields.given_names)]
    near = _likeness(alike, [*parts, number, optional, nationality, state])
    countries = [_alike(country_name(code)) for code in (fields.nationality, fields.issuing_state)]
    names = [surname, given, surname + given, given + surname]
    lines = _likeness(whole, [*names, number, optional, *countries])[line_of]
    columns = [
        near[:, :_PARTS].max(1), near[:, _PARTS : 2 * _PARTS].max(1), *near[:, 2 * _PARTS :].T,
        lines[:, 0], lines[:, 1], lines[:, 2:4].max(1), *lines[:, 4:].T,
    ]  # fmt: skip
    return np.stack(columns, 1), _likeness(whole, _authorities(), _LEAST_KNOWN).max(1)[line_of]


def _equality_numbers(words: Sequence[Word], fields: MrzFields) -> list[tuple[float, ...]]:
    """Whether words are just what the zone says, or part of it; whether they are codes; whether they have a slash."""
    surname, given, number = map(_alike, (fields.surname, fields.given_names, fields.document_number))
    rows: list[tuple[float, ...]] = []
    for word in words:
        text, alike = fold(word.text), _alike(word.text)
        rows.append((
            len(alike) > 2 and alike in surname, len(alike) > 2 and alike in given,
            len(alike) > 4 and alike in number,
            text == fields.sex != "", text in _SEXES, text == fields.document_code != "",
            bool(fields.document_code) and text == fields.document_code[:1], text in _TYPES,
            bool(fields.nationality) and is_nationality(text, fields.nationality),
            text in state_names(), "/" in word.text or "|" in word.text,
        ))  # fmt: skip
    return rows


@cache
def _authorities() -> tuple[str, ...]:
    """All names in the table of authorities, folded as lines are."""
    names = {fold(name).translate(_ALIKE) for row in authorities().values() for name in row}
    return tuple(sorted(name for name in names if len(name) >= _SHORTEST_KNOWN))


@remembered
def _alike(text: str) -> str:
    """A text folded, with characters that are taken for each other as one."""
    return fold(text).translate(_ALIKE)


def _some(name: str) -> list[str]:
    """The first parts of a name, as many as there are columns for them."""
    return ([_alike(part) for part in name.split()] + [_NOTHING] * _PARTS)[:_PARTS]


def _likeness(texts: Sequence[str], others: Sequence[str], least: float = 0.0) -> NDArray[np.float32]:
    """1 − edit distance / longer length of every pair; 0 for an empty text and for what is below ``least``."""
    likeness = cdist(
        texts, [text or _NOTHING for text in others], scorer=Levenshtein.normalized_similarity, score_cutoff=least
    )
    return np.asarray(likeness, np.float32)


def _date_numbers(
    words: Sequence[Word], groups: Sequence[Sequence[int]], fields: MrzFields
) -> list[tuple[float, ...]]:
    """What the date is that a word belongs to, 0 where it is in none; the share of figures in its line."""
    texts = [" ".join(words[i].text for i in group) for group in groups]
    order = learn_order(texts, (fields.birth_date, fields.expiry_date))
    rows: list[tuple[float, ...]] = []
    for group, text in zip(groups, texts, strict=True):
        figures = sum(map(str.isdigit, text))
        dates = find_dates(text, order, fields.issuing_state) if figures >= _FEWEST_FIGURES else ()
        told = [(date, _kind_of_date(date, fields)) for date in dates]
        start = 0
        for i in group:
            stop = start + len(words[i].text)
            kinds = [kind for date, kind in told if date.start < stop and start < date.end]
            rows.append((*(kinds[-1] if kinds else _NO_DATE), figures / max(len(text), 1)))
            start = stop + 1
    return rows


def _kind_of_date(date: PrintedDate, fields: MrzFields) -> tuple[float, ...]:
    """Whether it is birth or expiry; else whether it may be the issue: how long before expiry, how usual that is."""
    birth, expiry = date.yymmdd == fields.birth_date, date.yymmdd == fields.expiry_date
    if birth or expiry or not (fields.expiry_date.isdigit() and fields.birth_date.isdigit()):
        return 1.0, birth, expiry, not (birth or expiry), 0.0, 0.0, 0.0, date.certainty
    end = _days(fields.expiry_date)
    validity = (end - _days(date.yymmdd)) % (100 * _YEAR)
    usual = any(abs(validity - years * _YEAR) <= _DAYS_OFF for years in _USUAL_YEARS)
    age = (end - _days(fields.birth_date)) % (100 * _YEAR)
    return 1.0, 0.0, 0.0, 1.0, 0 < validity < _LONGEST_VALIDITY, usual, validity > age, date.certainty


def _days(yymmdd: str) -> int:
    """Days since the year 00, months of 31."""
    return (int(yymmdd[:2]) * 12 + int(yymmdd[2:4])) * 31 + int(yymmdd[4:])
