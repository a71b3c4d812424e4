"""Whatever two lines a machine readable zone has, nothing behind the decoder raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fusion.fuse import contradictions, doubt_contradicted, fuse
from engine.mrz.formats import CHARACTERS
from engine.values.items import VisualReading
from engine.values.pictures import LocatedMrz
from engine.visual.items.assign import assign_items
from tests.engine.readings import mrz_reading
from tests.engine.visual.items.test_assign import CHINESE_VALUES, UTOPIAN_PAGE

LINE = st.text(CHARACTERS, min_size=44, max_size=44)
DATES = st.text("0123456789<", min_size=6, max_size=6)


def read_with(lines: tuple[str, str]) -> None:
    reading = mrz_reading(lines)
    for page in (UTOPIAN_PAGE, CHINESE_VALUES, ()):
        mrz, visual = LocatedMrz(reading, ()), VisualReading(assign_items(page, reading))
        different = contradictions(mrz, visual)
        items = doubt_contradicted(fuse(mrz, visual), different, reading)
        assert all(0.0 <= item.confidence <= 1.0 for item in items)
        assert all(item.confidence < 0.9 for item in items if item.item in {c.item for c in different})


@given(LINE, LINE)
def test_any_two_lines(upper: str, lower: str) -> None:
    read_with(("P" + upper[1:], lower))


@given(DATES, DATES)
def test_any_two_dates(birth: str, expiry: str) -> None:
    read_with(("P<UTOERIKSSON<<ANNA<MARIA".ljust(44, "<"), f"L898902C36UTO{birth}2F{expiry}9ZE184226B<<<<<10"))


@pytest.mark.parametrize("expiry", ["230000", "231300", "000442", "195587", "45433<", "<<<<<<"])
def test_dates_that_were_seen(expiry: str) -> None:
    read_with(("P<UTOERIKSSON<<ANNA<MARIA".ljust(44, "<"), f"L898902C36UTO7408122F{expiry}9ZE184226B<<<<<10"))
