"""Empty cells of a line keep their places."""

import pytest

from engine.mrz.decoder.cells import is_unseen, keep_cells, unseen
from engine.values.text import CharReading, LineText

TEXT = "P<CHNERIKSSON<<ANNA<MARIA".ljust(44, "<")
PITCH = 20.0


def set_line(text: str, missing: tuple[int, ...] = (), *, pitch: float = PITCH, shift: float = 0.0) -> LineText:
    """``text`` evenly set; the characters at ``missing`` were not seen."""
    return LineText(
        tuple(
            CharReading(char, 0.999, (), shift + pitch * k, shift + pitch * k + 14)
            for k, char in enumerate(text)
            if k not in missing
        )
    )


def shown(line: LineText) -> str:
    return "".join("?" if is_unseen(char) else char.char for char in line.chars)


@pytest.mark.parametrize("missing", [(4,), (5, 6), (4, 9), (1, 2, 3)])
def test_hidden_characters_keep_their_cells(missing: tuple[int, ...]) -> None:
    (line,) = keep_cells([set_line(TEXT, missing)])
    assert shown(line) == "".join("?" if k in missing else char for k, char in enumerate(TEXT))
    assert line.text == set_line(TEXT, missing).text


def test_an_unseen_character_stands_where_its_cell_is() -> None:
    (line,) = keep_cells([set_line(TEXT, (4,))])
    assert abs((line.chars[4].start + line.chars[4].end) / 2 - (4 * PITCH + 7)) < 1


@pytest.mark.parametrize("missing", [(0,), (0, 1)])
def test_a_beginning_that_the_other_line_has_is_unseen(missing: tuple[int, ...]) -> None:
    cut, whole = keep_cells([set_line(TEXT, missing), set_line(TEXT)])
    assert [k for k, char in enumerate(cut.chars) if is_unseen(char)] == list(missing)
    assert len(cut.chars) == len(whole.chars) == 44


def test_a_line_may_end_earlier_than_the_other() -> None:
    cut, _ = keep_cells([set_line(TEXT, (42, 43)), set_line(TEXT)])
    assert len(cut.chars) == 42


def test_lines_of_another_pitch_say_nothing_of_where_one_ends() -> None:
    cut, _ = keep_cells([set_line(TEXT, (0,)), set_line(TEXT, pitch=PITCH * 1.2)])
    assert len(cut.chars) == 43


def test_a_line_without_places_or_of_few_characters_stays() -> None:
    plain = LineText(tuple(CharReading(char, 0.9) for char in TEXT))
    short = set_line("ANNA MARIA", (3,))
    assert keep_cells([plain, short]) == [plain, short]


def test_a_hole_as_wide_as_many_cells_is_no_line_of_hidden_characters() -> None:
    (line,) = keep_cells([set_line(TEXT, tuple(range(8, 20)))])
    assert not any(map(is_unseen, line.chars))


def test_cells_are_kept_once() -> None:
    once = keep_cells([set_line(TEXT, (4, 30)), set_line(TEXT)])
    assert keep_cells(once) == once


def test_unseen_has_no_text() -> None:
    assert LineText((unseen(),)).text == ""
