"""Reads pictures with an engine and grades each against its truth."""

import dataclasses
import logging
import time
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from engine.errors import NothingToRead, PassportError
from engine.measure.metrics import Grade, bounding_box, edit_distance, grade, iou
from engine.measure.truth import MRZ_ITEMS, Document, ItemTruth
from engine.values.items import MRZ_LINES, Item, ItemReading, Scope
from engine.values.mrz import MrzReading

_logger = logging.getLogger(__name__)

RIGHT = frozenset({Grade.EXACT, Grade.ABSENT})
SURE = 0.99
"""A value with at least this confidence that is wrong is a silent error."""


class Reading(Protocol):
    """The part of an engine's answer that is graded."""

    @property
    def items(self) -> tuple[ItemReading, ...]:
        """The items."""
        ...

    @property
    def mrz(self) -> MrzReading | None:
        """The machine readable zone."""
        ...

    @property
    def timings(self) -> Mapping[str, float]:
        """Seconds by stage."""
        ...


class Recogniser(Protocol):
    """What is measured."""

    def recognize(self, source: Path, *, items: Scope) -> Reading:
        """Read one picture; raises `PassportError`."""
        ...


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """How one item came out; ``iou`` where the truth has a box and a value was read (0 without a box).

    ``repr`` tells neither the truth nor what was read.
    """

    item: Item
    grade: Grade
    confidence: float
    iou: float | None
    truth: str = field(repr=False)
    read: str = field(repr=False)

    @property
    def right(self) -> bool:
        """Exactly right, or rightly empty."""
        return self.grade in RIGHT

    @property
    def silent_error(self) -> bool:
        """Wrong, yet said to be sure."""
        return bool(self.read) and not self.right and self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """How one picture came out.

    ``status`` is ``read``, ``nothing`` (no passport found), an error's class name, or ``crash: `` and the class
    name of an exception that is not the engine's. ``mrz_errors`` counts edits against the printed lines, at most
    ``mrz_length``.
    """

    document: Document
    status: str
    mrz_read: tuple[str, ...] = field(repr=False)
    mrz_errors: int
    checks_ok: bool
    items: tuple[ItemOutcome, ...]
    cpu_seconds: float
    reading: Reading | None = field(repr=False)

    @property
    def mrz_exact(self) -> bool:
        """Every line equals the print."""
        return bool(self.document.mrz) and self.mrz_read == self.document.mrz

    @property
    def mrz_length(self) -> int:
        """Characters printed."""
        return sum(map(len, self.document.mrz))

    @property
    def mrz_silent_error(self) -> bool:
        """A line is wrong though every check digit passes; on a picture without a zone, any reading that passes.

        Passing is what `MrzReading.checks_ok` says to users: it holds on the characters as they were read. Where
        the decoder changed what a check digit covers, the engine itself says that its holding proves nothing
        (`Warning.REPAIRED`); such errors are not silent, and `mrz_repaired_error` counts them.
        """
        return bool(self.mrz_read) and self.checks_ok and not self.mrz_exact and self.mrz_known

    @property
    def mrz_known(self) -> bool:
        """Whether it is known what the machine readable zone says, or that there is none."""
        return bool(self.document.mrz) or self.document.negative

    @property
    def mrz_repaired_error(self) -> bool:
        """A line is wrong and every check digit holds, but only after a change to what one covers."""
        mrz = self.reading.mrz if self.reading else None
        wrong = self.mrz_known and not self.mrz_exact
        return mrz is not None and mrz.checks_hold and not mrz.checks_ok and wrong

    @property
    def refused(self) -> bool:
        """Nothing was read: what is right for a picture without a machine readable zone."""
        return not self.mrz_read and (self.reading is None or not any(i.value for i in self.reading.items))


def measure(engine: Recogniser, documents: Iterable[Document], *, items: Scope = "all") -> Iterator[FileOutcome]:
    """Read and grade the pictures one by one, lazily."""
    for document in documents:
        started = time.process_time()
        status, reading = _read(engine, document, items)
        yield grade_reading(document, status, reading, items=items, cpu_seconds=time.process_time() - started)


def _read(engine: Recogniser, document: Document, items: Scope) -> tuple[str, Reading | None]:
    try:
        return "read", engine.recognize(document.path, items=items)
    except NothingToRead:
        return "nothing", None
    except PassportError as error:
        return type(error).__name__, None
    except Exception as error:  # a benchmark must count a defect of the engine and go on to the next picture
        frames = "".join(traceback.format_tb(error.__traceback__))  # no message: it may repeat what was read
        _logger.error("the engine crashed on %s: %s\n%s", document.file, type(error).__name__, frames)
        return f"crash: {type(error).__name__}", None


def grade_reading(
    document: Document, status: str, reading: Reading | None, *, items: Scope, cpu_seconds: float
) -> FileOutcome:
    """Compare one reading with the truth."""
    mrz = reading.mrz if reading else None
    lines, checks_ok = (mrz.lines, mrz.checks_ok) if mrz else ((), False)
    outcome = mrz_outcome(document, status, lines, checks_ok=checks_ok, cpu_seconds=cpu_seconds)
    read = {i.item: i for i in reading.items} if reading else {}
    wanted = document.items if items == "all" else _of_the_zone(document.items)
    graded = tuple(_grade_item(truth, read.get(item, ItemReading(item))) for item, truth in wanted.items())
    return dataclasses.replace(outcome, items=graded, reading=reading)


def _of_the_zone(items: Mapping[Item, ItemTruth]) -> dict[Item, ItemTruth]:
    """What can be known from the machine readable zone alone: no boxes but those of its own lines."""
    truths = {i: t for i, t in items.items() if i in MRZ_ITEMS}
    return {i: t if i in MRZ_LINES else ItemTruth(t.value) for i, t in truths.items()}


def mrz_outcome(
    document: Document, status: str, lines: tuple[str, ...], *, checks_ok: bool, cpu_seconds: float
) -> FileOutcome:
    """Compare the lines of a machine readable zone with the truth, items aside."""
    errors = edit_distance("\n".join(document.mrz), "\n".join(lines))
    return FileOutcome(
        document=document,
        status=status,
        mrz_read=lines,
        mrz_errors=min(errors, sum(map(len, document.mrz))),
        checks_ok=checks_ok,
        items=(),
        cpu_seconds=cpu_seconds,
        reading=None,
    )


def _grade_item(truth: ItemTruth, read: ItemReading) -> ItemOutcome:
    overlap = None
    if truth.box and read.value:
        overlap = iou(truth.box, bounding_box(read.quad)) if read.quad else 0.0
    return ItemOutcome(
        item=read.item,
        grade=grade(truth.value, read.value),
        confidence=read.confidence,
        iou=overlap,
        truth=truth.value,
        read=read.value,
    )
