import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.values.text import CharReading
from engine.visual.text.lexicon import is_authority, lexicon, match_lexicon


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
    known = match_lexicon(chars(read, 0.8), "CHN")
    assert known is not None
    assert known.text == meant


@pytest.mark.parametrize("read", ["SHAANXI", "SHANXI", "HUNAN", "HENAN", "HAINAN"])
def test_a_province_is_not_taken_for_its_neighbour(read: str) -> None:
    known = match_lexicon(chars(read), "CHN")
    assert known is not None
    assert known.text == read


@pytest.mark.parametrize(("read", "state"), [("HXNAN", "CHN"), ("ZENITH", "CHN"), ("BEIJING", "UTO"), ("", "CHN")])
def test_what_is_near_to_several_or_none_stays(read: str, state: str) -> None:
    assert match_lexicon(chars(read), state) is None


@given(st.sampled_from(sorted(lexicon("CHN").values())))
def test_every_known_text_is_itself(text: str) -> None:
    known = match_lexicon(chars(text), "CHN")
    assert known is not None
    assert known.text == text


@pytest.mark.parametrize(
    ("read", "state", "meant"),
    [
        ("TAIPEI ECONOMIC AND CULTURAL eTPCE", "TWN", "TAIPEI ECONOMIC AND CULTURAL OFFICE"),
        ("National iminrlat0n Amnibtrat0on, PRC", "CHN", "National Immigration Administration, PRC"),
        ("MINISTER SWIA", "POL", "MINISTER S W I A"),
        ("MINISfRY OF FOREIGN AFFAIR5", "UTO", "MINISTRY OF FOREIGN AFFAIRS"),
    ],
)
def test_a_long_reading_that_is_like_no_other_text_may_be_less_close(read: str, state: str, meant: str) -> None:
    known = match_lexicon(chars(read, 0.8), state)
    assert known is not None
    assert known.text == meant


@pytest.mark.parametrize("read", ["HM PASSPORT OFFICE", "Ministry of Foreign Affairs", "MINISTRY OF TRAVEL"])
def test_what_is_common_elsewhere_changes_no_other_wording(read: str) -> None:
    assert match_lexicon(chars(read), "UTO") is None


@pytest.mark.parametrize(
    ("read", "state", "meant"),
    [
        ("INSTITUTO D0S REGISTOS E DO N0TARIADO", "PRT", "INSTITUTO DOS REGISTOS E DO NOTARIADO"),
        ("IRN", "PRT", "IRN"),
        ("SEF - SERV ESTR E FR0NTEIRAS", "PRT", "SEF - SERV ESTR E FRONTEIRAS"),
        ("IPS", "GBR", "IPS"),
        (
            "Exit & Entry Administratlon Ministry of Pub1ic Security",
            "CHN",
            "Exit & Entry Administration Ministry of Public Security",
        ),
    ],
)
def test_older_and_newer_authorities_of_a_state(read: str, state: str, meant: str) -> None:
    known = match_lexicon(chars(read, 0.8), state)
    assert known is not None
    assert known.text == meant


def test_an_authority_is_one_on_pages_of_any_state_but_a_state_code_is_not() -> None:
    assert is_authority("MINISTRYOFPUBLICSECURITY")
    assert is_authority("UKPA")
    assert not is_authority("IRN")
    assert not is_authority("BEIJING")


@pytest.mark.parametrize(("sure", "meant"), [(0.3, "DIRECCIÓN GENERAL DE MIGRACIÓN"), (0.99, None)])
def test_sure_letters_behind_a_text_make_it_another_one(sure: float, meant: str | None) -> None:
    longer = [*chars("DIRECCION GENERAL DE MIGRACION", 0.9), CharReading("E", sure), CharReading("S", sure)]
    known = match_lexicon(longer, "VEN")
    assert (known.text if known else None) == meant


@pytest.mark.parametrize(
    ("chance", "meant"),
    [
        pytest.param(0.0, "MINISTERE DE L'INTERIEUR", id="the page prints none"),
        pytest.param(0.3, "MINISTÈRE DE L'INTÉRIEUR", id="one was half seen"),
    ],
)
def test_accents_that_were_not_seen_are_not_put_in(chance: float, meant: str) -> None:
    read = [*chars("MINIST", 0.99), CharReading("E", 0.99 - chance, (("È", chance),))]
    known = match_lexicon([*read, *chars("RE DE L'INTERIEUR", 0.99)], "FRA")
    assert known is not None
    assert known.text == meant
