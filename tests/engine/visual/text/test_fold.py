import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.visual.text.fold import fold, similarity


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller-Lüdenscheidt", "MULLERLUDENSCHEIDT"),
        ("Ødegård", "ODEGARD"),
        ("ødegård", "ODEGARD"),
        ("Łódź łódź", "LODZLODZ"),
        ("Đorđević", "DORDEVIC"),
        ("Þórður Ægir œuvre", "THORDURAEGIROEUVRE"),
        ("Straße STRAẞE", "STRASSESTRASSE"),
        ("Iğdır", "IGDIR"),
        ("Əliyev, əli", "ALIYEVALI"),
        ("Ħamrun ŧ ŋ", "HAMRUNTN"),
        ("一一/CHINESE 12.08", "CHINESE1208"),
        ("Москва", ""),
        ("", ""),
    ],
)
def test_base_letters_and_figures_are_left(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert similarity(fold(text), fold(text)) == 1
