"""Other days as a page writes its own."""

import pytest

from engine.visual.text.dates.write_alike import ANY_MONTH, Written, as_written, write_alike


@pytest.mark.parametrize(
    ("text", "day", "other", "written"),
    [
        ("27 APR 2022", "220427", "120430", "30 APR 2012"),
        ("APR 27, 22", "220427", "120430", "APR 30, 12"),
        ("27/04/2022", "220427", "120501", "01/05/2012"),
        ("04-27-2022", "220427", "120501", "05-01-2012"),
        ("2022.04.27", "220427", "120501", "2012.05.01"),
        ("7 IV 1999", "990407", "940412", "12 IV 1994"),
        ("27.04.2044", "220427", "120501", "01.05.2012"),
        ("06 FEB 204", "140206", "240206", "06 FEB 2024"),
    ],
)
def test_another_day_is_written_alike(text: str, day: str, other: str, written: str) -> None:
    assert write_alike(Written(text, day), other) == written


@pytest.mark.parametrize(
    ("text", "day", "other"),
    [
        pytest.param("27 APR 2022", "220427", "120501", id="another month would be named"),
        pytest.param("2022", "220427", "120427", id="one number"),
        pytest.param("1 27.04.2022", "220427", "120427", id="four numbers"),
        pytest.param("11.12.2013", "220427", "120427", id="another date"),
    ],
)
def test_nothing_where_the_text_does_not_tell_how(text: str, day: str, other: str) -> None:
    assert write_alike(Written(text, day), other) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("4MA MAY 12", "12??04"), ("2012 HPK 4", "12??04"), ("38 KWI/APR 2085", "85??38")],
)
def test_print_in_which_no_date_was_found_seems_to_write_one(text: str, day: str) -> None:
    model = as_written(text)
    assert model == Written(text, day.replace("??", ANY_MONTH))
    assert model and write_alike(model, "120531") is not None


def test_it_does_not_with_more_or_fewer_numbers() -> None:
    assert as_written("AUG-2010") is None
    assert as_written("1.2.3") is None
