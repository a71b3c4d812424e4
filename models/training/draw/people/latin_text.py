"""Invented text of the visual zone: what data pages print, and strings that are like nothing printed anywhere."""

import functools
import unicodedata
from collections.abc import Callable
from typing import Final

from numpy.random import Generator

from models.training.draw.people.languages import LABELS, MONTHS
from models.training.draw.people.mrz_text import STATES as CODES
from models.training.draw.people.mrz_text import name, random_line
from models.training.draw.people.states import STATES, State

UPPER: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS: Final = "0123456789"
MARKS: Final = ".,'-/()&:;+°#<*"
ACCENTED_UPPER: Final = "ÀÁÂÃÄÅĀĂĄÆÇĆČĎĐÈÉÊËĒĖĘĚĞĢÌÍÎÏĪĮİĶĹĻĽŁÑŃŅŇÒÓÔÕÖŐØŒŔŘŚŞŠŤŢÙÚÛÜŪŮŰŲÝŸŹŻŽÞ"
ACCENTED_LOWER: Final = "àáâãäåāăąæçćčďđèéêëēėęěğģìíîïīįıķĺļľłñńņňòóôõöőøœŕřśşšťţùúûüūůűųýÿźżžßþð"
CJK: Final = "一"
"""Stands for every Chinese, Japanese or Korean character."""

ALPHABET: Final = " " + DIGITS + UPPER + UPPER.lower() + MARKS + ACCENTED_UPPER + ACCENTED_LOWER + CJK

FOLDED: Final = str.maketrans("ȘșȚțÐºª’‘´`–—−“”\u00a0", "ŞşŢţĐ°a''''---'' ")
"""Characters that look the same, or the same on poor pictures, share a class."""

SPOKEN: Final = tuple(k for k in LABELS if k not in {"rus", "ukr", "ell", "vie", "zho", "yue", "jpn"})
EASTERN: Final = ("zho", "zho", "yue", "jpn")


