"""Invents what random pages print: towns, offices, names, dates and the values of fields that are no items.

Most words are made of syllables: a reader that leans on a list of towns or offices finds no help here.
"""

import datetime
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias, TypeVar

from numpy.random import Generator

from models.training.draw.pages.grammar.vocabulary import LATIN, WORDS
from models.training.draw.people.identities import from_pattern, pick
from models.training.draw.people.languages import MONTHS
from models.training.draw.people.states import STATES

T = TypeVar("T")

DateStyle: TypeAlias = Callable[[datetime.date], str]

_STATES: Final = tuple(STATES.values())
_COUNTRIES: Final = tuple(row[1] for row in WORDS["states"])
_FIRST_DAY: Final = datetime.date(1996, 1, 1)


def weighted(rng: Generator, options: Sequence[tuple[float, T]]) -> T:
    """One of ``options``, each with its weight before it."""
    weights = [weight for weight, _ in options]
    total = sum(weights)
    return options[int(rng.choice(len(options), p=[weight / total for weight in weights]))][1]


def word(rng: Generator, most: int = 3) -> str:
    """An invented word in capitals of one to ``most`` syllables, a few letters with marks."""
    text = ""
    for _ in range(int(rng.integers(1, most + 1))):
        text += pick(rng, WORDS["onsets"]) + pick(rng, WORDS["vowels"])
        text += pick(rng, WORDS["codas"]) if rng.random() < 0.5 else ""
    if rng.random() < 0.04:
        marks = WORDS["accents"]
        text = "".join(pick(rng, marks[c]) if c in marks and rng.random() < 0.2 else c for c in text)
    return text[:13]


def town(rng: Generator) -> str:
    """A town in capitals: real, of letters that few alphabets have, or invented."""
    share = rng.random()
    if share < 0.6:
        return pick(rng, pick(rng, _STATES).places).upper()
    if share < 0.62:
        return str(pick(rng, WORDS["special_places"]))
    text = word(rng)
    share = (share - 0.62) / 0.38
    if share < 0.2:
        return text + str(pick(rng, WORDS["after"]))
    if share < 0.3:
        return str(pick(rng, WORDS["before"])) + text
    return f"{text} {word(rng, 2)}" if share < 0.42 else text


def country(rng: Generator) -> str:
    """A state's English name in capitals."""
    return str(pick(rng, _COUNTRIES))


def code(rng: Generator) -> str:
    """The three letters of a state."""
    return str(pick(rng, WORDS["states"])[0])


def place(rng: Generator, state: str) -> str:
    """A place of birth or of issue; ``state`` is the code of the issuing state."""
    home = state if rng.random() < 0.6 else code(rng)
    forms: tuple[tuple[float, Callable[[], str]], ...] = (
        (110, lambda: town(rng)),
        (8, lambda: f"{town(rng)}{pick(rng, (', ', ' ', '/', ' / ', ','))}{home}"),
        (8, lambda: f"{town(rng)}{pick(rng, (', ', ' / ', '/', ' '))}{country(rng)}"),
        (6, lambda: country(rng)),
        (4, lambda: home),
        (4, lambda: f"{town(rng)} ({pick(rng, (from_pattern(rng, 'AA'), from_pattern(rng, '9A'), home))})"),
        (5, lambda: f"{town(rng)} {pick(rng, WORDS['regions'])}"),
        (4, lambda: f"{town(rng)}, {word(rng)}"),
        (3, lambda: f"{town(rng)} {int(rng.integers(1, 22))}"),
        (3, lambda: f"{town(rng)}, {word(rng)} {pick(rng, WORDS['regions'])}"),
        (2, lambda: f"{town(rng)} {from_pattern(rng, 'AA')}"),
    )
    return weighted(rng, forms)()


def authority(rng: Generator, language: str) -> str:
    """An office of any kind, named in ``language`` where there are such names, else in English or any other."""
    if rng.random() < 0.4:
        return filled(rng, str(pick(rng, WORDS["usual_authorities"])))
    kinds = WORDS["authorities"]
    own = language if language in kinds else None
    group = own if own and rng.random() < 0.6 else "eng" if rng.random() < 0.5 else pick(rng, list(kinds))
    return filled(rng, str(pick(rng, kinds[group])))


def two_authorities(rng: Generator) -> tuple[str, str]:
    """An office in two languages."""
    one, two = pick(rng, WORDS["pairs"])
    if rng.random() < 0.4:
        return f"{one} {town(rng)}", f"{two} {town(rng)}"
    return one, two


def filled(rng: Generator, form: str) -> str:
    """Fill a form.

    ``{c}`` is a town, ``{T}`` the same in title case, ``{C}`` a state, ``{w}`` a word, ``{a}`` letters, ``{n}`` a
    number, ``{m}`` a ministry, ``{M}`` the same in title case.
    """
    makers: dict[str, Callable[[], str]] = {
        "{c}": lambda: town(rng), "{T}": lambda: town(rng).title(), "{C}": lambda: country(rng),
        "{w}": lambda: word(rng), "{a}": lambda: from_pattern(rng, "A" * int(rng.integers(2, 5))),
        "{n}": lambda: from_pattern(rng, "9" * int(rng.integers(2, 6))),
        "{m}": lambda: str(pick(rng, WORDS["ministries"])),
        "{M}": lambda: str(pick(rng, WORDS["ministries"])).title(),
    }  # fmt: skip
    for mark, make in makers.items():
        while mark in form:
            form = form.replace(mark, make(), 1)
    return form


