"""Names of which most letters were misread, told by what the reader held possible."""

import pytest

from engine.visual.items.shown_name import find_shown_name
from engine.visual.items.text_spans import TextSpan
from tests.engine.visual.pages import line, without_room, witnessed
from tests.engine.visual.text.reading import chars_of


def spans(*texts: str, thought: str = "", chance: float = 0.3) -> list[TextSpan]:
    """A line each; in the first one the reader also thought of other letters, with this chance."""
    found = []
    for k, text in enumerate(texts):
        doubts = {i: (1 - chance, {c: chance}) for i, c in enumerate(thought) if c != text[i]} if not k else {}
        read = witnessed(chars_of(text, 0.99, doubts), 40, 20 + 7 * k)
        found.append(TextSpan(read, 0, len(text)))
    return found


@pytest.mark.parametrize("printed", ["Christophe", "CHRISTOPHE"])
def test_the_line_that_shows_a_name_tells_whether_it_is_in_small_letters(printed: str) -> None:
    misread = {"Christophe": "Chtist sfgp", "CHRISTOPHE": "CHTISI SFGP"}[printed][: len(printed)]
    found = find_shown_name(spans(misread, "PARIS", thought=printed), "CHRISTOPHE", "UTO")
    assert found
    assert (found[1].value, found[0].text) == (printed, misread)
    assert 0.5 < found[1].confidence <= 0.9


def test_a_mark_that_is_likelier_than_none_is_given() -> None:
    found = find_shown_name(spans("Chtist sfe", thought="Christophê", chance=0.6), "CHRISTOPHE", "FRA")
    assert found and found[1].value == "Christophê"


def test_nothing_where_no_line_shows_it() -> None:
    assert find_shown_name(spans("Chtist sfe"), "CHRISTOPHE", "UTO") is None
    assert find_shown_name([], "CHRISTOPHE", "UTO") is None


def test_nothing_where_two_lines_may_be_meant() -> None:
    twice = spans("CHRISTOPHE", "CHRISTOPHE")
    assert find_shown_name(twice[:1], "CHRISTOPHE", "UTO")
    assert find_shown_name(twice, "CHRISTOPHE", "UTO") is None


def test_nothing_on_a_line_that_has_no_room_for_what_was_read_there() -> None:
    """What was put right later may be longer than the print: any other text would be infinitely likelier."""
    lines = [without_room(span) for span in spans("CHRISTOPHORUSSON", "CHTISI SFGP")]
    assert find_shown_name(lines, "CHRISTOPHE", "UTO") is None


def test_short_names_and_lines_without_evidence_are_left() -> None:
    assert find_shown_name(spans("Liu"), "LIU", "UTO") is None
    assert find_shown_name([TextSpan(line("CHRISTOPHE", 40, 20), 0, 10)], "CHRISTOPHE", "UTO") is None
