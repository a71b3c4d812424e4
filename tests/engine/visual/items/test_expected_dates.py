"""Where a date that is known beforehand is printed."""

from engine.visual.items.expected_dates import find_expected_date
from engine.visual.items.text_spans import TextSpan
from tests.engine.visual.pages import doubted, line


def test_two_dates_read_as_one_line_are_not_taken_for_one() -> None:
    """A stroke between them was read as a figure, so that the second one is nowhere as it should be."""
    text = "05 NIS /APR 06 105 NIS /APR 11"
    found = find_expected_date([TextSpan(line(text, 40, 50), 0, len(text))], "110405", None, ())
    assert found is not None and found[0].text == "05 NIS /APR 11"


def test_a_year_whose_second_figure_was_misread_is_a_year_of_four() -> None:
    """The reader thought of 2023 as well; 23 of 2923 would leave two figures over."""
    text = "27.08.2923"
    printed = doubted(line(text, 40, 50), 7, "0", 0.86)
    found = find_expected_date([TextSpan(printed, 0, len(text))], "230827", None, ())
    assert found is not None and found[1] > 0.8


def test_a_date_is_not_put_together_of_figures_where_another_month_is_named() -> None:
    """22 10 1958 is in ``22 11一/NOV 1958`` but for a 1, with the O of NOV for its 0."""
    text = "22 11一/NOV 1958"
    whole = TextSpan(line(text, 40, 50), 0, len(text))
    assert find_expected_date([whole], "581022", None, ()) is None
    found = find_expected_date([whole], "581122", None, ())
    assert found is not None and found[0].text == text
