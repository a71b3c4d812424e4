"""Invented values of a page: places, authorities, names, dates, and those of fields that are no items.

Most words are made of syllables, so that a list of towns or offices cannot be leaned on.
"""

import datetime
import random
import string
from collections.abc import Callable, Sequence
from typing import Final

from engine.tables.cities import cities
from engine.tables.months import month_names
from engine.tables.states import country_name, state_names
from engine.visual.items.text_spans import IDEOGRAPH
from models.training.assignment.wording import WORDS
from models.training.draw.people.chinese_names import PROVINCES
from models.training.draw.people.languages import MONTHS

Rng = random.Random

ACCENTS: Final = {
    "A": "ÁÀÂÄÃÅĄ", "E": "ÉÈÊËĘĖ", "I": "ÍÎÏİ", "O": "ÓÔÖÕØ", "U": "ÚÜÛŪŮ", "C": "ÇČĆ", "S": "ŠŞŚ", "Z": "ŽŻŹ",
    "N": "ÑŃ", "R": "Ř", "L": "Ł", "Y": "Ý",
}  # fmt: skip
_CITIES: Final = tuple(city for towns in cities().values() for city in towns)
_PROVINCES: Final = tuple(row[1] for row in PROVINCES)
_CODES: Final = tuple(state_names())
_COUNTRIES: Final = tuple(name.upper() for name in state_names().values())
SPECIMEN: Final = ("SPECIMEN", "SAMPLE", "MUSTER", "SPECIMEN", "EXAMPLE")
"""What specimens print in place of a name, a town or a mission's city."""
_LETTERS: Final = "ABCDEFGHJKLMNPRSTUVWXYZ"


def syllables(rng: Rng, fewest: int = 1, most: int = 3) -> str:
    """An invented word in capitals, some letters with accents."""
    word = "".join(
        rng.choice(WORDS["onsets"]) + rng.choice(WORDS["vowels"]) + _coda(rng)
        for _ in range(rng.randint(fewest, most))
    )
    if rng.random() < 0.25:
        word = "".join(rng.choice(ACCENTS[c]) if c in ACCENTS and rng.random() < 0.25 else c for c in word)
    return word[:14]


def _coda(rng: Rng) -> str:
    return str(rng.choice(WORDS["codas"])) if rng.random() < 0.5 else ""


def from_pattern(rng: Rng, pattern: str) -> str:
    """``A`` any letter, ``9`` any digit, anything else itself."""
    return "".join(
        rng.choice(_LETTERS) if c == "A" else rng.choice(string.digits) if c == "9" else c for c in pattern
    )


def city(rng: Rng) -> str:
    """A town, two in five real ones."""
    share = rng.random()
    if share < 0.4:
        return rng.choice(_CITIES) if share < 0.37 else rng.choice(_PROVINCES)
    name, share = syllables(rng), rng.random()
    if share < 0.06:
        name = rng.choice(WORDS["place_before"]) + name
    elif share < 0.14:
        name += rng.choice(WORDS["place_after"])
    elif share < 0.2:
        name += " " + syllables(rng, 1, 2)
    return name.upper()


def country(rng: Rng) -> str:
    """The English name of a state, in capitals."""
    return str(rng.choice(_COUNTRIES))


def code(rng: Rng) -> str:
    """A three-letter code of ICAO 9303-3 §5 (Germany's has one letter)."""
    return str(rng.choice(_CODES))


def _joined(rng: Rng, one: str, two: str, joints: Sequence[str]) -> str:
    return f"{one}{rng.choice(joints)}{two}"


