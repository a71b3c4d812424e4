"""What a batch writes survives every end, in every format."""

import csv
import errno
import json
import resource
import stat
from pathlib import Path

import pytest

from server.batch.refused import ResultsRefused
from server.batch.results.outputs import Choice, Outputs
from server.batch.results.rows import Row
from tests.server.batch.results.rows import made

NAMES = ("passport_number", "surname")
FORMATS = ("jsonl", "csv", "parquet")


def rows_in(out: Path) -> list[Row]:
    """All rows of finished results, as plain values."""
    if out.suffix == ".jsonl":
        return [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    if out.suffix == ".csv":
        with out.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    parquet = pytest.importorskip("pyarrow.parquet")
    return [row for part in sorted(out.glob("part-*.parquet")) for row in parquet.read_table(part).to_pylist()]


def names_in(out: Path) -> list[str]:
    return [row["file"] for row in rows_in(out)]


@pytest.fixture(params=FORMATS)
def choice(request: pytest.FixtureRequest, tmp_path: Path) -> Choice:
    if request.param == "parquet":
        pytest.importorskip("pyarrow")
    return Choice(tmp_path / f"results.{request.param}", NAMES)


def killed(outputs: Outputs) -> None:
    """What stays when a process is killed: files as they are, nothing finished; SQLite's lock goes with it."""
    outputs.ledger.close()


def out_of_order(*_: object) -> None:
    raise OSError(errno.ENOSPC, "no space left")


def test_a_finished_run_has_a_row_for_each_picture(choice: Choice) -> None:
    outputs = Outputs(choice)
    outputs.add(made("a.jpg"))
    outputs.add(made("b.jpg", failed=True))
    outputs.close()
    assert names_in(choice.out) == ["a.jpg", "b.jpg"]
    assert [int(row["code"]) for row in rows_in(choice.out)] == [0, -1303]


def test_a_killed_run_goes_on_where_it_was(choice: Choice) -> None:
    outputs = Outputs(choice)
    outputs.add(made("a.jpg"))
    killed(outputs)
    outputs = Outputs(choice)
    assert outputs.before == 1
    assert outputs.ledger.holds("a.jpg")
    outputs.add(made("b.jpg"))
    outputs.close()
    assert names_in(choice.out) == ["a.jpg", "b.jpg"]


def test_a_row_that_the_ledger_does_not_know_is_cut_off(choice: Choice, monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = Outputs(choice)
    outputs.add(made("a.jpg"))
    monkeypatch.setattr(outputs.ledger, "done", out_of_order)
    with pytest.raises(OSError, match="no space"):
        outputs.add(made("b.jpg"))
    killed(outputs)
    outputs = Outputs(choice)
    assert not outputs.ledger.holds("b.jpg")
    outputs.add(made("b.jpg"))
    outputs.close()
    assert names_in(choice.out) == ["a.jpg", "b.jpg"]


def test_a_part_that_the_ledger_does_not_know_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setattr("server.batch.results.parquet.PART_ROWS", 2)
    choice = Choice(tmp_path / "r.parquet", NAMES)
    for name in "abcde":
        outputs = Outputs(choice)
        monkeypatch.setattr(outputs.ledger, "done", out_of_order)
        with pytest.raises(OSError, match="no space"):
            outputs.add(made(name))
        killed(outputs)
        outputs = Outputs(choice)
        outputs.add(made(name))
        killed(outputs)
    Outputs(choice).close()
    assert names_in(choice.out) == list("abcde")


def test_a_lost_ledger_is_made_anew_from_the_results(choice: Choice) -> None:
    outputs = Outputs(choice)
    outputs.add(made("a.jpg"))
    outputs.add(made("b.jpg", failed=True))
    killed(outputs)
    for path in choice.out.parent.glob("*.state*"):
        path.unlink()
    outputs = Outputs(choice)
    assert outputs.before == 2
    outputs.close()
    assert names_in(choice.out) == ["a.jpg", "b.jpg"]


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_a_last_line_cut_in_the_middle_is_no_row(suffix: str, tmp_path: Path) -> None:
    choice = Choice(tmp_path / f"r.{suffix}", NAMES)
    outputs = Outputs(choice)
    outputs.add(made("a.jpg"))
    outputs.add(made("b.jpg"))
    outputs.close()
    choice.out.write_bytes(choice.out.read_bytes()[:-10])  # as after a power cut, which took what was not on the disk
    outputs = Outputs(choice)
    assert outputs.ledger.holds("a.jpg")
    assert not outputs.ledger.holds("b.jpg")
    outputs.close()
    assert names_in(choice.out) == ["a.jpg"]


def test_what_failed_is_read_again_and_has_one_row(choice: Choice) -> None:
    outputs = Outputs(choice)
    outputs.add(made("a.jpg"))
    outputs.add(made("b.jpg", failed=True))
    outputs.close()
    outputs = Outputs(choice, retry_failed=True)
    assert not outputs.ledger.holds("b.jpg")
    outputs.add(made("b.jpg"))
    outputs.close()
    assert sorted(names_in(choice.out)) == ["a.jpg", "b.jpg"]
    assert all(int(row["code"]) == 0 for row in rows_in(choice.out))


@pytest.mark.parametrize(("only", "kept"), [("all", "sdf"), ("doubtful", "d"), ("failed", "f")])
def test_only_some_rows_are_written_yet_all_are_done(only: str, kept: str, tmp_path: Path) -> None:
    choice = Choice(tmp_path / "r.jsonl", NAMES, only=only)
    outputs = Outputs(choice)
    outputs.add(made("s"))
    outputs.add(made("d", certainty="doubtful"))
    outputs.add(made("f", failed=True))
    outputs.close()
    assert names_in(choice.out) == list(kept)
    assert Outputs(choice).before == 3


def test_failed_rows_are_listed_on_the_side(tmp_path: Path) -> None:
    choice = Choice(tmp_path / "r.jsonl", NAMES, errors=tmp_path / "errors.jsonl")
    outputs = Outputs(choice)
    outputs.add(made("a"))
    outputs.add(made("b", failed=True))
    killed(outputs)
    outputs = Outputs(choice)
    outputs.add(made("c", failed=True))
    outputs.close()
    assert names_in(tmp_path / "errors.jsonl") == ["b", "c"]
    outputs = Outputs(choice, retry_failed=True)
    outputs.close()
    assert names_in(tmp_path / "errors.jsonl") == []


def test_only_the_owner_may_read_the_results(choice: Choice) -> None:
    outputs = Outputs(choice)
    outputs.add(made("a.jpg"))
    outputs.close()
    for path in choice.out.parent.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_another_run_on_the_same_results_is_refused(choice: Choice) -> None:
    outputs = Outputs(choice)
    with pytest.raises(ResultsRefused, match="another run"):
        Outputs(choice)
    outputs.close()


def test_other_choices_are_refused(tmp_path: Path) -> None:
    Outputs(Choice(tmp_path / "r.jsonl", NAMES)).close()
    with pytest.raises(ResultsRefused, match="--items"):
        Outputs(Choice(tmp_path / "r.jsonl", ("surname",)))


def test_a_file_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text("my diary\n")
    with pytest.raises(ResultsRefused, match="something else"):
        Outputs(Choice(tmp_path / "r.jsonl", NAMES))
    assert everything_in(tmp_path) == {"r.jsonl"}
    assert (tmp_path / "r.jsonl").read_text(encoding="utf-8") == "my diary\n"


def everything_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_run_that_fails_before_a_picture_is_done_leaves_nothing(suffix: str, tmp_path: Path) -> None:
    if suffix == "parquet":
        pytest.importorskip("pyarrow")
    choice = Choice(tmp_path / f"r.{suffix}", NAMES, errors=tmp_path / "errors.jsonl")
    with pytest.raises(ZeroDivisionError), Outputs(choice):
        raise ZeroDivisionError
    assert everything_in(tmp_path) == set()
    with pytest.raises(ZeroDivisionError), Outputs(choice) as outputs:
        outputs.add(made("a.jpg"))
        raise ZeroDivisionError
    assert names_in(choice.out) == ["a.jpg"]
    with pytest.raises(ZeroDivisionError), Outputs(choice):
        raise ZeroDivisionError
    assert names_in(choice.out) == ["a.jpg"]


def test_a_run_that_is_refused_leaves_what_was_there_and_nothing_else(choice: Choice) -> None:
    outputs = Outputs(choice)
    outputs.add(made("a.jpg"))
    killed(outputs)
    there = everything_in(choice.out.parent)
    other = Choice(choice.out, ("surname",), errors=choice.out.parent / "errors.jsonl")
    with pytest.raises(ResultsRefused, match="--items"):
        Outputs(other)
    with pytest.raises(OSError, match="errors"):
        Outputs(Choice(choice.out.with_name(f"new{choice.out.suffix}"), NAMES, errors=Path("/nowhere/errors.jsonl")))
    assert everything_in(choice.out.parent) == there
    Outputs(choice).close()
    assert names_in(choice.out) == ["a.jpg"]


def test_a_disk_that_is_full_from_the_beginning_is_left_as_it_was(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
    try:
        with pytest.raises(ResultsRefused, match="cannot be opened"):
            Outputs(Choice(tmp_path / "r.jsonl", NAMES))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert everything_in(tmp_path) == set()


def test_a_run_that_finds_another_at_work_takes_nothing_from_it(choice: Choice) -> None:
    with Outputs(choice) as outputs:
        with pytest.raises(ResultsRefused, match="another run"):
            Outputs(choice)
        outputs.add(made("a.jpg"))
    assert names_in(choice.out) == ["a.jpg"]


def test_a_name_without_a_known_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResultsRefused, match=r"\.jsonl, \.csv or \.parquet"):
        Outputs(Choice(tmp_path / "results.xls", NAMES))


@pytest.mark.parametrize("name", ["führer.jpg", "护照.jpg", 'quo"te,.jpg', "line\nbreak.jpg", "bad\udcff.jpg"])
def test_any_file_name_has_a_row_and_is_known_again(name: str, tmp_path: Path) -> None:
    for suffix in ("jsonl", "csv"):
        choice = Choice(tmp_path / f"r.{suffix}", NAMES)
        outputs = Outputs(choice)
        outputs.add(made(name))
        outputs.add(made("next"))
        killed(outputs)
        outputs = Outputs(choice)
        assert outputs.ledger.holds(name)
        outputs.close()
        assert len(rows_in(choice.out)) == 2
