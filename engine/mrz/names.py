"""Names: primary and secondary identifier, transliteration, agreement with the printed form.

Sources: ICAO 9303-3 §4.6 (names in the machine readable zone), §6 (transliteration); 9303-4 §4.2.3 (truncation).
"""

import re
import unicodedata
from itertools import islice, product
from typing import Final

from engine.tables.transliteration import transliterations

_PARTING: Final = ","
"""Parts the components of a name as hyphens do (ICAO 9303-3 §4.6)."""
_PUNCTUATION: Final = frozenset(("Pc", "Ps", "Pe", "Pi", "Pf", "Po"))
"""Unicode's categories of punctuation but for dashes."""
_NO_PUNCTUATION: Final = "@#%&"
"""Signs that Unicode counts as punctuation; they stand for words, which a name without them would lack."""

_INITIAL_AT_THE_END: Final = re.compile("<[A-Z]<$")

MOST_FORMS = 256
"""How many transliterations of one name are looked at; twelve ambiguous letters in a name have not been seen."""


def split_names(field: str) -> tuple[str, str]:
    """Surname and given names of a name field, fillers as spaces.

    Two fillers separate them (ICAO 9303-3 §4.6); where there are none, everything is the surname.

    >>> split_names("ERIKSSON<<ANNA<MARIA<<<<<")
    ('ERIKSSON', 'ANNA MARIA')
    """
    surname, _, given = field.strip("<").partition("<<")
    return _spaced(surname), _spaced(given)


def join_names(surname: str, given_names: str, width: int) -> str:
    """The name field of ``width`` characters for printed or transliterated names, truncated where they are too long.

    Truncation (ICAO 9303-4 §4.2.3): both identifiers stay present, the last character is a letter. The given names
    are shortened first; only a surname that leaves no room for their first letter is cut as well.

    Raises:
        ValueError: no surname, or a letter that has no transliteration.
    """
    primary, secondary = mrz_form(surname), mrz_form(given_names)
    if not primary:
        raise ValueError("a name field needs a surname (a single name is the surname)")
    if not secondary:
        return _cut(primary, width).ljust(width, "<")
    primary = _cut(primary, width - 3)
    return f"{primary}<<{_cut(secondary, width - len(primary) - 2)}".ljust(width, "<")


def is_truncated(field: str) -> bool:
    """Whether a name field is full, so that its end may be cut off, or its names to initials (ICAO 9303-4 §4.2.3).

    With initials the last place may stay free: no further name and filler would fit in.

    >>> is_truncated("NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"), is_truncated("WARRANDYTE<<D<P<")
    (True, True)
    >>> is_truncated("ERIKSSON<<ANNA<MARIA<"), is_truncated("ERIKSSON<<A<B<<")
    (False, False)
    """
    return not field.endswith("<") or _INITIAL_AT_THE_END.search(field) is not None


def mrz_form(printed: str) -> str:
    """The first (recommended) transliteration of a printed name, ``<`` between its parts.

    Raises:
        ValueError: a letter that has no transliteration.
    """
    return mrz_forms(printed)[0]


def mrz_forms(printed: str) -> tuple[str, ...]:
    """Every transliteration of a printed name that ICAO 9303-3 §6 allows, the recommended one first.

    Spaces, hyphens and commas become ``<``, all other punctuation is left out (§4.6). At most `MOST_FORMS`.

    >>> mrz_forms("Müller-O'Hara")
    ('MUELLER<OHARA', 'MULLER<OHARA', 'MUXXLLER<OHARA')

    Raises:
        ValueError: a letter that has no transliteration.
    """
    options = [_letter_forms(c) for c in _composed(printed)]
    forms = ("".join(parts) for parts in islice(product(*options), MOST_FORMS))
    return tuple(dict.fromkeys(re.sub("<+", "<", form).strip("<") for form in forms))


def same_name(printed: str, mrz: str, *, truncated: bool = False) -> bool:
    """Whether a printed name agrees with a name of the machine readable zone.

    Case, accents, hyphens, apostrophes and the choice between allowed transliterations do not matter; where parts
    are divided does not either, for printers and readers lose spaces. ``mrz`` may be written with fillers or spaces.
    ``truncated`` says that the name field was full (`is_truncated`): then the end, or the ends of parts, may be
    missing (ICAO 9303-4 §4.2.3). Letters without a transliteration agree with nothing.
    """
    wanted = mrz.replace(" ", "<").strip("<")
    try:
        forms = mrz_forms(printed)
    except ValueError:
        return False
    if any(_joined(form) == _joined(wanted) for form in forms):
        return True
    return truncated and bool(wanted) and any(_truncates(wanted, form) for form in forms)


def _spaced(text: str) -> str:
    return " ".join(part for part in text.split("<") if part)


def _cut(text: str, width: int) -> str:
    """The first ``width`` characters; where a filler would be the last, an earlier part gives a letter up instead."""
    if len(text) <= width or text[width - 1] != "<":
        return text[:width].rstrip("<")
    *parts, last = text[: width + 1].split("<")
    for i in reversed(range(len(parts))):
        if len(parts[i]) > 1:
            parts[i] = parts[i][:-1]
            return "<".join([*parts, last])
    return text[:width].rstrip("<")  # initials only: nothing can be given up


def _composed(printed: str) -> str:
    upper = unicodedata.normalize("NFC", printed)
    # str.upper() would turn ß into SS, which the table does too, but also ŉ into two characters of which one is lost.
    return unicodedata.normalize("NFC", upper.upper())


def _letter_forms(char: str) -> tuple[str, ...]:
    if "A" <= char <= "Z" or char == "<":
        return (char,)
    if char.isspace() or char in _PARTING or unicodedata.category(char) == "Pd":
        return ("<",)
    if char in transliterations():
        return transliterations()[char]
    if unicodedata.category(char) in _PUNCTUATION and char not in _NO_PUNCTUATION:
        return ("",)
    if bare := _bare_letters(char):
        return (bare,)
    raise ValueError(f"the character U+{ord(char):04X} has no transliteration in ICAO 9303-3 section 6")


def _bare_letters(char: str) -> str:
    """A letter that the table does not list, without its accents as all it does list; Ǆ is two letters."""
    if not unicodedata.category(char).startswith("L"):
        return ""
    return "".join(c for c in unicodedata.normalize("NFKD", char) if "A" <= c <= "Z")


def _joined(form: str) -> str:
    return form.replace("<", "")


def _truncates(short: str, full: str) -> bool:
    """Whether ``short`` is ``full`` with its end, or the ends of some parts, or whole last parts, cut off."""
    if _joined(full).startswith(_joined(short)):
        return True
    kept, parts = short.split("<"), full.split("<")
    return len(kept) <= len(parts) and all(p.startswith(k) for k, p in zip(kept, parts, strict=False))
