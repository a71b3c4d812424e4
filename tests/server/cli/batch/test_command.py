"""``passport-ocr batch``, with an engine that does what a picture's bytes say, in real worker processes."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import server.batch.workers
import server.cli.main
from engine.values.items import Scope
from server.batch.results.ledger import Ledger
from tests.server.doubles import ObedientEngine

ROOT = Path(__file__).parents[4]
WITH_DOUBLE = """
import server.batch.workers, server.cli.main, tests.server.cli.batch.test_command as double
server.batch.workers.BatchEngine = double.obedient
server.cli.main.main()
"""


def obedient(items: Scope) -> ObedientEngine:
    return ObedientEngine()


@pytest.fixture(autouse=True)
def double(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server.batch.workers, "BatchEngine", obedient)


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "scans"
    folder.mkdir()
    for name in ("a", "b", "none"):
        (folder / f"{name}.jpg").write_text("none" if name == "none" else f"read:{name}")
    return folder


def run(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(server.cli.main.app, ["batch", *map(str, arguments)], input=stdin)


def rows(out: Path) -> dict[str, dict[str, Any]]:
    read = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len({row["file"] for row in read}) == len(read)
    return {Path(row["file"]).name: row for row in read}


def test_a_folder_becomes_rows_and_a_summary(scans: Path, tmp_path: Path) -> None:
    result = run(scans, "--out", tmp_path / "r.jsonl", "--jobs", 1)
    assert result.exit_code == 1, "one could not be read"
    read = rows(tmp_path / "r.jsonl")
    assert {name: row["code"] for name, row in read.items()} == {"a.jpg": 0, "b.jpg": 0, "none.jpg": -9020}
    assert read["a.jpg"]["items"]["document_type"]["value"] == "a"
    assert "3 pictures: 2 read" in result.stderr
    assert "1 failed" in result.stderr
    assert result.stdout == ""


def test_started_again_it_reads_what_is_new_and_remembers_what_failed(scans: Path, tmp_path: Path) -> None:
    run(scans, "--out", tmp_path / "r.jsonl", "--jobs", 1)
    (scans / "c.jpg").write_text("read:c")
    result = run(scans, "--out", tmp_path / "r.jsonl", "--jobs", 1)
    assert result.exit_code == 1
    assert "1 picture: 1 read" in result.stderr
    assert "3 were done before, 1 of them failed" in result.stderr
    assert set(rows(tmp_path / "r.jsonl")) == {"a.jpg", "b.jpg", "c.jpg", "none.jpg"}


def test_what_failed_is_read_again_when_asked(scans: Path, tmp_path: Path) -> None:
    run(scans, "--out", tmp_path / "r.jsonl", "--jobs", 1)
    (scans / "none.jpg").write_text("read:mended")
    result = run(scans, "--out", tmp_path / "r.jsonl", "--jobs", 1, "--retry-failed")
    assert result.exit_code == 0
    assert rows(tmp_path / "r.jsonl")["none.jpg"]["items"]["document_type"]["value"] == "mended"


def test_a_list_from_the_standard_input(scans: Path, tmp_path: Path) -> None:
    result = run("--from", "-", "--out", tmp_path / "r.jsonl", "--jobs", 1, stdin=f"{scans}/a.jpg\n\n{scans}/b.jpg\n")
    assert result.exit_code == 0
    assert set(rows(tmp_path / "r.jsonl")) == {"a.jpg", "b.jpg"}


def test_only_the_items_named_are_kept(scans: Path, tmp_path: Path) -> None:
    run(scans / "a.jpg", "--out", tmp_path / "r.jsonl", "--jobs", 1, "--items", "passport_number,签发国")
    (row,) = rows(tmp_path / "r.jsonl").values()
    assert set(row["items"]) == {"passport_number", "issuing_state"}
    assert "ERIKSSON" not in json.dumps(row)


def test_killed_it_goes_on(scans: Path, tmp_path: Path) -> None:
    out = tmp_path / "r.jsonl"
    command = [sys.executable, "-c", WITH_DOUBLE, "batch", "--from", "-", "--out", str(out), "--jobs", "1"]
    killed = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    assert killed.stdin
    killed.stdin.write(f"{scans}/a.jpg\n{scans}/b.jpg\n".encode())
    killed.stdin.flush()
    while not (out.exists() and out.read_bytes().count(b"\n") == 2):  # the first is sure to be in the ledger then
        assert killed.poll() is None, "it ended before it was killed"
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    first = out.read_bytes().splitlines()[0]
    (scans / "c.jpg").write_text("read:c")
    result = run(*(scans / f"{name}.jpg" for name in "abc"), "--out", out, "--jobs", 1)
    assert result.exit_code == 0
    assert set(rows(out)) == {"a.jpg", "b.jpg", "c.jpg"}
    assert out.read_bytes().splitlines()[0] == first, "it was not read again"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "r.jsonl"], "name what is to be read"),
        (["x", "--out", "r.xls"], "ends in .jsonl, .csv or .parquet"),
        (["x", "--out", "r.jsonl", "--items", "nonsense"], "passport_number"),
        (["x", "--out", "r.jsonl", "--shard", "4/3"], "3/10"),
        (["x", "--out", "r.jsonl", "--ray", "auto"], "ends in .parquet"),
        (["x", "--out", "r.parquet", "--ray", "auto", "--only", "failed"], "leave out"),
        (["--from", "nowhere.txt", "--out", "r.jsonl", "--jobs", "1"], "nowhere.txt cannot be read"),
        (["x", "--out", "no/such/folder/r.jsonl"], "no/such/folder is no folder"),
    ],
)
def test_wrong_usage_is_a_sentence(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.replace("│", " ").split())
    assert list(tmp_path.iterdir()) == [], "a refused run leaves nothing behind"
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_a_missing_file_is_a_row(tmp_path: Path) -> None:
    result = run(tmp_path / "gone.jpg", "--out", tmp_path / "r.jsonl", "--jobs", 1)
    assert result.exit_code == 1
    assert rows(tmp_path / "r.jsonl")["gone.jpg"]["code"] == 404


def test_drawings_are_saved_where_they_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # a real engine, a real picture
    monkeypatch.chdir(ROOT / "tests" / "images")
    picture = "chn_2012_specimen.jpg"
    drawn, cut = tmp_path / "drawn", tmp_path / "cut"
    result = run(picture, "--out", tmp_path / "r.jsonl", "--jobs", 1, "--annotate", drawn, "--crops", cut)
    assert result.exit_code == 0
    assert [path.name for path in drawn.iterdir()] == [f"{picture}.annotated.jpg"]
    assert {"mrz.jpg", "surname.jpg"} <= {path.name for path in (cut / picture).iterdir()}
    assert all(path.read_bytes().startswith(b"\xff\xd8") for path in (cut / picture).iterdir())


def test_a_ledger_that_cannot_be_written_is_said_in_a_sentence(
    scans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Ledger, "done", full)
    result = run(scans, "--out", tmp_path / "r.jsonl", "--jobs", 1)
    assert result.exit_code == 1
    assert "r.jsonl.state: database or disk is full. What is done is kept" in " ".join(result.output.split())