def place(rng: Rng, state: str) -> str:
    """A place of birth or of issue as states print them; ``state`` is the issuing one."""
    home = state if rng.random() < 0.7 else code(rng)
    makers: tuple[tuple[float, Callable[[], str]], ...] = (
        (46, lambda: city(rng)),
        (8, lambda: _joined(rng, city(rng), home, (", ", ",", " / ", "/", " ", " - "))),
        (7, lambda: _joined(rng, city(rng), country(rng), (", ", ", ", " / ", "/", " ", ","))),
        (4, lambda: home),
        (5, lambda: country(rng)),
        (5, lambda: country_name(home).upper() or city(rng)),
        (4, lambda: f"{city(rng)} ({rng.choice((from_pattern(rng, 'AA'), from_pattern(rng, '9A'), home))})"),
        (4, lambda: _joined(rng, city(rng), city(rng), (", ", " ", "/", " / "))),
        (3, lambda: f"{city(rng)} {rng.randint(1, 22)}"),
        (3, lambda: f"{city(rng)}, {from_pattern(rng, 'AA')}"),
        (3, lambda: f"{city(rng)}, {rng.choice(WORDS['abroad'])}"),
        (2, lambda: f"{city(rng)}, {from_pattern(rng, 'A.A.')}, {rng.choice(WORDS['abroad'])}"),
        (3, lambda: IDEOGRAPH * rng.randint(1, 4) + rng.choice(("/", " / ", " ")) + city(rng)),
        (2, lambda: f"{rng.choice(WORDS['place_heads'])} {city(rng)}"),
        (2, lambda: f"{rng.choice(('M. ', 'G. ', 'S. ', 'C. '))}{city(rng)}/{home}"),
        (2, lambda: f"{city(rng)} {syllables(rng)} {syllables(rng)}"),
        (1, lambda: f"{country(rng)} {code(rng)}"),
        (2, lambda: rng.choice(SPECIMEN)),
    )  # fmt: skip
    return _one_of(rng, makers)


def _one_of(rng: Rng, makers: Sequence[tuple[float, Callable[[], str]]]) -> str:
    return rng.choices([maker for _, maker in makers], [weight for weight, _ in makers])[0]()


def authority(rng: Rng, state: str) -> str:
    """An authority of any kind: ministry, office, town, mission, abbreviation, number, state."""
    makers: tuple[tuple[float, Callable[[], str]], ...] = (
        (16, lambda: city(rng)),
        (18, lambda: _ministry(rng)),
        (14, lambda: _office(rng)),
        (12, lambda: _municipal(rng)),
        (6, lambda: rng.choice(WORDS["ministries_abroad"]) + (f" {city(rng)}" if rng.random() < 0.2 else "")),
        (8, lambda: _mission(rng)),
        (10, lambda: _abbreviation(rng)),
        (5, lambda: _office_number(rng)),
        (4, lambda: country(rng) if rng.random() < 0.6 else state or code(rng)),
        (4, lambda: f"{city(rng)} {rng.choice(WORDS['after_city'])}"),
        (2, lambda: f"{syllables(rng)} {syllables(rng, 2, 4)} {syllables(rng)}"),
        (2, lambda: f"{city(rng)}/{city(rng)}"),
        (3, lambda: f"{_abbreviation(rng)}, {city(rng)}"),
        (2, lambda: f"{city(rng)} {rng.randint(1, 40)}"),
    )
    return _one_of(rng, makers)


def english_authority(rng: Rng) -> str:
    """A ministry or an office in English."""
    text = _ministry(rng) if rng.random() < 0.5 else _office(rng)
    return text.title() if rng.random() < 0.2 else text


def home_authority(rng: Rng) -> str:
    """The same in another language, real or invented."""
    words = " ".join(syllables(rng, 1, 4) for _ in range(rng.randint(2, 4)))
    text = rng.choice((rng.choice(WORDS["ministries_abroad"]), _municipal(rng), words))
    return str(text).title() if rng.random() < 0.2 else str(text)


def _ministry(rng: Rng) -> str:
    text = f"{rng.choice(WORDS['ministry_words'])} {rng.choice(WORDS['ministries'])}"
    if rng.random() < 0.3:
        text += rng.choice((", ", " ", " - ", "/")) + (city(rng) if rng.random() < 0.6 else country(rng))
    return text


