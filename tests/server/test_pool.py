"""Starting, being full, and failing to start: the service always answers."""

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from engine.errors import MrzNotFound
from server.pool import PassportEngine
from tests.doubles import FailingEngine, FixedEngine, WaitingEngine
from tests.server.running import assert_fault, serving, wait_until_ready

ASKED = {"app_id": "1", "image": "AAAA"}


def test_until_warm_answers_are_503_and_the_process_is_alive() -> None:
    opened = threading.Event()

    def open_late() -> PassportEngine:
        assert opened.wait(timeout=30)
        return FixedEngine()

    with serving(open_late, warm=False) as client:
        response = client.post("/ocr/passport", json=ASKED)
        assert_fault(response, 503, status=503)
        assert response.headers["retry-after"] == "2"
        assert_fault(client.get("/readyz"), 503, status=503)
        assert client.get("/livez").status_code == 200
        opened.set()
        wait_until_ready(client)
        assert client.post("/ocr/passport", json=ASKED).json()["code"] == 0


@pytest.mark.parametrize("error", [RuntimeError("no"), OSError("no")])
def test_an_engine_that_does_not_open_is_5208(error: Exception) -> None:
    failed = threading.Event()

    def open_badly() -> PassportEngine:
        failed.set()
        raise error

    with serving(open_badly, warm=False) as client:
        assert failed.wait(timeout=30)
        while (response := _ask(client)).status_code == 503:
            pass
        assert_fault(response, -5208)
        assert_fault(client.get("/readyz"), -5208, status=503)
        assert client.get("/livez").status_code == 200


def test_a_reader_too_weak_for_the_warm_up_picture_is_ready(caplog: pytest.LogCaptureFixture) -> None:
    with serving(lambda: FailingEngine(MrzNotFound(), good=0)) as client:
        assert_fault(client.post("/ocr/passport", json=ASKED), -9020)
    assert "warm-up picture" in caplog.text


def test_one_more_than_fits_is_503_and_the_others_are_read() -> None:
    engine = WaitingEngine()
    with serving(lambda: engine, concurrent_reads=2, waiting_reads=0) as client, ThreadPoolExecutor(2) as threads:
        taken = [threads.submit(_ask, client) for _ in range(2)]
        assert all(engine.entered.acquire(timeout=30) for _ in taken)
        response = _ask(client)
        assert_fault(response, 503, status=503)
        assert response.headers["retry-after"] == "1"
        assert client.get("/livez").status_code == 200  # reads do not hold up the event loop
        engine.go.set()
        assert [one.result().json()["code"] for one in taken] == [0, 0]
        assert _ask(client).json()["code"] == 0


def _ask(client: httpx.Client) -> httpx.Response:
    return client.post("/ocr/passport", json=ASKED)
