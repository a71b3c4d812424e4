"""Invented text of the visual zone: what data pages print, and strings that are like nothing printed anywhere."""

import functools
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from numpy.random import Generator

from engine.tables.cities import cities
from engine.tables.states import state_names
from models.training.draw.people.languages import LABELS, MONTHS
from models.training.draw.people.mrz_text import STATES as CODES
from models.training.draw.people.mrz_text import name, random_line
from models.training.draw.people.scripts import HAN, SIGNS, foreign_text, is_mark, script_of
from models.training.draw.people.states import STATES, State

_WORDS: Final[Mapping[str, Sequence[str]]] = tomllib.loads(
    Path(__file__).with_name("latin_words.toml").read_text(encoding="utf-8")
)

UPPER: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS: Final = "0123456789"
PLAIN_MARKS: Final = ".,'-/()&:;+°#<*"
MARKS: Final = PLAIN_MARKS + '"!?|_=%@[]·«»№×'
PLAIN_UPPER: Final = "ÀÁÂÃÄÅĀĂĄÆÇĆČĎĐÈÉÊËĒĖĘĚĞĢÌÍÎÏĪĮİĶĹĻĽŁÑŃŅŇÒÓÔÕÖŐØŒŔŘŚŞŠŤŢÙÚÛÜŪŮŰŲÝŸŹŻŽÞ"
ACCENTED_UPPER: Final = PLAIN_UPPER + "ÐƏĦĠĊŴŶẞṢŊŦ"
PLAIN_LOWER: Final = "àáâãäåāăąæçćčďđèéêëēėęěğģìíîïīįıķĺļľłñńņňòóôõöőøœŕřśşšťţùúûüūůűųýÿźżžßþð"
ACCENTED_LOWER: Final = PLAIN_LOWER + "əħġċŵŷṣŋŧ"
STACKED_UPPER: Final = "ƠƯĨŨẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
STACKED_LOWER: Final = STACKED_UPPER.lower()
"""Vietnamese letters, those with two marks among them; Ẹ and Ọ are Yoruba and Igbo too."""

ALPHABET: Final = (
    " " + DIGITS + UPPER + UPPER.lower() + MARKS + ACCENTED_UPPER + ACCENTED_LOWER + STACKED_UPPER + STACKED_LOWER
    + "".join(SIGNS.values())
)  # fmt: skip

PLAIN_ALPHABET: Final = " " + DIGITS + UPPER + UPPER.lower() + PLAIN_MARKS + PLAIN_UPPER + PLAIN_LOWER + HAN
"""What a small net tells apart: every letter of another script is `HAN`."""

FOLDED: Final = str.maketrans("ȘșȚțǤªº˚’‘´`ʻʼ′–—−‐‑―“”„″•∙⋅¦\u00a0", "ŞşŢţGa°°'''''''------\"\"\"\"···| ")
"""Characters that look the same, or the same on poor pictures, share a class."""

SPOKEN: Final = tuple(k for k in LABELS if k not in {"zho", "yue", "jpn"})
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
    """Whether a character is set in an East Asian face."""
    return (
        script_of(char) in {"han", "kana", "hangul"} or "\u2e80" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"
    )


def classes(text: str) -> str:
    """Return the text as a reader with `ALPHABET` gives it back; a character outside it loses its accent or goes.

    Letters of another script become the sign of their script; marks over and under them go.
    """
    known = []
    for char in unicodedata.normalize("NFC", text).translate(FOLDED):
        known.append(_class(char))
    return " ".join("".join(known).split())


def _class(char: str) -> str:
    if char in ALPHABET and not script_of(char):
        return char
    if script := script_of(char):
        return "" if is_mark(char) else SIGNS[script]
    if "\uff01" <= char <= "\uff5e":  # wide forms of ASCII
        return _class(chr(ord(char) - 0xFEE0))
    base = unicodedata.normalize("NFD", char)[0]
    return base if base in ALPHABET else ""


