"""Whether a result names the commit it was measured at."""

import subprocess
from pathlib import Path

import pytest

from engine.measure import provenance


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A committed tree of this project's shape."""
    monkeypatch.setattr(provenance, "_ROOT", tmp_path)
    for name in ("pyproject.toml", "engine/a.py", "server/a.py", "benchmarks/a.py", "benchmarks/results/a.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1")
    for words in (["init", "--quiet"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qma"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    return tmp_path


def test_a_committed_tree_is_named_by_its_commit(checkout: Path) -> None:
    named = provenance.commit()
    assert len(named) >= 7
    assert named.isalnum()


@pytest.mark.parametrize("changed", ["engine/a.py", "models/new.onnx", "server/a.py", "benchmarks/a.py"])
def test_what_was_measured_or_measures_and_is_not_committed_is_marked(checkout: Path, changed: str) -> None:
    (checkout / changed).parent.mkdir(exist_ok=True)
    (checkout / changed).write_text("2")
    assert provenance.commit().endswith("+")


@pytest.mark.parametrize("changed", ["benchmarks/results/a.json", "docs.md"])
def test_results_and_texts_may_be_written_meanwhile(checkout: Path, changed: str) -> None:
    (checkout / changed).write_text("2")
    assert provenance.commit().isalnum()


def test_outside_of_a_checkout_nothing_is_claimed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provenance, "_ROOT", tmp_path)
    assert provenance.commit() == "unknown"
