"""What the log of a request holds, and what it never holds."""

import base64
from urllib.parse import quote

import httpx
import pytest

from tests.doubles import VALUES, FixedEngine
from tests.server.conftest import Log

READ = {"app_id": "1", "session_id": "s-1", "image": "AAAA"}


def test_one_line_a_request(client: httpx.Client, log: Log) -> None:
    response = client.post("/ocr/passport", json=READ)
    [line] = log.lines("passport_ocr.access")
    assert line.pop("seconds") >= 0
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "INFO",
        "logger": "passport_ocr.access",
        "message": "request",
        "request_id": response.headers["x-request-id"],
        "address": "127.0.0.1",
        "session_id": "s-1",
        "method": "POST",
        "path": "/ocr/passport",
        "status": 200,
        "code": 0,
    }


def test_a_refusal_is_logged_with_its_code(client: httpx.Client, log: Log) -> None:
    client.post("/ocr/passport", json={"session_id": "s-2"})
    client.get("/nothing")
    lines = log.lines("passport_ocr.access")
    assert [(line["status"], line["code"], line.get("session_id")) for line in lines] == [
        (200, -1301, "s-2"),
        (404, 404, None),
    ]


def test_no_field_value_no_picture_no_query(client: httpx.Client, log: Log) -> None:
    picture = base64.b64encode(b"a picture of a passport").decode()
    for body in ({"app_id": "app-77", "image": picture}, {"app_id": "app-77", "image": picture + "!"}, ["app-77"]):
        client.post("/ocr/passport?name=SPECIMEN", json=body | READ if isinstance(body, dict) else body)
    client.post("/ocr/passport", data={"app_id": "app-77"}, files={"image": ("SPECIMEN.jpg", b"a picture")})
    logged = "".join(str(line) for name in ("passport_ocr", "uvicorn") for line in log.lines(name))
    assert logged.count("/ocr/passport") == 4
    secrets = [value for value in VALUES.values() if len(value) > 3]
    assert not [s for s in (*secrets, picture, "a picture") if s in logged]


@pytest.mark.parametrize("hostile", ['"}\n{"level": "FORGED"', "护照", "\u2028\x1b[31m"])
def test_a_client_cannot_forge_a_line(client: httpx.Client, log: Log, hostile: str) -> None:
    client.get(f"/x{quote(hostile)}" + "y" * 500)
    client.post("/ocr/passport", json=READ | {"session_id": hostile + "s" * 500})
    lines = [line for line in log.text.splitlines() if '"passport_ocr.access"' in line]
    assert len(lines) == 2
    assert all(line.isascii() and line.isprintable() and len(line) < 1000 for line in lines)
    assert {line["level"] for line in log.lines("passport_ocr.access")} == {"INFO"}


def test_the_engine_is_not_asked_by_what_is_refused(client: httpx.Client, engine: FixedEngine) -> None:
    before = len(engine.given)
    client.post("/ocr/passport", json={"app_id": "1", "image": "!"})
    assert len(engine.given) == before
