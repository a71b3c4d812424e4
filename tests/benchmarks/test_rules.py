from importlib import import_module

import pytest
from rich.console import Console

from benchmarks import rules
from benchmarks.rules import (
    RULES,
    ReadPage,
    count,
    count_without_own_state,
    left_out,
    print_worth,
    tables_without,
)
from engine.measure.truth import Document, ItemTruth
from engine.values.items import Item
from engine.visual.text.lexicon import lexicon
from tests.engine.readings import mrz_reading
from tests.engine.visual.pages import label, line

MRZ = mrz_reading(("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"))
LINES = (
    label("Surname", 40, 17.0),
    line("ERIKSSON", 40, 20.0),
    label("Place of birth", 40, 36.5),
    line("ZENITH", 40, 40.0),
)
TRUTH = {Item.SURNAME: ItemTruth("ERIKSSON"), Item.BIRTH_PLACE: ItemTruth("Zenith")}


@pytest.fixture
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[ReadPage]:
    path = tmp_path_factory.mktemp("rules") / "page.png"
    return [ReadPage(Document(path.name, path, "TD3", (), MRZ.lines, TRUTH), LINES, MRZ)]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_there_and_comes_back(rule: str) -> None:
    path, stand_in = RULES[rule]
    module, _, name = path.rpartition(".")
    home = import_module(f"engine.visual.{module}")
    before = getattr(home, name)
    with left_out(rule):
        assert getattr(home, name) is stand_in
    assert getattr(home, name) is before


def test_right_values_are_counted_and_case_does_not_matter(pages: list[ReadPage]) -> None:
    right, whole, silent = count(pages)
    assert (right[Item.BIRTH_PLACE], whole, silent) == (1, 1, 0)


def test_without_what_finds_places_none_is_found(pages: list[ReadPage], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        rules,
        "RULES",
        {"network": RULES["network"], "rules for places and authority": RULES["rules for places and authority"]},
    )
    console = Console(width=140, record=True)
    with left_out("network"):
        print_worth(console, pages)
    assert "-1" in console.export_text()


def test_the_rows_of_a_state_are_gone_for_a_while_and_come_back() -> None:
    assert "SHANXI" in lexicon("CHN")
    with tables_without("CHN"):
        assert lexicon("CHN") == {}
        assert lexicon("TWN")
    assert "SHANXI" in lexicon("CHN")


def test_a_page_without_its_states_tables_is_counted_like_the_others(pages: list[ReadPage]) -> None:
    assert count_without_own_state(pages) == count(pages)  # Utopia has no tables
