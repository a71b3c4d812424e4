"""What the log of a request holds, and what it never holds."""

import base64
import logging

import httpx
import pytest

from tests.doubles import VALUES


@pytest.fixture(autouse=True)
def everything_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


def test_one_line_with_request_id_method_path_status(client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    response = client.post("/ocr/passport", json={"app_id": "1", "image": "AAAA"})
    messages = [r.getMessage() for r in caplog.records if r.name == "passport_ocr.access"]
    assert [m.rsplit(" ", 1)[0] for m in messages] == [f"{response.headers['x-request-id']} POST '/ocr/passport' 200"]


def test_no_field_value_no_picture_no_query(client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    picture = base64.b64encode(b"a picture of a passport").decode()
    for body in ({"app_id": "app-77", "image": picture}, {"app_id": "app-77", "image": picture + "!"}, ["app-77"]):
        client.post("/ocr/passport?name=SPECIMEN", json=body)
    client.post("/ocr/passport", data={"app_id": "app-77"}, files={"image": ("SPECIMEN.jpg", b"a picture")})
    logged = "".join(r.getMessage() for r in caplog.records if r.name.startswith(("passport_ocr", "uvicorn")))
    assert logged.count("/ocr/passport") == 4
    secrets = [value for value in VALUES.values() if len(value) > 3]
    assert not [s for s in (*secrets, picture, "app-77", "a picture") if s in logged]


def test_a_path_cannot_forge_a_line(client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/x%0a2026-01-01 INFO forged%e6%8a%a4" + "y" * 500)
    messages = [r.getMessage() for r in caplog.records if r.name == "passport_ocr.access"]
    assert len(messages) == 1
    assert "\n" not in messages[0]
    assert messages[0].isascii()
    assert len(messages[0]) < 200
