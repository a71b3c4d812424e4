"""Who gets in, over real HTTP."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.auth.credentials import Credentials, save
from server.auth.gate import key_name
from server.auth.signature import make_signature
from tests.doubles import FixedEngine
from tests.server.apps import (
    APP,
    OTHER_APP,
    OTHER_SECRET_ID,
    OTHER_SECRET_KEY,
    SECRET_ID,
    SECRET_KEY,
    app,
    credentials_file,
    key,
    original,
    signed,
)
from tests.server.conftest import Log
from tests.server.running import assert_fault, serving

PATH = "/ocr/passport"


@pytest.fixture(scope="module")
def credentials(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return credentials_file(tmp_path_factory.mktemp("credentials"))


@pytest.fixture(scope="module")
def client(engine: FixedEngine, credentials: Path) -> Iterator[httpx.Client]:
    with serving(lambda: engine, credentials=credentials) as client:
        yield client


def signature(app_id: str = APP, secret_id: str = SECRET_ID, secret_key: str = SECRET_KEY) -> str:
    return make_signature(app_id, secret_id, secret_key, now=int(time.time()), lifetime=60)


def ask(client: httpx.Client, signature: str | None, **fields: Any) -> httpx.Response:
    headers = {} if signature is None else {"Authorization": signature}
    return client.post(PATH, json={"app_id": APP, "image": "AAAA"} | fields, headers=headers)


class TestCodes:
    def test_signed_requests_are_read(self, client: httpx.Client) -> None:
        assert ask(client, signature()).json()["code"] == 0
        other = signature(OTHER_APP, OTHER_SECRET_ID, OTHER_SECRET_KEY)
        assert ask(client, other, app_id=OTHER_APP).json()["code"] == 0

    @pytest.mark.parametrize("empty", [None, ""])
    def test_4_empty(self, client: httpx.Client, empty: str | None) -> None:
        response = ask(client, empty)
        assert_fault(response, 4, status=401)
        assert response.headers["www-authenticate"]

    def test_5_malformed(self, client: httpx.Client) -> None:
        assert_fault(ask(client, "not base64!"), 5, status=401)

    def test_5_two_headers(self, client: httpx.Client) -> None:
        headers = [("Authorization", signature()), ("Authorization", signature())]
        assert_fault(client.post(PATH, json={"app_id": APP, "image": "AAAA"}, headers=headers), 5, status=401)

    def test_9_expired(self, client: httpx.Client) -> None:
        now = int(time.time())
        assert_fault(ask(client, signed(original(t=now - 100, e=now - 1))), 9, status=401)

    def test_10_unknown_app(self, client: httpx.Client) -> None:
        assert_fault(ask(client, signature("1000003")), 10, status=403)

    def test_11_unknown_secret_id(self, client: httpx.Client) -> None:
        assert_fault(ask(client, signature(secret_id="AKIDnobody")), 11, status=403)

    def test_12_another_apps_key(self, client: httpx.Client) -> None:
        assert_fault(ask(client, signature(APP, OTHER_SECRET_ID, OTHER_SECRET_KEY)), 12, status=403)

    @pytest.mark.parametrize("fields", [{"app_id": OTHER_APP}, {"app_id": None, "appid": OTHER_APP}, {"appid": "1"}])
    def test_12_the_body_speaks_for_another_app(
        self, client: httpx.Client, engine: FixedEngine, fields: dict[str, str]
    ) -> None:
        read = len(engine.given)
        assert_fault(ask(client, signature(), **fields), 12, status=403)
        assert len(engine.given) == read

    def test_14_another_key_signed(self, client: httpx.Client) -> None:
        assert_fault(ask(client, signature(secret_key=OTHER_SECRET_KEY)), 14, status=401)

    def test_1301_and_1304_stay_what_they_are(self, client: httpx.Client) -> None:
        assert_fault(ask(client, signature(), app_id=None), -1301)
        assert_fault(ask(client, signature(), app_id="1" * 65), -1304)


class TestBeforeTheBody:
    """Who may not ask is told so before a byte of the body is read."""

    @pytest.mark.parametrize("expect", [b"", b"Expect: 100-continue\r\n"])
    @pytest.mark.parametrize("length", [1000, 6 * 1024**2 + 1])
    def test_a_stranger(self, client: httpx.Client, expect: bytes, length: int) -> None:
        address = (client.base_url.host, client.base_url.port or 0)
        with socket.create_connection(address, timeout=30) as connection:
            connection.sendall(
                b"POST /ocr/passport HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                b"Authorization: %s\r\n%sContent-Length: %d\r\n\r\n"
                % (signature(secret_key=OTHER_SECRET_KEY).encode(), expect, length)
            )
            assert connection.recv(12) == b"HTTP/1.1 401"

    def test_who_may_ask_is_asked_for_the_body(self, client: httpx.Client) -> None:
        address = (client.base_url.host, client.base_url.port or 0)
        with socket.create_connection(address, timeout=30) as connection:
            connection.sendall(
                b"POST /ocr/passport HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                b"Authorization: %s\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n" % signature().encode()
            )
            assert connection.recv(12) == b"HTTP/1.1 100"

    def test_app_id_is_compared_before_the_picture_is_looked_at(self, client: httpx.Client) -> None:
        assert_fault(ask(client, signature(), app_id=OTHER_APP, image="not base64!"), 12, status=403)
        assert_fault(ask(client, signature(), image="not base64!"), -1102)


class TestLookUp:
    PATH = f"{PATH}/s-1"

    def test_asks_for_a_signature_and_belongs_to_its_app(self, client: httpx.Client) -> None:
        asked = ask(client, signature(), session_id="s-1")
        other = signature(OTHER_APP, OTHER_SECRET_ID, OTHER_SECRET_KEY)
        assert client.get(self.PATH, headers={"Authorization": signature()}).content == asked.content
        assert_fault(client.get(self.PATH), 4, status=401)
        assert_fault(client.get(self.PATH, headers={"Authorization": other}), 404, status=404)
        wrong = signature(secret_key=OTHER_SECRET_KEY)
        assert_fault(client.get(self.PATH, headers={"Authorization": wrong}), 14, status=401)


def test_liveness_needs_no_signature(client: httpx.Client) -> None:
    assert client.get("/livez").status_code == 200


class TestRateLimit:
    def test_15_with_retry_after_for_that_app_only(self, engine: FixedEngine, tmp_path: Path) -> None:
        slow = app(requests_per_minute=2)
        other = app(OTHER_APP, key(OTHER_SECRET_ID, OTHER_SECRET_KEY))
        path = credentials_file(tmp_path, Credentials(apps=(slow, other)))
        with serving(lambda: engine, credentials=path) as client:
            assert [ask(client, signature()).status_code for _ in range(2)] == [200, 200]
            response = ask(client, signature())
            assert_fault(response, 15, status=429)
            assert response.headers["retry-after"] == "30"
            assert ask(client, signature(OTHER_APP, OTHER_SECRET_ID, OTHER_SECRET_KEY), app_id=OTHER_APP).is_success

    def test_what_is_not_proven_counts_for_nobody(self, engine: FixedEngine, tmp_path: Path) -> None:
        with serving(lambda: engine, credentials=credentials_file(tmp_path), requests_per_minute=1) as client:
            for _ in range(3):
                assert_fault(ask(client, signature(secret_key=OTHER_SECRET_KEY)), 14, status=401)
            assert ask(client, signature()).status_code == 200
            assert_fault(ask(client, signature()), 15, status=429)


class TestFailures:
    """Many signatures from one address that fail; a proxy on this machine names the addresses."""

    @staticmethod
    def ask_from(client: httpx.Client, address: str, signature: str) -> httpx.Response:
        headers = {"Authorization": signature, "X-Forwarded-For": address}
        return client.post(PATH, json={"app_id": APP, "image": "AAAA"}, headers=headers)

    def test_15_for_that_key_from_that_address_only(self, engine: FixedEngine, tmp_path: Path) -> None:
        wrong = signature(secret_key=OTHER_SECRET_KEY)
        credentials = credentials_file(tmp_path)
        with serving(lambda: engine, credentials=credentials, failed_signatures_per_minute=2) as client:
            for _ in range(2):
                assert_fault(self.ask_from(client, "203.0.113.1", wrong), 14, status=401)
            response = self.ask_from(client, "203.0.113.1", wrong)
            assert_fault(response, 15, status=429)
            assert response.headers["retry-after"] == "30"
            assert_fault(self.ask_from(client, "203.0.113.1", signature()), 15, status=429)  # nothing to be learnt
            assert self.ask_from(client, "203.0.113.2", signature()).json()["code"] == 0
            assert_fault(self.ask_from(client, "203.0.113.1", signature(secret_id="AKIDnobody")), 11, status=403)
            numbers = client.get("/metrics").text
        assert 'passport_ocr_signatures_refused_total{reason="failed"} 3.0' in numbers
        assert 'passport_ocr_signatures_refused_total{reason="throttled"} 2.0' in numbers

    def test_junk_is_throttled_and_what_is_not_signed_is_not(self, engine: FixedEngine, tmp_path: Path) -> None:
        credentials = credentials_file(tmp_path)
        with serving(lambda: engine, credentials=credentials, failed_signatures_per_minute=1) as client:
            codes = [self.ask_from(client, "203.0.113.1", "junk").json()["code"] for _ in range(3)]
            assert codes == [5, 15, 15]
            assert [self.ask_from(client, "203.0.113.3", "").json()["code"] for _ in range(3)] == [4, 4, 4]

    def test_an_address_that_stands_for_many_is_not_throttled(self, engine: FixedEngine, tmp_path: Path) -> None:
        credentials = credentials_file(tmp_path)
        with serving(lambda: engine, credentials=credentials, failed_signatures_per_minute=1) as client:
            for _ in range(3):
                assert_fault(ask(client, signature(secret_key=OTHER_SECRET_KEY)), 14, status=401)
            assert ask(client, signature()).json()["code"] == 0


class TestAudit:
    def test_the_log_and_the_metrics_name_app_key_address_and_code(
        self, engine: FixedEngine, tmp_path: Path, log: Log
    ) -> None:
        with serving(lambda: engine, credentials=credentials_file(tmp_path)) as client:
            for one in (signature(), signature(secret_key=OTHER_SECRET_KEY)):
                TestFailures.ask_from(client, "198.51.100.7, 203.0.113.1", one)
            TestFailures.ask_from(client, "nonsense" * 50, signature())
            numbers = client.get("/metrics").text
        lines = [line for line in log.lines("passport_ocr.access") if line["path"] == PATH]
        assert [(n.get("app"), n.get("key"), n["code"]) for n in lines] == [
            (APP, key_name(SECRET_ID), 0),
            (None, None, 14),
            (APP, key_name(SECRET_ID), 0),
        ]
        assert [line["address"] for line in lines] == ["203.0.113.1", "203.0.113.1", ("nonsense" * 50)[:64]]
        assert f'passport_ocr_app_requests_total{{app="{APP}",code="0"}} 2.0' in numbers
        assert SECRET_ID not in log.text + numbers
        assert SECRET_KEY not in log.text + numbers

    def test_an_app_that_asks_too_often_is_named_and_its_signature_held(
        self, engine: FixedEngine, tmp_path: Path, log: Log
    ) -> None:
        with serving(lambda: engine, credentials=credentials_file(tmp_path), requests_per_minute=1) as client:
            for _ in range(2):
                ask(client, signature())
            numbers = client.get("/metrics").text
        lines = [line for line in log.lines("passport_ocr.access") if line["path"] == PATH]
        assert [(line["app"], line["code"]) for line in lines] == [(APP, 0), (APP, 15)]
        assert f'passport_ocr_app_requests_total{{app="{APP}",code="15"}} 1.0' in numbers
        assert 'passport_ocr_signatures_refused_total{reason="throttled"} 0.0' in numbers

    def test_who_is_no_trusted_proxy_names_nobody(self, engine: FixedEngine, tmp_path: Path, log: Log) -> None:
        credentials = credentials_file(tmp_path)
        with serving(lambda: engine, credentials=credentials, trusted_proxies="192.0.2.0/24") as client:
            TestFailures.ask_from(client, "203.0.113.1", signature())
        assert {n["address"] for n in log.lines("passport_ocr.access")} == {"127.0.0.1"}


def test_keys_are_replaced_without_a_restart(engine: FixedEngine, tmp_path: Path) -> None:
    new = signature(APP, "AKIDnew", OTHER_SECRET_KEY)
    path = credentials_file(tmp_path)
    with serving(lambda: engine, credentials=path) as client:
        assert_fault(ask(client, new), 11, status=403)
        save(path, Credentials(apps=(app(APP, key(), key("AKIDnew", OTHER_SECRET_KEY)),)))
        assert [ask(client, one).status_code for one in (signature(), new)] == [200, 200]
        save(path, Credentials(apps=(app(APP, key("AKIDnew", OTHER_SECRET_KEY)),)))
        assert_fault(ask(client, signature()), 11, status=403)
        assert ask(client, new).status_code == 200
        path.write_text("{")
        assert ask(client, new).status_code == 200
