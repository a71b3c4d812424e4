"""Takes what was read for a text that its state is known to print, an authority or a place, where the print agrees.

A known text wins word by word: each word that was read otherwise must be likely enough by what the reader saw in its
columns, so that a letter that is legible is never made another one (``CO-HOME AFFAIRS`` are no ``HOME AFFAIRS``).
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import Final

from rapidfuzz.distance import Levenshtein, Opcodes

from engine.values.text import CharReading, Evidence
from engine.visual.text.fold import fold
from engine.visual.text.lexicon import lexicon, near_texts
from engine.visual.text.match import posterior
from engine.visual.text.respell import CORRECTED, MARKED, Word, likelihood, spelt, without_marks

_WORD: Final = re.compile(r"[^\W_]+")
_EACH_LETTER: Final = math.log(4.0)
"""How much likelier a known text is than any other one so like it, for each of its letters, before one is read."""
_OWN_ERROR: Final = math.log(1e4)
"""The same for each letter that was read otherwise, at most, where the state itself prints the text."""
_USUAL_ERROR: Final = math.log(1e3)
"""The same where many states do: `MINISTRY OF TRAVEL` may be the office of another one."""
_PLAIN: Final = 0.95
"""How surely a text that has accents elsewhere is printed without: small print loses all of them at once."""
_CLEAR: Final = math.log(5.0)
"""How much likelier than the next text, as a logarithm."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of a value: its characters, and what the reader saw in it, where it keeps that."""

    chars: tuple[CharReading, ...] = field(repr=False)
    evidence: Evidence | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class KnownText:
    """A known text as the page prints it, each character where it was read.

    ``certainty`` is the probability (0..1) of its letters as they were read, ``chance`` that those that were read
    otherwise are misread.
    """

    chars: tuple[CharReading, ...] = field(repr=False)
    certainty: float
    chance: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word of a known text, and the characters of a line that were read in its place."""

    known: str
    read: Word
    evidence: Evidence | None

    @property
    def letters(self) -> list[CharReading]:
        """The letters and figures that were read."""
        return [char for char in self.read.inside if fold(char.char)]

    @property
    def errors(self) -> int:
        """In how many letters, large or small, the word and what was read differ."""
        read = "".join(char.char for char in self.letters)
        return Levenshtein.distance(read.casefold(), self.known.casefold())

    @property
    def likely(self) -> float:
        """How likely the word is printed against what was read, as a logarithm; impossible without evidence."""
        if not self.errors:
            return 0.0
        return likelihood(self.read, {self.known}, self.evidence) if self.evidence else -math.inf


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of a known text, and the logarithm of how likely it is against what was read."""

    text: str
    likely: float
    known: KnownText


def known_text(lines: Sequence[ReadLine], state: str) -> KnownText | None:
    """Return the text of ``state``'s lexicon that some lines together are; None where they are none, or several.

    Args:
        lines: of one value, from the top down.
        state: the code of the state that issued the document.
    """
    read = "".join(char.char for line in lines for char in line.chars)
    texts = [(known, form) for known in near_texts(read, state) for form in _forms(known, read)]
    forms = [form for known, text in texts if (form := _weigh(text, known, _each_error(known, state), lines))]
    best = max(forms, key=lambda form: form.likely, default=None)
    if best is None:
        return None
    others = (form.likely for form in forms if fold(form.text) != fold(best.text))
    return None if any(likely + _CLEAR > best.likely for likely in others) else best.known


def _each_error(known: str, state: str) -> float:
    """What a letter that was read otherwise may cost in likelihood: below it what was read is legible."""
    return _OWN_ERROR if fold(known) in lexicon(state) else _USUAL_ERROR


def _forms(known: str, read: str) -> set[str]:
    """A known text in the case of what was read, with accents, and without them where none of them was seen."""
    cased = known.upper() if sum(map(str.isupper, read)) > sum(map(str.islower, read)) else known
    plain = without_marks(cased)
    return {cased} if (set(cased) - set(plain)) & set(read) else {cased, plain}


def _weigh(text: str, known: str, each_error: float, lines: Sequence[ReadLine]) -> _Form | None:
    """How likely a form of a known text is printed; None where it is not."""
    pieces = [(piece, piece.errors, piece.likely) for piece in _pieces(text, lines)]
    if not pieces or any(likely < -errors * each_error for _, errors, likely in pieces):
        return None
    likely, errors = sum(likely for *_, likely in pieces), sum(errors for _, errors, _ in pieces)
    odds = math.exp(min(_EACH_LETTER * len(fold(text)), each_error * errors) + likely)
    if errors and odds < 1:
        return None
    printed = tuple(_printed(text, [piece for piece, *_ in pieces], odds))
    certainty = math.prod(char.probability for char in printed if fold(char.char))
    chance = (odds / (1 + odds) if errors else 1.0) * (_PLAIN if text.isascii() and not known.isascii() else 1.0)
    found = KnownText(printed, posterior(certainty), chance)
    return _Form(text, likely + (0.0 if text.isascii() else MARKED), found)


def _pieces(text: str, lines: Sequence[ReadLine]) -> list[_Piece]:
    """The words of a text with what was read for each; none where one was not read, or in two lines."""
    places = [(line, i) for line in lines for i, char in enumerate(line.chars) for _ in fold(char.char)]
    read, words = "".join(fold(c.char) for line in lines for c in line.chars), _WORD.findall(text)
    edits = Levenshtein.opcodes(read, fold("".join(words)))
    ends = list(accumulate(len(fold(word)) for word in words))
    edges = [0, *(_place_read(edits, end) for end in ends[:-1]), len(read)]
    pieces = []
    for word, (start, stop) in zip(words, pairwise(edges), strict=True):
        if start == stop or places[start][0] is not places[stop - 1][0]:
            return []
        line, first = places[start]
        pieces.append(_Piece(word, Word(line.chars, first, places[stop - 1][1] + 1), line.evidence))
    return pieces


def _place_read(edits: Opcodes, end: int) -> int:
    """How many letters were read before the known one at ``end``."""
    edit = next(edit for edit in edits if edit.dest_end >= end)
    return min(edit.src_start + end - edit.dest_start, edit.src_end)


def _printed(text: str, pieces: Sequence[_Piece], odds: float) -> Iterator[CharReading]:
    """The characters of a known text, each where it was read."""
    last, at = Word((), 0, 0), 0
    for match, piece in zip(_WORD.finditer(text), pieces, strict=True):
        yield from _marks(text[at : match.start()], last, piece.read)
        letters = spelt(piece.read.inside, piece.known, odds) if piece.errors else piece.letters
        yield from (replace(read, char=char) for read, char in zip(letters, piece.known, strict=False))
        last, at = piece.read, match.end()
    yield from _marks(text[at:], last, Word(last.chars, len(last.chars), len(last.chars)))


def _marks(marks: str, last: Word, following: Word) -> Iterator[CharReading]:
    """Spaces and marks between two words, as they were read where they were."""
    same_line = last.chars is following.chars
    read = {char.char: char for char in (last.chars[last.stop : following.start] if same_line else ())}
    x = last.inside[-1].end if last.chars else 0.0
    put_in = (CharReading(mark, CORRECTED if same_line else 1.0, (), x, x) for mark in marks)
    yield from (read.get(mark.char, mark) for mark in put_in)
