"""Names that the page seems to print without marks, though the zone writes letters of them in several.

``MAKELA`` beside ``MAEKELAE``: either the page prints no marks, or the reader lost those of ``MÄKELÄ``. The zone's
spelling is right in neither case.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Final

from engine.tables.alphabets import alphabets
from engine.tables.transliteration import written_in_several
from engine.values.items import VisualValue
from engine.values.text import CharReading
from engine.visual.text.fold import fold

_ALSO_IN_SEVERAL: Final = ("DJ",)
"""What some states write for Đ, against ICAO 9303-3 §6."""
_SEEN_AS: Final[Mapping[str, str]] = {"TH": "P"}
"""What the zone writes for a letter that readers take for quite another one: Þ for P."""
_LISTED: Final = 0.01
"""Share of a bare letter's probability from which the same with a mark was seen: the zone hardly writes other letters
in several."""
_GUESSED: Final = 0.5
"""Probability of a mark that nobody saw, in the name of a state that has just this one."""


def lacks_marks(printed: str, zone: str) -> bool:
    """Return whether a printed name is the zone's if some letters of it stand for what the zone writes in several.

    >>> lacks_marks("ASA", "AASA"), lacks_marks("PORA", "THORA"), lacks_marks("ANNA", "ANNE")
    (True, True, False)
    """
    return _pieces(fold(printed), zone) is not None


def restore_marks(seen: VisualValue, zone: str, state: str) -> VisualValue:
    """Return a printed name with the marks that its zone's spelling speaks for; `lacks_marks` is true of the two.

    A letter that ``zone`` writes in several gets the mark that was nearly read there, else the only one for which the
    zones of ``state`` usually write so; otherwise the page prints none, and it stays bare.
    """
    if "".join(c.char for c in seen.characters) != seen.value:
        return seen
    pieces = iter(_pieces(fold(seen.value), zone) or ())
    chars = []
    for char in seen.characters:
        own = list(islice(pieces, len(fold(char.char))))  # of Æ, two
        chars.append(_marked(char, own[0], state) if len(own) == 1 and len(own[0]) > 1 else char)
    confidence = min(seen.confidence, *(c.probability for c in chars))
    return replace(seen, value="".join(c.char for c in chars), characters=tuple(chars), confidence=confidence)


def _pieces(letters: str, zone: str) -> tuple[str, ...] | None:
    """What the zone writes for each of the printed ``letters``; None where it writes another name."""
    options = (
        "|".join((re.escape(letter), *(form for form in _in_several() if _seen_as(form) == letter)))
        for letter in letters
    )
    match = re.fullmatch("".join(f"({option})" for option in options), fold(zone))
    return match.groups() if match else None


def _marked(char: CharReading, piece: str, state: str) -> CharReading:
    """A bare letter for which the zone writes ``piece``, with its mark if it seems to have one."""
    if not char.char.isascii():
        return char
    cased = str.lower if char.char.islower() else str.upper
    marks = [cased(letter) for letter in written_in_several().get(piece, ()) if len(cased(letter)) == 1]
    shares = {mark: _listed(char, mark) for mark in marks}
    likeliest = max(marks, key=lambda mark: shares[mark], default="")
    if likeliest and shares[likeliest] >= _LISTED * char.probability:
        return char.read_as(likeliest, _GUESSED)
    if piece in _SEEN_AS:  # what was read is not its base: the zone leaves no other letter
        return char.read_as(marks[0], _GUESSED)
    own = [mark for mark in marks if state in alphabets() and mark.upper() in alphabets()[state].in_two]
    return char.read_as(own[0], _GUESSED) if len(own) == 1 else char


def _listed(char: CharReading, letter: str) -> float:
    return sum(probability for text, probability in char.alternatives if text == letter)


@cache
def _in_several() -> tuple[str, ...]:
    """What the zone writes for one letter that is another one with a mark."""
    marked = (form for form, letters in written_in_several().items() if any(fold(c) == form[0] for c in letters))
    return (*marked, *_ALSO_IN_SEVERAL, *_SEEN_AS)


def _seen_as(form: str) -> str:
    """The letter that is read where the zone writes a form for one with a mark."""
    return _SEEN_AS.get(form, form[0])
