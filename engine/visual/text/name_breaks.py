"""Restores the spaces and hyphens of a printed name from the fillers of the machine readable zone.

The line reader loses spaces, invents some and reads hyphens as full stops. The MRZ writes one filler for either (ICAO
9303-3 §4.6), so it tells where the parts of a name end, though not by which of the two.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from engine.values.text import CharReading
from engine.visual.text.fold import fold

_MISREAD_HYPHENS: Final = ".,·~_=:"
"""What a hyphen is read as."""
_APOSTROPHES: Final = "'’."
"""What stands inside a part of a name: ``O'NEIL``, ``ST. JOHN``."""
_SURE: Final = 0.95
"""Probability from which a mark beside a space is believed to be printed."""
_BREAK_LOST: Final = 0.3
"""Share of confidence that is left where the print has to part the name and no hyphen or space was read."""
_LIKELY_SLIP: Final = 0.8
"""The same where a space too many, a space beside a hyphen or a speck beside a space was read."""
_UNEXPLAINED: Final = 0.9
"""The same where a mark stands within a part of a name."""
_NEARLY_HYPHEN: Final = 0.05
"""Share of a space's probability that a hyphen has where one is printed; where none is it has nothing."""
_HYPHEN_GUESSED: Final = 0.6
"""The same where a mark was taken for a hyphen; the hyphen itself then has half the probability."""

Break: TypeAlias = tuple[list[CharReading], float]
"""The characters between two letters of a name, and the share of confidence that is left."""


@dataclass(frozen=True, slots=True)
class NameForm:
    """A spelling of a name in the MRZ's letters, and after how many of them its parts end (``breaks``).

    ``whole`` is the MRZ's own spelling; in the other one every letter stands for one printed letter.
    """

    letters: str
    breaks: frozenset[int]
    whole: bool


def restore_breaks(chars: Sequence[CharReading], form: NameForm) -> tuple[tuple[CharReading, ...], float]:
    """Return the printed name ``chars`` with its spaces and hyphens where the MRZ has fillers.

    A space where the MRZ has no filler is the reader's and goes; a full stop where it has one was a hyphen; where
    nothing was read a space was lost. Behind the MRZ's last letter everything stays: it may be cut off there.

    Returns:
        The characters, and the share of confidence (0..1) that is left.
    """
    kept: list[CharReading] = []
    share, letters, between = 1.0, 0, list[CharReading]()
    for char in chars:
        if not fold(char.char):
            between.append(char)
            continue
        marks, left = _between(between, letters, form)
        kept += [*marks, char]
        share *= left
        letters += len(fold(char.char)) if form.whole else 1
        between = []
    return tuple(kept), share


def _between(between: list[CharReading], letters: int, form: NameForm) -> Break:
    """What stands after so many ``letters``; before the first one nothing does, whatever was read."""
    if letters >= len(form.letters):
        return between, 1.0
    if not letters:
        return [], 1.0
    rules = _AT_BREAK if letters in form.breaks else _WITHIN_PART
    text = "".join(c.char for c in between)
    answers = (rule(between, text) for rule in rules)
    return next((answer for answer in answers if answer is not None), (between, 1.0))


def _invented_space(between: list[CharReading], text: str) -> Break | None:
    """Nothing but a space within a part: the reader's, it goes."""
    return ([], _LIKELY_SLIP) if text.isspace() else None


def _unexplained_mark(between: list[CharReading], text: str) -> Break | None:
    """A mark within a part, other than an apostrophe: it stays, but the MRZ does not have it."""
    return (between, _UNEXPLAINED) if text.strip(_APOSTROPHES) else None


def _lost_space(between: list[CharReading], text: str) -> Break | None:
    """Nothing was read where parts meet: of the two that can stand there, the reader loses spaces."""
    return None if text else ([CharReading(" ", _BREAK_LOST)], _BREAK_LOST)


def _speck_beside_space(between: list[CharReading], text: str) -> Break | None:
    """A space and a doubtful mark: only the space is print."""
    space = [char for char in between if char.char.isspace()]
    if not (len(space) == 1 and len(text) == 2 and text.strip() in _MISREAD_HYPHENS):
        return None
    return (space, _LIKELY_SLIP) if min(char.probability for char in between) < _SURE else (between, 1.0)


def _spaced_hyphen(between: list[CharReading], text: str) -> Break | None:
    """A hyphen, perhaps with spaces about it, which no name has."""
    if text.strip() != "-":
        return None
    return [char for char in between if char.char == "-"], 1.0 if text == "-" else _LIKELY_SLIP


def _faint_hyphen(between: list[CharReading], text: str) -> Break | None:
    """A space in which a hyphen was nearly read: in small print that is what is left of one."""
    if text != " ":
        return None
    listed = sum(probability for other, probability in between[0].alternatives if other == "-")
    if listed < _NEARLY_HYPHEN * between[0].probability:
        return None
    return [replace(between[0], char="-", probability=0.5)], _HYPHEN_GUESSED


def _lone_apostrophe(between: list[CharReading], text: str) -> Break | None:
    """An apostrophe where parts meet: a space beside it was lost (``VAN 'T HOF``), or none is printed."""
    return (between, _LIKELY_SLIP) if text and text in "'’" else None


def _misread_hyphen(between: list[CharReading], text: str) -> Break | None:
    """One mark that a hyphen may be read as: it was one."""
    if len(text) != 1 or text not in _MISREAD_HYPHENS:
        return None
    return [replace(between[0], char="-", probability=0.5)], _HYPHEN_GUESSED


_Rule: TypeAlias = Callable[[list[CharReading], str], Break | None]
_WITHIN_PART: Final[tuple[_Rule, ...]] = (_invented_space, _unexplained_mark)
"""What is made of marks where the MRZ has no filler: the first rule that answers decides, else they stay."""
_AT_BREAK: Final[tuple[_Rule, ...]] = (
    _lost_space,
    _speck_beside_space,
    _spaced_hyphen,
    _faint_hyphen,
    _lone_apostrophe,
    _misread_hyphen,
)
"""The same where the MRZ has one."""
