"""The contract, over real HTTP (``contract/notes.md``)."""

import base64
import contextlib
import json
import re
import socket
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import httpx
import pytest

from engine import PassportReading, Warning
from engine.values.items import Item
from engine.values.warnings import Caution
from server.contract.ocr_passport.wire import Answer
from server.contract.warnings import warnings_header
from tests.doubles import VALUES, FixedEngine, fixed_reading
from tests.server.running import assert_fault, serving

PICTURE = b"\x89PNG the engine is a double: any bytes will do \xff\x00"
BASE64 = base64.b64encode(PICTURE).decode()
PATH = "/ocr/passport"


@dataclass(frozen=True)
class Cautioned:
    """An engine whose readings have these warnings."""

    cautions: tuple[Caution, ...]

    def recognize(self, source: bytes) -> PassportReading:
        return replace(fixed_reading(), warnings=self.cautions)


def ask(client: httpx.Client, **fields: Any) -> httpx.Response:
    return client.post(PATH, json={"app_id": "123456"} | fields)


def assert_read(response: httpx.Response, engine: FixedEngine) -> dict[str, Any]:
    """The answer is a reading, of exactly the picture that was sent."""
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    Answer.model_validate(body)
    assert (body["code"], body["message"]) == (0, "OK")
    assert engine.given[-1] == PICTURE
    return body


class TestReading:
    def test_json_answer_is_the_contract_of_the_reading(self, client: httpx.Client, engine: FixedEngine) -> None:
        body = assert_read(ask(client, image=BASE64, session_id="s-1"), engine)
        assert body["data"] == fixed_reading().to_contract("s-1")
        read = {i["item"]: i["itemstring"] for i in body["data"]["items"] if i["itemstring"]}
        assert read == {item.value: value for item, value in VALUES.items()}

    def test_multipart_answer_is_the_same(self, client: httpx.Client, engine: FixedEngine) -> None:
        response = client.post(PATH, data={"app_id": "1", "session_id": "s-1"}, files={"image": ("p.png", PICTURE)})
        assert assert_read(response, engine)["data"] == fixed_reading().to_contract("s-1")

    @pytest.mark.parametrize(
        "text",
        [
            BASE64.rstrip("="),
            "data:image/png;base64," + BASE64,
            "data:;base64," + BASE64,
            "\r\n".join(BASE64[i : i + 20] for i in range(0, len(BASE64), 20)) + "\n",
        ],
        ids=["unpadded", "data prefix", "bare data prefix", "line breaks"],
    )
    @pytest.mark.parametrize("name", ["image", "url", "base64"])
    def test_base64_variants(self, client: httpx.Client, engine: FixedEngine, name: str, text: str) -> None:
        assert_read(ask(client, **{name: text}), engine)

    def test_url_wins_over_image(self, client: httpx.Client, engine: FixedEngine) -> None:
        assert_read(ask(client, url=BASE64, image="AAAA"), engine)

    def test_an_empty_url_does_not_win(self, client: httpx.Client, engine: FixedEngine) -> None:
        assert_read(ask(client, url="", image=BASE64), engine)

    def test_base64_in_a_form_field(self, client: httpx.Client, engine: FixedEngine) -> None:
        assert_read(client.post(PATH, files={"app_id": (None, "1"), "url": (None, BASE64)}), engine)

    def test_raw_bytes_in_a_form_field_without_file_name(self, client: httpx.Client, engine: FixedEngine) -> None:
        assert_read(client.post(PATH, files={"app_id": (None, "1"), "image": (None, PICTURE)}), engine)

    def test_app_id_as_the_sdk_spells_it(self, client: httpx.Client, engine: FixedEngine) -> None:
        assert_read(client.post(PATH, json={"appid": "1", "image": BASE64}), engine)

    def test_app_id_as_a_number(self, client: httpx.Client, engine: FixedEngine) -> None:
        body = assert_read(client.post(PATH, json={"app_id": 77, "image": BASE64}), engine)
        assert body["data"]["session_id"].startswith("77")

    def test_unknown_fields_are_ignored(self, client: httpx.Client, engine: FixedEngine) -> None:
        assert_read(ask(client, image=BASE64, colour="red", bucket={"a": [1]}), engine)

    def test_session_id_is_made_of_app_id_and_unique_digits(self, client: httpx.Client) -> None:
        made = {ask(client, image=BASE64).json()["data"]["session_id"] for _ in range(5)}
        assert len(made) == 5
        assert all(one.startswith("123456") and one.isdigit() and len(one) > 16 for one in made)

    def test_chinese_is_sent_as_utf8_not_escaped(self, client: httpx.Client) -> None:
        assert "护照号码" in ask(client, image=BASE64, session_id="会话").text


