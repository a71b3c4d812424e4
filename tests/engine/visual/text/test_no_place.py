"""Occupations, faiths and colours are no places."""

import pytest

from engine.visual.text.no_place import is_no_place


@pytest.mark.parametrize(
    "text", ["AGRICULTOR", "Étudiante", "PRIVATE SERVICE", "ISLAM", "MARIÉE", "GREY/GRIS", "BLUE / BLEU"]
)
def test_what_else_is_said_of_the_holder_is_no_place(text: str) -> None:
    assert is_no_place(text)


@pytest.mark.parametrize(
    "text", ["OSLO", "GUYANA", "SUISSE", "STUDENTENTAL", "NONE", "OFFICER", "", "ISLAMABAD", "GREY/SUISSE"]
)
def test_places_are_none_of_those(text: str) -> None:
    assert not is_no_place(text)
