"""Letters that a reader of shapes cannot tell apart, told by their neighbours and by the issuing state's alphabet.

``l`` and ``I`` are one stroke in most faces, ``ū`` and ``ü`` one blot at 94 dpi. Only the spelling is changed, never
to another shape: what is shared out is the probability that the reader spread over such letters.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from engine.tables.alphabets import alphabets
from engine.tables.look_alikes import Shape, look_alikes
from engine.values.text import CharReading

_VOWELS: Final = frozenset("aeiouyäöüåæøáéíóúàèìòùâêîôûãõ")
_SURE: Final = 0.9


def resolve_look_alikes(chars: Sequence[CharReading], state: str) -> tuple[CharReading, ...]:
    """Return ``chars`` with look-alike letters spelt as their word and the issuing ``state``'s alphabet want them."""
    alphabet = alphabets().get(state)
    national = tuple(_national(char, alphabet.letters if alphabet else None) for char in chars)
    return _sizes(_strokes(national))


def _national(char: CharReading, alphabet: frozenset[str] | None) -> CharReading:
    """An accented letter that the state does not use becomes the one it does use, if it can only be that."""
    twin = look_alikes(Shape.CAPITAL).get(char.char)
    if alphabet is not None and twin in alphabet and char.char not in alphabet:
        return _respelt(char, str(twin))
    if alphabet is None or char.char.isascii() or char.char in alphabet or not char.char.isalpha():
        return char
    base = _base(char.char)
    if base == char.char:
        return char
    near = sorted(letter for letter in alphabet if _base(letter) == base)
    listed = [text for text, _ in char.alternatives if text in near]
    if listed:
        return _respelt(char, listed[0])
    if len(near) == 1:
        return _respelt(char, near[0])
    return char if near else _respelt(char, base)


def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


def _respelt(char: CharReading, letter: str) -> CharReading:
    """The same shape spelt ``letter``, with what the reader gave to both spellings."""
    if letter == char.char:
        return char
    others = tuple(entry for entry in char.alternatives if entry[0] != letter)
    probability = min(1.0, char.probability + sum(p for text, p in char.alternatives if text == letter))
    return CharReading(letter, probability, others, char.start, char.end)


def _strokes(chars: tuple[CharReading, ...]) -> tuple[CharReading, ...]:
    text = "".join(c.char for c in chars)
    return tuple(
        _respelt(char, meant) if (meant := _shape(text, i)) != char.char else char for i, char in enumerate(chars)
    )


def _sizes(chars: tuple[CharReading, ...]) -> tuple[CharReading, ...]:
    """Letters whose capital is the same shape, and doubtful ones, follow their word: ``VzOr`` is ``Vzor``."""
    text = "".join(c.char for c in chars)
    return tuple(_respelt(char, _sized(chars, text, i)) for i, char in enumerate(chars))


def _sized(chars: Sequence[CharReading], text: str, i: int) -> str:
    """The letter at ``i`` as large or small as the others of its word, if two of three of them agree."""
    letter, start = text[i], _word_start(text, i)
    follows = _is_twin(letter) or chars[i].probability < _SURE
    if not letter.isalpha() or not follows or text[max(i - 1, 0) : i + 1] == "Mc":
        return letter
    first = start if i == start else start + 1  # a capital at the beginning says nothing of the rest
    word = range(first, start + len(_word(text, i)))
    others = _told(text, word, i)
    if len(others) < 2 and _word(text, i).isalpha():
        line = _told(text, range(len(text)), i)
        others = line if all(text[k].isupper() for k in line) else others  # ``SIx`` among capitals
    large = sum(chars[k].probability for k in others if text[k].isupper())
    small = sum(chars[k].probability for k in others if text[k].islower())
    if len(others) > 1 and large > 2 * small:
        return _same_length(letter, letter.upper())
    return _same_length(letter, letter.lower()) if small > 2 * large and i != start else letter


def _told(text: str, places: Iterable[int], i: int) -> list[int]:
    """Which of ``places`` but ``i`` hold letters whose shape tells their size."""
    return [k for k in places if k != i and text[k].isalpha() and not _is_twin(text[k])]


def _is_twin(letter: str) -> bool:
    return _base(letter.lower()) in look_alikes(Shape.SIZE)


def _same_length(letter: str, changed: str) -> str:
    """``changed``, where it is one letter: the capital of ß is two."""
    return changed if len(changed) == 1 else letter


def _shape(text: str, i: int) -> str:
    """How the character at ``i`` is to be spelt, if its shape is that of a letter and of a figure."""
    if text[i] in "Il1|":
        return _stroke(text, i)
    if text[i] in "Oo" and text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit():
        return "0"
    return "O" if text[i] == "0" and _within_capitals(_word(text, i)) else text[i]


def _within_capitals(word: str) -> bool:
    """Whether a word is of capitals but for one nought."""
    letters = word.replace("0", "")
    whole = len(letters) >= len(word) - 1 and (len(letters) > 2 or word.startswith("0"))
    return whole and letters.isalpha() and letters.isupper()


def _stroke(text: str, i: int) -> str:
    """How a lone upright stroke at ``i`` is to be spelt: ``I`` among capitals, ``1`` among digits, else ``l``."""
    before, after = _neighbour(text, i, -1), _neighbour(text, i, 1)
    around = before + after
    if not around:
        return "I" if text[i] == "|" else text[i]
    if all(c.isdigit() for c in around):
        return "1"
    letters = [c for c in _word(text, i) if c.isalpha() and c not in "Il"]
    lost_space = text[i] == "1" and not after and before.isupper()  # PRAHA1
    if lost_space or (text[i] == "1" and any(c.isdigit() for c in around)):
        return "1"
    if letters and all(c.isupper() for c in letters):
        return "I"
    if before == "" and after and after.islower():
        return text[i] if after in _VOWELS or after == "l" or text[i] == "1" else "I"
    return "l" if before.islower() and (after == "" or after.islower()) else text[i]


def _neighbour(text: str, i: int, step: int) -> str:
    """The next letter or digit that is no such stroke itself; "" at the end of the word."""
    j = i + step
    while 0 <= j < len(text) and text[j] in "Il1|":
        j += step
    return text[j] if 0 <= j < len(text) and text[j].isalnum() else ""


def _word(text: str, i: int) -> str:
    start = stop = _word_start(text, i)
    while stop < len(text) and (text[stop].isalnum() or stop <= i):
        stop += 1
    return text[start:stop]


def _word_start(text: str, i: int) -> int:
    while i > 0 and text[i - 1].isalnum():
        i -= 1
    return i
