"""Every step of `make train` works, from the first net to the last curve, with next to no training."""

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="torch is installed by `make train` only")
pytest.importorskip("onnx", reason="onnx is installed by `make train` only")

from models.training.run_steps import ROOT, copy_project, run_steps
from models.training.steps import load_steps


@pytest.mark.usefixtures("fonts")
def test_all_models_are_made_from_nothing_in_a_copy(tmp_path: Path) -> None:
    written = [path for step in load_steps() for path in step.writes]
    shipped = {path: (ROOT / path).read_bytes() for path in written}
    copy_project(tmp_path)
    run_steps(tmp_path, "least")
    assert {path: (ROOT / path).read_bytes() for path in written} == shipped
    assert all((tmp_path / path).read_bytes() != shipped[path] for path in written)
