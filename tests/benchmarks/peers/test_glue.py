import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.peers.glue import Word, find_mrz_lines, fit, join_rows, settle
from tests.benchmarks.conftest import LINES


def word(text: str, left: float, centre: float) -> Word:
    return Word(text, left, centre, 10)


def test_zone_among_other_text_in_pieces() -> None:
    words = [
        word(LINES[1][20:], 200, 121),
        word("PASSPORT", 10, 5),
        word(LINES[0].replace("<<", "«", 1), 0, 100),
        word(LINES[1][:20], 0, 120),
        word("ERIKSSON", 10, 30),
    ]
    assert find_mrz_lines(words) == list(LINES)


def test_lost_and_doubled_fillers_are_evened_out() -> None:
    words = [word(LINES[0][:-4], 0, 100), word(LINES[1].replace("<<<<<", "<<<<<<<"), 0, 120)]
    assert find_mrz_lines(words) == list(LINES)


def test_three_lines() -> None:
    lines = ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"]
    assert find_mrz_lines([word(text, 0, 20 * row) for row, text in enumerate(lines)]) == lines


def test_ordinary_text_is_no_zone() -> None:
    assert find_mrz_lines([word("THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG", 0, 0)] * 2) == []
    assert find_mrz_lines([]) == []


def test_rows_are_joined_left_to_right() -> None:
    assert join_rows([word("B", 50, 11), word("C", 0, 40), word("A", 0, 9)]) == ["AB", "C"]


@given(st.text("AB<", min_size=30, max_size=50).filter(lambda t: "<" in t), st.sampled_from([36, 44]))
def test_fitting_only_adds_or_drops_fillers(line: str, width: int) -> None:
    fitted = fit(line, width)
    assert fitted.replace("<", "") == line.replace("<", "")
    if len(line) <= width:
        assert len(fitted) == width


def test_a_line_without_fillers_stays() -> None:
    assert fit("ABC", 44) == "ABC"


@pytest.mark.parametrize("width", [44, 36])
def test_a_right_line_stays(width: int) -> None:
    line = "P<UTOERIKSSON<<ANNA".ljust(width, "<")
    assert fit(line, width) == line


def test_look_alikes_are_settled_by_the_field_they_stand_in() -> None:
    misread = [LINES[0].replace("O", "0"), LINES[1].replace("UTO", "UT0").replace("740812", "74O8I2")]
    assert settle(misread) == list(LINES)
    assert settle(LINES) == list(LINES)
    assert settle(["IDFRABERTHIER<075", "9409923102854"]) == ["IDFRABERTHIER<075", "9409923102854"]
