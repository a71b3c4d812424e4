"""Invents people and their documents: every value a data page prints, and its machine readable zone."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from engine.mrz.build import build_mrz
from engine.mrz.names import mrz_forms
from engine.values.mrz import MrzFields, MrzFormat
from models.training.draw.people import chinese_names
from models.training.draw.people.states import LONG_GIVEN, LONG_SURNAMES, MULTI_LETTER_CODES, STATES, State

T = TypeVar("T")

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_TODAY = datetime.date(2026, 6, 30)


@dataclass(frozen=True, slots=True)
class Identity:
    """One invented holder and document.

    Names, places and authority are as printed; ``native_*`` are the same in Chinese characters or "". ``code`` is
    what the MRZ begins with, ``code_printed`` what the page shows. ``mrz_names`` are the names as the MRZ
    transliterates them where that is not ICAO's first choice. ``state`` and ``nationality_code`` are MRZ codes.
    ``zone`` is whom the machine readable zone names where that is another: a forged or wrongly printed page.
    """

    state: str
    code: str
    code_printed: str
    surname: str
    given_names: str
    sex: str
    nationality: str
    nationality_code: str
    birth_date: datetime.date
    issue_date: datetime.date
    expiry_date: datetime.date
    birth_place: str
    authority: str
    number: str
    issue_place: str = ""
    personal_number: str = ""
    optional_data: str = ""
    native_name: str = ""
    native_birth_place: str = ""
    native_issue_place: str = ""
    native_authority: str = ""
    mrz_names: tuple[str, str] | None = None
    zone: "Identity | None" = None


def pick(rng: np.random.Generator, options: Sequence[T]) -> T:
    """One of ``options``."""
    return options[int(rng.integers(len(options)))]


def from_pattern(rng: np.random.Generator, pattern: str) -> str:
    """Fill a pattern: ``A`` a letter, ``9`` a digit, ``X`` either, anything else itself."""
    kinds = {"A": LETTERS, "9": "0123456789", "X": LETTERS + "0123456789"}
    return "".join(pick(rng, kinds[c]) if c in kinds else c for c in pattern)


def yymmdd(day: datetime.date) -> str:
    """A date as the zone and the contract write it."""
    return day.strftime("%y%m%d")


def mrz_lines(identity: Identity, document: MrzFormat = MrzFormat.TD3) -> tuple[str, ...]:
    """The zone of a document of this format for this holder; every check digit holds."""
    identity = identity.zone or identity
    surname, given = identity.mrz_names or (identity.surname, identity.given_names)
    room = {MrzFormat.TD2: 7, MrzFormat.MRV_B: 8, MrzFormat.TD1: 15}.get(document, 14)
    fields = MrzFields(
        document_code=identity.code,
        issuing_state=identity.state,
        surname=surname,
        given_names=given,
        document_number=identity.number.replace(" ", ""),
        nationality=identity.nationality_code,
        birth_date=yymmdd(identity.birth_date),
        sex=identity.sex,
        expiry_date=yymmdd(identity.expiry_date),
        optional_data=identity.optional_data[:room],
        optional_data_2="",
    )
    return build_mrz(document, fields)


def invent(rng: np.random.Generator, state: State | None = None) -> Identity:
    """Somebody of ``state``, else of a state drawn at random (not a Chinese one; those have their own)."""
    state = state or pick(rng, tuple(STATES.values()))
    sex = _sex(rng)
    birth, issued, expires = _dates(rng)
    surname, given = _names(rng, state, sex)
    personal = from_pattern(rng, state.personal) if state.personal and rng.random() < 0.8 else ""
    place = pick(rng, state.places) if rng.random() < state.issue_place else ""
    printed = state.code_printed if state.code_printed != "P" else pick(rng, MULTI_LETTER_CODES)
    nationality = state.nationality if rng.random() < 0.85 else state.code
    return Identity(
        state.code, printed, printed, surname, given, sex, nationality, state.code, birth, issued, expires,
        pick(rng, state.places), pick(rng, state.authorities), from_pattern(rng, state.number), place, personal,
        _optional(personal), mrz_names=_transliterated(rng, surname, given),
    )  # fmt: skip


def _optional(personal: str) -> str:
    return "".join(c if c.isalnum() else "<" for c in personal)[:14]


def _transliterated(rng: np.random.Generator, surname: str, given: str) -> tuple[str, str]:
    """Most states follow ICAO's first choice, some another that it allows (``MULLER`` for ``MÜLLER``)."""
    choice = 0 if rng.random() < 0.7 else int(rng.integers(1, 4))
    forms = mrz_forms(surname), mrz_forms(given)
    first, second = (f[min(choice, len(f) - 1)].replace("<", " ") for f in forms)
    return first, second


