"""Steps run one after the other, finished ones once; a copy of the project keeps the shipped models out of it."""

from pathlib import Path

import pytest

from models.training import run_steps as module
from models.training.run_steps import ROOT, StepFailed, copy_project, run_steps
from models.training.steps import Step

SCRIPT = """
import pathlib, sys
log = pathlib.Path("log")
log.write_text((log.read_text(encoding="utf-8") if log.exists() else "") + " ".join(sys.argv[1:]) + ";")
sys.exit(3) if pathlib.Path("broken").exists() else pathlib.Path(sys.argv[1]).write_text(str(log.stat().st_mtime_ns))
"""


def step(name: str, writes: str) -> Step:
    return Step(name, ("script", name), (Path(writes),), {"tiny": {"steps": 5}, "least": {"steps": 1}})


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two steps, each of which writes a file of its name."""
    (tmp_path / "script.py").write_text(SCRIPT)
    monkeypatch.setattr(module, "load_steps", lambda: [step("first", "first"), step("second", "second")])
    return tmp_path


def test_finished_steps_are_run_once(root: Path) -> None:
    run_steps(root, "tiny")
    run_steps(root, "tiny")
    assert (root / "log").read_text(encoding="utf-8") == "first --steps 5;second --steps 5;"


def test_another_budget_is_another_step(root: Path) -> None:
    run_steps(root, "tiny")
    run_steps(root, "least")
    assert (root / "log").read_text(encoding="utf-8").endswith("first --steps 1;second --steps 1;")


def test_a_run_goes_on_with_the_step_that_failed(root: Path) -> None:
    run_steps(root, "tiny")
    (root / ".cache/training/done/second").unlink()
    (root / "broken").touch()
    with pytest.raises(StepFailed, match="second ended with 3"):
        run_steps(root, "tiny")
    (root / "broken").unlink()
    run_steps(root, "tiny")
    assert (root / "log").read_text(encoding="utf-8").split(";")[2:] == ["second --steps 5", "second --steps 5", ""]


def test_a_step_that_writes_nothing_has_failed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "load_steps", lambda: [step("first", "other")])
    with pytest.raises(StepFailed, match="first did not write other"):
        run_steps(root, "tiny")


def test_a_copy_keeps_what_was_trained_there_and_takes_new_code(tmp_path: Path) -> None:
    copy_project(tmp_path)
    trained, code = tmp_path / "models/mrz_line_v1/model.onnx", tmp_path / "engine/api.py"
    assert trained.read_bytes() == (ROOT / "models/mrz_line_v1/model.onnx").read_bytes()
    trained.write_bytes(b"trained here")
    code.write_text("of yesterday")
    copy_project(tmp_path)
    assert trained.read_bytes() == b"trained here"
    assert code.read_bytes() == (ROOT / "engine/api.py").read_bytes()