def random_text(rng: Generator) -> str:
    """Return one line: labels, names, dates, places, numbers, and strings without meaning."""
    makers: tuple[tuple[float, Callable[[Generator], str]], ...] = (
        (0.11, _words), (0.06, _characters), (0.13, _person), (0.18, _date), (0.17, _place), (0.09, _number),
        (0.1, _labels), (0.03, _nationality), (0.03, _sex), (0.02, _code), (0.005, random_line),
        (0.05, _vietnamese), (0.035, _far_languages), (0.09, _bilingual), (0.02, _sentence),
    )  # fmt: skip
    weights = [w for w, _ in makers]
    maker = makers[int(rng.choice(len(makers), p=[w / sum(weights) for w in weights]))][1]
    text = " ".join(maker(rng).split()) or "0"
    if rng.random() < 0.12 and not any(map(script_of, text)):
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
        chars[i] = _LATIN[int(rng.integers(0, len(_LATIN)))]
    return "".join(chars).strip()


_LATIN: Final = "".join(c for c in ALPHABET if c not in SIGNS.values() and c not in "ÐĐ|")
"""What any text may hold; which of Ð and Đ it is only the words around tell."""


def _word(rng: Generator) -> str:
    """A word of any letters; one in four has accents."""
    kind = rng.random()
    pool = UPPER if kind < 0.5 else UPPER.lower()
    if rng.random() < 0.3:
        accents = ACCENTED_UPPER if kind < 0.5 else ACCENTED_LOWER
        accents = accents.replace("Ð", "").replace("Đ", "")
        if rng.random() < 0.25:
            accents += STACKED_UPPER if kind < 0.5 else STACKED_LOWER
        pool = pool + accents if rng.random() < 0.6 else pool * 3 + accents
    text = _string(rng, pool, int(rng.integers(1, 12)))
    return text[0].upper() + text[1:] if kind > 0.75 and text[0].upper() in ALPHABET else text


def _words(rng: Generator) -> str:
    joint = _pick(rng, (" ", " ", " ", "-", "/", ", ", ". ", " & ", "'", ": "))
    return joint.join(_word(rng) for _ in range(int(rng.integers(1, 4))))


def _characters(rng: Generator) -> str:
    pools = (
        _LATIN, DIGITS + UPPER, DIGITS + "  " + MARKS, "0OoQDC", "Il1iıjt/fT7", "B8S5Z2zs", "rnmnuvwWVvYy",
        "ceoaCOeéèêëoóòôöaáàâä", ".,'-:;°", "aăâáàảãạeêểễeẽẻ", "OƠÔÓÒỎÕỌÖØ",
        "UƯÚÙỦŨỤÜŪŮ", "IÍÌỈĨỊİ1l", "AÂĂÁÀẢÃẠÄÅĀĄ", "EÊÉÈẺẼẸĘĖĚƏ", "SŞṢŚŠ5", "DĎÞO0",
    )  # fmt: skip
    return _string(rng, _pick(rng, pools), int(rng.integers(1, 16)))


def _accented(rng: Generator, text: str) -> str:
    """Give some letters accents."""
    chars = list(text)
    for i in rng.integers(0, max(1, len(chars)), int(rng.integers(1, 3)) if chars else 0):
        alike = [
            c
            for c in ACCENTED_UPPER + ACCENTED_LOWER
            if c not in "ĐÐ" and unicodedata.normalize("NFD", c)[0] == chars[i]
        ]
        chars[i] = _pick(rng, alike) if alike else chars[i]
    return "".join(chars)


def _some_name(rng: Generator) -> str:
    kind = rng.random()
    if kind < 0.35:
        state = _state(rng)
        return _pick(rng, state.surnames if rng.random() < 0.5 else state.male + state.female)
    text = name(rng) if rng.random() < 0.7 else _pick(rng, _cities())
    return _accented(rng, text) if kind > 0.8 else text


