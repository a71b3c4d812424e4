import pytest

from benchmarks.figures.write import UnknownFigure, named_figures, write_figures

PAGE = "Read: <!-- figure zone -->1 of 2<!-- end -->.\n\n<!-- figure all -->\n\n| a |\n\n<!-- end -->\n"
FIGURES = {"zone": lambda: "3 of 4", "all": lambda: "\n\n| b |\n\n"}


def test_what_stands_between_marks_is_replaced_and_nothing_else() -> None:
    assert write_figures(PAGE, FIGURES) == PAGE.replace("1 of 2", "3 of 4").replace("| a |", "| b |")


def test_writing_again_changes_nothing() -> None:
    once = write_figures(PAGE, FIGURES)
    assert write_figures(once, FIGURES) == once


def test_figures_are_computed_only_where_a_page_names_them() -> None:
    def never() -> str:
        raise AssertionError

    assert write_figures("no marks", {"zone": never}) == "no marks"


def test_an_unknown_figure_is_named() -> None:
    with pytest.raises(UnknownFigure, match="no figure 'zone': choose one of all"):
        write_figures(PAGE, {"all": FIGURES["all"]})


def test_names_in_the_order_of_the_page() -> None:
    assert named_figures(PAGE) == ["zone", "all"]
