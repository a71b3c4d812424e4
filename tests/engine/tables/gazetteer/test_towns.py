"""The table of towns is whole, and agrees with the table of states."""

from engine.tables.gazetteer.towns import towns
from engine.tables.states import country_exists


def test_towns_are_those_of_states_in_capitals_and_named_once() -> None:
    assert len(towns()) > 200
    for state, names in towns().items():
        assert country_exists(state)
        assert len(set(names)) == len(names)
        assert all(name == name.upper() for name in names)


def test_the_largest_come_first() -> None:
    assert towns()["NOR"][0] == "OSLO"
