"""Codes of issuing states, organisations and nationalities (ICAO 9303-3 §5, ISO 3166-1 alpha-3): ``states.tsv``."""

from collections.abc import Mapping
from functools import cache

from engine.tables.rows import read_rows


@cache
def state_names() -> Mapping[str, str]:
    """Code without fillers → English name."""
    return {row["code"]: row["name"] for row in read_rows("states")}


@cache
def printed_codes() -> frozenset[str]:
    """The codes as three characters of the machine readable zone: ``D<<`` for Germany."""
    return frozenset(code.ljust(3, "<") for code in state_names())


def country_exists(code: str) -> bool:
    """Whether a code is official; trailing fillers do not matter: ``D`` and ``D<<`` are Germany."""
    return code.rstrip("<") in state_names()


def country_name(code: str) -> str:
    """The English name of a code, trailing fillers allowed; "" for a code that is not official."""
    return state_names().get(code.rstrip("<"), "")
