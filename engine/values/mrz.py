"""What a machine readable zone says. Pure text.

No ``repr`` tells what was read: it may reach a log.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias


class MrzFormat(StrEnum):
    """The document formats of ICAO 9303 with a machine readable zone, and the French identity card of 1988."""

    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRV_A = "MRV-A"
    MRV_B = "MRV-B"
    FRA_ID = "FRA-ID"


class Field(StrEnum):
    """A field of the machine readable zone."""

    DOCUMENT_CODE = "document_code"
    ISSUING_STATE = "issuing_state"
    NAMES = "names"
    DOCUMENT_NUMBER = "document_number"
    NATIONALITY = "nationality"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    EXPIRY_DATE = "expiry_date"
    OPTIONAL_DATA = "optional_data"
    OPTIONAL_DATA_2 = "optional_data_2"


@dataclass(frozen=True, slots=True, repr=False)
class MrzFields:
    """The parsed fields, fillers removed; dates as YYMMDD; ``sex`` M, F or X; absent fields empty."""

    document_code: str
    issuing_state: str
    surname: str
    given_names: str
    document_number: str
    nationality: str
    birth_date: str
    sex: str
    expiry_date: str
    optional_data: str
    optional_data_2: str


@dataclass(frozen=True, slots=True)
class CheckDigit:
    """One check digit: ``covers`` names what it covers (a `Field` value or ``composite``).

    ``repaired`` says that the digit, or a character it covers, is not the one read. Such changes are chosen so that
    check digits hold: that this one does proves nothing then.
    """

    covers: str
    printed: str = field(repr=False)
    computed: str = field(repr=False)
    repaired: bool = False

    @property
    def ok(self) -> bool:
        """Whether it holds (an empty field may print ``<`` for 0: ICAO 9303-4 §4.2.2.2, note j)."""
        return self.printed == self.computed or (self.printed == "<" and self.computed == "0")


@dataclass(frozen=True, slots=True)
class Correction:
    """A character that was changed on the way from the raw reading to the decoded line (indices from 0)."""

    line: int
    position: int
    read: str = field(repr=False)
    decoded: str = field(repr=False)


Alternatives: TypeAlias = tuple[tuple[str, float], ...]
"""Other characters that may stand at a place, each with its probability, the most probable first."""


@dataclass(frozen=True, slots=True)
class MrzReading:
    """A machine readable zone, decoded.

    ``raw_lines`` are as the reader read them, ``lines`` as decoded: what is printed. They have the format's exact
    length unless the document is ``misprinted``: some line is clearly printed shorter or longer. ``fields`` and
    ``checks`` are then read from ``aligned_lines``, which always have that length.
    ``char_confidences`` has one probability a character of ``lines``, ``alternatives`` what else each doubtful one
    may be; ``line_confidences`` the probability that each whole line is right. ``field_confidences`` pairs each
    field with the probability that it is right.
    ``line_indices`` says which of the lines given to the decoder these are (others were junk). ``unseen`` are line
    and column, in ``aligned_lines``, of characters of which nothing or only a part was seen.
    """

    format: MrzFormat
    raw_lines: tuple[str, ...]
    lines: tuple[str, ...]
    fields: MrzFields
    checks: tuple[CheckDigit, ...]
    corrections: tuple[Correction, ...]
    char_confidences: tuple[tuple[float, ...], ...]
    line_confidences: tuple[float, ...]
    field_confidences: tuple[tuple[Field, float], ...]
    line_indices: tuple[int, ...] = ()
    misprinted: bool = False
    aligned: tuple[str, ...] = ()
    alternatives: tuple[tuple[Alternatives, ...], ...] = ()
    unseen: tuple[tuple[int, int], ...] = ()

    def __repr__(self) -> str:
        """Say how well the zone was read, and nothing of what."""
        lengths = "+".join(str(len(line)) for line in self.lines)
        checks = f"{sum(check.ok for check in self.checks)} of {len(self.checks)} check digits hold"
        return f"<MrzReading {self.format.value}: {lengths} characters, {checks}>"

    def others(self, line: int, position: int) -> Alternatives:
        """What else a character of ``lines`` may be."""
        return self.alternatives[line][position] if self.alternatives else ()

    @property
    def aligned_lines(self) -> tuple[str, ...]:
        """The lines in the format's exact length: those of ``lines`` unless the document is ``misprinted``."""
        return self.aligned or self.lines

    @property
    def checks_hold(self) -> bool:
        """Whether every check digit holds on the decoded lines, and these have the right length."""
        return bool(self.lines) and not self.misprinted and all(c.ok for c in self.checks)

    @property
    def checks_ok(self) -> bool:
        """Whether every check digit holds on what was read, nothing they cover changed: evidence, never proof."""
        return self.checks_hold and not any(c.repaired for c in self.checks)


NO_ZONE: Final = MrzReading(
    format=MrzFormat.TD3,
    raw_lines=(),
    lines=(),
    fields=MrzFields(*("",) * 11),
    checks=(),
    corrections=(),
    char_confidences=(),
    line_confidences=(),
    field_confidences=(),
)
"""What is said of the machine readable zone where none was read: no lines, empty fields, no check digits."""
