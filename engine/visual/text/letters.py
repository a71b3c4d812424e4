"""Spells letters that look alike (``l I 1``, ``O 0``, ``ū ü``) as their word and the issuing state's alphabet want.

The line reader sees shapes: ``l`` and ``I`` are one stroke in most faces, ``ū`` and ``ü`` one blot at 94 dpi. So it
spreads its probability over such letters. Here the spelling is chosen that fits the neighbours; the shape that was
read is never changed to another one.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from engine.tables.alphabets import alphabets
from engine.tables.look_alikes import Shape, groups, look_alikes
from engine.values.text import CharReading
from engine.visual.text.fold import fold

_STROKES: Final = "Il1|"
"""What an upright stroke is read as."""
_VOWELS: Final = frozenset("aeiouyäöüåæøáéíóúàèìòùâêîôûãõ")
_SURE: Final = 0.9
"""Probability from which a letter's case is believed."""
_SURELY_FOREIGN: Final = 0.95
"""Probability from which a letter is printed although the state's alphabet has it not: among letters of its base."""
_COMMON: Final = 0.8
"""Share of the commoner one of two letters that are one shape, where nothing tells which it is."""
_READABLE: Final = 0.5
"""Probability of a letter from which it was read at all."""
_SHORTEST_WORD: Final = 4
"""Characters of a word that is no code."""
_HARDLY_LISTED: Final = 0.1
"""Share of the probability of a letter with a mark below which the bare letter was hardly seen."""
_OTHER_MARK: Final = 0.5
"""Share of the probability of a letter with a mark that is left to the same letter with another one or none."""


def resolve_look_alikes(chars: Sequence[CharReading], state: str) -> tuple[CharReading, ...]:
    """Return ``chars`` with look-alike letters spelt as their word and the issuing ``state``'s alphabet want them.

    Three steps: accents that the state does not use, strokes and noughts, capitals and small letters of one shape.
    Places (`start`, `end`) and the number of characters stay as they are.
    """
    alphabet = alphabets().get(state)
    letters = alphabet.letters if alphabet else frozenset()
    national = [c if alphabet is None else _respelt(c, _national(c, letters)) for c in chars]
    national = [_ambiguous(c, letters) for c in national]
    return _with_case_of_word(_with_shapes(tuple(national)))


def _ambiguous(char: CharReading, alphabet: frozenset[str]) -> CharReading:
    """A letter that two alphabets draw alike, where the state's has neither, or is not known: it may be either."""
    twins = next((pair for pair in groups(Shape.CAPITAL) if char.char in pair), "")
    if not twins or not alphabet.isdisjoint(twins):
        return char
    common, rare = twins[0], twins[1]
    both = char.probability + sum(p for text, p in char.alternatives if text in twins)
    others = tuple(entry for entry in char.alternatives if entry[0] not in twins)
    rest = ((rare, (1 - _COMMON) * both), *others)
    return CharReading(common, _COMMON * both, rest, char.start, char.end)


def _respelt(char: CharReading, letter: str) -> CharReading:
    """The same shape spelt ``letter``, with the probability that the reader gave to both spellings together."""
    if letter == char.char:
        return char
    others = tuple(entry for entry in char.alternatives if entry[0] != letter)
    listed = sum(p for text, p in char.alternatives if text == letter)
    probability = min(1.0, char.probability + listed)
    alike = look_alikes(Shape.CAPITAL).get(char.char) == letter
    same = not alike and _base(letter) == _base(char.char) and _is_marked(char.char)
    least = 0.0 if _is_marked(letter) else _HARDLY_LISTED * char.probability
    if same and listed <= least:  # another mark was seen, or a mark where none is expected: perhaps a speck
        probability *= _OTHER_MARK
        others = ((char.char, probability), *others)
    return CharReading(letter, probability, others, char.start, char.end)


@cache
def marked_bases(state: str) -> frozenset[str]:
    """Return the letters A to Z that names of ``state`` are printed with marks on; none where they are not known."""
    alphabet = alphabets().get(state)
    return frozenset(_base(letter).upper() for letter in alphabet.letters) if alphabet else frozenset()


def has_foreign_mark(letter: str, state: str) -> bool:
    """Return whether a letter bears a mark that the alphabet of ``state`` has not where it has others."""
    alphabet = alphabets().get(state)
    if alphabet is None or letter.isascii() or letter in alphabet.letters:
        return False
    return any(fold(own) == fold(letter) for own in alphabet.letters)


def _is_marked(letter: str) -> bool:
    return letter.isalpha() and _base(letter) != letter


