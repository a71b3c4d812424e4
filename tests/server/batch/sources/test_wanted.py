"""Which pictures are read by this run."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.batch.results.ledger import Ledger
from server.batch.sources.wanted import Shard, Wanted


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "r.state")


@given(st.text(), st.integers(1, 12))
def test_every_name_is_in_one_share_exactly(name: str, machines: int) -> None:
    assert sum(Shard(number, machines).takes(name) for number in range(1, machines + 1)) == 1


@pytest.mark.parametrize("text", ["", "3", "0/3", "4/3", "a/b", "1/2/3", "-1/2"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Shard.parse(text)


def test_a_picture_is_read_once_whoever_names_it_again(ledger: Ledger) -> None:
    wanted = Wanted(ledger, Shard(), frozenset())
    assert wanted("a")
    assert not wanted("a"), "it is under way"
    ledger.done("a", 0, {})
    wanted.finished("a")
    assert not wanted("a"), "it is done"
    assert wanted.before == 1


def test_results_among_the_pictures_are_no_pictures(ledger: Ledger, tmp_path: Path) -> None:
    wanted = Wanted(ledger, Shard(), frozenset({tmp_path / "r.parquet", tmp_path / "r.parquet.state"}))
    assert not wanted(str(tmp_path / "r.parquet" / "part-000001.parquet"))
    assert not wanted(str(tmp_path / "r.parquet.state-wal"))
    assert wanted(str(tmp_path / "q.jpg"))


def test_what_only_begins_like_the_results_is_read(ledger: Ledger, tmp_path: Path) -> None:
    wanted = Wanted(ledger, Shard(), frozenset({tmp_path / "out", tmp_path / "r.jsonl"}))
    assert not wanted(str(tmp_path / "out" / "a.jpg" / "mrz.jpg"))
    assert wanted(str(tmp_path / "outbox" / "a.jpg"))
    assert wanted(str(tmp_path / "r.jsonl.jpg"))


def test_any_name_in_an_archive_may_be_asked_for(ledger: Ledger) -> None:
    assert Wanted(ledger, Shard(), frozenset())("in.tar/a\0b.jpg")