def _person(rng: Generator) -> str:
    joint = _pick(rng, (" ", " ", " ", "-", ", ", " "))
    text = joint.join(_some_name(rng) for _ in range(int(rng.choice(3, p=(0.5, 0.38, 0.12))) + 1))
    if rng.random() < 0.08:
        text = _chinese(rng, int(rng.integers(2, 4))) + ("" if rng.random() < 0.5 else " " + text)
        return text
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
        return sign.join(parts if rng.random() < 0.75 else parts[::-1]) + ("." if rng.random() < 0.06 else "")
    if rng.random() < 0.06:
        roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"][month - 1]
        return _pick(rng, (" ", "-", ".", "/")).join((days, roman, str(year)))
    if rng.random() < 0.12:
        return f"{days} {month}月/{MONTHS['eng'][month - 1]} {year}"
    text = _month(rng, month - 1)
    joint = _pick(rng, (" ", " ", " ", " ", "-", "", "/", "."))
    return joint.join((days, text, str(year) if rng.random() < 0.75 else short))


def _month(rng: Generator, month: int) -> str:
    local = MONTHS[_pick(rng, list(MONTHS))][month]
    if rng.random() < 0.06:
        local = foreign_text(rng, "cyrillic").upper()[:4]
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


_HEADS: Final = tuple(_WORDS["office_heads"])
_BODIES: Final = tuple(_WORDS["office_bodies"])


@functools.cache
def _cities() -> tuple[str, ...]:
    return tuple(dict.fromkeys(city for names in cities().values() for city in names))


def authority_text(rng: Generator) -> str:
    """An office of some state, put together of words that offices are called by."""
    parts = [_pick(rng, _HEADS)]
    if rng.random() < 0.6:
        parts.append(_pick(rng, _BODIES))
    if rng.random() < 0.4:
        parts.append(_pick(rng, _cities()) if rng.random() < 0.6 else _some_name(rng))
    if rng.random() < 0.12:
        parts.append(str(int(rng.integers(1, 9999))))
    text = _pick(rng, (" ", " ", " ", " ", ", ", " - ")).join(parts)
    kind = rng.random()
    return text if kind < 0.7 else text.title() if kind < 0.95 else text.lower()


def _place(rng: Generator) -> str:
    state = _state(rng)
    kind = rng.random()
    if kind < 0.14:
        return _pick(rng, state.places)
    if kind < 0.24:
        return _pick(rng, state.authorities)
    if kind < 0.44:
        return authority_text(rng)
    text = _some_name(rng) if rng.random() < 0.35 else _pick(rng, _cities())
    if kind < 0.62:
        return text if rng.random() < 0.7 else text.title()
    if kind < 0.68:
        return _pick(rng, tuple(state_names().values())).upper()
    if kind < 0.75:
        return f"{_chinese(rng, int(rng.integers(2, 4)))}/{text}"
    if kind < 0.87:
        code = _pick(rng, CODES).replace("<", "")
        return _pick(rng, ("{}, {}", "{} ({})", "{} {}", "{}/{}", "{}-{}")).format(text, code)
    if kind < 0.95:
        return f"{text}{_pick(rng, (', ', ' ', '-', ' / '))}{_pick(rng, _cities())}"
    return f"{text} {_some_name(rng)}"


