"""How benchmarks with targets end."""

import json
from pathlib import Path

import pytest
import typer

from benchmarks.measure.conclude import conclude


def test_a_result_is_said_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    conclude({"a": 1}, tmp_path / "r.json", lambda result: f"a is {result['a']}", lambda _: [])
    assert capsys.readouterr().out == "a is 1\n"
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8")) == {"a": 1}


def test_a_missed_target_is_said_after_the_result_was_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended:
        conclude({}, tmp_path / "r.json", lambda _: "", lambda _: ["too slow", "too large"])
    assert ended.value.exit_code == 1
    assert capsys.readouterr().err == "too slow\ntoo large\n"
    assert (tmp_path / "r.json").exists()