def surname(rng: Generator) -> str:
    """A surname in capitals, one in three a real one."""
    if rng.random() < 0.35:
        return pick(rng, pick(rng, _STATES).surnames).upper()
    text = word(rng)
    if rng.random() < 0.1:
        text += pick(rng, (" ", "-")) + word(rng)
    return str(pick(rng, WORDS["particles"])) + text if rng.random() < 0.06 else text


def given_names(rng: Generator, sex: str) -> str:
    """One to a few given names in capitals."""
    state = pick(rng, _STATES)
    text = pick(rng, state.female if sex == "F" else state.male).upper() if rng.random() < 0.5 else word(rng)
    while rng.random() < 0.3 and len(text) < 24:
        text = f"{text or word(rng)} {word(rng, 2)}"
    return text or word(rng)


def date_style(rng: Generator) -> DateStyle:
    """How one page prints its dates."""
    own = MONTHS[pick(rng, [k for k in MONTHS if k != "ell"])]
    case = weighted(rng, ((8.0, str.upper), (2.0, str.title)))
    full = pick(rng, WORDS["long_months"])
    forms: tuple[tuple[float, Callable[[str, str, str, str, str, int], str]], ...] = (
        (20, lambda d, m, y, o, e, k: f"{d} {e} {y}"),
        (9, lambda d, m, y, o, e, k: f"{d} {o}/{e} {y}"),
        (6, lambda d, m, y, o, e, k: f"{d} {o} /{e} {y[2:]}"),
        (5, lambda d, m, y, o, e, k: f"{d} {o} / {e} {y}"),
        (13, lambda d, m, y, o, e, k: f"{d}.{m}.{y}"),
        (12, lambda d, m, y, o, e, k: f"{d}/{m}/{y}"),
        (5, lambda d, m, y, o, e, k: f"{d}-{m}-{y}"),
        (8, lambda d, m, y, o, e, k: f"{d} {m} {y}"),
        (3, lambda d, m, y, o, e, k: f"{d}. {m}. {y}"),
        (4, lambda d, m, y, o, e, k: f"{y}-{m}-{d}"),
        (3, lambda d, m, y, o, e, k: f"{y}.{m}.{d}"),
        (3, lambda d, m, y, o, e, k: f"{y}/{m}/{d}"),
        (4, lambda d, m, y, o, e, k: f"{d} {e} {y[2:]}"),
        (5, lambda d, m, y, o, e, k: f"{d}-{e}-{y}"),
        (3, lambda d, m, y, o, e, k: f"{e} {d}, {y}"),
        (2, lambda d, m, y, o, e, k: f"{e} {d} {y}"),
        (2, lambda d, m, y, o, e, k: f"{y} {e} {d}"),
        (3, lambda d, m, y, o, e, k: f"{d} {full[k]} {y}"),
        (3, lambda d, m, y, o, e, k: f"{d}{e}{y}"),
        (3, lambda d, m, y, o, e, k: f"{d} {o} {y}"),
        (2, lambda d, m, y, o, e, k: f"{d} {WORDS['roman'][k]} {y}"),
        (2, lambda d, m, y, o, e, k: f"{d} {int(m)}月/{e} {y}"),
        (1, lambda d, m, y, o, e, k: f"{y[2:]}.{m}.{d}"),
    )  # fmt: skip
    form = weighted(rng, forms)

    def style(day: datetime.date) -> str:
        month = day.month - 1
        return form(
            f"{day.day:02}", f"{day.month:02}", str(day.year), case(own[month]), case(MONTHS["eng"][month]), month
        )

    return style


def extra_value(rng: Generator, kind: str, date: DateStyle, state: str) -> str:
    """A value of a field that is no item; ``kind`` as in the vocabulary."""
    makers: dict[str, Callable[[], str]] = {
        "number": lambda: from_pattern(rng, pick(rng, WORDS["ids"])),
        "previous": lambda: (
            f"{from_pattern(rng, pick(rng, WORDS['numbers']))} {town(rng) if rng.random() < 0.4 else ''}"
        ),
        "height": lambda: pick(rng, WORDS["heights"]).format(rng.integers(50, 99)),
        "colour": lambda: pick(rng, WORDS["colours"]),
        "job": lambda: pick(rng, WORDS["jobs"]),
        "place": lambda: place(rng, state),
        "address": lambda: f"{rng.integers(1, 200)} {word(rng)} {pick(rng, WORDS['streets'])} {town(rng)}",
        "person": lambda: f"{given_names(rng, 'M')} {surname(rng)}" if rng.random() < 0.6 else surname(rng),
        "officer": lambda: f"{word(rng, 1)[0]}. {surname(rng)}" if rng.random() < 0.5 else surname(rng),
        "date": lambda: date(_FIRST_DAY + datetime.timedelta(days=int(rng.integers(0, 365 * 30)))),
        "country": lambda: country(rng),
        "remark": lambda: pick(rng, WORDS["remarks"]),
        "short": lambda: pick(rng, WORDS["short"]),
    }  # fmt: skip
    return " ".join(makers[kind]().split())


def label_languages(rng: Generator, own: str) -> tuple[str, ...]:
    """The languages of one page's labels: the state's own, English, French, in any number and order."""
    chosen = weighted(rng, (
        (22.0, (own, "eng")), (20.0, (own, "eng", "fra")), (22.0, ("eng",)), (8.0, ("eng", "fra")), (8.0, (own,)),
        (6.0, ("eng", own)), (4.0, (own, "fra")), (10.0, (str(pick(rng, LATIN)), "eng")),
    ))  # fmt: skip
    return tuple(dict.fromkeys(chosen))
