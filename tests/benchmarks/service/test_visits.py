import json
from pathlib import Path

from benchmarks.service.visits import API3_EVERY, Visit, digest_of, load_visits, summarise_visits, wants_portrait


def visit(status: int = 200, *, seconds: float = 0.1, right: bool = True) -> Visit:
    return Visit("p.jpg", 0.0, seconds, status, 0, right)


def test_answers_are_counted_by_status_and_timed_where_they_are_readings() -> None:
    visits = [visit(seconds=s / 100) for s in range(1, 101)] + [visit(503, seconds=99.0)]
    summary = summarise_visits(visits)
    assert summary["requests"] == 101
    assert summary["statuses"] == {"200": 100, "503": 1}
    assert (summary["unanswered"], summary["wrong"]) == (0, 0)
    assert 500 <= summary["ms_of_200"]["p50"] <= 510
    assert 980 <= summary["ms_of_200"]["p99"] <= 1000


def test_wrong_and_missing_answers_are_told_apart() -> None:
    summary = summarise_visits([visit(right=False), visit(0, right=False), visit(500, right=False), visit()])
    assert (summary["unanswered"], summary["wrong"]) == (1, 2)
    assert [one["status"] for one in summary["wrong_ones"]] == [200, 0, 500]


def test_a_digest_depends_on_every_value_and_not_on_the_order_of_keys() -> None:
    assert digest_of([{"a": 1, "b": "x"}]) == digest_of([{"b": "x", "a": 1}])
    assert digest_of([{"a": 1, "b": "x"}]) != digest_of([{"a": 1, "b": "y"}])


def test_what_was_written_down_is_read_back(tmp_path: Path) -> None:
    record = tmp_path / "visits.jsonl"
    row = {"kind": "zeros", "at": 1.5, "seconds": 0.25, "status": 200, "code": -1102, "right": True}
    record.write_text(json.dumps(row) + "\n")
    assert load_visits(record) == [Visit("zeros", 1.5, 0.25, 200, -1102, True)]


def test_each_picture_is_sent_as_often_either_way() -> None:
    turns = range(4 * API3_EVERY)
    assert sorted(turn % 4 for turn in turns if wants_portrait(turn, 4)) == [0, 1, 2, 3]