def _national(char: CharReading, alphabet: frozenset[str]) -> str:
    """The state's spelling of a letter: one that it does not use becomes the one that it does, if only one can be.

    Not where the reader was sure of a mark, whichever it is: names and towns from abroad are printed as there.
    """
    read, drawn_alike = char.char, look_alikes(Shape.CAPITAL).get(char.char)
    if read in alphabet or not read.isalpha():
        return read
    if drawn_alike in alphabet:
        return str(drawn_alike)
    base = _base(read)
    if base == read or _is_surely_foreign(char, base, alphabet):
        return read
    return _of_base(char, base, alphabet)


def _is_surely_foreign(char: CharReading, base: str, alphabet: frozenset[str]) -> bool:
    """Whether a letter with a mark was read, and hardly its bare ``base`` or a letter of ``alphabet`` with this base.

    What the reader does not list may be either.
    """
    own = {base} | {letter for letter in alphabet if _base(letter) == base}
    others = sum(probability for text, probability in char.alternatives if text not in own)
    return char.probability >= max(_READABLE, _SURELY_FOREIGN * (1 - others))


def _of_base(char: CharReading, base: str, alphabet: frozenset[str]) -> str:
    """The letter of ``alphabet`` with this base that the print may show; the bare base where there is none."""
    same_base = sorted(letter for letter in alphabet if _base(letter) == base)
    if not same_base:
        return base
    listed = (text for text, _ in char.alternatives if text in same_base)
    return next(listed, same_base[0] if len(same_base) == 1 else char.char)


def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


def _with_shapes(chars: tuple[CharReading, ...]) -> tuple[CharReading, ...]:
    """``chars`` with strokes (``I l 1 |``) and rings (``O 0``) spelt as their neighbours want them."""
    text = "".join(c.char for c in chars)
    spelt = (_respelt(char, _shape(text, i)) for i, char in enumerate(chars))
    return tuple(_perhaps_figure(char, text, i) for i, char in enumerate(spelt))


def _perhaps_figure(char: CharReading, text: str, i: int) -> CharReading:
    """A letter that was read as a figure, doubted in so short a word: codes have figures (``1U``, ``B1``)."""
    if not (text[i].isdigit() and char.char.isalpha() and len(_word(text, i)) < _SHORTEST_WORD):
        return char
    others = tuple(entry for entry in char.alternatives if entry[0] != text[i])
    half = char.probability / 2
    return CharReading(char.char, half, ((text[i], half), *others), char.start, char.end)


def _shape(text: str, i: int) -> str:
    """How the character at ``i`` is to be spelt, if its shape is that of a letter and of a figure."""
    if text[i] in _STROKES:
        return _stroke(_surroundings(text, i))
    if text[i] in "Oo" and text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit():
        return "0"
    return "O" if text[i] == "0" and _within_capitals(_word(text, i)) else text[i]


def _within_capitals(word: str) -> bool:
    """Whether a word is of capitals but for one nought."""
    letters = word.replace("0", "")
    whole = len(letters) >= len(word) - 1 and (len(letters) > 2 or word.startswith("0"))
    return whole and letters.isalpha() and letters.isupper()


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """An upright stroke and what tells its letter.

    ``before`` and ``after`` are the nearest letter or digit on either side that is no stroke itself, "" where the
    word ends first; ``letters`` are the letters of the word but for such strokes.
    """

    stroke: str
    before: str
    after: str
    letters: str


def _surroundings(text: str, i: int) -> _Surroundings:
    letters = "".join(c for c in _word(text, i) if c.isalpha() and c not in "Il")
    return _Surroundings(text[i], _neighbour(text, i, -1), _neighbour(text, i, 1), letters)


def _alone(here: _Surroundings) -> str | None:
    """A stroke with nothing beside it stays as read; only a bar, which is no letter, becomes ``I``."""
    if here.before or here.after:
        return None
    return "I" if here.stroke == "|" else here.stroke


def _between_digits(here: _Surroundings) -> str | None:
    """All neighbours are digits: ``1``."""
    return "1" if (here.before + here.after).isdigit() else None


def _district_number(here: _Surroundings) -> str | None:
    """A ``1`` at the end of a word of capitals is a number whose space was lost: ``PRAHA1``."""
    return "1" if here.stroke == "1" and not here.after and here.before.isupper() else None


def _one_beside_digit(here: _Surroundings) -> str | None:
    """What was read as ``1`` and has a digit on one side stays ``1``."""
    return "1" if here.stroke == "1" and (here.before.isdigit() or here.after.isdigit()) else None


