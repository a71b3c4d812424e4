"""A cell of a table becomes a value in the form that readings have: dates as YYMMDD, sex as M, F or X."""

import datetime
import re
from typing import Final

from engine.measure.truth.dates import to_yymmdd
from engine.values.items import DATES, MRZ_LINES, Item

NOTHING: Final = frozenset({"-", "–", "—", "none", "无", "無"})
"""Cells that say: this is not on the page."""
OPEN: Final = "?"
"""Stands in prefilled tables where nothing was read: a person has to say what is there."""
_CODES: Final = frozenset({Item.ISSUING_STATE, Item.NATIONALITY, Item.DOCUMENT_TYPE})
_SEXES: Final = {"M": "M", "MALE": "M", "男": "M", "F": "F", "FEMALE": "F", "女": "F", "X": "X", "<": "X"}
_SIX: Final = re.compile(r"[0-9X<]{6}")
_EIGHT: Final = re.compile(r"(?:19|20)(\d{6})")
_NUMBERS: Final = re.compile(r"(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(?:\d{4}|\d{2})\.?")


class CellRefused(Exception):
    """A cell is not understood; the message says what to write, and repeats nothing of the cell."""


def cell_value(item: Item, cell: object) -> str | None:
    """Return the value a cell states for an item: "" where nothing is printed, None where nothing is known.

    Args:
        item: the column.
        cell: text, or a number or date of a spreadsheet.

    Raises:
        CellRefused: it cannot be a value of this item, or may mean two things.
    """
    if isinstance(cell, datetime.date):
        if item not in DATES:
            raise CellRefused("the spreadsheet holds a date here: format the column as text")
        return cell.strftime("%y%m%d")
    text = _text(cell)
    if not text:
        return None
    if text == OPEN:
        raise CellRefused("still open: write what is printed there, or - where nothing is")
    if text.lower() in NOTHING:
        return ""
    if item in MRZ_LINES:
        return zone_line(text)
    if item in DATES:
        return _date(text)
    if item is Item.SEX:
        return _sex(text)
    return text.upper() if item in _CODES else text


def zone_line(text: str) -> str:
    """Return a line of a machine readable zone as printed: no spaces, ``<`` for look-alikes of the filler."""
    return "".join(text.replace("«", "<<").replace("‹", "<").replace("＜", "<").split()).upper()


def zone_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a cell that holds a whole zone: a line each, or divided by ``|`` or ``/``."""
    parts = re.split(r"\\n|[\n\r|/]", text)  # programs that make tables spell line breaks out
    return tuple(line for part in parts if (line := zone_line(part)))


def _text(cell: object) -> str:
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())


def _sex(text: str) -> str:
    try:
        return _SEXES[text.upper()]
    except KeyError:
        raise CellRefused("sex is M, F or X") from None


def _date(text: str) -> str:
    if _SIX.fullmatch(text.upper()):
        return text.upper()
    if match := _EIGHT.fullmatch(text):
        return match[1]
    if text.isdigit() and 3 <= len(text) < 6:  # a spreadsheet takes 010203 for the number 10203
        return text.zfill(6)
    return _written_date(text)


def _written_date(text: str) -> str:
    text = text.removesuffix(" 00:00:00")
    day_first, month_first = to_yymmdd(text), to_yymmdd(text, month_first=True)
    if day_first and month_first and day_first != month_first and _NUMBERS.fullmatch(text):
        raise CellRefused("day and month may be exchanged in this date: write it as 1974-08-12")
    found = day_first or month_first
    if found is None:
        raise CellRefused("this is no date: write it as 1974-08-12 or 740812")
    return found