def _names(rng: np.random.Generator, state: State, sex: str) -> tuple[str, str]:
    if rng.random() < 0.03:
        return pick(rng, LONG_SURNAMES), pick(rng, LONG_GIVEN)
    firsts = state.female if sex == "F" or (sex == "X" and rng.random() < 0.5) else state.male
    given = pick(rng, firsts)
    if given and rng.random() < 0.15:
        given = f"{given} {pick(rng, firsts)}"
    return pick(rng, state.surnames), given


def _sex(rng: np.random.Generator) -> str:
    return str(rng.choice(("F", "M", "X"), p=(0.49, 0.49, 0.02)))


def _dates(rng: np.random.Generator) -> tuple[datetime.date, datetime.date, datetime.date]:
    """Birth, issue and expiry: adults get ten years, children five; many states end a day early."""
    issued = _TODAY - datetime.timedelta(days=int(rng.integers(0, 365 * 16)))
    birth = issued - datetime.timedelta(days=int(rng.triangular(120, 365 * 32, 365 * 88)))
    years = 5 if (issued - birth).days < 365 * 16 or rng.random() < 0.15 else 10
    expires = issued.replace(year=issued.year + years, day=min(issued.day, 28))
    if rng.random() < 0.5:
        expires -= datetime.timedelta(days=1)
    return birth, issued, expires


def invent_chinese(rng: np.random.Generator, version: str) -> Identity:
    """A holder of an ordinary Chinese passport; ``version`` is ``1997``, ``2012`` or ``2018``.

    2018 is the page of 2012 with the authority named since 2018.
    """
    surname, syllables = pick(rng, chinese_names.SURNAMES), _syllables(rng, chinese_names.SYLLABLES)
    birth_place, issue_place = pick(rng, chinese_names.PROVINCES), pick(rng, chinese_names.PROVINCES)
    first = {"1997": (2000, 2012), "2012": (2012, 2018), "2018": (2019, 2026)}[version]
    birth, issued, expires = _chinese_dates(rng, *first)
    number, code, optional, authority, native = _chinese_version(rng, version)
    sex = pick(rng, ("F", "M"))
    return Identity(
        "CHN", code, "P", surname[1], "".join(latin for _, latin in syllables), sex, "CHINESE", "CHN",
        birth, issued, expires, birth_place[1], authority, number, issue_place[1], "", optional,
        surname[0] + "".join(native for native, _ in syllables), birth_place[0], issue_place[0], native,
    )  # fmt: skip