def _among_capitals(here: _Surroundings) -> str | None:
    """In a word of capitals: ``I``."""
    return "I" if here.letters and all(c.isupper() for c in here.letters) else None


def _before_small_letter(here: _Surroundings) -> str | None:
    """At the start of a word of small letters: ``I``, unless ``l`` may stand there too, before a vowel."""
    if here.before or not here.after.islower():
        return None
    return here.stroke if here.after in _VOWELS or here.stroke == "1" else "I"


def _after_small_letter(here: _Surroundings) -> str | None:
    """Within or at the end of small letters: ``l``."""
    return "l" if here.before.islower() and (not here.after or here.after.islower()) else None


_STROKE_RULES: Final = (
    _alone,
    _between_digits,
    _district_number,
    _one_beside_digit,
    _among_capitals,
    _before_small_letter,
    _after_small_letter,
)
"""How an upright stroke is spelt: the first rule that answers decides; where none does it stays as read."""


def _stroke(here: _Surroundings) -> str:
    answers = (rule(here) for rule in _STROKE_RULES)
    return next((answer for answer in answers if answer is not None), here.stroke)


def _neighbour(text: str, i: int, step: int) -> str:
    """The next letter or digit that is no such stroke itself; "" at the end of the word."""
    j = i + step
    while 0 <= j < len(text) and text[j] in _STROKES:
        j += step
    return text[j] if 0 <= j < len(text) and text[j].isalnum() else ""


def _with_case_of_word(chars: tuple[CharReading, ...]) -> tuple[CharReading, ...]:
    """Letters whose capital has the same shape, and doubtful ones, follow their word: ``VzOr`` is ``Vzor``."""
    text = "".join(c.char for c in chars)
    return tuple(
        _respelt(char, _cased(chars, text, i)) if _case_is_open(char, text, i) else char
        for i, char in enumerate(chars)
    )


def _case_is_open(char: CharReading, text: str, i: int) -> bool:
    """Whether the shape of the letter at ``i`` does not tell a capital from a small one; ``Mc`` is spelt so."""
    open_ = _is_twin(text[i]) or char.probability < _SURE
    return open_ and text[i].isalpha() and text[max(i - 1, 0) : i + 1] != "Mc"


def _cased(chars: Sequence[CharReading], text: str, i: int) -> str:
    """The letter at ``i`` as large or small as the others of its word, if two of three of them agree."""
    letter, start = text[i], _word_start(text, i)
    others = _case_witnesses(text, i, start)
    large = sum(chars[k].probability for k in others if text[k].isupper())
    small = sum(chars[k].probability for k in others if text[k].islower())
    if len(others) > 1 and large > 2 * small:
        return _same_length(letter, letter.upper())
    return _same_length(letter, letter.lower()) if small > 2 * large and i != start else letter


def _case_witnesses(text: str, i: int, start: int) -> list[int]:
    """Letters whose shape tells their case: of the word that begins at ``start``; of the line where these are few."""
    first = start if i == start else start + 1  # a capital at the beginning says nothing of the rest
    word = _word(text, i)
    others = _telling(text, range(first, start + len(word)), i)
    if len(others) >= 2 or not word.isalpha():
        return others
    line = _telling(text, range(len(text)), i)
    return line if all(text[k].isupper() for k in line) else others  # ``SIx`` among capitals


def _telling(text: str, indices: Iterable[int], i: int) -> list[int]:
    """Which of ``indices`` but ``i`` hold letters whose shape tells a capital from a small one."""
    return [k for k in indices if k != i and text[k].isalpha() and not _is_twin(text[k])]


def _is_twin(letter: str) -> bool:
    return _base(letter.lower()) in look_alikes(Shape.SIZE)


def _same_length(letter: str, changed: str) -> str:
    """``changed``, where it is one letter: the capital of ß is two."""
    return changed if len(changed) == 1 else letter


def _word(text: str, i: int) -> str:
    """The letters and digits around ``i``."""
    start = stop = _word_start(text, i)
    while stop < len(text) and (text[stop].isalnum() or stop <= i):
        stop += 1
    return text[start:stop]


def _word_start(text: str, i: int) -> int:
    while i > 0 and text[i - 1].isalnum():
        i -= 1
    return i


def mark_probability(char: CharReading) -> float:
    """The probability that a letter bears the mark it was read with, among letters of the same base; 1 without one.

    Letters that differ by a mark alone are one to most rules and to the machine readable zone, so that nothing else
    tells of it.
    """
    if not _is_marked(char.char):
        return 1.0
    same = sum(p for text, p in char.alternatives if text and _base(text) == _base(char.char))
    return char.probability / (char.probability + same) if char.probability else 0.5
