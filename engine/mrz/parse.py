"""From the lines of a machine readable zone to its fields and check digits."""

from collections.abc import Collection, Sequence
from typing import Final

from engine.mrz.check_digits import check_digit
from engine.mrz.formats import FILLER, LAYOUTS, CheckSpan, Layout, checks_of, long_number_tail
from engine.mrz.names import is_truncated, split_names
from engine.values.mrz import CheckDigit, Field, MrzFields, MrzFormat, MrzReading

_BEHIND: Final = 3
"""Characters behind the names that tell whether they go on: one that parts a next name from them, and two of it."""


def recognise_format(lines: Sequence[str]) -> MrzFormat | None:
    """The format of lines of exact length, None when no format has such lines.

    A visa is told from a passport or card by its first letter (ICAO 9303-7 §4.2.2), the French card from TD2 by
    its first five.
    """
    shape = (len(lines), len(lines[0]) if lines else 0)
    if any(len(line) != shape[1] for line in lines):
        return None
    visa = shape[1] > 0 and lines[0][0] == "V"
    if shape == (2, 44):
        return MrzFormat.MRV_A if visa else MrzFormat.TD3
    if shape == (2, 36):
        if visa:
            return MrzFormat.MRV_B
        return MrzFormat.FRA_ID if lines[0].startswith("IDFRA") else MrzFormat.TD2
    return MrzFormat.TD1 if shape == (3, 30) else None


def parse_fields(format: MrzFormat, lines: Sequence[str]) -> MrzFields:
    """The fields of lines of the format's exact length, fillers removed.

    Raises:
        ValueError: lines that do not have the format's number and length.
    """
    layout = _layout_for(format, lines)
    text = {f.field: tuple(span.of(lines) for span in f.spans) for f in layout.fields}
    surname, given_names = _names(format, text[Field.NAMES])
    number, optional = _number_and_optional(layout, lines)
    return MrzFields(
        document_code=text[Field.DOCUMENT_CODE][0].strip(FILLER),
        issuing_state=text[Field.ISSUING_STATE][0].strip(FILLER),
        surname=surname,
        given_names=given_names,
        document_number=number,
        nationality=_plain(text, Field.NATIONALITY),
        birth_date=_date(text, Field.BIRTH_DATE),
        sex=_sex(text[Field.SEX][0]),
        expiry_date=_date(text, Field.EXPIRY_DATE),
        optional_data=optional,
        optional_data_2=_plain(text, Field.OPTIONAL_DATA_2),
    )


def read_checks(
    format: MrzFormat, lines: Sequence[str], changed: Collection[tuple[int, int]] = ()
) -> tuple[CheckDigit, ...]:
    """The check digits as printed and as they should be, in the format's order, the composite one last.

    ``changed`` are the positions (line, column) whose character is not the one read.

    Raises:
        ValueError: wrong number or length of lines, or a character that cannot stand there.
    """
    return tuple(_read_check(span, lines, changed) for span in checks_of(_layout_for(format, lines), lines))


def names_may_go_on(reading: MrzReading) -> bool:
    """Return whether names may go on: their field is full, or a character close behind them was not seen."""
    spans = LAYOUTS[reading.format].spans(Field.NAMES)
    if not spans or not reading.aligned_lines:
        return False
    text = spans[-1].of(reading.aligned_lines)
    end = spans[-1].start + len(text.rstrip(FILLER))
    hidden = any(line == spans[-1].line and end <= column < end + _BEHIND for line, column in reading.unseen)
    return is_truncated(text) or hidden


def _read_check(check: CheckSpan, lines: Sequence[str], changed: Collection[tuple[int, int]]) -> CheckDigit:
    touched = (
        line == span.line and span.start <= column < span.stop
        for line, column in changed
        for span in (*check.spans, check.digit)
    )
    return CheckDigit(str(check.covers), check.digit.of(lines), check_digit(check.covered(lines)), any(touched))


def _layout_for(format: MrzFormat, lines: Sequence[str]) -> Layout:
    layout = LAYOUTS[format]
    if len(lines) != layout.lines or any(len(line) != layout.width for line in lines):
        raise ValueError(f"{format} has {layout.lines} lines of {layout.width} characters")
    return layout


def _names(format: MrzFormat, parts: tuple[str, ...]) -> tuple[str, str]:
    if format is not MrzFormat.FRA_ID:
        return split_names(parts[0])
    surname, given_names = (" ".join(p for p in part.split(FILLER) if p) for part in parts)
    return surname, given_names


def _number_and_optional(layout: Layout, lines: Sequence[str]) -> tuple[str, str]:
    number = layout.spans(Field.DOCUMENT_NUMBER)[0].of(lines)
    optional = layout.spans(Field.OPTIONAL_DATA)[0]
    tail = long_number_tail(layout, lines)
    if tail is not None:
        number += tail.of(lines)[:-1]
        optional = optional._replace(start=tail.stop)
    return number.strip(FILLER), optional.of(lines).strip(FILLER)


def _plain(text: dict[Field, tuple[str, ...]], field: Field) -> str:
    return text[field][0].strip(FILLER) if field in text else ""


def _date(text: dict[Field, tuple[str, ...]], field: Field) -> str:
    """A date keeps its fillers, for they stand for unknown parts; one of fillers only is absent."""
    date = text[field][0] if field in text else ""
    return "" if not date.strip(FILLER) else date


def _sex(char: str) -> str:
    return "X" if char == FILLER else char if char in "MFX" else ""