_NUMBER_LETTERS: Final = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""Hardly any state numbers with I, O or Q: they look like figures."""


def _figures(rng: Generator, length: int) -> str:
    """Figures of any kind; specimens have runs of one figure, and 123456."""
    kind = rng.random()
    if kind < 0.7:
        return _string(rng, DIGITS, length)
    if kind < 0.8:
        return (DIGITS[1:] + DIGITS)[:length]
    same = int(rng.integers(1, length + 1))
    run = _pick(rng, "0000012345678999") * same
    rest = _string(rng, DIGITS, length - same)
    return run + rest if rng.random() < 0.6 else rest + run


def _number(rng: Generator) -> str:
    kind = rng.random()
    pool = _NUMBER_LETTERS if rng.random() < 0.85 else UPPER
    if kind < 0.6:
        letters = int(rng.choice(4, p=(0.25, 0.4, 0.25, 0.1)))
        after = _string(rng, pool, 1) if rng.random() < 0.1 else ""
        return _string(rng, pool, letters) + _figures(rng, int(rng.integers(4, 10))) + after
    if kind < 0.75:
        return _string(rng, DIGITS + pool, int(rng.integers(5, 12)))
    groups = [_figures(rng, int(rng.integers(1, 6))) for _ in range(int(rng.integers(2, 5)))]
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


_ONSETS: Final = (
    *["B", "C", "CH", "D", "Đ", "G", "GH", "GI", "H", "K", "KH", "L", "M", "N", "NG", "NGH", "NH", "P", "PH", "QU",
    "R", "S", "T", "TH", "TR", "V", "X"], "", "Đ", "NG", "TH", "TR", "NH",
)  # fmt: skip
_CORES: Final = [
    "A",
    "Á",
    "À",
    "Ả",
    "Ã",
    "Ạ",
    "Ă",
    "Ắ",
    "Ằ",
    "Ẳ",
    "Ẵ",
    "Ặ",
    "Â",
    "Ấ",
    "Ầ",
    "Ẩ",
    "Ẫ",
    "Ậ",
    "E",
    "É",
    "È",
    "Ẻ",
    "Ẽ",
    "Ẹ",
    "Ê",
    "Ế",
    "Ề",
    "Ể",
    "Ễ",
    "Ệ",
    "I",
    "Í",
    "Ì",
    "Ỉ",
    "Ĩ",
    "Ị",
    "O",
    "Ó",
    "Ò",
    "Ỏ",
    "Õ",
    "Ọ",
    "Ô",
    "Ố",
    "Ồ",
    "Ổ",
    "Ỗ",
    "Ộ",
    "Ơ",
    "Ớ",
    "Ờ",
    "Ở",
    "Ỡ",
    "Ợ",
    "U",
    "Ú",
    "Ù",
    "Ủ",
    "Ũ",
    "Ụ",
    "Ư",
    "Ứ",
    "Ừ",
    "Ử",
    "Ữ",
    "Ự",
    "Y",
    "Ý",
    "Ỳ",
    "Ỷ",
    "Ỹ",
    "Ỵ",
    "IÊ",
    "IẾ",
    "IỀ",
    "IỂ",
    "IỄ",
    "IỆ",
    "UÔ",
    "UỐ",
    "UỒ",
    "UỔ",
    "UỘ",
    "ƯƠ",
    "ƯỚ",
    "ƯỜ",
    "ƯỞ",
    "ƯỠ",
    "ƯỢ",
    "OA",
    "OÀ",
    "OẢ",
    "UYÊ",
    "UYỄ",
    "UYẾT",
    "OANH",
    "UÂ",
    "UẤ",
]
_CODAS: Final = ("", "", "", *["N", "NG", "NH", "M", "P", "T", "C", "CH", "I", "O", "U", "Y"])
_VIETNAMESE: Final = tuple(_WORDS["vietnamese"])


def _vietnamese(rng: Generator) -> str:
    words = [
        _pick(rng, _VIETNAMESE)
        if rng.random() < 0.3
        else _pick(rng, _ONSETS) + _pick(rng, _CORES) + _pick(rng, _CODAS)
        for _ in range(int(rng.integers(1, 6)))
    ]
    text = _pick(rng, (" ", " ", " ", " ", ", ", " - ")).join(words)
    kind = rng.random()
    return text.upper() if kind < 0.65 else text.title() if kind < 0.85 else text.lower()


_FAR: Final = tuple(_WORDS["far"])
_FAR_POOLS: Final = (
    ("BCÇDFGĞHXKQLMNPRSŞTVYZ", "AEƏIİOÖUÜƏƏ"), ("BĊDFĠGHĦJKLMNPQRSTVWXŻZ", "AEIOUEIA"),
    ("BCDFGHLLMNPRSTW", "AEIOUŴYŶÂÊÔ"), ("BDFGHJKLMNPRSṢTWY", "AEẸIOỌUÁÀẸỌÉÈÓÒÚÍ"),
    ("BDÐFGHJKLMNPRSTVXÞÐ", "AÁEÉIÍOÓUÚYÝÆÖ"), ("BCČĆDĐFGHJKLMNPRSŠTVZŽĐ", "AEIOU"),
    ("BCČDĐFGHJKLMNŊPRSŠTŦVZŽ", "AÁEIOU"),
)  # fmt: skip
"""Consonants and vowels of Azerbaijani, Maltese, Welsh, Yoruba, Icelandic, Croatian, Northern Sami."""


def _far_languages(rng: Generator) -> str:
    """Words of languages whose letters are rare among the drawn states."""
    consonants, vowels = _FAR_POOLS[int(rng.integers(0, len(_FAR_POOLS)))]
    words = []
    for _ in range(int(rng.integers(1, 4))):
        start, length = int(rng.integers(0, 2)), int(rng.integers(2, 10))
        made = "".join(_pick(rng, (consonants, vowels)[(i + start) % 2]) for i in range(length))
        words.append(_pick(rng, _FAR) if rng.random() < 0.5 else made)
    text = _pick(rng, (" ", " ", "-", ", ", "/")).join(words)
    kind = rng.random()
    return text if kind < 0.7 else text.title() if kind < 0.9 else text.lower()


_SCRIPT_SHARES: Final = {
    "cyrillic": 0.36, "greek": 0.14, "arabic": 0.14, "hebrew": 0.04, "kana": 0.04, "hangul": 0.06, "georgian": 0.04,
    "armenian": 0.03, "thai": 0.05, "devanagari": 0.05, "other": 0.05,
}  # fmt: skip


def _bilingual(rng: Generator) -> str:
    """A text of another script, mostly with Latin text beside it."""
    script = str(rng.choice(list(_SCRIPT_SHARES), p=list(_SCRIPT_SHARES.values())))
    foreign = foreign_text(rng, script)
    kind = rng.random()
    if kind < 0.3:
        return foreign
    if kind < 0.4:
        return f"{foreign} {_number(rng)}"
    makers = (_place, _person, _labels, _nationality, _date, _code)
    latin = makers[int(rng.integers(0, len(makers)))](rng)
    sign = _pick(rng, ("/", "/", " / ", "/ ", " ", " - ", ", ", " (", ". "))
    first, second = (foreign, latin) if rng.random() < 0.75 else (latin, foreign)
    return f"{first}{sign}{second}" + (")" if sign == " (" else "")


def _sentence(rng: Generator) -> str:
    """Text with the marks of running print."""
    words = [_word(rng) for _ in range(int(rng.integers(1, 4)))]
    text = _pick(rng, (" ", ", ", " · ", " | ", " = ", " - ", ": ")).join(words)
    frames = (
        "{}",
        "«{}»",
        '"{}"',
        "“{}”",
        "„{}“",
        "[{}]",
        "({})",
        "{}!",
        "{}?",
        "№ {}",
        "N° {}",
        "{}%",
        "@{}",
        "{} *",
        "* {}",
        "{}_",
        "_{}",
        "{} № 12",
        "Nº {}",
        "{}…",
        "{} × 2",
        "{};",
    )
    return _pick(rng, frames).format(text)


def _nationality(rng: Generator) -> str:
    state = _state(rng)
    return _pick(rng, (state.nationality, state.title, *state.titles))


def _sex(rng: Generator) -> str:
    sign = _pick(rng, ("/", " / ", "/ "))
    first, second = _pick(rng, "FMXKHWŽMN女男ЖМЧΘΑ男女"), _pick(rng, "FMFMX")
    return second if rng.random() < 0.4 else f"{first}{sign}{second}"


def _code(rng: Generator) -> str:
    kind = rng.random()
    if kind < 0.4:
        return _pick(rng, CODES).replace("<", "")
    return _pick(rng, ("P", "P", "PN", "PO", "PE", "PP", "PC", "PS", "PD", "P<", "PM", "PB", "PT", "PR"))