def _office(rng: Rng) -> str:
    text: str = rng.choice(WORDS["offices"])
    if rng.random() < 0.12:
        text = f"{syllables(rng, 2, 3)} {text}"
    if rng.random() < 0.5:
        text += rng.choice((", ", " ", " - ", "/")) + (city(rng) if rng.random() < 0.7 else country(rng))
    return text


def _municipal(rng: Rng) -> str:
    text = f"{rng.choice(WORDS['municipal'])} {city(rng)}"
    return text if rng.random() < 0.8 else f"{text} {syllables(rng)}"


def _mission(rng: Rng) -> str:
    where = rng.choice(SPECIMEN) if rng.random() < 0.1 else country(rng) if rng.random() < 0.5 else city(rng)
    text = f"{rng.choice(WORDS['missions'])} {where}"
    return text if rng.random() < 0.7 else _joined(rng, text, city(rng), (", ", " IN ", " "))


def _abbreviation(rng: Rng) -> str:
    text, share = from_pattern(rng, "A" * rng.randint(2, 5)), rng.random()
    if share < 0.25:
        return f"{text} {city(rng)}"
    if share < 0.4:
        return _joined(rng, text, from_pattern(rng, "A" * rng.randint(2, 4)), (" ", "-", "/"))
    if share < 0.6:
        return _joined(rng, text, from_pattern(rng, "9" * rng.randint(1, 5)), (" ", "-", ""))
    if share < 0.7:
        return ".".join(text) + "."
    return " ".join(text) if share < 0.75 else text


def _office_number(rng: Rng) -> str:
    return from_pattern(rng, rng.choice(WORDS["office_numbers"]))


def surname(rng: Rng) -> str:
    """A surname in capitals."""
    text = syllables(rng)
    if rng.random() < 0.1:
        text += rng.choice((" ", "-")) + syllables(rng)
    return str(rng.choice(WORDS["particles"])) + text if rng.random() < 0.06 else text


def given_names(rng: Rng) -> str:
    """One to a few given names in capitals."""
    text = syllables(rng)
    while rng.random() < 0.35 and len(text) < 26:
        text += rng.choice((" ", " ", " ", "-", ", ")) + syllables(rng)
    return text


DateStyle = Callable[[datetime.date], str]


def date_style(rng: Rng) -> DateStyle:
    """How one page prints its dates."""
    own = _own_months(rng)
    case = rng.choices((str.upper, str.title, str.lower), (8, 2, 0.3))[0]
    english, full = MONTHS["eng"], rng.choice(WORDS["months"])
    forms: tuple[tuple[float, Callable[[str, str, str, str, str, int], str]], ...] = (
        (22, lambda d, m, y, o, e, k: f"{d} {e} {y}"),
        (9, lambda d, m, y, o, e, k: f"{d} {o}/{e} {y}"),
        (6, lambda d, m, y, o, e, k: f"{d} {o} /{e} {y[2:]}"),
        (5, lambda d, m, y, o, e, k: f"{d} {o} / {e} {y}"),
        (12, lambda d, m, y, o, e, k: f"{d}.{m}.{y}"),
        (8, lambda d, m, y, o, e, k: f"{d}/{m}/{y}"),
        (5, lambda d, m, y, o, e, k: f"{d}-{m}-{y}"),
        (8, lambda d, m, y, o, e, k: f"{d} {m} {y}"),
        (3, lambda d, m, y, o, e, k: f"{d}. {m}. {y}"),
        (2, lambda d, m, y, o, e, k: f"{d} / {m} / {y}"),
        (4, lambda d, m, y, o, e, k: f"{y}-{m}-{d}"),
        (4, lambda d, m, y, o, e, k: f"{y}.{m}.{d}"),
        (4, lambda d, m, y, o, e, k: f"{d} {e} {y[2:]}"),
        (3, lambda d, m, y, o, e, k: f"{d}-{e}-{y}"),
        (4, lambda d, m, y, o, e, k: f"{e} {d}, {y}"),
        (3, lambda d, m, y, o, e, k: f"{d} {o}/{e} {y[2:]}"),
        (3, lambda d, m, y, o, e, k: f"{d} {full[k]} {y}"),
        (2, lambda d, m, y, o, e, k: f"{e} {d} {y}"),
        (2, lambda d, m, y, o, e, k: f"{y} {e} {d}"),
        (2, lambda d, m, y, o, e, k: f"{d} {o} {y}"),
        (2, lambda d, m, y, o, e, k: f"{d}{e}{y}"),
        (2, lambda d, m, y, o, e, k: f"{m}/{d}/{y}"),
        (1, lambda d, m, y, o, e, k: f"{d} {WORDS['roman'][k]} {y}"),
        (3, lambda d, m, y, o, e, k: f"{d} {int(m)}{IDEOGRAPH}/{e} {y}"),
        (1, lambda d, m, y, o, e, k: f"{y}{IDEOGRAPH}{m}{IDEOGRAPH}{d}{IDEOGRAPH}"),
    )  # fmt: skip
    form = rng.choices([f for _, f in forms], [w for w, _ in forms])[0]

    def style(day: datetime.date) -> str:
        month = day.month - 1
        return form(f"{day.day:02}", f"{day.month:02}", str(day.year), case(own[month]), case(english[month]), month)

    return style