@functools.cache
def common_chinese() -> str:
    """The 3,755 most common simplified characters (first level of GB 2312)."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return "".join(code.decode("gb2312", errors="ignore") for code in codes)


@functools.cache
def other_eastern() -> tuple[str, ...]:
    """The 5,401 common traditional characters (first level of Big5), kana and Hangul syllables."""
    codes = (bytes((high, low)) for high in range(0xA4, 0xC7) for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    traditional = "".join(code.decode("big5", errors="ignore") for code in codes)
    kana = "".join(map(chr, (*range(0x3042, 0x3094), *range(0x30A2, 0x30F4))))
    return traditional, traditional, kana, "".join(map(chr, range(0xAC00, 0xD7A4)))


def is_cjk(char: str) -> bool:
    """Whether a character is of the one class of East Asian characters."""
    return "\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" or "\uff00" <= char <= "\uffef"


def classes(text: str) -> str:
    """Return the text as a reader with `ALPHABET` gives it back; a character outside it loses its accent or goes."""
    known = []
    for char in unicodedata.normalize("NFC", text).translate(FOLDED):
        char = CJK if is_cjk(char) else char
        base = char if char in ALPHABET else unicodedata.normalize("NFD", char)[0]
        known.append(base if base in ALPHABET else "")
    return " ".join("".join(known).split())


def random_text(rng: Generator) -> str:
    """Return one line: labels, names, dates, places, numbers, and strings without meaning."""
    makers: tuple[tuple[float, Callable[[Generator], str]], ...] = (
        (0.13, _words), (0.06, _characters), (0.16, _person), (0.19, _date), (0.12, _place), (0.1, _number),
        (0.13, _labels), (0.04, _nationality), (0.04, _sex), (0.02, _code), (0.01, random_line),
    )  # fmt: skip
    weights = [w for w, _ in makers]
    maker = makers[int(rng.choice(len(makers), p=[w / sum(weights) for w in weights]))][1]
    text = " ".join(maker(rng).split()) or "0"
    if rng.random() < 0.12:
        text = text.lower() if rng.random() < 0.3 else text.title() if rng.random() < 0.6 else text.upper()
    if rng.random() < 0.06:
        text = _replace_some(rng, text)
    return text[: int(rng.integers(28, 46))].strip() or "0"


def _pick(rng: Generator, options: "tuple[str, ...] | list[str] | str") -> str:
    return options[int(rng.integers(0, len(options)))] if options else ""


def _state(rng: Generator) -> State:
    return tuple(STATES.values())[int(rng.integers(0, len(STATES)))]


def _string(rng: Generator, pool: str, length: int) -> str:
    return "".join(pool[i] for i in rng.integers(0, len(pool), length))


def _replace_some(rng: Generator, text: str) -> str:
    chars = list(text)
    for i in rng.integers(0, len(chars), int(rng.integers(1, 4))):
        chars[i] = ALPHABET[int(rng.integers(0, len(ALPHABET) - 1))]
    return "".join(chars).strip()


def _word(rng: Generator) -> str:
    """A word of any letters; one in four has accents."""
    kind = rng.random()
    pool = UPPER if kind < 0.5 else UPPER.lower()
    if rng.random() < 0.3:
        accents = ACCENTED_UPPER if kind < 0.5 else ACCENTED_LOWER
        pool = pool + accents if rng.random() < 0.6 else pool * 3 + accents
    text = _string(rng, pool, int(rng.integers(1, 12)))
    return text[0].upper() + text[1:] if kind > 0.75 and text[0].upper() in ALPHABET else text


def _words(rng: Generator) -> str:
    joint = _pick(rng, (" ", " ", " ", "-", "/", ", ", ". ", " & ", "'", ": "))
    return joint.join(_word(rng) for _ in range(int(rng.integers(1, 4))))


def _characters(rng: Generator) -> str:
    pools = (
        ALPHABET[:-1], DIGITS + UPPER, DIGITS + "  " + MARKS, "0OoQDC", "Il1iıjt/fT7", "B8S5Z2zs", "rnmnuvwWVvYy",
        "ceoaCOeéèêëoóòôöaáàâä", ".,'-:;°",
    )  # fmt: skip
    return _string(rng, _pick(rng, pools), int(rng.integers(1, 16)))


def _accented(rng: Generator, text: str) -> str:
    """Give some letters accents."""
    chars = list(text)
    for i in rng.integers(0, max(1, len(chars)), int(rng.integers(1, 3)) if chars else 0):
        alike = [c for c in ACCENTED_UPPER + ACCENTED_LOWER if unicodedata.normalize("NFD", c)[0] == chars[i]]
        chars[i] = _pick(rng, alike) if alike else chars[i]
    return "".join(chars)


def _some_name(rng: Generator) -> str:
    kind = rng.random()
    if kind < 0.35:
        state = _state(rng)
        return _pick(rng, state.surnames if rng.random() < 0.5 else state.male + state.female)
    text = name(rng)
    return _accented(rng, text) if kind > 0.8 else text


def _person(rng: Generator) -> str:
    joint = _pick(rng, (" ", " ", " ", "-", ", ", " "))
    text = joint.join(_some_name(rng) for _ in range(int(rng.choice(3, p=(0.5, 0.38, 0.12))) + 1))
    if rng.random() < 0.08:
        text = _chinese(rng, int(rng.integers(2, 4))) + ("" if rng.random() < 0.5 else " " + text)
    return text.upper() if rng.random() < 0.8 else text.title()


def _chinese(rng: Generator, length: int) -> str:
    return _string(rng, common_chinese() if rng.random() < 0.75 else _pick(rng, other_eastern()), length)


def _date(rng: Generator) -> str:
    day, month, year = int(rng.integers(1, 32)), int(rng.integers(1, 13)), int(rng.integers(1920, 2045))
    days = f"{day:02}" if rng.random() < 0.85 else str(day)
    short = f"{year % 100:02}"
    if rng.random() < 0.4:
        sign = _pick(rng, (" ", " ", ".", ".", "/", "-", ". ", " / "))
        parts = (days, f"{month:02}", str(year) if rng.random() < 0.85 else short)
        return sign.join(parts if rng.random() < 0.8 else parts[::-1])
    if rng.random() < 0.12:
        return f"{days} {month}月/{MONTHS['eng'][month - 1]} {year}"
    text = _month(rng, month - 1)
    joint = _pick(rng, (" ", " ", " ", " ", "-", "", "/", "."))
    return joint.join((days, text, str(year) if rng.random() < 0.75 else short))


def _month(rng: Generator, month: int) -> str:
    local = MONTHS[_pick(rng, [k for k in MONTHS if k != "ell"])][month]
    english = MONTHS["eng"][month]
    kind = rng.random()
    if kind < 0.45:
        text = english
    elif kind < 0.6:
        text = local
    else:
        sign = _pick(rng, ("/", "/", " / ", "/ "))
        text = f"{local}{sign}{english}" if kind < 0.8 else f"{english}{sign}{local}"
    return text if rng.random() < 0.85 else text.title()


def _place(rng: Generator) -> str:
    state = _state(rng)
    kind = rng.random()
    if kind < 0.35:
        return _pick(rng, state.places)
    if kind < 0.6:
        return _pick(rng, state.authorities)
    text = _some_name(rng)
    if kind < 0.7:
        return f"{_chinese(rng, int(rng.integers(2, 4)))}/{text}"
    if kind < 0.8:
        return f"{text}, {_pick(rng, CODES)}" if rng.random() < 0.5 else f"{text} ({_pick(rng, CODES)})"
    if kind < 0.9:
        return f"{text} {_some_name(rng)}"
    return f"{_pick(rng, ('MINISTRY OF', 'EMBASSY OF', 'CITY OF', 'Office of', 'DEPARTMENT OF', 'POLICE'))} {text}"


def _number(rng: Generator) -> str:
    kind = rng.random()
    if kind < 0.6:
        letters = int(rng.choice(4, p=(0.25, 0.4, 0.25, 0.1)))
        return _string(rng, UPPER, letters) + _string(rng, DIGITS, int(rng.integers(4, 10)))
    if kind < 0.75:
        return _string(rng, DIGITS + UPPER, int(rng.integers(5, 12)))
    groups = [_string(rng, DIGITS, int(rng.integers(1, 6))) for _ in range(int(rng.integers(2, 5)))]
    return _pick(rng, ("-", " ", ".", "/", " - ")).join(groups)


def _label(rng: Generator, language: str, kind: int) -> str:
    return list(LABELS[language].values())[kind]


def _labels(rng: Generator) -> str:
    kind = int(rng.integers(0, 16))
    languages = [_pick(rng, SPOKEN) for _ in range(int(rng.integers(0, 3)))] + ["eng"]
    if rng.random() < 0.25:
        languages = [_pick(rng, EASTERN), *languages[-1:]]
    if rng.random() < 0.15:
        languages = [_pick(rng, SPOKEN + EASTERN)]
    if rng.random() < 0.3:
        languages.reverse()
    text = _pick(rng, ("/", "/", " / ", "/ ", " ")).join(_label(rng, k, kind) for k in languages)
    kind_of_number = rng.random()
    if kind_of_number < 0.2:
        number = int(rng.integers(1, 15))
        text = f"{number}. {text}" if kind_of_number < 0.1 else f"{text} ({number})"
    return text + (":" if rng.random() < 0.1 else "")


def _nationality(rng: Generator) -> str:
    state = _state(rng)
    return _pick(rng, (state.nationality, state.title, *state.titles))


def _sex(rng: Generator) -> str:
    sign = _pick(rng, ("/", " / ", "/ "))
    first, second = _pick(rng, "FMXKHWŽMN女男"), _pick(rng, "FMFMX")
    return second if rng.random() < 0.4 else f"{first}{sign}{second}"


def _code(rng: Generator) -> str:
    kind = rng.random()
    if kind < 0.4:
        return _pick(rng, CODES).replace("<", "")
    return _pick(rng, ("P", "P", "PN", "PO", "PE", "PP", "PC", "PS", "PD", "P<", "PM", "PB", "PT", "PR"))
