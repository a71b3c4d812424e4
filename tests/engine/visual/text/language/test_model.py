"""The language model knows usual runs of letters from unusual ones, and is the file it should be."""

import math
from pathlib import Path

import pytest

from engine import weights
from engine.errors import ModelDamaged
from engine.values.text import END
from engine.visual.text.language.model import LanguageModel, as_symbol, open_language_model

MODEL = "latin_runs_v1"


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return open_language_model(MODEL)


def log_of(model: LanguageModel, text: str) -> float:
    symbols = END + "".join(map(as_symbol, text)) + END
    return sum(model.score(symbols[:i][-(model.order - 1) :], symbols[i]) for i in range(1, len(symbols)))


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [("LONDON", "LONOON"), ("MINISTRY OF", "MIMISTRY OF"), ("DIRECCIÓN", "DIRECCÌÓN"), ("REYKJAVÍK", "REYKJAVĨK")],
)
def test_what_is_printed_is_likelier_than_a_misreading(model: LanguageModel, likely: str, unlikely: str) -> None:
    assert log_of(model, likely) > log_of(model, unlikely) + 1


@pytest.mark.parametrize("before", [END, "lon", "zzzz", "ощ", ""])
@pytest.mark.parametrize("char", ["d", "q", "ж", "0", " ", END])
def test_a_score_is_the_logarithm_of_a_probability(model: LanguageModel, before: str, char: str) -> None:
    assert -20 < model.score(before, char) < 0


def test_what_may_follow_sums_to_less_than_two(model: LanguageModel) -> None:
    """Backing off without a rest makes more than one of it, but not much more, or the scores would say nothing."""
    following = "abcdefghijklmnopqrstuvwxyz .,'-/0" + END
    for before in (END, "lo", "lond", "tion"):
        assert 0.5 < sum(math.exp(model.score(before, char)) for char in following) < 2


def test_an_unknown_letter_is_as_likely_as_any(model: LanguageModel) -> None:
    assert model.score("lond", "ж") == model.score("zq", "ж") == model.usual


@pytest.mark.parametrize(("char", "symbol"), [("A", "a"), ("7", "0"), ("İ", "i"), ("ß", "ß"), ("Ə", "ə"), (" ", " ")])
def test_a_symbol_is_one_character(char: str, symbol: str) -> None:
    assert as_symbol(char) == symbol


def test_a_damaged_table_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / MODEL
    copy.mkdir()
    for file in (weights.HOME / MODEL).iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    (copy / "runs.bin").write_bytes(b"other")
    monkeypatch.setattr(weights, "HOME", tmp_path)
    with pytest.raises(ModelDamaged, match=r"runs\.bin"):
        open_language_model.__wrapped__(MODEL)
