"""Days that there are."""

import pytest

from engine.visual.text.dates.gregorian import date_of


@pytest.mark.parametrize(
    ("day", "yymmdd"),
    [
        ((1974, 8, 12), "740812"),
        ((2004, 2, 29), "040229"),
        ((4, 2, 29), "040229"),
        ((2003, 2, 29), ""),
        ((1974, 13, 1), ""),
        ((1974, 0, 1), ""),
        ((1974, 4, 31), ""),
        ((1974, 4, 0), ""),
        ((1874, 8, 12), ""),  # no passport's date
        ((2104, 8, 12), ""),
    ],
)
def test_days(day: tuple[int, int, int], yymmdd: str) -> None:
    assert date_of(*day) == yymmdd
