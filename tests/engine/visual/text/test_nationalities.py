import pytest

from engine.tables.nationalities import nationalities
from engine.visual.text.fold import fold
from engine.visual.text.nationalities import is_nationality


@pytest.mark.parametrize("code", sorted(nationalities()))
def test_every_name_is_the_nationality_of_its_state(code: str) -> None:
    assert all(is_nationality(fold(name), code) for name in nationalities()[code])


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Stateless Person", "XXA"),
        ("Stateless", "XXA"),
        ("Refugee", "XXB"),
        ("SAUDI", "SAU"),
        ("EMIRATI", "ARE"),
        ("PERUANA", "PER"),
        ("ALGÉRIENNE", "DZA"),
        ("MAROCAINE", "MAR"),
        ("GHANAIAN", "GHA"),
        ("Republika Srbija", "SRB"),
        ("SHQIPTARE", "ALB"),
        ("CRNOGORSKO", "MNE"),
        ("Republica Moldova", "MDA"),
        ("D.P.R.K.", "PRK"),
        ("KIBRIS", "CYP"),
        ("LIETUVOS RESPUBLIKOS", "LTU"),
        ("REPUBLIKA SLOVENIJA", "SVN"),
        ("SRI LANKAN", "LKA"),
        ("Germany", "D"),
    ],
)
def test_what_states_print_is_understood(printed: str, code: str) -> None:
    assert is_nationality(fold(printed), code)


@pytest.mark.parametrize(("printed", "code"), [("FRENCH", "D"), ("UTOPIAN", "USA"), ("", "USA"), ("KOREAN", "")])
def test_another_nationality_is_not_the_one_asked_for(printed: str, code: str) -> None:
    assert not is_nationality(fold(printed), code)
