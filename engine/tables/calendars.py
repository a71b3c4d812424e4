"""Calendars that states use beside the Gregorian one: ``calendars.tsv``."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from engine.tables.rows import read_rows


class Calendar(StrEnum):
    """A calendar other than the Gregorian one."""

    PERSIAN = "persian"
    HIJRI = "hijri"
    BUDDHIST = "buddhist"
    MINGUO = "minguo"


@cache
def calendars() -> Mapping[str, Calendar]:
    """Code of a state → its calendar."""
    return {row["state"]: Calendar(row["calendar"]) for row in read_rows("calendars")}