class TestWarnings:
    def test_codes_come_in_a_header_and_quote_nothing(self, client: httpx.Client) -> None:
        told = ask(client, image=BASE64).headers["X-Passport-Warnings"]
        assert told == "CHECK_DIGIT"
        assert not any(value in told for value in VALUES.values() if len(value) > 1)

    def test_items_are_named_in_ascii(self) -> None:
        cautions = (Caution(Warning.GLARE, (Item.PASSPORT_NUMBER, Item.SEX)), Caution(Warning.GRAY))
        with serving(lambda: Cautioned(cautions)) as client:
            told = ask(client, image=BASE64).headers["X-Passport-Warnings"]
        assert told == 'GLARE;items="passport_number sex", GRAY'

    def test_without_warnings_there_is_no_header(self) -> None:
        with serving(lambda: Cautioned(())) as client:
            assert "x-passport-warnings" not in ask(client, image=BASE64).headers

    def test_who_does_not_ask_for_them_gets_the_same_bytes_as_ever(self, client: httpx.Client) -> None:
        data = fixed_reading().to_contract("s")
        body = {"code": 0, "message": "OK", "data": data}
        same = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        assert ask(client, image=BASE64, session_id="s").content == same
        assert ask(client, image=BASE64, session_id="s", warnings=False).content == same

    def test_who_asks_gets_them_beside_the_data(self, client: httpx.Client) -> None:
        body = ask(client, image=BASE64, session_id="s", warnings=True).json()
        assert list(body) == ["code", "message", "data", "warnings"]
        assert body["data"] == fixed_reading().to_contract("s")
        advice = Caution(Warning.CHECK_DIGIT).advice
        assert body["warnings"] == [{"warning": "CHECK_DIGIT", "items": [], "advice": advice}]
        Answer.model_validate(body)

    @pytest.mark.parametrize("value", ["1", "true", "True"])
    def test_a_form_asks_by_a_field(self, client: httpx.Client, value: str) -> None:
        form = {"app_id": "1", "warnings": value}
        response = client.post(PATH, data=form, files={"image": ("p.png", PICTURE)})
        assert [one["warning"] for one in response.json()["warnings"]] == ["CHECK_DIGIT"]

    def test_who_asks_is_told_that_there_are_none(self) -> None:
        with serving(lambda: Cautioned(())) as client:
            assert ask(client, image=BASE64, warnings=True).json()["warnings"] == []

    def test_what_is_no_flag_is_refused_with_a_word(self, client: httpx.Client) -> None:
        response = ask(client, image=BASE64, warnings="perhaps")
        assert_fault(response, 400, status=400)
        assert "true" in response.json()["message"]

    def test_the_answer_that_is_looked_up_is_the_one_that_was_given(self, client: httpx.Client) -> None:
        given = ask(client, image=BASE64, session_id="told", warnings=True)
        assert client.get(PATH + "/told").content == given.content

    @pytest.mark.parametrize("warning", list(Warning))
    def test_no_name_can_break_the_head(self, warning: Warning) -> None:
        (told,) = warnings_header([Caution(warning, tuple(Item))]).values()
        assert re.fullmatch(r'[A-Z_]+;items="[a-z0-9_ ]+"', told)


