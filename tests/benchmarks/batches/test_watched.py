"""What is told of a batch that runs: rows that differ or are there twice are found, growth is growth."""

import json
import os
from pathlib import Path
from unittest.mock import Mock

import psutil
import pytest

from benchmarks.batches import watched
from benchmarks.batches.watched import Lines, Watched, differences, growth, rows_of


def write(out: Path, *rows: dict[str, object]) -> Path:
    out.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return out


def test_rows_are_the_same_whatever_order_and_time_they_took(tmp_path: Path) -> None:
    one = {"file": "a", "code": 0, "seconds": 1.0, "items": {"surname": "A"}}
    other = {"file": "b", "code": 0, "seconds": 1.0, "items": {}}
    rows = rows_of(write(tmp_path / "1", one, other))
    assert rows == rows_of(write(tmp_path / "2", other, one | {"seconds": 2.0}))
    assert rows != rows_of(write(tmp_path / "3", one | {"items": {"surname": "B"}}, other))
    assert rows != rows_of(write(tmp_path / "4", one))


def test_what_differs_is_told_by_the_codes(tmp_path: Path) -> None:
    read = {"file": "a", "code": 0}, {"file": "b", "code": 0}, {"file": "c", "code": 0, "items": {}}
    again = {"file": "a", "code": 0}, {"file": "b", "code": 503}, {"file": "c", "code": 0, "items": {"sex": "F"}}
    some, others = (
        rows_of(write(tmp_path / "r", *({"seconds": 1.0} | row for row in rows))) for rows in (read, again)
    )
    assert differences(some, others) == {"0 and 503": 1, "0 and 0": 1}
    assert differences(some, {}) == {"0 and none": 3}
    assert differences(some, some) == {}


def test_a_file_with_two_rows_ends_the_comparison(tmp_path: Path) -> None:
    row = {"file": "a", "code": 0, "seconds": 1.0}
    with pytest.raises(SystemExit, match="a is there twice"):
        rows_of(write(tmp_path / "1", row, row))


def test_growth_is_told_once_everything_is_warm() -> None:
    assert growth([0.0] + 99 * [100.0]) == 0
    assert growth([0.0] + 49 * [100.0] + 50 * [110.0]) == pytest.approx(0.1)
    assert growth([100.0, 100.0, 100.0]) == 0


def test_lines_of_a_file_that_grows_are_counted(tmp_path: Path) -> None:
    lines = Lines(tmp_path / "rows")
    assert lines.count() == 0
    with (tmp_path / "rows").open("w") as file:
        for text, count in (("a\nb\n", 2), ("half", 2), (" a line\n", 3)):
            file.write(text)
            file.flush()
            assert lines.count() == count


def test_a_batch_that_ends_while_it_is_looked_at_ends_the_watch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = Mock(psutil.Process, is_running=lambda: True, status=Mock(side_effect=psutil.NoSuchProcess(1)))
    monkeypatch.setattr(psutil, "Process", lambda pid: ended)
    seen = Watched()
    watched._Watch(Mock(pid=os.getpid()), Lines(tmp_path / "rows"), seen, lambda process, rows: None).run()
    assert seen.parent == []
