"""Stand-ins for the engine: fixed, slow and failing ones. The identity is invented."""

import os
import signal
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from engine import Caution, PassportReading, Warning
from engine.errors import MrzNotFound, UnsupportedFormat
from engine.values.items import Item, ItemReading, Source
from engine.values.mrz import CheckDigit, Correction, Field, MrzFields, MrzFormat, MrzReading
from engine.values.pictures import Point
from engine.values.text import CharReading

LINES = ("P<UTOSPECIMEN<<MUSTER<ANNA<<<<<<<<<<<<<<<<<<", "X1234567<4UTO9001011F3001019<<<<<<<<<<<<<<04")

VALUES = {
    Item.DOCUMENT_TYPE: "P",
    Item.ISSUING_STATE: "UTO",
    Item.PASSPORT_NUMBER: "X1234567",
    Item.SEX: "F",
    Item.NATIONALITY: "UTO",
    Item.BIRTH_DATE: "900101",
    Item.EXPIRY_DATE: "300101",
    Item.MRZ_LINE_1: LINES[0],
    Item.MRZ_LINE_2: LINES[1],
    Item.SURNAME: "SPECIMEN",
    Item.GIVEN_NAMES: "MUSTER ANNA",
}
"""What `fixed_reading` says; the other items are empty."""

QUAD = (Point(10.0, 20.0), Point(110.0, 20.0), Point(110.0, 40.0), Point(10.0, 40.0))


def fixed_reading() -> PassportReading:
    """A reading with one corrected character, one failed check digit and one warning."""
    return PassportReading(
        items=tuple(_item(item) for item in Item),
        mrz=_mrz(),
        warnings=(Caution(Warning.CHECK_DIGIT),),
        timings={"decode": 0.01, "locate": 0.02},
        width=640,
        height=480,
    )


def _item(item: Item) -> ItemReading:
    value = VALUES.get(item, "")
    if not value:
        return ItemReading(item)
    characters = tuple(CharReading(c, 0.995) for c in value[:-1])
    doubtful = CharReading(value[-1], 0.85, alternatives=(("8", 0.1),))
    return ItemReading(item, value, 0.987, QUAD, (*characters, doubtful), Source.BOTH)


def _mrz() -> MrzReading:
    return MrzReading(
        format=MrzFormat.TD3,
        raw_lines=(LINES[0], LINES[1].replace("UTO", "UT0")),
        lines=LINES,
        fields=MrzFields(
            document_code="P",
            issuing_state="UTO",
            surname="SPECIMEN",
            given_names="MUSTER ANNA",
            document_number="X1234567",
            nationality="UTO",
            birth_date="900101",
            sex="F",
            expiry_date="300101",
            optional_data="",
            optional_data_2="",
        ),
        checks=(CheckDigit(Field.DOCUMENT_NUMBER, "4", "4"), CheckDigit("composite", "4", "7")),
        corrections=(Correction(line=1, position=12, read="0", decoded="O"),),
        char_confidences=((0.99,) * 44, (0.99,) * 44),
        line_confidences=(0.98, 0.97),
        field_confidences=((Field.DOCUMENT_NUMBER, 0.99),),
    )


class FixedEngine:
    """Reads every picture alike, and remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[Any] = []

    def recognize(self, source: Any) -> PassportReading:
        self.given.append(source)
        return fixed_reading()


@dataclass
class FailingEngine:
    """Raises ``error`` for every picture but the first ``good`` ones (the warm-up is the first)."""

    error: Exception
    good: int = 1

    def recognize(self, source: Any) -> PassportReading:
        if self.good > 0:
            self.good -= 1
            return fixed_reading()
        raise self.error


@dataclass
class WaitingEngine:
    """Reads the first picture at once (the warm-up), each further one when `go` is set."""

    go: threading.Event = field(default_factory=threading.Event)
    entered: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    warm: bool = False

    def recognize(self, source: Any) -> PassportReading:
        if self.warm:
            self.entered.release()
            assert self.go.wait(timeout=30)
        self.warm = True
        return fixed_reading()


class ByNameEngine:
    """Does with a file what its name says; the file itself must exist."""

    def __init__(self, reader: str = "auto") -> None:
        self.reader = reader

    def recognize(self, source: Path | bytes, *, items: str = "all") -> PassportReading:
        if isinstance(source, bytes):
            assert source.startswith(b"\xff\xd8"), "not what the tests put in"
            return fixed_reading()
        source.stat()
        if items == "mrz":
            return replace(fixed_reading(), width=99)
        name = source.stem
        if name.startswith("third"):
            return replace(fixed_reading(), page=3)
        if name.startswith("blank"):
            raise MrzNotFound("no machine readable zone in 640 x 480 pixels")
        if name.startswith("animated"):
            raise UnsupportedFormat("GIF is not supported")
        if name.startswith("defect"):
            raise RuntimeError("a text of ERIKSSON")
        if name.startswith("kill"):
            os.kill(os.getpid(), signal.SIGKILL)
        if name.startswith("wait"):
            threading.Event().wait()
        return fixed_reading()
