import pytest

from engine.values.text import CharReading
from engine.visual.text.place_text import clean_place


def cleaned(text: str, state: str = "UTO") -> str:
    """``text`` as it is given."""
    chars = [CharReading(c, 0.99) for c in text]
    return "".join(c.char for c in clean_place(chars, state, None))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        pytest.param("ZENITH (UTO)", "ZENITH (UTO)", id="a pair of brackets stays"),
        pytest.param("ZENITH) UTO", "ZENITH UTO", id="a lone bracket goes"),
        pytest.param("Zenith Op Zee", "Zenith Op Zee", id="words are as large as they were read"),
        pytest.param("ZENITH4", "ZENITH 4", id="the number of a district is parted from the name"),
        pytest.param("EESTI/ EST", "EESTI / EST", id="a stroke with one space has two"),
        pytest.param("EESTI /EST/ E", "EESTI / EST / E", id="whichever it is"),
        pytest.param("EESTI/EST", "EESTI/EST", id="one without stays"),
        pytest.param("EESTI / EST", "EESTI / EST", id="one with both stays"),
        pytest.param("EESTI /", "EESTI /", id="one at the end stays"),
        pytest.param("A14", "A14", id="no name is so short"),
        pytest.param("LINDEN, U.T.O", "LINDEN, U.T.O.", id="the last full stop of an abbreviation was lost"),
        pytest.param("LINDEN, P.O BOX", "LINDEN, P.O BOX", id="one inside a text stays without"),
        pytest.param("ST.J", "ST.J", id="no abbreviation of letters"),
    ],
)
def test_each_rule(read: str, meant: str) -> None:
    assert cleaned(read) == meant


def test_a_space_that_was_lost_stands_between_its_neighbours() -> None:
    chars = [CharReading(c, 0.99, (), 10.0 * i, 10.0 * i + 8) for i, c in enumerate("ZENITH4")]
    space = clean_place(chars, "UTO", None)[6]
    assert (space.char, space.start, space.end) == (" ", 59.0, 59.0)


@pytest.mark.parametrize(
    ("word", "likeness", "given"),
    [
        pytest.param("ZENITH", (",", 0.02), "ZENITH, U.T.O.", id="nearly a comma"),
        pytest.param("ZENITH", (":", 0.02), "ZENITH. U.T.O.", id="no comma was seen"),
        pytest.param("PROV", (",", 0.02), "PROV. U.T.O.", id="an abbreviation"),
    ],
)
def test_a_full_stop_behind_a_long_word_is_a_comma_where_one_was_nearly_read(
    word: str, likeness: tuple[str, float], given: str
) -> None:
    chars = [CharReading(c, 0.9, (likeness,) if c == "." else ()) for c in f"{word}. U.T.O."]
    assert "".join(c.char for c in clean_place(chars, "UTO", None)) == given
