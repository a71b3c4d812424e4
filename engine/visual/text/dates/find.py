"""Finds dates in a line as passports print them.

Day first (``12 AUG 1974``, ``12 08 1974``, ``12.08.74``, ``03 10月/OCT 1983`` where 月 reads as 一), month first
(``AUG 12 1974``), year first (``1974.08.12``, ``1974 AUG 12``), Roman months (``12 VIII 1974``). Figures that may
mean several days (``04/05/2002``, ``02.05.04``) are settled by the dates of birth and expiry, known from the machine
readable zone; where these do not tell, they are doubtful. Month names are understood in many languages, misread
letters allowed. Years of the state's own calendar (1401, 1443, 2565) are converted.
"""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Final

from engine.memo import remembered
from engine.visual.text.dates.figures import figure_dates, orders_of
from engine.visual.text.dates.printed import Order, PrintedDate
from engine.visual.text.dates.words import word_dates

_FEWEST_DIGITS: Final = 2
"""Of the three of ``1 JUL 21`` one may be misread."""
_OTHER_SCRIPT: Final = "一"
"""Stands for any letter or figure that is not Latin."""


@remembered
def find_dates(text: str, order: Order | None = Order.DAY_FIRST, state: str = "") -> tuple[PrintedDate, ...]:
    """Return the dates in ``text``, from left to right.

    Args:
        text: a line as read.
        order: how to understand figures that do not tell it; None where it is not known.
        state: the issuing one, whose languages tell months apart that share a name, and whose calendar counts years.
    """
    if sum(c.isdigit() for c in text) < _FEWEST_DIGITS:
        return ()
    text = _plain(text)
    numeric = tuple(figure_dates(text, order, state))
    named = [d for d in word_dates(text, order, state) if not _is_clearer(numeric, d)]
    figures = (d for d in numeric if not any(d.overlaps(n) for n in named))
    return tuple(sorted((*named, *figures), key=lambda d: d.start))


def _is_clearer(dates: Iterable[PrintedDate], than: PrintedDate) -> bool:
    """Whether one of some dates in the same place was read with fewer errors: ``Fes 28.06.2017`` is no February."""
    return any(date.overlaps(than) and date.certainty > than.certainty for date in dates)


def learn_order(texts: Iterable[str], expected: Iterable[str]) -> Order | None:
    """Return the order in which the figures of dates stand in ``texts``, None where nothing tells it.

    It is the one in which most of the ``expected`` dates (YYMMDD) stand there, else the only one in which dates with
    a year of four figures exist.
    """
    wanted = {date for date in expected if date}
    readings = [found for text in texts for found in orders_of(_plain(text))]
    known = Counter(order for found in readings for order, date in found.items() if date in wanted)
    return _first(known) or _first(Counter(_only(found) for found in readings if Order.YEAR_FIRST not in found))


def _only(found: Collection[Order]) -> Order | None:
    """The one order in which a date exists."""
    return next(iter(found)) if len(found) == 1 else None


def _first(counted: Counter[Order | None] | Counter[Order]) -> Order | None:
    """The order counted most often, None where several are."""
    ranked = [entry for entry in counted.most_common() if entry[0] is not None]
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def _plain(text: str) -> str:
    """The text, as long as before, with every letter its base letter, for specks over figures read as accents.

    Figures of other scripts become letters of other scripts: the same date stands beside them in ours.
    """
    return text if text.isascii() else "".join(map(_plain_character, text))


def _plain_character(char: str) -> str:
    return _OTHER_SCRIPT if char.isdecimal() and not char.isascii() else unicodedata.normalize("NFD", char)[0]
