"""The language model is counted and estimated as it should be, and what is written can be opened."""

from pathlib import Path

import pytest

from engine import weights
from engine.values.text import END
from engine.visual.text.language.model import open_language_model
from models.training.language.train import LEAST, count_runs, export, kept_runs

LINES = [("Lund", 3.0), ("LUNDE", 2.0), ("Lima 12", 1.0)] * 10


def test_runs_are_counted_by_symbol() -> None:
    counts = count_runs(LINES, 3)
    assert counts.seen[0]["l"] == 60
    assert counts.seen[1][END + "l"] == 60
    assert counts.seen[2]["lun"] == 50
    assert counts.seen[1]["00"] == 10
    assert counts.kinds[1]["l"] == 2


def test_probabilities_follow_the_counts_and_sum_to_one() -> None:
    counts = count_runs(LINES, 3)
    assert counts.probability("lu") > counts.probability("li") > counts.probability("lx") > 0
    symbols = list(counts.seen[0])
    assert sum(counts.probability("l" + symbol) for symbol in symbols) == pytest.approx(1, abs=0.05)


def test_seldom_runs_are_left_out_but_no_short_one() -> None:
    kept = kept_runs(count_runs([("Qx", 1.0), *LINES], len(LEAST)))
    assert {"q", "qx", END + "q"} <= kept.keys()
    assert END + "qx" not in kept
    assert END + "lund" in kept


def test_what_is_written_can_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export(count_runs(LINES, len(LEAST)), tmp_path / "latin_runs_v9", places=0, lines=30)
    monkeypatch.setattr(weights, "HOME", tmp_path)
    model = open_language_model("latin_runs_v9")
    assert model.score(END + "lu", "n") > model.score(END + "lu", "m")
    assert model.score("lun", "d") > -0.5
