"""Where the fields and check digits of each document format stand.

Declarative tables: ICAO 9303-4 §4.2.2 (TD3), 9303-5 §4.2.2 (TD1), 9303-6 §4.2.2 (TD2), 9303-7 §4.2.2 and §5.2.2
(MRV-A, MRV-B), and the French identity card of 1988, which is older than the TD formats. Positions count from 0
here and from 1 in ICAO's tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import NamedTuple

from engine.values.mrz import Field, MrzFormat

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
FILLER = "<"
CHARACTERS = DIGITS + LETTERS + FILLER
"""Every character of a machine readable zone (ICAO 9303-3 §4.3)."""

COMPOSITE = "composite"
"""What `CheckSpan.covers` says of the composite check digit."""


class Alphabet(Enum):
    """Which characters a position may hold."""

    PASSPORT = auto()
    VISA = auto()
    CARD = auto()
    SUBTYPE = auto()
    STATE = auto()
    NAME = auto()
    NUMBER = auto()
    OPTIONAL = auto()
    BIRTH = auto()
    EXPIRY = auto()
    SEX = auto()
    CHECK = auto()
    CHECK_OR_FILLER = auto()

    # Enum hashes the name in Python; alphabets are dictionary keys in the innermost loops.
    __hash__ = object.__hash__


ALLOWED: Mapping[Alphabet, str] = {
    Alphabet.PASSPORT: "P",
    Alphabet.VISA: "V",
    Alphabet.CARD: "IAC",
    Alphabet.SUBTYPE: LETTERS + FILLER,
    Alphabet.STATE: LETTERS + FILLER,
    Alphabet.NAME: LETTERS + FILLER,
    Alphabet.NUMBER: CHARACTERS,
    Alphabet.OPTIONAL: CHARACTERS,
    Alphabet.BIRTH: DIGITS + FILLER,
    Alphabet.EXPIRY: DIGITS + FILLER,
    Alphabet.SEX: "MFX" + FILLER,
    Alphabet.CHECK: DIGITS,
    Alphabet.CHECK_OR_FILLER: DIGITS + FILLER,
}
"""The characters of each alphabet. In a date ``<`` stands for an unknown part (ICAO 9303-3 §4.8)."""


class Span(NamedTuple):
    """A half-open range of one line."""

    line: int
    start: int
    stop: int

    def of(self, lines: Sequence[str]) -> str:
        """The text it holds."""
        return lines[self.line][self.start : self.stop]


@dataclass(frozen=True, slots=True)
class FieldSpan:
    """A field: where it stands and what it may hold. Only names have more than one span, on the French card."""

    field: Field
    spans: tuple[Span, ...]
    alphabet: Alphabet


@dataclass(frozen=True, slots=True)
class CheckSpan:
    """A check digit: what it covers, in order, and where it stands (a span of one character).

    ``filler`` says that ``<`` may be printed for ``0`` where the field is empty.
    """

    covers: str
    spans: tuple[Span, ...]
    digit: Span
    filler: bool = False

    def covered(self, lines: Sequence[str]) -> str:
        """The text it is computed from."""
        return "".join(span.of(lines) for span in self.spans)


@dataclass(frozen=True, slots=True)
class Layout:
    """A document format: ``lines`` lines of ``width`` characters.

    ``long_number`` says that a document number may continue in the optional data (`checks_of`).
    """

    format: MrzFormat
    lines: int
    width: int
    fields: tuple[FieldSpan, ...]
    checks: tuple[CheckSpan, ...]
    long_number: bool = False

    def spans(self, field: Field) -> tuple[Span, ...]:
        """Where a field stands; empty when the format has no such field."""
        return next((f.spans for f in self.fields if f.field is field), ())


def _field(field: Field, alphabet: Alphabet, *spans: tuple[int, int, int]) -> FieldSpan:
    return FieldSpan(field, tuple(Span(*s) for s in spans), alphabet)


def _check(covers: str, digit: tuple[int, int], *spans: tuple[int, int, int], filler: bool = False) -> CheckSpan:
    return CheckSpan(covers, tuple(Span(*s) for s in spans), Span(digit[0], digit[1], digit[1] + 1), filler)


def _code_and_state(kind: Alphabet) -> tuple[FieldSpan, FieldSpan]:
    return _field(Field.DOCUMENT_CODE, kind, (0, 0, 2)), _field(Field.ISSUING_STATE, Alphabet.STATE, (0, 2, 5))


def _two_lines(width: int, kind: Alphabet, optional_end: int) -> tuple[FieldSpan, ...]:
    """The fields that TD3, TD2, MRV-A and MRV-B share; only the width and the end of the optional data differ."""
    return (
        *_code_and_state(kind),
        _field(Field.NAMES, Alphabet.NAME, (0, 5, width)),
        _field(Field.DOCUMENT_NUMBER, Alphabet.NUMBER, (1, 0, 9)),
        _field(Field.NATIONALITY, Alphabet.STATE, (1, 10, 13)),
        _field(Field.BIRTH_DATE, Alphabet.BIRTH, (1, 13, 19)),
        _field(Field.SEX, Alphabet.SEX, (1, 20, 21)),
        _field(Field.EXPIRY_DATE, Alphabet.EXPIRY, (1, 21, 27)),
        _field(Field.OPTIONAL_DATA, Alphabet.OPTIONAL, (1, 28, optional_end)),
    )


def _two_line_checks(*, number_filler: bool = False) -> tuple[CheckSpan, ...]:
    return (
        _check(Field.DOCUMENT_NUMBER, (1, 9), (1, 0, 9), filler=number_filler),
        _check(Field.BIRTH_DATE, (1, 19), (1, 13, 19)),
        _check(Field.EXPIRY_DATE, (1, 27), (1, 21, 27)),
    )


TD3 = Layout(
    MrzFormat.TD3,
    2,
    44,
    _two_lines(44, Alphabet.PASSPORT, 42),
    (
        *_two_line_checks(),
        _check(Field.OPTIONAL_DATA, (1, 42), (1, 28, 42), filler=True),
        _check(COMPOSITE, (1, 43), (1, 0, 10), (1, 13, 20), (1, 21, 43)),
    ),
)
"""Passports (ICAO 9303-4)."""

TD2 = Layout(
    MrzFormat.TD2,
    2,
    36,
    _two_lines(36, Alphabet.CARD, 35),
    (
        *_two_line_checks(number_filler=True),
        _check(COMPOSITE, (1, 35), (1, 0, 10), (1, 13, 20), (1, 21, 35)),
    ),
    long_number=True,
)
"""Cards of 105 × 74 mm (ICAO 9303-6)."""

TD1 = Layout(
    MrzFormat.TD1,
    3,
    30,
    (
        *_code_and_state(Alphabet.CARD),
        _field(Field.DOCUMENT_NUMBER, Alphabet.NUMBER, (0, 5, 14)),
        _field(Field.OPTIONAL_DATA, Alphabet.OPTIONAL, (0, 15, 30)),
        _field(Field.BIRTH_DATE, Alphabet.BIRTH, (1, 0, 6)),
        _field(Field.SEX, Alphabet.SEX, (1, 7, 8)),
        _field(Field.EXPIRY_DATE, Alphabet.EXPIRY, (1, 8, 14)),
        _field(Field.NATIONALITY, Alphabet.STATE, (1, 15, 18)),
        _field(Field.OPTIONAL_DATA_2, Alphabet.OPTIONAL, (1, 18, 29)),
        _field(Field.NAMES, Alphabet.NAME, (2, 0, 30)),
    ),
    (
        _check(Field.DOCUMENT_NUMBER, (0, 14), (0, 5, 14), filler=True),
        _check(Field.BIRTH_DATE, (1, 6), (1, 0, 6)),
        _check(Field.EXPIRY_DATE, (1, 14), (1, 8, 14)),
        _check(COMPOSITE, (1, 29), (0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)),
    ),
    long_number=True,
)
"""Cards of bank card size (ICAO 9303-5)."""

MRV_A = Layout(MrzFormat.MRV_A, 2, 44, _two_lines(44, Alphabet.VISA, 44), _two_line_checks())
"""Visas of 120 × 80 mm (ICAO 9303-7 §4)."""

MRV_B = Layout(MrzFormat.MRV_B, 2, 36, _two_lines(36, Alphabet.VISA, 36), _two_line_checks())
"""Visas of 105 × 74 mm (ICAO 9303-7 §5)."""

FRA_ID = Layout(
    MrzFormat.FRA_ID,
    2,
    36,
    (
        *_code_and_state(Alphabet.CARD),
        _field(Field.NAMES, Alphabet.NAME, (0, 5, 30), (1, 13, 27)),
        _field(Field.OPTIONAL_DATA, Alphabet.OPTIONAL, (0, 30, 36)),
        _field(Field.DOCUMENT_NUMBER, Alphabet.NUMBER, (1, 0, 12)),
        _field(Field.BIRTH_DATE, Alphabet.BIRTH, (1, 27, 33)),
        _field(Field.SEX, Alphabet.SEX, (1, 34, 35)),
    ),
    (
        _check(Field.DOCUMENT_NUMBER, (1, 12), (1, 0, 12)),
        _check(Field.BIRTH_DATE, (1, 33), (1, 27, 33)),
        _check(COMPOSITE, (1, 35), (0, 0, 36), (1, 0, 35)),
    ),
)
"""The French identity card of 1988 to 2021: surname and issuing office above, given names below, no expiry date."""

LAYOUTS: Mapping[MrzFormat, Layout] = {x.format: x for x in (TD3, TD1, TD2, MRV_A, MRV_B, FRA_ID)}


def checks_of(layout: Layout, lines: Sequence[str]) -> tuple[CheckSpan, ...]:
    """The check digits of these lines, the long document number taken into account.

    A card's document number of more than nine characters has ``<`` in the place of its check digit; its remaining
    characters and then the check digit begin the optional data, and a filler follows (ICAO 9303-5 §4.2.2.2 and
    9303-6 §4.2.2.2, note on the document number; Belgian cards print it so).
    """
    tail = long_number_tail(layout, lines)
    if tail is None:
        return layout.checks
    first = layout.checks[0]
    digit = Span(tail.line, tail.stop - 1, tail.stop)
    long_check = CheckSpan(first.covers, (*first.spans, tail._replace(stop=tail.stop - 1)), digit)
    return (long_check, *layout.checks[1:])


def long_number_tail(layout: Layout, lines: Sequence[str]) -> Span | None:
    """Where the optional data hold the rest of a long document number and its check digit, else None."""
    if not layout.long_number:
        return None
    check = layout.checks[0]
    number, (optional,) = check.covered(lines), layout.spans(Field.OPTIONAL_DATA)
    if check.digit.of(lines) != FILLER or FILLER in number:
        return None
    tail = optional.of(lines).split(FILLER, 1)[0]
    if len(tail) < 2 or not tail[-1].isdigit():
        return None
    return optional._replace(stop=optional.start + len(tail))


@cache
def alphabets_of(layout: Layout) -> tuple[tuple[Alphabet, ...], ...]:
    """What each position of each line may hold."""
    rows = [[Alphabet.OPTIONAL] * layout.width for _ in range(layout.lines)]
    for spec in layout.fields:
        for line, start, stop in spec.spans:
            rows[line][start:stop] = [spec.alphabet] * (stop - start)
        if spec.field is Field.DOCUMENT_CODE:
            line, start, stop = spec.spans[0]
            rows[line][start + 1 : stop] = [Alphabet.SUBTYPE] * (stop - start - 1)
    for check in layout.checks:
        rows[check.digit.line][check.digit.start] = Alphabet.CHECK_OR_FILLER if check.filler else Alphabet.CHECK
    return tuple(tuple(row) for row in rows)
