"""Invented text of machine readable zones: every format, plus lines that are deliberately unlike any document.

A reader that only ever saw plausible lines learns the language instead of the glyphs, so part of the lines are
random characters and part are plausible lines with some characters replaced.
"""

from collections.abc import Callable
from typing import Final

from numpy.random import Generator


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ALPHABET: Final = "<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LETTERS: Final = ALPHABET[11:]
DIGITS: Final = ALPHABET[1:11]
STATES: Final = _words(
    "AFG ALB DZA ARG ARM AUS AUT AZE BHS BGD BRB BLR BEL BEN BOL BIH BRA BGR KHM CMR CAN CHL CHN COL COG "
    "CRI CIV HRV CUB CYP CZE DNK DOM ECU EGY EST ETH FJI FIN FRA GAB GEO D<< GHA GRC GTM GIN HTI HND HKG "
    "HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR KAZ KEN KOR KWT KGZ LAO LVA LBN LBR LBY LIE LTU LUX "
    "MAC MDG MWI MYS MDV MLI MLT MRT MUS MEX MDA MCO MNG MNE MAR MOZ MMR NAM NPL NLD NZL NIC NER NGA NOR "
    "OMN PAK PAN PNG PRY PER PHL POL PRT QAT ROU RUS RWA SAU SEN SRB SGP SVK SVN SOM ZAF ESP LKA SDN SWE "
    "CHE SYR TWN TJK TZA THA TGO TTO TUN TUR TKM UGA UKR ARE GBR USA URY UZB VEN VNM YEM ZMB ZWE UTO XXA "
    "UNO EUE RKS XOM"
)
ONSETS: Final = [
    "B",
    "C",
    "D",
    "F",
    "G",
    "H",
    "J",
    "K",
    "L",
    "M",
    "N",
    "P",
    "Q",
    "R",
    "S",
    "T",
    "V",
    "W",
    "X",
    "Y",
    "Z",
    "BR",
    "CH",
    "CR",
    "DR",
    "FR",
    "GH",
    "GR",
    "HR",
    "KH",
    "KR",
    "KW",
    "LL",
    "MB",
    "ND",
    "NG",
    "PH",
    "PR",
    "QU",
    "SCH",
    "SH",
    "SK",
    "SL",
    "ST",
    "SZ",
    "TH",
    "TR",
    "TS",
    "TZ",
    "VL",
    "WR",
    "ZH",
]
VOWELS: Final = [
    "A",
    "E",
    "I",
    "O",
    "U",
    "Y",
    "AA",
    "AE",
    "AI",
    "AO",
    "AU",
    "EA",
    "EE",
    "EI",
    "EU",
    "IA",
    "IE",
    "IO",
    "OA",
    "OE",
    "OO",
    "OU",
    "UE",
    "UI",
    "UO",
    "YA",
]
CODAS: Final = [
    "B",
    "CK",
    "D",
    "F",
    "G",
    "H",
    "K",
    "L",
    "M",
    "N",
    "NG",
    "P",
    "R",
    "RG",
    "S",
    "SS",
    "SZ",
    "T",
    "V",
    "W",
    "X",
    "Z",
    "RT",
    "ND",
    "NT",
    "LL",
    "CZ",
    "Q",
    "J",
]


def check_digit(text: str) -> str:
    """Return the 7-3-1 check digit (ICAO 9303-3 §4.9) of ``text`` over `ALPHABET`."""
    total = sum((7, 3, 1)[i % 3] * max(0, ALPHABET.index(c) - 1) for i, c in enumerate(text))
    return str(total % 10)


def random_line(rng: Generator, length: int | None = None) -> str:
    """Return one line of text: plausible (60 %), plausible with replaced characters (15 %) or random (25 %).

    ``length`` cuts a piece of that many characters out of a longer line; otherwise 12 % of the lines are cut.
    """
    kind = rng.random()
    if kind < 0.25:
        text = random_characters(rng, length or int(rng.integers(4, 46)))
    else:
        text = str(rng.choice(document(rng)))
        if kind < 0.4:
            text = _replace_some(rng, text)
    if length is not None:
        return _piece(rng, text, length)
    return _piece(rng, text, int(rng.integers(3, len(text)))) if rng.random() < 0.12 else text


def document(rng: Generator) -> tuple[str, ...]:
    """Return the lines of one invented document of a random format, passports most often."""
    weights = (0.5, 0.12, 0.18, 0.08, 0.06, 0.06)
    formats: tuple[Callable[[Generator], tuple[str, ...]], ...] = (_td3, _td2, _td1, _mrv_a, _mrv_b, _fra_id)
    return formats[int(rng.choice(len(formats), p=weights))](rng)


def random_characters(rng: Generator, length: int) -> str:
    """Return characters without meaning; some alphabets are narrow so that look-alikes meet."""
    pools = (ALPHABET, LETTERS, DIGITS, "0O", "0OQDCG", "B8S5", "1ILT7", "Z2<K", "MWNH", "UVY", ALPHABET + "<" * 30)
    pool = pools[int(rng.choice(len(pools), p=(0.4, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.03, 0.07)))]
    if rng.random() < 0.25:
        # Long repetitions: a net that loses count of "0000" or "<<<<" shifts everything after them.
        pool = _characters(rng, pool, 3)
        return "".join(char * int(rng.integers(1, 9)) for char in _characters(rng, pool, length))[:length]
    return _characters(rng, pool, length)


