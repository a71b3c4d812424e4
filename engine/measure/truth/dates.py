"""Dates as passports print them, turned into YYMMDD: the truth side of the benchmark, independent of the engine."""

import datetime
import re
import unicodedata

_MONTH_WORDS = {
    1: "JAN JANUARY JANVIER JANV JANUAR ENE ENERO GEN GENNAIO JANEIRO",
    2: "FEB FEBRUARY FEV FEVR FEVRIER FEBRUAR FEBRERO FEBBRAIO FEVEREIRO",
    3: "MAR MARCH MARS MRZ MARZ MAERZ MARZO MARCO",
    4: "APR APRIL AVR AVRIL ABR ABRIL APRILE",
    5: "MAY MAI MAYO MAG MAGGIO MAIO",
    6: "JUN JUNE JUIN JUNI JUNIO GIU GIUGNO JUNHO",
    7: "JUL JULY JUIL JUILLET JULI JULIO LUG LUGLIO JULHO",
    8: "AUG AUGUST AOU AOUT AGO AGOSTO",
    9: "SEP SEPT SEPTEMBER SEPTEMBRE SEPTIEMBRE SET SETTEMBRE SETEMBRO",
    10: "OCT OCTOBER OCTOBRE OKT OKTOBER OCTUBRE OTT OTTOBRE OUT OUTUBRO",
    11: "NOV NOVEMBER NOVEMBRE NOVIEMBRE NOVEMBRO",
    12: "DEC DECEMBER DECEMBRE DEZ DEZEMBER DIC DICIEMBRE DICEMBRE DEZEMBRO DES",
}
# Words that mean different months in different languages (Polish LIP = July, Croatian LIP = June; French JUI) are
# left out on purpose: beside them the page prints an English or French month.
_MONTHS = {word: number for number, words in _MONTH_WORDS.items() for word in words.split()}

_YEAR_FIRST = re.compile(r"(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})\.?")
_NUMBERS = re.compile(r"(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(\d{4}|\d{2})\.?")
_WORDS = re.compile(r"(\d{1,2})\s*(\D.*?|\d{1,2}\s*月.*?)\s*(\d{4}|\d{2})\.?")


def to_yymmdd(printed: str, *, month_first: bool = False) -> str | None:
    """Convert a printed date, e.g. ``06 8月/AUG 2012``, ``25.12.1982.`` or ``12 AUG/AOUT 74``.

    Args:
        printed: the date as it stands on the page.
        month_first: read an all-number date as month, day, year.

    Returns:
        YYMMDD, or None where the text is no date that exists or its month words disagree.
    """
    text = printed.strip()
    if match := _YEAR_FIRST.fullmatch(text):
        return _checked(match[1], int(match[2]), int(match[3]))
    if match := _NUMBERS.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        month, day = (first, second) if month_first else (second, first)
        return _checked(match[3], month, day)
    if match := _WORDS.fullmatch(text):
        month_named = _month(match[2])
        return _checked(match[3], month_named, int(match[1])) if month_named else None
    return None


def _month(middle: str) -> int | None:
    decomposed = unicodedata.normalize("NFKD", middle).upper()
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    months = {_MONTHS[word] for word in re.findall(r"[A-Z]+", letters) if word in _MONTHS}
    months |= {int(number) for number in re.findall(r"(\d{1,2})\s*月", middle)}
    return months.pop() if len(months) == 1 else None


def _checked(year: str, month: int, day: int) -> str | None:
    full_year = int(year) if len(year) == 4 else 2000 + int(year)
    try:
        return datetime.date(full_year, month, day).strftime("%y%m%d")
    except ValueError:
        return None
