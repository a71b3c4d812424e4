import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.visual.text.lexicon import is_authority, lexicon, near_texts


@pytest.mark.parametrize(
    ("read", "state", "meant"),
    [
        ("Mnistry of Pubiic Security", "CHN", "Ministry of Public Security"),
        ("XINJLANG", "CHN", "XINJIANG"),
        ("National iminrlat0n Amnibtrat0on, PRC", "CHN", "National Immigration Administration, PRC"),
        ("TAIPEI ECONOMIC AND CULTURAL eTPCE", "TWN", "TAIPEI ECONOMIC AND CULTURAL OFFICE"),
        ("MINISTER SWIA", "POL", "MINISTER S W I A"),
        ("MINISfRY OF FOREIGN AFFAIR5", "UTO", "MINISTRY OF FOREIGN AFFAIRS"),
    ],
)
def test_a_reading_is_near_to_a_known_text(read: str, state: str, meant: str) -> None:
    assert near_texts(read, state) == (meant,)


def test_one_may_be_near_to_several() -> None:
    assert set(near_texts("SHANNXI", "CHN")) == {"SHANXI", "SHAANXI"}


@pytest.mark.parametrize(
    ("read", "state"),
    [
        ("ZENITH", "CHN"),
        ("BEIJING", "UTO"),
        ("", "CHN"),
        ("HM PASSPORT OFFICE", "UTO"),
        ("Ministry of Foreign Affairs", "UTO"),
        ("MINISTRY OF TRAVEL", "UTO"),
    ],
)
def test_what_is_like_none_is_near_to_none(read: str, state: str) -> None:
    assert near_texts(read, state) == ()


@given(st.sampled_from(sorted(lexicon("CHN").values())))
def test_every_known_text_is_near_to_itself_alone(text: str) -> None:
    assert near_texts(text, "CHN") == (text,)


def test_an_authority_is_one_on_pages_of_any_state_but_a_state_code_is_not() -> None:
    assert is_authority("MINISTRYOFPUBLICSECURITY")
    assert is_authority("UKPA")
    assert not is_authority("IRN")
    assert not is_authority("BEIJING")
