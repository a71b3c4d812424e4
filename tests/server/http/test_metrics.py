"""What `/metrics` shows: numbers that are right, labels that cannot grow."""

from collections.abc import Iterator

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from engine import Warning
from engine.errors import MrzNotFound
from tests.doubles import FailingEngine, FixedEngine
from tests.server.pool.test_pool import ask, serving_workers
from tests.server.running import serving

READ = {"app_id": "1", "session_id": "s-77", "image": "AAAA"}


@pytest.fixture
def fresh() -> Iterator[httpx.Client]:
    with serving(FixedEngine) as client:
        yield client


def samples(client: httpx.Client) -> dict[str, float]:
    """Every sample by its name and labels, e.g. ``passport_ocr_requests_total{code=0,…}``."""
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {
        f"{s.name}{{{','.join(f'{k}={v}' for k, v in sorted(s.labels.items()))}}}": s.value
        for family in families
        for s in family.samples
    }


def test_requests_by_route_status_and_code(fresh: httpx.Client) -> None:
    for body in (READ, READ, {}, ["junk"]):
        fresh.post("/ocr/passport", json=body)
    fresh.get("/somewhere/else")
    found = samples(fresh)
    for labels, count in {
        "code=0,route=/ocr/passport,status=200": 2,
        "code=-1301,route=/ocr/passport,status=200": 1,
        "code=400,route=/ocr/passport,status=400": 1,
        "code=404,route=other,status=404": 1,
    }.items():
        assert found[f"passport_ocr_requests_total{{{labels}}}"] == count
    assert found["passport_ocr_request_seconds_count{route=/ocr/passport}"] == 4


def test_stages_corrections_and_warnings(fresh: httpx.Client) -> None:
    before = samples(fresh)
    fresh.post("/ocr/passport", json=READ)
    found = samples(fresh)
    assert {f"passport_ocr_warnings_total{{warning={w.name.lower()}}}" for w in Warning} <= set(before)
    assert before["passport_ocr_corrected_characters_total{}"] == 0
    assert found["passport_ocr_corrected_characters_total{}"] == 1
    assert found["passport_ocr_readings_corrected_total{}"] == 1
    assert found["passport_ocr_warnings_total{warning=check_digit}"] == 1
    for stage, seconds in {"decode": 0.01, "locate": 0.02, "whole": 0.03}.items():
        assert found[f"passport_ocr_stage_seconds_count{{stage={stage}}}"] == 1
        assert found[f"passport_ocr_stage_seconds_sum{{stage={stage}}}"] == pytest.approx(seconds)


def test_what_was_not_read_has_no_stages() -> None:
    with serving(lambda: FailingEngine(MrzNotFound())) as client:
        client.post("/ocr/passport", json=READ)
        found = samples(client)
    assert found["passport_ocr_requests_total{code=-9020,route=/ocr/passport,status=200}"] == 1
    assert not [name for name in found if name.startswith("passport_ocr_stage_seconds")]


def test_workers_and_their_losses() -> None:
    with serving_workers(workers=2, waiting_reads=2) as client:
        before = samples(client)
        assert (before["passport_ocr_workers{}"], before["passport_ocr_workers_busy{}"]) == (2, 0)
        assert before["passport_ocr_waiting_reads{}"] == 0
        assert ask(client, "abort").status_code == 502
        found = samples(client)
        assert found["passport_ocr_workers{}"] == 1
        assert found["passport_ocr_workers_replaced_total{reason=died}"] == 1
        assert found["passport_ocr_workers_replaced_total{reason=hung}"] == 0


def test_what_clients_choose_is_no_label(fresh: httpx.Client) -> None:
    def visit(number: int) -> set[str]:
        fresh.post("/ocr/passport?q=s-77", json=READ | {"session_id": f"s-77-{number}", "app_id": f"app{number}"})
        fresh.get(f"/s-77/{number}")
        fresh.request(f"METHOD{number}", "/livez")
        return set(samples(fresh))

    visit(0)  # its own visits of /metrics are counted as well
    before = visit(1)
    assert visit(2) == before
    assert not [name for name in before if "s-77" in name or "app1" in name or "METHOD" in name]


def test_the_process_itself(fresh: httpx.Client) -> None:
    assert samples(fresh)["process_resident_memory_bytes{}"] > 1e6
