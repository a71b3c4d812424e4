"""The service as a process: an orderly end, and what it leaves behind in the log."""

import base64
import json
import os
import re
import resource
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import connection
from pathlib import Path
from typing import Any

import httpx
import pytest

from server import serve
from server.pool.pool import START_ATTEMPTS
from server.serve import NOT_STARTED
from server.settings import Settings
from tests.server.apps import credentials_file
from tests.server.doubles import Gate
from tests.server.service_process import OBEDIENT, REAL, ServiceProcess, service_process

IMAGES = Path(__file__).parents[1] / "images"
ODD_FORM = b"--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: 901003\r\n\r\n1\r\n--b--\r\n"
"""The library that takes forms apart would quote the encoding it does not know in a warning."""


def ask(service: ServiceProcess, picture: bytes) -> httpx.Response:
    image = base64.b64encode(picture).decode()
    return service.client.post("/ocr/passport", json={"app_id": "1", "image": image})


def worker_of(service: ServiceProcess) -> int:
    return int(ask(service, b"process").json()["data"]["items"][0]["itemstring"])


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
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


def test_a_picture_whose_worker_is_killed_while_the_service_ends_is_read_by_another(tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    with service_process(OBEDIENT) as service, ThreadPoolExecutor(1) as threads:
        worker = worker_of(service)
        held = threads.submit(ask, service, f"wait_unless_told:{gate.path}".encode())
        gate.wait_until_reached()
        service.process.terminate()
        Path(f"{gate.path}.told").touch()
        os.kill(worker, signal.SIGKILL)
        assert int(held.result().json()["data"]["items"][0]["itemstring"]) != worker
        assert service.process.wait(timeout=60) == 0
        gate.open()


def test_a_frozen_worker_does_not_keep_the_service_from_its_end() -> None:
    with service_process(OBEDIENT) as service:
        worker = worker_of(service)
        os.kill(worker, signal.SIGSTOP)
        service.process.terminate()
        assert service.process.wait(timeout=60) == 0
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


def test_a_service_that_does_not_end_by_itself_is_ended_with_its_workers() -> None:
    with service_process([*OBEDIENT, "endless"]) as service:
        worker = os.pidfd_open(worker_of(service))
        service.process.terminate()
        assert service.process.wait(timeout=60) == 1
        assert connection.wait([worker], timeout=60)
        os.close(worker)
    assert "the service did not end by itself and is ended" in "".join(service.lines)


def test_an_engine_that_never_opens_ends_the_service_with_a_status_and_says_why() -> None:
    with service_process([*OBEDIENT, "broken"], ready=False) as service:
        assert service.process.wait(timeout=60) == NOT_STARTED
    lines = [json.loads(line) for line in service.lines]
    said = [line["message"] for line in lines if line["logger"] == "passport_ocr.pool"]
    assert said == ["the engine could not be started: OSError Read-only file system: /models/x.onnx"] * START_ATTEMPTS


def test_neither_the_service_nor_a_worker_leaves_a_core_file_or_lets_others_look_inside() -> None:
    with service_process(OBEDIENT) as service:
        for process in (service.process.pid, worker_of(service)):
            limits = Path(f"/proc/{process}/limits").read_text(encoding="utf-8")
            assert re.search(r"Max core file size +0 +0 ", limits)
            # Files of a process that is not dumpable are root's, whoever runs it (proc(5)).
            assert Path(f"/proc/{process}/mem").stat().st_uid == 0


def test_no_part_of_an_answer_waits_for_another_to_be_acknowledged() -> None:
    [listening] = serve._listen(Settings(no_auth=True, port=0))
    with listening:
        assert listening.proto == socket.IPPROTO_TCP, "asyncio sets TCP_NODELAY on connections of such sockets alone"


def test_misspelt_settings_are_named() -> None:
    environment = os.environ | {"PASSPORT_OCR_WORKER": "2", "PASSPORT_OCR_QQQQQQ": "red"}
    with service_process(OBEDIENT, env=environment) as service:
        lines = [json.loads(line)["message"] for line in service.lines]
    assert "PASSPORT_OCR_WORKER is no setting: do you mean PASSPORT_OCR_WORKERS?" in lines
    assert "PASSPORT_OCR_QQQQQQ is no setting" in lines


def test_connections_fit_the_open_files(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = [(64, 1024), (64, 4096), (10_000, 10_000)]
    allowed = []
    for soft, hard in limits:
        monkeypatch.setattr(resource, "getrlimit", lambda _, now=(soft, hard): now)
        monkeypatch.setattr(resource, "setrlimit", lambda _, now: allowed.append(now))
        given = Settings(no_auth=True, workers=1, connections=2000)
        connections = serve._with_room_for_connections(given).connections
        assert connections == (2000 if hard > 2500 else 1024 - 128 - 8 - 64)
    assert allowed == [(1024, 1024), (2000 + 128 + 8 + 64, 4096)]
    monkeypatch.setattr(resource, "getrlimit", lambda _: (64, 64))
    with pytest.raises(serve.SettingsRefused, match="ulimit"):
        serve._with_room_for_connections(Settings(no_auth=True, workers=1))


def test_it_is_said_which_address_to_open_in_a_browser(tmp_path: Path) -> None:
    given = Settings(credentials=credentials_file(tmp_path))
    said = serve._where("http://0.0.0.0:8000", given)
    assert f"open http://{socket.gethostname()}:8000 in a browser and sign in" in said
    assert "http://0.0.0.0:8000/ocr/passport" in said
    assert "open http://127.0.0.1:8000 in a browser" in serve._where("http://127.0.0.1:8000", given)
    assert f"open http://{socket.gethostname()}:8000" in serve._where("http://[::]:8000", given)


def test_workers_end_with_a_service_that_is_killed() -> None:
    with service_process(OBEDIENT) as service:
        worker = os.pidfd_open(worker_of(service))
        service.process.kill()
        assert connection.wait([worker], timeout=60)  # readable when the process has ended
        os.close(worker)


def test_nothing_of_a_passport_is_logged_or_counted() -> None:
    file = (IMAGES / "chn_2012_specimen.jpg").read_bytes()
    image = base64.b64encode(file).decode()
    with service_process(REAL) as service:
        client = service.client
        signed = {"Authorization": "c2VjcmV0LXNpZ25hdHVyZQ=="}
        read = client.post("/ocr/passport?q=SPECIMEN", json={"app_id": "1", "image": image}, headers=signed).json()
        client.post("/ocr/passport", data={"app_id": "1"}, files={"image": ("SPECIMEN.jpg", file)})
        client.post("/ocr/passport", data={"app_id": "1"}, files={"image": ("SPECIMEN.jpg", file[: len(file) // 2])})
        client.post("/ocr/passport", json={"app_id": "1", "image": image + "!", "url": "http://[::1]/SPECIMEN"})
        client.post("/ocr/passport", content=file, headers={"Content-Type": "application/json"})
        client.post("/ocr/passport", content=ODD_FORM, headers={"Content-Type": "multipart/form-data; boundary=b"})
        seen = client.post("/page/readings?q=SPECIMEN", content=file, headers={"X-Passport-Page": "1"}).json()
        numbers = client.get("/metrics").text
        service.process.terminate()
        service.process.wait(timeout=60)
    written = "".join(service.lines) + numbers
    lines = [json.loads(line) for line in service.lines if line.startswith("{")]
    (announced,) = [line for line in service.lines if not line.startswith("{")]
    assert announced.startswith(f"passport-ocr listens on {service.address}: open it in a browser")
    assert [line["code"] for line in lines if line.get("path") == "/ocr/passport"] == [0, 0, -1102, -1505, 400, -1301]
    assert "EA1234567" in json.dumps(seen)
    secrets = set(strings_of(read, IMAGES / "manifest.jsonl", image, signed))
    assert {"EA1234567", "901003", "SHAANXI", "XIAOMEI"} < secrets
    assert [secret for secret in secrets if secret in written] == []


def strings_of(read: dict[str, Any], manifest: Path, image: str, headers: dict[str, str]) -> Iterator[str]:
    """Whatever stands on the specimen, was read there or came with it; what is shorter proves nothing."""
    truth = next(
        t
        for t in map(json.loads, manifest.read_text(encoding="utf-8").splitlines())
        if t["file"].startswith("chn_2012")
    )
    values = [item["itemstring"] for item in read["data"]["items"]]
    printed = [*truth["mrz"], *truth["viz"].values()]
    words = [word for text in (*values, *printed) for word in (text, *re.split(r"[<\s/]+", text))]
    chunks = [image[i : i + 40] for i in range(0, len(image), 4000)]
    yield from {word for word in (*words, *chunks, *headers.values(), "SPECIMEN.jpg") if len(word) >= 5}
