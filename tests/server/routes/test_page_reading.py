"""Readings for the web page, over real HTTP."""

import base64
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from engine.errors import MrzNotFound
from engine.values.items import Item
from tests.doubles import VALUES, FailingEngine, FixedEngine
from tests.server.apps import APP, SECRET_ID, SECRET_KEY, TWO_APPS, app, credentials_file
from tests.server.conftest import Log
from tests.server.running import assert_fault, serving

PATH = "/page/readings"
OURS = {"X-Passport-Page": "1"}


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(file, "PNG")
    return file.getvalue()


@pytest.fixture(scope="module")
def signed_in(engine: FixedEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    path = credentials_file(tmp_path_factory.mktemp("credentials"))
    with serving(lambda: engine, credentials=path) as client:
        sign_in(client)
        yield client


def sign_in(client: httpx.Client) -> None:
    shown = {"secret_id": SECRET_ID, "secret_key": SECRET_KEY}
    assert client.post("/page/session", json=shown, headers=OURS).status_code == 200


def read(client: httpx.Client, body: bytes | None = None) -> httpx.Response:
    return client.post(PATH, content=picture() if body is None else body, headers=OURS)


def test_everything_a_person_looks_at_is_in_the_answer(client: httpx.Client) -> None:
    response = read(client)
    assert response.headers["cache-control"] == "no-store"
    body = response.json()
    reading: dict[str, Any] = body["reading"]
    assert (body["code"], response.headers["content-type"]) == (0, "application/json")
    assert {item["item"]: item["value"] for item in reading["items"] if item["value"]} == VALUES
    assert reading["warnings"][0]["warning"] == "CHECK_DIGIT"
    assert [check["ok"] for check in reading["mrz"]["checks"]] == [True, False]
    shown = reading["picture"]
    with Image.open(io.BytesIO(base64.b64decode(shown["jpeg"]))) as jpeg:
        assert (jpeg.format, jpeg.size) == ("JPEG", (shown["width"], shown["height"]))
    assert "passport_number" in reading["crops"]
    number = reading["items"][list(Item).index(Item.PASSPORT_NUMBER)]
    assert number["place"] == [[10, 20], [110, 20], [110, 40], [10, 40]]
    assert number["certainty"] == "likely"


def test_who_has_not_signed_in_reads_nothing(signed_in: httpx.Client, engine: FixedEngine) -> None:
    given = len(engine.given)
    cookies = dict(signed_in.cookies)
    signed_in.cookies.clear()
    assert_fault(read(signed_in), 401, status=401)
    signed_in.cookies.update(cookies)
    assert len(engine.given) == given


def test_a_session_is_prolonged_by_reading(signed_in: httpx.Client) -> None:
    response = read(signed_in)
    assert response.json()["code"] == 0
    assert response.headers["set-cookie"].startswith("passport-ocr=")


@pytest.mark.parametrize(("body", "status", "code"), [(b"", 200, -1300), (b"x" * 7_000_000, 413, 413)])
def test_bodies_that_are_refused(client: httpx.Client, body: bytes, status: int, code: int) -> None:
    assert_fault(read(client, body), code, status=status)


def test_what_holds_no_passport() -> None:
    with serving(lambda: FailingEngine(MrzNotFound("none"))) as client:
        assert_fault(read(client), -9020)


def test_an_app_that_asks_too_often_waits(tmp_path: Path) -> None:
    few = TWO_APPS.model_copy(update={"apps": (app(requests_per_minute=2),)})
    with serving(FixedEngine, credentials=credentials_file(tmp_path, few)) as client:
        sign_in(client)
        assert [read(client).json()["code"] for _ in range(3)] == [0, 0, 15]


def test_nothing_is_kept_for_look_up_and_nothing_that_was_read_is_logged(signed_in: httpx.Client, log: Log) -> None:
    assert read(signed_in).json()["code"] == 0
    signed_in.get("/page/session")  # on the same connection: answered only once the reading is logged
    line, _ = log.lines("passport_ocr.access")
    assert (line["app"], line["path"], line["code"]) == (APP, PATH, 0)
    assert "session_id" not in line
    logged = json.dumps(log.lines("passport_ocr"))
    assert [value for value in VALUES.values() if len(value) > 3 and value in logged] == []


def test_neither_route_is_in_the_public_contract(client: httpx.Client) -> None:
    assert [path for path in client.get("/openapi.json").json()["paths"] if path.startswith("/page")] == []
