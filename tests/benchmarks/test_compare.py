import json
import sys
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from benchmarks import compare
from benchmarks.peers.loop import answer
from benchmarks.peers.systems import CannotInstall, System, set_up
from engine.measure.results import load_result
from engine.measure.truth import load_documents
from tests.benchmarks.conftest import LINES

# A peer that reads good.png right, bad.png wrong with all check digits passing, and does as told on empty.png.
PEER = """
import os, sys, time
from benchmarks.peers.loop import serve
def read(path):
    print("chatter of a library")
    if path.endswith("empty.png"):
        {on_empty}
    return {lines!r} if path.endswith("good.png") else {wrong!r}
serve(read)
"""
WRONG = [LINES[0].replace("ANNA", "ANMA"), LINES[1]]


def command(on_empty: str) -> list[str]:
    return [sys.executable, "-c", PEER.format(on_empty=on_empty, lines=list(LINES), wrong=WRONG)]


def test_scores_by_hand(dataset: Path, tmp_path: Path) -> None:
    documents, kept = load_documents(dataset), tmp_path / "runs" / "toy.jsonl"
    compare.run_system(command("return []"), documents, kept, seconds=30)
    score = compare.score_system(compare.grade_answers(documents, compare.load_answers(kept)))
    assert (score["mrz"]["exact"], score["mrz"]["count"]) == (1, 2)
    assert score["silent"] == 1
    assert score["negatives_read"] == 0
    assert score["by_tag"]["photo"]["exact"] == 0
    assert "ERIKSSON" not in json.dumps(score)


@pytest.mark.parametrize("on_empty", ["os._exit(3)", "raise ValueError"])
def test_a_death_or_crash_counts_against_its_picture_only(on_empty: str, dataset: Path, tmp_path: Path) -> None:
    good, bad, empty = load_documents(dataset)
    kept = tmp_path / "toy.jsonl"
    compare.run_system(command(on_empty), [empty, good, bad], kept, seconds=30)
    answers = compare.load_answers(kept)
    assert answers["empty.png"]["status"] == ("died: ended" if "exit" in on_empty else "crash: ValueError")
    assert answers["good.png"]["lines"] == list(LINES)
    assert answers["bad.png"]["lines"] == WRONG


def test_a_hanging_system_is_replaced(dataset: Path, tmp_path: Path) -> None:
    good, _, empty = load_documents(dataset)
    kept = tmp_path / "toy.jsonl"
    compare.run_system(command("sys.stdin.read()"), [empty, good], kept, seconds=1)
    assert compare.load_answers(kept)["empty.png"]["status"] == "died: no answer in 1 s"
    assert compare.load_answers(kept)["good.png"]["status"] == "read"


def test_an_interrupted_run_goes_on(dataset: Path, tmp_path: Path) -> None:
    documents, kept = load_documents(dataset), tmp_path / "toy.jsonl"
    compare.run_system(command("return []"), documents[:1], kept, seconds=30)
    before = kept.read_text(encoding="utf-8")
    compare.run_system(command("return []"), documents, kept, seconds=30)
    assert kept.read_text(encoding="utf-8").startswith(before)
    assert len(compare.load_answers(kept)) == 3


def test_what_cannot_be_installed_is_left_out_with_the_reason(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(system: System, model: Path | None) -> list[str]:
        raise CannotInstall("the tesseract program is not installed")

    monkeypatch.setattr(compare, "set_up", refuse)
    app = Typer()
    app.command()(compare.main)
    out = tmp_path / "compare.json"
    done = CliRunner().invoke(app, [str(dataset), "--systems", "fastmrz", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "fastmrz is left out: the tesseract program is not installed" in done.output
    assert load_result(out)["systems"] == {}
    assert CliRunner().invoke(app, [str(dataset), "--systems", "nobody"]).exit_code == 2


def test_setting_up_names_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("shutil.which", lambda name, path=None: None)
    monkeypatch.setattr("benchmarks.peers.systems.CACHE", tmp_path)
    with pytest.raises(CannotInstall, match="tesseract program"):
        set_up(System("any", tesseract=True), None)
    with pytest.raises(CannotInstall, match="--traineddata"):
        set_up(System("any", model=True), None)
    assert set_up(System("any"), None) == [sys.executable, "-m", "any"]


def test_check_digits_of_what_a_peer_read() -> None:
    assert compare.checks_hold(LINES)
    assert compare.checks_hold(WRONG)  # names have none
    assert not compare.checks_hold((LINES[0], LINES[1].replace("740812", "740813")))
    assert not compare.checks_hold((LINES[0], LINES[1].replace("<", "«", 1)))
    assert not compare.checks_hold(("", ""))
    assert not compare.checks_hold(())


def test_an_answer_tells_reading_from_nothing() -> None:
    assert answer(lambda path: ["A"], "p")["status"] == "read"
    assert answer(lambda path: [], "p")["status"] == "nothing"
