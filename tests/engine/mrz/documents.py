"""Invented documents for the tests: strategies and a seeded source."""

import random
import string

from hypothesis import strategies as st

from engine.tables.states import state_names
from engine.values.mrz import MrzFields, MrzFormat

ERIKSSON = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
"""ICAO 9303-4, appendix B."""
ERIKSSON_TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
"""ICAO 9303-5, appendix B."""
ERIKSSON_TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
"""ICAO 9303-6, appendix B."""
ERIKSSON_MRV_A = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")
ERIKSSON_MRV_B = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<")
"""ICAO 9303-7, appendices."""
FRENCH = ("IDFRALOISEAU<<<<<<<<<<<<<<<<<<<<<<<<", "970675K002774HERVE<<DJAMEL<7303216M4")
"""The specimen that descriptions of the French card show."""

SPECIMENS = {
    MrzFormat.TD3: ERIKSSON,
    MrzFormat.TD1: ERIKSSON_TD1,
    MrzFormat.TD2: ERIKSSON_TD2,
    MrzFormat.MRV_A: ERIKSSON_MRV_A,
    MrzFormat.MRV_B: ERIKSSON_MRV_B,
    MrzFormat.FRA_ID: FRENCH,
}

_CODES = sorted(state_names())
_ALNUM = string.ascii_uppercase + string.digits
_OPTIONAL_WIDTH = {
    MrzFormat.TD3: 14,
    MrzFormat.TD1: 15,
    MrzFormat.TD2: 7,
    MrzFormat.MRV_A: 16,
    MrzFormat.MRV_B: 8,
    MrzFormat.FRA_ID: 6,
}
_CODE = {MrzFormat.TD3: "P", MrzFormat.MRV_A: "V", MrzFormat.MRV_B: "V", MrzFormat.FRA_ID: "ID"}

_dates = st.dates().map(lambda d: d.strftime("%y%m%d"))
_parts = st.lists(st.text(string.ascii_uppercase, min_size=2, max_size=5), min_size=1, max_size=2).map(" ".join)


@st.composite
def fields(draw: st.DrawFn, format: MrzFormat) -> MrzFields:
    """Any document of a format whose names are not truncated."""
    french = format is MrzFormat.FRA_ID
    longest = 12 if french else 9
    optional = draw(st.text(_ALNUM, max_size=_OPTIONAL_WIDTH[format]))
    return MrzFields(
        document_code=_CODE.get(format, "I"),
        issuing_state="FRA" if french else draw(st.sampled_from(_CODES)),
        surname=draw(_parts),
        given_names=draw(_parts),
        document_number=draw(st.text(_ALNUM, min_size=longest if french else 1, max_size=longest)),
        nationality="" if french else draw(st.sampled_from(_CODES)),
        birth_date=draw(_dates),
        sex=draw(st.sampled_from("MFX")),
        expiry_date="" if french else draw(_dates),
        optional_data=optional,
        optional_data_2=draw(st.text(_ALNUM, max_size=11)) if format is MrzFormat.TD1 else "",
    )


def random_fields(format: MrzFormat, random_: random.Random) -> MrzFields:
    """A document much like real ones: a number of letters and digits, names of usual length, data mostly absent."""
    french = format is MrzFormat.FRA_ID
    state = "FRA" if french else random_.choice(_CODES)
    digits = "".join(random_.choices(string.digits, k=12))
    prefix = "".join(random_.choices(string.ascii_uppercase, k=random_.choice((0, 1, 1, 2))))
    return MrzFields(
        document_code=_CODE.get(format, "I"),
        issuing_state=state,
        surname=_name(random_, 1, 2),
        given_names=_name(random_, 1, 2 if format is not MrzFormat.TD1 else 1),
        document_number=digits if french else (prefix + digits)[:9],
        nationality="" if french else state,
        birth_date=_date(random_),
        sex=random_.choice("MF"),
        expiry_date="" if french else _date(random_),
        optional_data=digits[: _OPTIONAL_WIDTH[format] - 1] if random_.random() < 0.3 else "",
        optional_data_2="",
    )


def _name(random_: random.Random, least: int, most: int) -> str:
    parts = range(random_.randint(least, most))
    return " ".join("".join(random_.choices("AEIORNSTLDMKCUYBGHPZJVWXQF", k=random_.randint(3, 6))) for _ in parts)


def _date(random_: random.Random) -> str:
    return f"{random_.randrange(100):02}{random_.randint(1, 12):02}{random_.randint(1, 28):02}"
