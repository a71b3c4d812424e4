"""What never reaches the application, over raw sockets."""

import asyncio
import errno
import json
import logging
import re
import select
import socket
from contextlib import ExitStack
from http.client import HTTPResponse

import httpx
import pytest

from server.contract import faults
from server.contract.ocr_passport.wire import Refusal
from server.http import protocol
from server.http.framing import fault_of
from server.routes import docs
from server.settings import Settings
from tests.doubles import FixedEngine
from tests.server.conftest import Log
from tests.server.running import assert_fault, serving

NOT_HTTP = [
    b"GARBAGE\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),  # a TLS greeting
    b"GET / HTTP/1.1\r\n\r\n",  # no Host
    b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: y\r\n\r\n",
    b"GET /\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST /ocr/passport HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    b"POST /ocr/passport HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
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


class GoneTransport:
    """A transport whose client has reset the connection, which the event loop has not noticed yet."""

    closed = False

    def is_closing(self) -> bool:
        return self.closed

    def resume_reading(self) -> None:
        pass

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None:
        raise OSError(errno.ENOTCONN, "Transport endpoint is not connected")

    def close(self) -> None:
        self.closed = True


def test_a_client_that_is_gone_while_it_sends_does_not_keep_the_service_from_its_end() -> None:
    transport = GoneTransport()
    protocol.PoliteTransport(transport, lambda: True).close()
    assert transport.closed


def test_a_flood_of_connections_leaves_the_event_loop_time_for_others() -> None:
    taken: list[int] = []

    async def accept(listening: socket.socket, count: int) -> None:
        made: list[asyncio.BaseTransport] = []

        class Guest(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                made.append(transport)

        backlog = protocol.uvicorn_options(Settings(no_auth=True))["backlog"]
        async with await asyncio.get_running_loop().create_server(Guest, sock=listening, backlog=backlog):
            while len(made) < count:
                before = len(made)
                await asyncio.sleep(0)  # what others get done between them
                taken.append(len(made) - before)
            for transport in made:
                transport.abort()

    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening, ExitStack() as clients:
        for _ in range(40):
            clients.enter_context(socket.create_connection(listening.getsockname()))
        asyncio.run(accept(listening, 40))
    assert max(taken) <= protocol.ACCEPTED_AT_ONCE + 1  # newer Pythons accept one more than they are told


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


BODY = b'{"app_id":"1","image":"AAAA"}'
POST = b"POST /ocr/passport HTTP/1.1\r\nHost: localhost\r\n"
AMBIGUOUS = [
    POST + b"Content-Length: 29\r\nTransfer-Encoding: chunked\r\n\r\n1d\r\n" + BODY + b"\r\n0\r\n\r\n",
    POST + b"Transfer-Encoding: chunked\r\nContent-Length: 29\r\n\r\n1d\r\n" + BODY + b"\r\n0\r\n\r\n",
    POST + b"Content-Length: 29, 29\r\n\r\n" + BODY,
    POST + b"content-length: 29\r\nContent-Length: 29\r\n\r\n" + BODY,
    POST + b"Content-Length:\r\n 29\r\n\r\n" + BODY,
    b"POST /ocr/passport HTTP/1.1\nHost: localhost\nContent-Length: 29\n\n" + BODY,
    POST + b"X: y\nContent-Length: 29\r\n\r\n" + BODY,
    POST + b"Content-Length: 29\n\r\n" + BODY,
]


class TestFraming:
    """Where a request ends must be beyond doubt: to every other program on the way as well."""

    @pytest.mark.parametrize("sent", AMBIGUOUS, ids=range(len(AMBIGUOUS)))
    def test_what_is_ambiguous_is_400_and_ends_the_connection(
        self, client: httpx.Client, engine: FixedEngine, sent: bytes
    ) -> None:
        read = len(engine.given)
        with connect(client) as connection:
            connection.sendall(sent)
            assert_refused(connection, 400)
        assert len(engine.given) == read

    @pytest.mark.parametrize("sent", AMBIGUOUS, ids=range(len(AMBIGUOUS)))
    def test_behind_a_good_request(self, client: httpx.Client, engine: FixedEngine, sent: bytes) -> None:
        read = len(engine.given)
        with connect(client) as connection:
            connection.sendall(POST + b"Content-Length: 29\r\n\r\n" + BODY + sent)
            answers = b"".join(iter(lambda: connection.recv(65_536), b""))
        assert re.findall(rb"HTTP/1.1 (\d+)", answers) == [b"200", b"400"]
        assert len(engine.given) == read + 1

    def test_behind_a_body_that_was_refused_unread(self, client: httpx.Client) -> None:
        with connect(client) as connection:
            connection.sendall(b"POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n")
            assert json.loads(answer_on(connection).read())["code"] == 404
            connection.sendall(b"123456789" + AMBIGUOUS[2])
            assert_refused(connection, 400)

    def test_a_head_longer_than_64_kb_is_431(self) -> None:
        head = b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 65_536 + b"\r\n\r\n"
        assert fault_of(head) == faults.HEAD_TOO_LONG
        assert fault_of(head.replace(b"a" * 100, b"", 1)) is None

    def test_it_is_refused_whatever_part_of_it_has_come(self, client: httpx.Client) -> None:
        with connect(client) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 400_000)
            assert answer_on(connection).status == 431


class TestManyConnections:
    def test_idle_ones_make_room(self, engine: FixedEngine) -> None:
        with serving(lambda: engine, connections=8) as client, ExitStack() as stack:
            idle = [stack.enter_context(connect(client)) for _ in range(7)]
            assert client.get("/livez").status_code == 200
            for _ in range(20):
                idle.append(stack.enter_context(connect(client)))
                assert client.post("/ocr/passport", json={"app_id": "1", "image": "AAAA"}).json()["code"] == 0
            assert idle[0].recv(1) == b""
            assert idle[1].recv(1) == b""

    def test_those_under_way_do_not_and_a_further_one_is_503(self, engine: FixedEngine) -> None:
        with serving(lambda: engine, connections=8) as client, ExitStack() as stack:
            client.close()
            busy = [stack.enter_context(connect(client)) for _ in range(8)]
            for connection in busy:
                connection.sendall(POST + b"Expect: 100-continue\r\nContent-Length: 29\r\n\r\n")
                assert connection.recv(12) == b"HTTP/1.1 100"
            with connect(client) as connection:
                assert_refused(connection, 503)
            for connection in busy:
                assert connection.recv(13) == b" Continue\r\n\r\n"
                connection.sendall(BODY)
                assert json.loads(answer_on(connection).read())["code"] == 0


class TestWhoDoesNotRead:
    def test_answers_that_nobody_takes_are_dropped(self, engine: FixedEngine) -> None:
        with serving(lambda: engine, send_seconds=0.05) as client, connect(client) as connection:
            connection.sendall(b"GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20)
            gone = select.poll()
            gone.register(connection, select.POLLHUP | select.POLLERR)
            assert gone.poll(30_000)

    def test_long_answers_are_not_held_as_a_whole(self) -> None:
        bundle = docs.FOLDER.joinpath("swagger-ui-bundle.js").read_bytes()
        assert len(bundle) > 1_000_000
        assert max(map(len, docs.pieces_of(bundle))) <= 64 * 1024
        assert b"".join(docs.pieces_of(bundle)) == bundle


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
