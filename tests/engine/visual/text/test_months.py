import pytest

from engine.tables.months import MonthNames, month_names
from engine.visual.text.months import agreed_month, month_words, months_named


@pytest.mark.parametrize("row", month_names(), ids=lambda row: f"{row.language}-{row.form}")
def test_every_name_is_its_month_on_the_pages_of_its_states(row: MonthNames) -> None:
    for month, name in enumerate(row.names, start=1):
        assert month in months_named(name)[0] or row.form == "roman"
        for state in row.states:
            assert agreed_month((name,), state) == (month, 1.0)


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("MEI", 5),
        ("MEITH", 6),
        ("JUILLET", 7),
        ("JUIL", 7),
        ("JUIN", 6),
        ("LIPCA", 7),
        ("SRPNA", 8),
        ("CVN", 6),
        ("CVC", 7),
        ("IYN", 6),
        ("AVQ", 8),
        ("SENTYABR", 9),
        ("OKTYABR", 10),
        ("TAMMIKUUTA", 1),
        ("STUDENOGA", 11),
        ("MARRASKUU", 11),
        ("GORFFENNAF", 7),
    ],
)
def test_a_word_alone_that_names_one_month(word: str, month: int) -> None:
    assert agreed_month((word,)) == (month, 1.0)


@pytest.mark.parametrize("word", ["JUI", "LIP", "SRP", "LISTOPAD"])
def test_a_word_alone_that_names_two_months_names_none(word: str) -> None:
    assert len(months_named(word)[0]) == 2
    assert agreed_month((word,)) == (0, 0.0)
    assert agreed_month((word,), "UTO") == (0, 0.0)


@pytest.mark.parametrize(
    ("words", "state", "month"),
    [
        (("LIP",), "POL", 7),
        (("LIP",), "HRV", 6),
        (("SRP",), "CZE", 8),
        (("SRP",), "HRV", 7),
        (("LISTOPAD",), "POL", 11),
        (("LIP", "JUL"), "HRV", 7),
        (("JUI", "JUN"), "FRA", 6),
        (("MEITH", "JUN"), "IRL", 6),
        (("MAR",), "FIN", 3),
    ],
)
def test_english_decides_then_the_languages_of_the_state(words: tuple[str, ...], state: str, month: int) -> None:
    assert agreed_month(words, state) == (month, 1.0)


def test_a_state_whose_language_contradicts_all_names_decides_nothing() -> None:
    assert agreed_month(("LIP", "LIPANJ"), "POL") == (6, 1.0)


def test_a_name_of_two_months_may_be_either_where_one_is_looked_for() -> None:
    assert month_words("13 LIP 2006", 6) == month_words("13 LIP 2006", 7) == ["LIP"]
