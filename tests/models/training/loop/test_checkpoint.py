from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="torch is installed by `make train` only")

from models.training.loop.checkpoint import load_checkpoint, save_checkpoint  # noqa: E402


def test_without_a_checkpoint_there_is_nothing(tmp_path: Path) -> None:
    assert load_checkpoint(tmp_path / "last.pt") is None


def test_a_write_that_fails_leaves_the_checkpoint_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "net" / "last.pt"
    save_checkpoint(path, {"step": 1})

    def broken(state: object, path: Path) -> None:
        path.write_bytes(b"half of")
        raise OSError("disk full")

    monkeypatch.setattr(torch, "save", broken)
    with pytest.raises(OSError, match="disk full"):
        save_checkpoint(path, {"step": 2})
    assert load_checkpoint(path) == {"step": 1}
