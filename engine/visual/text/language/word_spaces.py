"""Restores spaces that a reader lost between words: ``COMUNEDI`` is ``COMUNE DI``.

In tight print a space is as narrow as the gap between two letters, and a reader answers none, and is sure of it. What
the picture says for one is little, so which letters usually follow each other says the rest.
"""

from collections.abc import Sequence
from typing import Final

from engine.values.text import END, CharReading, Evidence
from engine.visual.text.language.model import LanguageModel, as_symbol

WEIGHT: Final = 0.6
"""Of the model's logarithms beside the reader's."""
_LIKELY: Final = 3.0
"""Logarithms by which the model must prefer a space for the picture to be asked."""
_MOST: Final = 4.0
"""Logarithms that the model has a say of at most: words that are written as one in some languages stay one."""
_RESTORED: Final = 0.8
"""Probability given to a space that was lost."""


def restore_spaces(
    chars: Sequence[CharReading], evidence: Evidence | None, model: LanguageModel
) -> tuple[CharReading, ...]:
    """Return ``chars`` with spaces where evidence and model together hold one likelier than none."""
    if evidence is None:
        return tuple(chars)
    text, parted = "".join(c.char for c in chars), list(chars)
    for at in range(len(chars) - 1, 0, -1):  # from the end, so that the places before it stay what they are
        said = _said(text[:at], text[at:], model) if text[at - 1].isalpha() and text[at].isalpha() else 0.0
        if said > _LIKELY and min(WEIGHT * said, _MOST) + _shown(chars, at, evidence) > 0:
            parted.insert(at, lost_space(chars[at - 1], chars[at]))
            text = f"{text[:at]} {text[at:]}"
    return tuple(parted)


def lost_space(before: CharReading, after: CharReading) -> CharReading:
    """The space that a reader lost between two characters, midway."""
    x = (before.end + after.start) / 2
    return CharReading(" ", _RESTORED, (("", 1 - _RESTORED),), x, x)


def _said(before: str, after: str, model: LanguageModel) -> float:
    """How much likelier the model holds a text with a space between its parts, as a logarithm."""
    return _chance(f"{before} {after}", len(before), model) - _chance(before + after, len(before), model)


def _chance(text: str, at: int, model: LanguageModel) -> float:
    """The logarithm of the probability of the symbols from ``at`` on that a change at ``at`` reaches."""
    symbols = END + "".join(map(as_symbol, text)) + END
    reached = range(at + 1, min(at + 1 + model.order + 1, len(symbols)))
    return sum(model.score(symbols[max(0, i + 1 - model.order) : i], symbols[i]) for i in reached)


def _shown(chars: Sequence[CharReading], at: int, evidence: Evidence) -> float:
    """How much likelier the picture shows a space before a character, as a logarithm."""
    before, after = chars[at - 1], chars[at]
    with_space, without = (
        evidence.log_likelihood(text, before.start, after.end)
        for text in (f"{before.char} {after.char}", before.char + after.char)
    )
    return with_space - without