def _own_months(rng: Rng) -> Sequence[str]:
    if rng.random() < 0.75:
        return rng.choice(tuple(MONTHS.values()))
    length = rng.choice((3, 3, 4, 9))
    return [name[:length] for name in rng.choice(month_names()).names]


def a_day(rng: Rng) -> datetime.date:
    """Any day of the last thirty years."""
    return datetime.date(2027, 1, 1) - datetime.timedelta(days=rng.randint(1, 365 * 30))


def extra_value(rng: Rng, kind: str, date: DateStyle) -> str:
    """A value of a field that is no item; ``kind`` as in ``wording.json``."""
    makers: dict[str, Callable[[], str]] = {
        "number": lambda: from_pattern(rng, rng.choice(WORDS["number_forms"])),
        "height": lambda: rng.choice(
            (f"{rng.randint(150, 199)} CM", f"1.{rng.randint(50, 99)} m", f"1,{rng.randint(50, 99)} m",
             f"{rng.randint(150, 199)}cm", str(rng.randint(150, 199)))
        ),
        "colour": lambda: rng.choice(WORDS["colours"]),
        "job": lambda: rng.choice(WORDS["jobs"]) if rng.random() < 0.4 else syllables(rng, 2, 3),
        "title": lambda: rng.choice(WORDS["titles"]) if rng.random() < 0.8 else syllables(rng),
        "person": lambda: f"{given_names(rng)} {surname(rng)}" if rng.random() < 0.6 else surname(rng),
        "address": lambda: _address(rng),
        "place": lambda: place(rng, "") if rng.random() < 0.4 else city(rng),
        "short": lambda: rng.choice(WORDS["short"]),
        "remark": lambda: rng.choice((*WORDS["remarks"], f"{syllables(rng)} {syllables(rng)}")),
        "country": lambda: country(rng),
        "date": lambda: date(a_day(rng)),
    }  # fmt: skip
    return makers[kind]()


def _address(rng: Rng) -> str:
    street = f"{syllables(rng, 2, 3)} {rng.choice(WORDS['streets'])}"
    return rng.choice(
        (city(rng), f"{rng.randint(1, 200)} {street}, {city(rng)}", f"{city(rng)}, {country(rng)}",
         f"{street} {rng.randint(1, 90)}", f"{city(rng)} {street} {rng.randint(1, 90)}")
    )  # fmt: skip
