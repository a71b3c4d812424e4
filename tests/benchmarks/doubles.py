"""An engine that answers from a table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from engine.values.items import Item, ItemReading, Scope
from engine.values.mrz import CheckDigit, MrzFields, MrzFormat, MrzReading
from engine.values.pictures import Point, Quad


@dataclass(frozen=True)
class FixedReading:
    items: tuple[ItemReading, ...]
    mrz: MrzReading | None
    timings: Mapping[str, float] = field(default_factory=lambda: {"decode": 0.001, "mrz": 0.002})


@dataclass
class FixedEngine:
    """Answers by file name; an exception in the table is raised."""

    answers: Mapping[str, FixedReading | Exception]
    versions: Mapping[str, str] = field(default_factory=lambda: {"reader": "fixed-1"})

    def recognize(self, source: Path, *, items: Scope = "all") -> FixedReading:
        answer = self.answers[Path(source).name]
        if isinstance(answer, Exception):
            raise answer
        return answer


def mrz_reading(lines: tuple[str, ...], *, checks_ok: bool = True, repaired: bool = False) -> MrzReading:
    return MrzReading(
        format=MrzFormat.TD3,
        raw_lines=lines,
        lines=lines,
        fields=MrzFields(*[""] * 11),
        checks=(CheckDigit("composite", "1", "1" if checks_ok else "2", repaired),),
        corrections=(),
        char_confidences=tuple((0.9,) * len(line) for line in lines),
        line_confidences=(0.9,) * len(lines),
        field_confidences=(),
    )


def square(left: float, top: float, width: float, height: float) -> Quad:
    right, bottom = left + width, top + height
    return (Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom))


def item_reading(item: Item, value: str, confidence: float = 0.9, quad: Quad | None = None) -> ItemReading:
    return ItemReading(item, value, confidence, quad)