def test_nothing_on_the_way_keeps_an_answer(client: httpx.Client) -> None:
    for fields in ({"image": BASE64}, {"image": "!"}, {"image": ["junk"]}):
        assert ask(client, **fields).headers["cache-control"] == "no-store"


class TestRecognitionCodes:
    @pytest.mark.parametrize("fields", [{"image": BASE64}, {"app_id": "", "image": BASE64}, {"app_id": None}, {}])
    def test_app_id_missing(self, client: httpx.Client, fields: dict[str, Any]) -> None:
        assert_fault(client.post(PATH, json=fields | {"session_id": "s"}), -1301, session_id="s")

    @pytest.mark.parametrize("fields", [{}, {"image": None}, {"url": None, "image": None}])
    def test_picture_missing(self, client: httpx.Client, fields: dict[str, Any]) -> None:
        assert_fault(ask(client, **fields), -1301)

    @pytest.mark.parametrize("fields", [{"image": ""}, {"url": ""}, {"image": "data:image/png;base64,"}])
    def test_picture_empty(self, client: httpx.Client, fields: dict[str, str]) -> None:
        assert_fault(ask(client, **fields), -1300)

    def test_file_part_empty(self, client: httpx.Client) -> None:
        assert_fault(client.post(PATH, data={"app_id": "1"}, files={"image": ("p.jpg", b"")}), -1300)

    @pytest.mark.parametrize("image", ["not base64!", "AAAAA", "图片", "AA=A", "AAAA AAAA", "-_-_"])
    def test_image_is_not_base64(self, client: httpx.Client, image: str) -> None:
        assert_fault(ask(client, image=image, session_id="s"), -1102, session_id="s")

    @pytest.mark.parametrize("url", ["www.example.com/p.jpg", "ftp://example.com/p.jpg", "file:///p.jpg", "data:,x"])
    def test_url_is_none(self, client: httpx.Client, url: str) -> None:
        assert_fault(ask(client, url=url, image=BASE64), -1505)

    @pytest.mark.parametrize(
        "fields", [{"app_id": "1" * 65}, {"session_id": "s" * 129}, {"url": "http://example.com/" + "a" * 2048}]
    )
    def test_parameter_too_long(self, client: httpx.Client, fields: dict[str, str]) -> None:
        response = ask(client, **{"image": BASE64} | fields)
        assert_fault(response, -1304)
        assert len(response.json()["data"]["session_id"]) <= 128


