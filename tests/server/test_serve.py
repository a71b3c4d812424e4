"""The end of the service: orderly, and leaving nothing behind."""

import base64
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import connection
from pathlib import Path

import httpx
import pytest

from tests.server.doubles import Gate
from tests.server.service_process import OBEDIENT, ServiceProcess, service_process


def ask(service: ServiceProcess, picture: bytes) -> httpx.Response:
    image = base64.b64encode(picture).decode()
    return service.client.post("/ocr/passport", json={"app_id": "1", "image": image})


def worker_of(service: ServiceProcess) -> int:
    return int(ask(service, b"process").json()["data"]["items"][0]["itemstring"])


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_answers_what_is_under_way_then_ends_with_success(tmp_path: Path, signum: signal.Signals) -> None:
    gate = Gate(tmp_path)
    with service_process(OBEDIENT) as service, ThreadPoolExecutor(1) as threads:
        worker = worker_of(service)
        held = threads.submit(ask, service, gate.picture)
        gate.wait_until_reached()
        for process in (service.process.pid, worker):  # as a supervisor or a terminal does: the whole group
            os.kill(process, signum)
        gate.open()
        assert held.result().json()["code"] == 0
        assert service.process.wait(timeout=60) == 0
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)
    assert "Traceback" not in "".join(service.lines)


def test_workers_end_with_a_service_that_is_killed() -> None:
    with service_process(OBEDIENT) as service:
        worker = os.pidfd_open(worker_of(service))
        service.process.kill()
        assert connection.wait([worker], timeout=60)  # readable when the process has ended
        os.close(worker)
