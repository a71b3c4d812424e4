"""What a load and a soak run are judged by; the runs themselves are `make load` and `make soak`."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks import load, soak
from benchmarks.service.service import Usage
from benchmarks.service.traffic import Traffic
from benchmarks.soak import Look

GOOD_LOAD: dict[str, Any] = {
    "throughput": {"ratio": 0.95},
    "read_seconds": 10,
    "loads": {"10x": {"unanswered": 0, "wrong": 0, "statuses": {"200": 9, "503": 90}, "ms_of_200": {"p99": 3000}}},
    "exit_status": 0,
}
GOOD_SOAK: dict[str, Any] = {
    "unanswered": 0,
    "wrong": 0,
    "statuses": {"200": 100},
    "killed": [0.3, 0.4],
    "replaced": {"died": 2, "hung": 0},
    "rss": {"growth": 0.01},
    "handles": {"before": 44, "after": 44},
    "exit_status": 0,
}


def test_a_good_run_has_no_complaints() -> None:
    assert load.judge(GOOD_LOAD) == []
    assert soak.judge(GOOD_SOAK) == []


@pytest.mark.parametrize(
    "bad",
    [
        {"unanswered": 1},
        {"wrong": 1},
        {"statuses": {"200": 1, "502": 1}},
        {"ms_of_200": {"p99": 20_001}},
        {"ms_of_200": {}},
    ],
)
def test_a_load_run_that_fails(bad: dict[str, Any]) -> None:
    assert len(load.judge(GOOD_LOAD | {"loads": {"10x": GOOD_LOAD["loads"]["10x"] | bad}})) == 1


@pytest.mark.parametrize("bad", [{"throughput": {"ratio": 0.91}}, {"exit_status": -15}])
def test_a_load_run_that_fails_as_a_whole(bad: dict[str, Any]) -> None:
    assert len(load.judge(GOOD_LOAD | bad)) == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"unanswered": 1},
        {"wrong": 1},
        {"statuses": {"502": 1}},
        {"replaced": {"died": 2, "hung": 1}},
        {"rss": {"growth": 0.05}},
        {"handles": {"before": 44, "after": 45}},
        {"exit_status": 1},
    ],
)
def test_a_soak_run_that_fails(bad: dict[str, Any]) -> None:
    assert len(soak.judge(GOOD_SOAK | bad)) == 1


def test_growth_compares_the_time_once_warm_with_the_end() -> None:
    megabytes = {0.0: 900, 0.1: 100, 0.2: 100, 0.3: 100, 0.5: 500, 0.8: 110, 0.9: 110, 1.0: 110}
    found = soak.growth([Look(share, Usage(0.0, mb << 20, 40)) for share, mb in megabytes.items()])
    assert found == {"early_mb": 100, "late_mb": 110, "highest_mb": 900, "growth": 0.1}


def test_load_goes_to_loopback_only(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="loopback"):
        Traffic("http://192.0.2.1:8000", [])