def _syllables(rng: np.random.Generator, table: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    return [pick(rng, table) for _ in range(1 if rng.random() < 0.25 else 2)]


def _chinese_dates(
    rng: np.random.Generator, first: int, last: int
) -> tuple[datetime.date, datetime.date, datetime.date]:
    issued = datetime.date(first, 5, 15) + datetime.timedelta(days=int(rng.integers(0, 365 * (last - first))))
    birth = issued - datetime.timedelta(days=int(rng.triangular(120, 365 * 30, 365 * 85)))
    years = 5 if (issued - birth).days < 365 * 16 else 10
    end = issued.replace(year=issued.year + years, day=min(issued.day, 28))
    return birth, issued, end - datetime.timedelta(days=1)


def _chinese_version(rng: np.random.Generator, version: str) -> tuple[str, str, str, str, str]:
    """Number, MRZ code, optional data, authority in English and in Chinese."""
    if version == "1997":
        number = from_pattern(rng, "G99999999")
        return number, "PO", _chinese_optional(rng, 0.4), "Ministry of Public Security", "公安部出入境管理局"
    number = from_pattern(rng, "EA9999999" if version == "2018" or rng.random() < 0.15 else "E99999999")
    code = pick(rng, ("PO", "PO", "PE"))
    if version == "2012":
        return number, code, _chinese_optional(rng, 0.85), "MPS Exit & Entry Administration", "公安部出入境管理局"
    authority = "National Immigration Administration, PRC"
    return number, code, _chinese_optional(rng, 0.85), authority, "中华人民共和国国家移民管理局"


def _chinese_optional(rng: np.random.Generator, share: float) -> str:
    """The personal number as letters of a code, all fourteen places taken: the line may then hold no ``<``."""
    if rng.random() >= share:
        return ""
    return "".join(pick(rng, "ABKLMNOPQ") for _ in range(12)) + from_pattern(rng, "A9")


def invent_hong_kong(rng: np.random.Generator) -> Identity:
    """A holder of a Hong Kong SAR passport, issued as CHN."""
    surname = pick(rng, chinese_names.CANTONESE_SURNAMES)
    syllables = _syllables(rng, chinese_names.CANTONESE_SYLLABLES)
    western = pick(rng, ("", "", "", " PETER", " MARY ANNE", " KELVIN"))
    place = pick(rng, (("香港", "HONG KONG"), ("廣東", "GUANGDONG"), ("澳門", "MACAO"), ("英國", "UNITED KINGDOM")))
    base = _special(rng, surname[1], " ".join(s[1] for s in syllables) + western)
    return replace(
        base,
        number=from_pattern(rng, pick(rng, ("K99999999", "H99999999", "KJ9999999"))),
        authority="Immigration Department, Hong Kong Special Administrative Region",
        native_authority="中華人民共和國香港特別行政區入境事務處",
        native_name=surname[0] + "".join(s[0] for s in syllables),
        native_birth_place=place[0],
        birth_place=place[1],
        personal_number=from_pattern(rng, "A999999(9)"),
        optional_data=_optional(from_pattern(rng, "A999999<9")) if rng.random() < 0.5 else "",
    )


def invent_macao(rng: np.random.Generator) -> Identity:
    """A holder of a Macao SAR passport, issued as CHN."""
    surname = pick(rng, chinese_names.CANTONESE_SURNAMES)
    syllables = _syllables(rng, chinese_names.CANTONESE_SYLLABLES)
    place = pick(rng, (("澳門", "MACAU"), ("廣東", "GUANGDONG"), ("香港", "HONG KONG")))
    return replace(
        _special(rng, surname[1], " ".join(s[1] for s in syllables)),
        number=from_pattern(rng, "MA9999999"),
        authority="Identification Services Bureau, Macao SAR",
        native_authority="澳門特別行政區身份證明局",
        native_name=surname[0] + "".join(s[0] for s in syllables),
        native_birth_place=place[0],
        birth_place=place[1],
    )


def _special(rng: np.random.Generator, surname: str, given: str) -> Identity:
    birth, issued, expires = _dates(rng)
    sex = pick(rng, ("F", "M"))
    return Identity(
        "CHN", "P", "P", surname, given, sex, "CHINESE", "CHN", birth, issued, expires, "HONG KONG", "", "K00000000"
    )


def invent_taiwanese(rng: np.random.Generator) -> Identity:
    """A holder of a passport whose MRZ says TWN."""
    surname = pick(rng, chinese_names.TAIWAN_SURNAMES)
    syllables = _syllables(rng, chinese_names.TAIWAN_SYLLABLES)
    birth, issued, expires = _dates(rng)
    personal = from_pattern(rng, "A299999999")
    authority = pick(rng, ("MINISTRY OF FOREIGN AFFAIRS", "TAIPEI ECONOMIC AND CULTURAL OFFICE", "外交部"))[:40]
    latin = "MINISTRY OF FOREIGN AFFAIRS" if not authority.isascii() else authority
    return Identity(
        "TWN", "P", "P", surname[1], "-".join(s[1] for s in syllables), pick(rng, ("F", "M")), "REPUBLIC OF CHINA",
        "TWN", birth, issued, expires, pick(rng, ("TAIWAN", "TAIPEI CITY", "KAOHSIUNG CITY", "TAICHUNG CITY")), latin,
        from_pattern(rng, "399999999"), "", personal, personal, surname[0] + "".join(s[0] for s in syllables),
    )  # fmt: skip
