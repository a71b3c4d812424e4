"""Examples are drawn once, kept in files, and gone on with."""

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="torch is installed by `make train` only")

from models.training.loop import kept
from models.training.loop.kept import keep_drawn, load_kept


def doubled(number: int) -> list[int]:
    return [2 * number]


def test_what_is_there_stays_and_the_rest_is_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "FILE", 2)
    keep_drawn(tmp_path, "things", 3, doubled, 0)
    first = [path.read_bytes() for path in sorted(tmp_path.iterdir())]
    keep_drawn(tmp_path, "things", 6, doubled, 0)
    keep_drawn(tmp_path, "things", 1, doubled, 0)
    assert load_kept(tmp_path, "things") == [0, 2, 4, 6, 8, 10]
    assert [path.read_bytes() for path in sorted(tmp_path.iterdir())][: len(first)] == first


def test_names_are_kept_apart(tmp_path: Path) -> None:
    keep_drawn(tmp_path, "things", 1, doubled, 0)
    assert load_kept(tmp_path, "others") == []
