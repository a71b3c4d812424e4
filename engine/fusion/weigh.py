"""Weighs what the machine readable zone says of an item against what the page prints."""

from typing import Final

from engine.fusion.agreement import FIELDS, mrz_value
from engine.fusion.support import item_confidence, print_support, zone_support
from engine.mrz.certainty import letter_certainties
from engine.mrz.check_digits import VALUES, check_digit
from engine.mrz.dates import date_exists, date_is_partial
from engine.tables.look_alikes import Shape, look_alikes
from engine.tables.states import country_exists
from engine.values.items import Item, VisualValue
from engine.values.mrz import CheckDigit, MrzReading

MISREADINGS: Final = 20.0
"""How many different wrong values a wrong reading is spread over: two wrong readings seldom agree by chance."""
CERTAIN: Final = 0.9995
"""No agreement makes a value surer than this: both zones may be wrong together (a forged or misprinted page)."""
IMPOSSIBLE: Final = 0.02
"""Share of confidence left to a date that does not exist where the page prints one that does."""
UNKNOWN_STATE: Final = 0.05
"""The same for a state."""
IMPROBABLE: Final = 0.85
"""Most confidence of a date or state that does not exist, and that no other is printed for."""
MISREAD_UNSEEN: Final = 3e-3
"""Probability that print shows a letter of which its reader, who read another one, did not think."""
LOOKS_LIKE_ANOTHER: Final = 0.8
"""Most confidence of a value whose check digit fails, and holds for a look-alike: both zones may be misread alike."""
FAILING: Final = 0.995
"""The same where no look-alike mends it, and the page does not print the same: a wrong check digit was printed."""

_DATES: Final = (Item.BIRTH_DATE, Item.EXPIRY_DATE)
_STATES: Final = (Item.ISSUING_STATE, Item.NATIONALITY)


def is_possible(item: Item, value: str) -> bool:
    """Whether such a date or state exists; a date of birth may be partly unknown (ICAO 9303-3 §4.8)."""
    if item in _DATES:
        return date_exists(value) or (item is Item.BIRTH_DATE and date_is_partial(value))
    return item not in _STATES or country_exists(value)


def zone_confidence(item: Item, reading: MrzReading) -> float:
    """The probability that the zone's value for ``item`` is right, as far as the zone alone tells."""
    value = mrz_value(item, reading.fields)
    limit = min(FAILING, digit_limit(item, reading)) if _failing(item, reading) else 1.0
    return min(item_confidence(item, reading), limit, IMPROBABLE if is_improbable(item, reading, value) else 1.0)


def is_improbable(item: Item, reading: MrzReading, value: str) -> bool:
    """Return whether a date does not exist, or a state that the zone names once: mock-ups name their own twice."""
    if is_possible(item, value):
        return False
    return item in _DATES or reading.fields.issuing_state != reading.fields.nationality


def digit_limit(item: Item, reading: MrzReading) -> float:
    """The most confidence that the zone's value may have, printed or not, with the check digit of its field."""
    failing = _failing(item, reading)
    if failing is None or item in _DATES or not _mended(mrz_value(item, reading.fields), failing.printed):
        return 1.0
    return LOOKS_LIKE_ANOTHER


def _failing(item: Item, reading: MrzReading) -> CheckDigit | None:
    """The check digit of an item's own field, if it does not hold."""
    return next((c for c in reading.checks if item in FIELDS and c.covers == FIELDS[item] and not c.ok), None)


def is_vouched_for(item: Item, reading: MrzReading, printed: str) -> bool:
    """Return whether a check digit tells that the zone does not say ``printed`` for ``item``.

    It holds for the value that was read there, no character of which was chosen to make it hold, and would not hold
    for the printed one. Some pairs of characters are alike to check digits (0 and U, 1 and L), others are not.
    """
    own = next((c for c in reading.checks if item in FIELDS and c.covers == FIELDS[item]), None)
    if own is None or not own.ok or own.repaired or not set(printed) <= set(VALUES):
        return False
    return check_digit(printed) != own.computed


def put_right_share(item: Item, reading: MrzReading, seen: VisualValue) -> float:
    """The probability of the zone's letters that a printed name was put right by, against those that were read there.

    1 where none was, or where it is not known which letter of the zone is which of the print.
    """
    letters = [char for char in seen.characters if char.char.isalnum()]
    last = item is Item.GIVEN_NAMES
    certainties = letter_certainties(reading, FIELDS[item], mrz_value(item, reading.fields), last=last)
    if len(letters) != len(certainties):
        return 1.0
    share = 1.0
    for char, certainty in zip(letters, certainties, strict=True):
        read = max((p for _, p in char.alternatives), default=0.0)
        if read > char.probability:
            ours, theirs = certainty * MISREAD_UNSEEN, (1 - certainty) * read
            share *= ours / (ours + theirs)
    return share


def _mended(value: str, digit: str) -> bool:
    """Whether the value with a figure for a letter like it, or the reverse, has this check digit."""
    swaps = ((k, other) for k, char in enumerate(value) for other in look_alikes(Shape.PRINT).get(char, ""))
    others = (value[:k] + other + value[k + 1 :] for k, other in swaps if other.isdigit() != value[k].isdigit())
    return any(check_digit(other) == digit for other in others)


def weighed(item: Item, reading: MrzReading, seen: VisualValue) -> tuple[float, float]:
    """The probabilities of the zone's value and of the printed one, where the two differ; at most one is right.

    Either value is as probable as its own zone has it, times how far the other zone's doubt bears it.
    """
    value = mrz_value(item, reading.fields)
    first, second = zone_confidence(item, reading), seen.confidence
    if not is_possible(item, value) and is_possible(item, seen.value):
        first *= IMPOSSIBLE if item in _DATES else UNKNOWN_STATE
    ours, theirs = first * print_support(seen, _plain(value)), second * zone_support(item, reading, seen.value)
    neither = (1 - first) * (1 - second) / MISREADINGS
    total = ours + theirs + neither
    return (ours / total, theirs / total) if total else (0.5, 0.5)


def _plain(value: str) -> str:
    return "".join(char for char in value if char.isalnum())


def agreement_confidence(first: float, second: float) -> float:
    """Return the probability that a value two independent readings agree on is right."""
    right = first * second
    wrong = (1 - first) * (1 - second) / MISREADINGS
    return max(first, min(CERTAIN, right / (right + wrong))) if right + wrong else first
