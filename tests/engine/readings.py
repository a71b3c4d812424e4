"""Machine readable zones as if they had been read perfectly, for tests of what comes after reading."""

from engine.mrz.parse import parse_fields, read_checks, recognise_format
from engine.values.mrz import Field, MrzReading
from engine.values.pictures import LocatedMrz, Quad


def mrz_reading(lines: tuple[str, ...], confidence: float = 0.99) -> MrzReading:
    kind = recognise_format(lines)
    assert kind is not None
    return MrzReading(
        format=kind,
        raw_lines=lines,
        lines=lines,
        fields=parse_fields(kind, lines),
        checks=read_checks(kind, lines),
        corrections=(),
        char_confidences=tuple((confidence,) * len(line) for line in lines),
        line_confidences=(confidence,) * len(lines),
        field_confidences=tuple((field, confidence) for field in Field),
    )


def located(lines: tuple[str, ...], quads: tuple[Quad, ...] = (), confidence: float = 0.99) -> LocatedMrz:
    return LocatedMrz(mrz_reading(lines, confidence), quads)