def name(rng: Generator) -> str:
    """Return one invented name of A-Z."""
    if rng.random() < 0.12:
        return _characters(rng, LETTERS, int(rng.integers(1, 9)))
    parts = []
    for _ in range(int(rng.integers(1, 4))):
        parts.append(str(rng.choice(ONSETS)) if rng.random() < 0.85 else "")
        parts.append(str(rng.choice(VOWELS)))
        parts.append(str(rng.choice(CODAS)) if rng.random() < 0.4 else "")
    return "".join(parts)


def _characters(rng: Generator, pool: str, length: int) -> str:
    return "".join(pool[i] for i in rng.integers(0, len(pool), length))


def _replace_some(rng: Generator, text: str) -> str:
    chars = list(text)
    for i in rng.integers(0, len(chars), int(rng.integers(1, 8))):
        chars[i] = ALPHABET[int(rng.integers(0, len(ALPHABET)))]
    return "".join(chars)


def _piece(rng: Generator, text: str, length: int) -> str:
    start = int(rng.integers(0, max(1, len(text) - length + 1)))
    return text[start : start + length]


def _names(rng: Generator, length: int) -> str:
    surname = "<".join(name(rng) for _ in range(1 + int(rng.random() < 0.25)))
    given = "<".join(name(rng) for _ in range(int(rng.choice(5, p=(0.04, 0.46, 0.36, 0.1, 0.04)))))
    return f"{surname}<<{given}"[:length].ljust(length, "<")


def _state(rng: Generator) -> str:
    return str(rng.choice(STATES))


def _date(rng: Generator) -> str:
    if rng.random() < 0.03:
        return str(rng.choice(["<<<<<<", f"{rng.integers(0, 100):02}<<<<"]))
    return f"{rng.integers(0, 100):02}{rng.integers(1, 13):02}{rng.integers(1, 32):02}"


def _number(rng: Generator) -> str:
    kind = rng.random()
    letters = int(rng.choice(4, p=(0.2, 0.4, 0.3, 0.1)))
    if kind < 0.2:
        text = _characters(rng, ALPHABET[1:], 9)
    else:
        text = _characters(rng, LETTERS, letters) + _characters(rng, DIGITS, int(rng.integers(6, 10)) - letters)
    return text.ljust(9, "<")


def _optional(rng: Generator, length: int) -> str:
    kind = rng.random()
    if kind < 0.45:
        return "<" * length
    pool = DIGITS if kind < 0.75 else ALPHABET[1:] if kind < 0.9 else LETTERS
    text = _characters(rng, pool, int(rng.integers(1, length + 1)))
    return text.ljust(length, "<")


def _sex(rng: Generator) -> str:
    return "MF<X"[int(rng.choice(4, p=(0.48, 0.48, 0.03, 0.01)))]


def _checked(text: str) -> str:
    return text + check_digit(text)


def _td3(rng: Generator) -> tuple[str, ...]:
    code = "P" + "<<<<<OENSMDTC"[int(rng.integers(0, 13))]
    number, birth, expiry = _checked(_number(rng)), _checked(_date(rng)), _checked(_date(rng))
    personal = _checked(_optional(rng, 14))
    if personal.startswith("<<") and rng.random() < 0.5:
        personal = "<" * 15
    second = number + _state(rng) + birth + _sex(rng) + expiry + personal
    return code + _state(rng) + _names(rng, 39), second + check_digit(number + birth + expiry + personal)


def _td2(rng: Generator) -> tuple[str, ...]:
    code = "IACP"[int(rng.integers(0, 4))] + "<<<DPR"[int(rng.integers(0, 6))]
    number, birth, expiry, rest = (
        _checked(_number(rng)),
        _checked(_date(rng)),
        _checked(_date(rng)),
        _optional(rng, 7),
    )
    second = number + _state(rng) + birth + _sex(rng) + expiry + rest
    return code + _state(rng) + _names(rng, 31), second + check_digit(number + birth + expiry + rest)


def _td1(rng: Generator) -> tuple[str, ...]:
    code = "IACI"[int(rng.integers(0, 4))] + "<<DPRO"[int(rng.integers(0, 6))]
    number, birth, expiry = _checked(_number(rng)), _checked(_date(rng)), _checked(_date(rng))
    first, second = _optional(rng, 15), _optional(rng, 11)
    upper = code + _state(rng) + number + first
    middle = birth + _sex(rng) + expiry + _state(rng) + second
    return upper, middle + check_digit(number + first + birth + expiry + second), _names(rng, 30)


def _mrv(rng: Generator, length: int) -> tuple[str, ...]:
    code = "V" + "<<<SCBN"[int(rng.integers(0, 7))]
    number, birth, expiry = _checked(_number(rng)), _checked(_date(rng)), _checked(_date(rng))
    second = number + _state(rng) + birth + _sex(rng) + expiry
    return code + _state(rng) + _names(rng, length - 5), second + _optional(rng, length - 28)


def _mrv_a(rng: Generator) -> tuple[str, ...]:
    return _mrv(rng, 44)


def _mrv_b(rng: Generator) -> tuple[str, ...]:
    return _mrv(rng, 36)


def _fra_id(rng: Generator) -> tuple[str, ...]:
    upper = f"IDFRA{name(rng)}"[:30].ljust(30, "<") + _characters(rng, DIGITS, 6)
    number = _checked(_date(rng)[:4] + _characters(rng, ALPHABET[1:], 3) + _characters(rng, DIGITS, 5))
    given = "<<".join(name(rng) for _ in range(int(rng.integers(1, 4))))[:14].ljust(14, "<")
    lower = number + given + _checked(_date(rng)) + _sex(rng)
    return upper, lower + check_digit(upper + lower)
