"""How probable each character is at each position before anything was read.

All numbers are natural logarithms of ratios to a text in which every one of the 37 characters is equally probable, so
that their sum over a document says how much better the grammar explains the lines than chance does.
"""

import math
from collections.abc import Mapping

from engine.mrz.dates import date_exists, date_is_partial
from engine.mrz.decoder.confusions import LETTER_SHARES
from engine.mrz.formats import CHARACTERS, DIGITS, FILLER, LETTERS, Alphabet
from engine.tables.states import printed_codes

OUTSIDE = -6.0
"""For characters the field does not allow: soft, for some documents break the rules."""

RARE = -4.0
"""At or below this a character hardly ever stands there, and even a sure reader is not taken at its word."""

Prior = Mapping[str, float]


def _gain(probability: float, among: int = 1) -> float:
    return math.log(probability / among * len(CHARACTERS))


def _prior(*shares: tuple[str, float]) -> Prior:
    """A prior from groups of characters with the probability of each whole group."""
    gains = dict.fromkeys(CHARACTERS, OUTSIDE)
    for characters, probability in shares:
        gains |= dict.fromkeys(characters, _gain(probability, len(characters)))
    return gains


LETTER: Prior = _prior(*LETTER_SHARES.items())
LETTER_OR_DIGIT: Prior = _prior(*((c, 0.7 * share) for c, share in LETTER_SHARES.items()), (DIGITS, 0.3))
"""For names of mock-ups that hold digits."""
FILL: Prior = _prior((FILLER, 1.0))
UNCLEAR_LETTERS = "IOQ"
"""Hardly any state uses them in document numbers, for they look like digits."""
CLEAR_LETTERS = "".join(c for c in LETTERS if c not in UNCLEAR_LETTERS)
NUMBER_START: Prior = _prior((DIGITS, 0.5), (CLEAR_LETTERS, 0.46), (UNCLEAR_LETTERS, 0.03), (FILLER, 0.01))
"""Document numbers begin with a letter in about half of all countries; later letters are rare."""

PRIORS: Mapping[Alphabet, Prior] = {
    Alphabet.PASSPORT: _prior(("P", 1.0)),
    Alphabet.VISA: _prior(("V", 1.0)),
    Alphabet.CARD: _prior(("I", 0.7), ("AC", 0.3)),
    Alphabet.SUBTYPE: _prior((FILLER, 0.6), (LETTERS, 0.4)),
    Alphabet.STATE: _prior((LETTERS, 0.99), (FILLER, 0.01)),
    Alphabet.NAME: _prior((LETTERS, 0.6), (FILLER, 0.4)),
    Alphabet.NUMBER: _prior((DIGITS, 0.8), (CLEAR_LETTERS, 0.169), (UNCLEAR_LETTERS, 0.001), (FILLER, 0.03)),
    Alphabet.OPTIONAL: _prior((FILLER, 0.5), (DIGITS, 0.35), (LETTERS, 0.15)),
    Alphabet.BIRTH: _prior((DIGITS, 0.99), (FILLER, 0.01)),
    Alphabet.EXPIRY: _prior((DIGITS, 0.999), (FILLER, 0.001)),
    Alphabet.SEX: _prior(("MF", 0.95), (FILLER, 0.04), ("X", 0.01)),
    Alphabet.CHECK: _prior((DIGITS, 0.999), (FILLER, 0.001)),
    Alphabet.CHECK_OR_FILLER: _prior((DIGITS, 0.8), (FILLER, 0.2)),
}

BEST_GAIN: Mapping[Alphabet, float] = {alphabet: max(prior.values()) for alphabet, prior in PRIORS.items()}

_FILLER_BY_NEIGHBOURS = (-1.5, 1.1, 3.1)
"""A filler in data between no, one or two other fillers: they come in runs."""


def beside_fillers(prior: Prior, neighbours: int) -> Prior:
    """The prior of a position of data of which ``neighbours`` (0 to 2) neighbours are fillers."""
    return {**prior, FILLER: _FILLER_BY_NEIGHBOURS[neighbours]}


FILLED_DATA: tuple[Prior, ...] = tuple(beside_fillers(PRIORS[Alphabet.OPTIONAL], n) for n in range(3))

_KNOWN_CODE = 3.5
_UNKNOWN_CODE = -3.0
SAME_STATE = 3.5
"""Most holders are nationals of the state that issues the document."""


def code_gain(code: str) -> float:
    """For three characters of an issuing state or nationality."""
    return _KNOWN_CODE if code in printed_codes() else _UNKNOWN_CODE


def date_gain(date: str) -> float:
    """For six characters of a date: existing ones, then partly unknown ones, then those of zeros that cards print."""
    if date_exists(date):
        return 3.0
    if date_is_partial(date):
        return 1.0
    return -1.0 if date.endswith("00") else -3.0


_CHECK_HOLDS = 2.2
_FIRST_FAILURE = -6.1
_NEXT_FAILURE = -2.6


def failure_cost(failures: int) -> float:
    """For check digits that do not hold.

    Two documents in a hundred (specimens, fakes) print such; where one is wrong others are more often wrong too.
    """
    return _FIRST_FAILURE + _NEXT_FAILURE * (failures - 1) if failures else 0.0


def checks_gain(failures: int, checks: int) -> float:
    """What the check digits say for a document: a holding one is a chance of ten."""
    return checks * _CHECK_HOLDS + failure_cost(failures)
