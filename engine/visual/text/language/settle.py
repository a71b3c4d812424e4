"""Settles doubtful characters of a line by which letters usually follow each other.

A reader tells for each character what else it could be. Where it is in doubt, ``LONOON`` or ``LONDON``, the likelier
run of letters wins: a tie is broken, and what is legible stays, the model counts a fifth of what the picture does.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from engine.values.text import CharReading, LineText
from engine.visual.text.doubt import SURE
from engine.visual.text.language.model import END, LanguageModel, as_symbol

WEIGHT: Final = 0.2
"""Of the model's logarithms beside the reader's."""
LEGIBLE: Final = 0.65
"""Mean probability of the characters of a line below which it is pattern, or past help, and left as it is."""
_LEAST: Final = 0.01
_BESIDE: Final = 0.15
"""An alternative is weighed that is so probable, in itself and beside what was read."""
_SETTLED: Final = 0.75
"""Probability of a character that was not read first."""
_MOST: Final = 6
"""Ways to read a line that are followed at once."""

Way: TypeAlias = tuple[float, str, tuple[str, ...]]
"""One way to read the beginning of a line: how good it is, its last symbols, and which option each character is."""


def settle_letters(text: LineText, model: LanguageModel) -> LineText:
    """Return the line with its doubtful characters as the reader and the model together hold most likely.

    What was read is among the alternatives of a character that changes; the others stay as they are.
    """
    chances = [c.probability for c in text.chars]
    if min(chances, default=1.0) >= SURE or sum(chances) < LEGIBLE * len(chances):
        return text
    chosen = _likeliest(text, model)
    if all(char.char == option for char, option in zip(text.chars, chosen, strict=True)):
        return text
    pairs = zip(text.chars, chosen, strict=True)
    return LineText(tuple(char if option == char.char else _changed(char, option) for char, option in pairs))


def _likeliest(text: LineText, model: LanguageModel) -> tuple[str, ...]:
    """Which option each character is, along the best way to read the line."""
    ways: list[Way] = [(0.0, END, ())]
    for char in text.chars:
        options = _options(char)
        if len(options) == len(ways) == 1:  # nothing to choose: the model need not be asked
            ((_, before, taken),) = ways
            ways = [(0.0, _after(before, char.char, model), (*taken, char.char))]
            continue
        logs = [(option, math.log(chance)) for option, chance in options.items()]
        best: dict[str, Way] = {}
        for score, before, taken in ways:
            for option, log in logs:
                after = _after(before, option, model)
                reached = score + log + _said(before, option, model)
                if after not in best or reached > best[after][0]:  # of those that will go on alike the better one
                    best[after] = (reached, after, (*taken, option))
        ways = sorted(best.values(), reverse=True)[:_MOST]
    return max(ways, key=lambda way: way[0] + WEIGHT * model.score(way[1], END))[2]


def _options(char: CharReading) -> Mapping[str, float]:
    """What a character can be, as read first; that it is none at all is left open, or no doubt would be seen."""
    if char.probability >= SURE or char.partial:
        return {char.char: 1.0}
    least = max(_LEAST, _BESIDE * char.probability)
    return {char.char: max(char.probability, _LEAST)} | {c: p for c, p in char.alternatives if c and p >= least}


def _said(before: str, option: str, model: LanguageModel) -> float:
    """What the model says of an option, as it counts."""
    return WEIGHT * model.score(before, as_symbol(option))


def _after(before: str, option: str, model: LanguageModel) -> str:
    """The last symbols of a line that goes on with an option."""
    return (before + as_symbol(option))[1 - model.order :]


def _changed(char: CharReading, to: str) -> CharReading:
    """The character as another option; what the reader gave the others is divided anew among them."""
    others = [(c, chance) for c, chance in ((char.char, char.probability), *char.alternatives) if c != to]
    scale = (1 - _SETTLED) / max(sum(chance for _, chance in others), 1 - _SETTLED)
    shared = sorted(((c, chance * scale) for c, chance in others), key=lambda other: -other[1])
    return replace(char, char=to, probability=_SETTLED, alternatives=tuple(shared))
