"""Writes the machine readable zone of an invented document (ICAO 9303-3 §4, -4, -5, -6 and -7)."""

import datetime
import unicodedata

from engine.mrz.check_digits import check_digit
from engine.mrz.records import MrzFormat

WIDTHS = {
    MrzFormat.TD3: 44,
    MrzFormat.MRV_A: 44,
    MrzFormat.TD2: 36,
    MrzFormat.MRV_B: 36,
    MrzFormat.TD1: 30,
}
"""Characters a line."""

_SPECIAL = {
    "Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA", "Ø": "OE", "Æ": "AE", "Œ": "OE", "ß": "SS", "ẞ": "SS", "Þ": "TH",
    "Ð": "D", "Đ": "D", "Ł": "L", "Ħ": "H", "Ŋ": "N", "Ŧ": "T", "İ": "I", "ı": "I", "Ĳ": "IJ",
}  # fmt: skip
"""ICAO 9303-3 §6, table A: letters that do not merely lose their accent."""


def fill(text: str, width: int) -> str:
    """Pad with ``<`` or cut to ``width``."""
    return text[:width].ljust(width, "<")


def mrz_name(name: str) -> str:
    """One name part in the zone's letters: accents dropped, apostrophes left out, everything else ``<``."""
    letters = "".join(_SPECIAL.get(c, _SPECIAL.get(c.upper(), c)) for c in name.replace("'", "").replace("’", ""))
    plain = "".join(c for c in unicodedata.normalize("NFD", letters).upper() if not unicodedata.combining(c))
    parts = "".join(c if "A" <= c <= "Z" else " " for c in plain).split()
    return "<".join(parts)


def names_field(surname: str, given_names: str, width: int) -> str:
    """Primary and secondary identifier, truncated so that some of each remains (ICAO 9303-4 §4.2.3)."""
    primary, secondary = mrz_name(surname), mrz_name(given_names)
    if not secondary:
        return fill(primary, width)
    primary = primary[: width - 3 if len(primary) > width - 3 else None].rstrip("<")
    return fill(f"{primary}<<{secondary}", width)


def yymmdd(day: datetime.date) -> str:
    """A date as the zone and the contract write it."""
    return day.strftime("%y%m%d")


def two_lines(
    document: MrzFormat, code: str, state: str, nationality: str, names: tuple[str, str],
    number: str, birth: str, sex: str, expiry: str, optional: str, *, filler_check: bool = True,
) -> tuple[str, str]:  # fmt: skip
    """The two lines of a passport, a TD2 card or a visa; dates as YYMMDD, ``sex`` M, F or X.

    ``filler_check`` prints ``<`` as check digit of empty optional data, as most states do.
    """
    width = WIDTHS[document]
    upper = fill(code, 2) + fill(state, 3) + names_field(*names, width - 5)
    number = fill(number, 9)
    number += check_digit(number)
    birth, expiry = birth + check_digit(birth), expiry + check_digit(expiry)
    lower = number + fill(nationality, 3) + birth + sex.replace("X", "<") + expiry
    if document in (MrzFormat.MRV_A, MrzFormat.MRV_B):
        return upper, fill(lower + optional, width)
    if document is MrzFormat.TD2:
        optional = fill(optional, 7)
        return upper, lower + optional + check_digit(number + birth + expiry + optional)
    empty = not optional.strip("<")
    optional = fill(optional, 14)
    optional += "<" if empty and filler_check else check_digit(optional)
    return upper, lower + optional + check_digit(number + birth + expiry + optional)


def three_lines(
    code: str, state: str, nationality: str, names: tuple[str, str],
    number: str, birth: str, sex: str, expiry: str, optional: tuple[str, str],
) -> tuple[str, str, str]:  # fmt: skip
    """The three lines of a TD1 card."""
    number = fill(number, 9)
    number += check_digit(number)
    first, second = fill(optional[0], 15), fill(optional[1], 11)
    birth, expiry = birth + check_digit(birth), expiry + check_digit(expiry)
    composite = check_digit(number + first + birth + expiry + second)
    middle = birth + sex.replace("X", "<") + expiry + fill(nationality, 3) + second + composite
    return fill(code, 2) + fill(state, 3) + number + first, middle, names_field(*names, 30)
