"""What never reaches the application, over raw sockets."""

import json
import logging
import socket
from http.client import HTTPResponse

import httpx
import pytest

from server.contract.wire import Refusal
from server.http import protocol
from tests.doubles import FixedEngine
from tests.server.conftest import Log
from tests.server.running import assert_fault, serving

NOT_HTTP = [
    b"GARBAGE\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),  # a TLS greeting
    b"GET / HTTP/1.1\r\n\r\n",  # no Host
    b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: y\r\n\r\n",
    b"GET /\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 17_000,  # longer than a head may be
    b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nA B: c\r\n\r\n",
]


def connect(client: httpx.Client) -> socket.socket:
    return socket.create_connection((client.base_url.host, client.base_url.port or 0), timeout=30)


def answer_on(connection: socket.socket) -> HTTPResponse:
    response = HTTPResponse(connection)
    response.begin()
    return response


def assert_refused(connection: socket.socket, status: int) -> str:
    """The answer has the shape of all refusals, and ends the connection; its request id."""
    response = answer_on(connection)
    body = json.loads(response.read())
    Refusal.model_validate(body)
    assert (response.status, body["code"], bool(response.reason)) == (status, status, True)
    assert response.getheader("content-type") == "application/json"
    assert response.getheader("connection") == "close"
    assert connection.recv(1) == b""
    return response.getheader("x-request-id") or ""


class TestNotHttp:
    @pytest.mark.parametrize("sent", NOT_HTTP, ids=range(len(NOT_HTTP)))
    def test_is_400_in_json(self, client: httpx.Client, sent: bytes, log: Log) -> None:
        with connect(client) as connection:
            connection.sendall(sent)
            request_id = assert_refused(connection, 400)
        assert len(request_id) == 16
        assert request_id in [line["request_id"] for line in log.lines("passport_ocr.access")]
        assert client.get("/livez").status_code == 200

    def test_after_a_good_request(self, client: httpx.Client) -> None:
        with connect(client) as connection:
            connection.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert answer_on(connection).read() == b'{"status":"alive"}'
            connection.sendall(NOT_HTTP[0])
            assert_refused(connection, 400)

    def test_a_bad_chunk_after_the_answer_ends_the_connection_quietly(
        self, client: httpx.Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        with connect(client) as connection:
            connection.sendall(
                b"POST /ocr/passport HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
            )
            response = answer_on(connection)
            assert (response.status, json.loads(response.read())["code"]) == (411, 411)
            connection.sendall(b"no chunk\r\n")
            assert connection.recv(1) == b""
        assert client.get("/livez").status_code == 200
        assert "Traceback" not in caplog.text
        assert all(record.exc_info is None for record in caplog.records)

    def test_an_upgrade_to_websocket_is_not_offered(self, client: httpx.Client) -> None:
        headers = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
        assert_fault(client.get("/ocr/passport", headers=headers), 424, status=424)


class TestSlowSenders:
    def test_half_a_head_is_408(self, client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(protocol, "HEAD_SECONDS", 1.0)  # it runs from the connection on: time to send that half
        with connect(client) as connection:
            connection.sendall(b"POST /ocr/passport HTTP/1.1\r\nHost:")
            assert_refused(connection, 408)

    def test_silence_is_answered_by_silence(self, client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.01)
        with connect(client) as connection:
            assert connection.recv(1) == b""

    def test_half_a_body_is_408(self, engine: FixedEngine) -> None:
        with serving(lambda: engine, receive_seconds=0.01) as client, connect(client) as connection:
            connection.sendall(b"POST /ocr/passport HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{")
            assert_refused(connection, 408)

    @pytest.mark.parametrize("header", [b"", b"Connection: close\r\n"])
    def test_half_a_body_after_the_answer_ends_the_connection(
        self, client: httpx.Client, monkeypatch: pytest.MonkeyPatch, header: bytes
    ) -> None:
        monkeypatch.setattr(protocol, "REST_SECONDS", 0.01)
        with connect(client) as connection:
            connection.sendall(
                b"POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n" + header + b"\r\n{"
            )
            assert json.loads(answer_on(connection).read())["code"] == 404
            assert connection.recv(1) == b""
            with pytest.raises(OSError, match=r"Connection reset|Broken pipe"):
                while True:
                    connection.sendall(b"x" * 100_000)