class TestHttpErrors:
    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b"[]",
            b'"text"',
            b"\xff\xfe\xfd",
            b"[" * 100_000,
            b"[" * 1999,
            b'{"a":' * 1000 + b"1" + b"}" * 1000,
            b'{"app_id": "1", "image": "AAAA", "more": [' + b"[]," * 2000 + b"[]]}",
            b'{"app_id": ["1"]}',
            b'{"app_id": "1", "image": {"a": 1}}',
            b'{"app_id": "1", "session_id": "\\ud800", "image": "AAAA"}',
            b'{"app_id": ' + b"9" * 5000 + b"}",
        ],
    )
    def test_malformed_json(self, client: httpx.Client, body: bytes) -> None:
        response = client.post(PATH, content=body, headers={"content-type": "application/json"})
        assert_fault(response, 400, status=400)

    @pytest.mark.parametrize(
        ("content_type", "body"),
        [
            ("multipart/form-data", b"--b\r\n"),
            ("multipart/form-data; boundary=b", b""),
            ("multipart/form-data; boundary=b", b"no boundary at all"),
            (
                "multipart/form-data; boundary=b",
                b'--b\r\nContent-Disposition: form-data; name="image"\r\n\r\ncut off',
            ),
            ("multipart/form-data; boundary=b", b"--b\r\n\r\nno name\r\n--b--\r\n"),
            ("multipart/form-data; boundary=" + "b" * 300, b"--b--\r\n"),
            (
                "multipart/form-data; boundary=b",
                b'--b\r\nContent-Disposition: x; name="a"\r\n\r\n1\r\n' * 40 + b"--b--",
            ),
        ],
    )
    def test_malformed_form(self, client: httpx.Client, content_type: str, body: bytes) -> None:
        assert_fault(client.post(PATH, content=body, headers={"content-type": content_type}), 400, status=400)

    @pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
    def test_other_content_type(self, client: httpx.Client, content_type: str) -> None:
        assert_fault(client.post(PATH, content=b"a=1", headers={"content-type": content_type}), 400, status=400)

    @pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"])
    def test_other_methods(self, client: httpx.Client, method: str) -> None:
        assert_fault(client.request(method, PATH), 424, status=424)

    @pytest.mark.parametrize("path", ["/ocr", "/redoc", "/%00", "/ocr/idcard"])
    def test_other_paths(self, client: httpx.Client, path: str) -> None:
        assert_fault(client.post(path, json={}), 404, status=404)

    def test_chunked_body_without_length(self, client: httpx.Client) -> None:
        chunks = iter([json.dumps({"app_id": "1", "image": BASE64}).encode()])
        response = client.post(PATH, content=chunks, headers={"content-type": "application/json"})
        assert_fault(response, 411, status=411)

    @pytest.mark.parametrize("length", [6 * 1024**2 + 1, 10**8, 10**18, 10**19])
    def test_too_long_a_body_is_refused_before_it_is_sent(self, client: httpx.Client, length: int) -> None:
        with socket.create_connection((client.base_url.host, client.base_url.port or 0), timeout=30) as connection:
            connection.sendall(
                f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n".encode()
            )
            answer = HTTPResponse(connection)
            answer.begin()
            assert answer.status == 413
            assert json.loads(answer.read())["code"] == 413
            assert (answer.getheader("connection") == "close") == (length > 60 * 1024**2)

    def test_clients_that_send_all_before_they_listen_see_the_refusal(self, client: httpx.Client) -> None:
        connection = HTTPConnection(client.base_url.host, client.base_url.port, timeout=30)
        with contextlib.closing(connection):
            for _ in range(2):  # and the connection stays of use
                connection.request("POST", PATH, body=b"x" * 8_000_000)
                response = connection.getresponse()
                assert (response.status, json.loads(response.read())["code"]) == (413, 413)

    def test_such_clients_that_want_the_connection_closed(self, client: httpx.Client) -> None:
        connection = HTTPConnection(client.base_url.host, client.base_url.port, timeout=30)
        with contextlib.closing(connection):
            connection.request("POST", PATH, body=b"x" * 8_000_000, headers={"Connection": "close"})
            response = connection.getresponse()
            assert (response.status, json.loads(response.read())["code"]) == (413, 413)

    def test_chunked_bodies_of_such_clients(self, client: httpx.Client) -> None:
        connection = HTTPConnection(client.base_url.host, client.base_url.port, timeout=30)
        with contextlib.closing(connection):
            connection.request("POST", PATH, body=iter([b"x" * 1_000_000] * 3), encode_chunked=True)
            assert connection.getresponse().status == 411

    def test_the_longest_body_is_accepted(self, client: httpx.Client, engine: FixedEngine) -> None:
        frame = json.dumps({"app_id": "1", "image": BASE64, "padding": ""}).encode()
        body = frame[:-2] + b"x" * (6 * 1024**2 - len(frame)) + frame[-2:]
        assert len(body) == 6 * 1024**2
        assert_read(client.post(PATH, content=body, headers={"content-type": "application/json"}), engine)


def test_openapi_names_both_body_formats_and_every_status(client: httpx.Client) -> None:
    operation = client.get("/openapi.json").json()["paths"][PATH]["post"]
    assert set(operation["requestBody"]["content"]) == {"application/json", "multipart/form-data"}
    statuses = "200 202 400 401 403 408 411 413 424 429 500 501 502 503 504"
    assert set(operation["responses"]) == set(statuses.split())
