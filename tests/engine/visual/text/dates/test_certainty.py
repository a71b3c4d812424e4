import pytest

from engine.visual.text.dates.certainty import date_certainty
from tests.engine.visual.text.reading import chars_of


def test_blanks_and_marks_say_nothing_of_a_date() -> None:
    doubts = {2: 0.5, 5: 0.6}
    assert date_certainty(chars_of("07.12.1984", 1.0, doubts)) == 1.0


def test_every_figure_counts() -> None:
    assert date_certainty(chars_of("07.12.1984", 1.0, {0: 0.9, 9: 0.5})) == pytest.approx(0.45)


def test_a_letter_counts_where_another_one_would_name_another_month() -> None:
    other_month = {5: (0.7, {"L": 0.2, "M": 0.1})}
    assert date_certainty(chars_of("07 JUN 84", 1.0, other_month)) == pytest.approx(0.8)


def test_a_letter_that_may_be_what_makes_no_other_month_does_not_count() -> None:
    no_month = {3: (0.5, {"J": 0.3}), 5: 0.4}
    assert date_certainty(chars_of("07 DEC 84", 1.0, no_month)) == 1.0


def test_what_was_read_for_a_figure_and_the_strokes_of_roman_months_count() -> None:
    assert date_certainty(chars_of("O7 12 84", 1.0, {0: 0.9})) == pytest.approx(0.9)
    assert date_certainty(chars_of("07 VIII 84", 1.0, {6: 0.9})) == pytest.approx(0.9)
