import numpy as np

from engine.tables.han import han_characters
from models.training.draw.people.chinese_names import DOUBLE_SURNAMES
from models.training.han.names import READ_OTHERWISE, invent_dotted_name, invent_name

ALL = np.ones(8105, np.bool_)


def test_names_are_spelt_as_the_table_reads_them() -> None:
    rng = np.random.default_rng(0)
    for _ in range(200):
        name = invent_name(rng, ALL, uniform=bool(rng.random() < 0.5))
        double = name.native[:2] in DOUBLE_SURNAMES
        given = name.native[2 if double else 1 :]
        assert 1 <= len(given) <= 2
        assert any(name.given.startswith(reading) for reading in han_characters()[given[0]].readings)
        if not double:
            assert name.surname in han_characters()[name.native[0]].readings


def test_only_characters_that_are_held_are_used() -> None:
    held = ALL.copy()
    held[::2] = False
    known = list(han_characters())
    rng = np.random.default_rng(1)
    for _ in range(50):
        assert all(held[known.index(character)] for character in invent_name(rng, held, uniform=True).native)


def test_surnames_have_readings_of_their_own() -> None:
    assert READ_OTHERWISE["单"] == "SHAN"
    assert DOUBLE_SURNAMES["万俟"] == "MOQI"


def test_names_with_a_dot_are_spelt_part_by_part_either_first() -> None:
    rng = np.random.default_rng(2)
    orders = set()
    for _ in range(40):
        name = invent_dotted_name(rng, ALL)
        first, second = name.native.split("·")
        assert 2 <= len(first) <= 4 and 2 <= len(second) <= 4
        starts = [name.surname.startswith(reading) for reading in han_characters()[first[0]].readings]
        orders.add(any(starts))
    assert orders == {True, False}
