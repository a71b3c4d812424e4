import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text import CharReading
from engine.visual.lexicon import KNOWN, nearest_known


def chars(text: str, probability: float = 0.95) -> tuple[CharReading, ...]:
    return tuple(CharReading(c, probability) for c in text)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Mnistry of Pubiic Security", "Ministry of Public Security"),
        ("National Immigratlon Administration. PRC", "National Immigration Administration, PRC"),
        ("XINJLANG", "XINJIANG"),
    ],
)
def test_near_readings_are_taken_for_the_known_text(read: str, meant: str) -> None:
    known = nearest_known(chars(read, 0.8), "CHN")
    assert known is not None
    assert known.text == meant


@pytest.mark.parametrize("read", ["SHAANXI", "SHANXI", "HUNAN", "HENAN", "HAINAN"])
def test_a_province_is_not_taken_for_its_neighbour(read: str) -> None:
    known = nearest_known(chars(read), "CHN")
    assert known is not None
    assert known.text == read


@pytest.mark.parametrize(("read", "state"), [("HXNAN", "CHN"), ("ZENITH", "CHN"), ("BEIJING", "UTO"), ("", "CHN")])
def test_what_is_near_to_several_or_none_stays(read: str, state: str) -> None:
    assert nearest_known(chars(read), state) is None


@given(st.sampled_from(sorted(KNOWN["CHN"].values())))
def test_every_known_text_is_itself(text: str) -> None:
    known = nearest_known(chars(text), "CHN")
    assert known is not None
    assert known.text == text
