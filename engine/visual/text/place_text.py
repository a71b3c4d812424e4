"""Cleans the text of a place or an authority as it was read: brackets, look-alikes, lost marks and spaces, cities."""

import re
from collections.abc import Sequence
from typing import Final

from engine.values.text import CharReading, Evidence
from engine.visual.text.cities import correct_city
from engine.visual.text.language.word_spaces import lost_space
from engine.visual.text.letters import resolve_look_alikes

_DISTRICT: Final = re.compile(r"(?<=[^\W\d_]{4})\d{1,2}$")
"""The number of a city's district, written onto the city's name."""
_UNEVEN_SLASH: Final = re.compile(r"(?<=\S) /(?=\S)|(?<=\S)/ (?=\S)")
"""A stroke between two languages has a space on both sides or on neither: beside one, the other's was not seen."""
_FULL_STOP_LOST: Final = re.compile(r"(?:\b[A-Z]\.)+[A-Z]$")
"""An abbreviation of single letters, each with its full stop but for the last: ``U.S.A``."""
_LIKELY_LOST: Final = 0.8
"""Probability given to the full stop that was lost there."""
_STOP_FOR_COMMA: Final = re.compile(r"(?<=[^\W\d_]{5})\.(?= \S)")
"""A full stop behind a word that is too long to be an abbreviation, where another word follows."""
_NEARLY_READ: Final = 0.01
"""Probability from which a comma was seen in its place."""


def clean_place(chars: Sequence[CharReading], state: str, evidence: Evidence | None) -> tuple[CharReading, ...]:
    """Return ``chars`` as the issuing ``state`` prints the text of a place or an authority.

    ``evidence`` is what the reader saw in their line, None where it keeps none.
    """
    spelt = resolve_look_alikes(_without_lone_brackets(chars), state)
    marked = _with_commas(_with_last_full_stop(_with_even_slashes(spelt)))
    return correct_city(_with_district(marked), state, evidence)


def _with_last_full_stop(chars: tuple[CharReading, ...]) -> tuple[CharReading, ...]:
    """``chars`` with the full stop that an abbreviation at the end lacks: faint ones there get lost."""
    if not _FULL_STOP_LOST.search("".join(c.char for c in chars)):
        return chars
    end = chars[-1].end
    return (*chars, CharReading(".", _LIKELY_LOST, (("", 1 - _LIKELY_LOST),), end, end))


def _with_commas(chars: tuple[CharReading, ...]) -> tuple[CharReading, ...]:
    """``chars`` with commas for full stops that are nearly commas and end no abbreviation: ``WASHINGTON. D.C.``."""
    stops = [match.start() for match in _STOP_FOR_COMMA.finditer("".join(c.char for c in chars))]
    return tuple(
        char.read_as(",", _LIKELY_LOST) if i in stops and _is_comma(char) else char for i, char in enumerate(chars)
    )


def _is_comma(stop: CharReading) -> bool:
    return sum(probability for text, probability in stop.alternatives if text == ",") >= _NEARLY_READ


def _without_lone_brackets(chars: Sequence[CharReading]) -> tuple[CharReading, ...]:
    """``chars`` without brackets that close nothing or are never closed: strokes of the pattern behind the print."""
    text = "".join(c.char for c in chars)
    if text.count("(") == text.count(")"):
        return tuple(chars)
    return tuple(c for c in chars if c.char not in "()")


def _with_district(chars: tuple[CharReading, ...]) -> tuple[CharReading, ...]:
    """``chars`` with a space between a name and the number of its district: ``PRAHA1``."""
    district = _DISTRICT.search("".join(c.char for c in chars))
    if not district:
        return chars
    return _with_space(chars, district.start())


def _with_even_slashes(chars: tuple[CharReading, ...]) -> tuple[CharReading, ...]:
    """``chars`` with the second space around a stroke that has only one: ``EESTI/ EST``."""
    while uneven := _UNEVEN_SLASH.search("".join(c.char for c in chars)):
        chars = _with_space(chars, uneven.end() if uneven.group() == " /" else uneven.start())
    return chars


def _with_space(chars: tuple[CharReading, ...], place: int) -> tuple[CharReading, ...]:
    """``chars`` with a space before the one at ``place``."""
    return (*chars[:place], lost_space(chars[place - 1], chars[place]), *chars[place:])
