"""What was not read right, worst first: confidently wrong values, then the largest differences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from engine.measure.metrics import edit_distance
from engine.measure.runner import FileOutcome
from engine.values.items import MRZ_LINES, Item

MRZ: Final = "MRZ"
NEGATIVE: Final = "negative"
Part: TypeAlias = Item | Literal["MRZ", "negative"]
"""An item, the machine readable zone, or a picture without one in which something was read."""


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that was not read right; ``repr`` tells no text.

    ``truth`` and ``read`` of a machine readable zone are its lines, one below the other. ``silent`` says that nothing
    warned of it: a confidence of 0.99 or more, or all check digits holding. ``errors`` are edits between them.
    """

    outcome: FileOutcome = field(repr=False)
    part: Part
    truth: str = field(repr=False)
    read: str = field(repr=False)
    confidence: float | None
    silent: bool
    errors: int

    @property
    def file(self) -> str:
        """The picture."""
        return self.outcome.document.file


def find_misses(outcomes: Sequence[FileOutcome]) -> list[Miss]:
    """Return every miss; of a picture in which nothing was read, that alone."""
    found = [miss for outcome in outcomes for miss in _misses(outcome)]
    return sorted(found, key=lambda miss: (not miss.silent, -miss.errors))


def _misses(outcome: FileOutcome) -> Iterator[Miss]:
    if outcome.document.negative:
        if not outcome.refused:
            yield Miss(outcome, NEGATIVE, "", "\n".join(outcome.mrz_read), None, outcome.checks_ok, 0)
        return
    if outcome.document.mrz and not outcome.mrz_exact:
        yield _missed_zone(outcome)
    if outcome.reading is None and not outcome.mrz_read and outcome.document.mrz:
        return
    for item in outcome.items:
        if not item.right and not (item.item in MRZ_LINES and outcome.document.mrz):
            errors = edit_distance(item.truth, item.read)
            yield Miss(outcome, item.item, item.truth, item.read, item.confidence, item.silent_error, errors)


def _missed_zone(outcome: FileOutcome) -> Miss:
    truth, read = "\n".join(outcome.document.mrz), "\n".join(outcome.mrz_read)
    return Miss(outcome, MRZ, truth, read, None, outcome.mrz_silent_error, outcome.mrz_errors)
