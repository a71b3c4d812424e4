"""The command that fits the items' confidences: its verdict on the curves, and when pictures are read again."""

from pathlib import Path

import pytest

from benchmarks import calibrate
from benchmarks.calibrate import engine_stamp, judge
from engine.values.items import Item, Source
from models.training.confidence.item_curves import Outcome


def overconfident(right_every: int) -> list[list[Outcome]]:
    return [[Outcome(Item.AUTHORITY, Source.VIZ, 0.995, i % right_every == 0)] for i in range(200)]


def test_overconfidence_is_mended_on_pictures_it_was_not_fitted_on() -> None:
    verdict = judge(overconfident(2))
    assert verdict["ece_of_scores"] > 0.4
    assert verdict["ece_cross_validated"] < 0.1
    assert (verdict["silent_of_scores"], verdict["silent_cross_validated"]) == (0.5, 0.0)


@pytest.mark.parametrize(
    ("changed", "new"),
    [("engine/api.py", True), ("engine/mrz/confusions.json", True), ("models/a/SHA256SUMS", True),
     ("engine/curves.json", False), ("models/a/README.md", False)],
)  # fmt: skip
def test_pictures_are_read_again_after_any_change_that_counts(
    changed: str, new: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrate, "ROOT", tmp_path)
    monkeypatch.setattr(calibrate, "CURVES", tmp_path / "engine/curves.json")
    for file in ("engine/api.py", "engine/mrz/confusions.json", "engine/curves.json", "models/a/SHA256SUMS"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("before")
    before = engine_stamp()
    (tmp_path / changed).write_text("after")
    assert (engine_stamp() != before) is new
