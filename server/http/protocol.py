"""HTTP below the application: what uvicorn refuses before the application sees a request, in the contract's words."""

import asyncio
import functools
import logging
import socket
import struct
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

import h11
from starlette.types import Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

from ..contract.dialects import dialect_of, scope_of
from ..contract.faults import CROWDED_OUT, NOT_HTTP, REQUEST_TOO_SLOW, Fault
from ..settings import Settings
from .framing import StrictConnection
from .guests import Guests
from .waste import Waste

log = logging.getLogger("passport_ocr.access")

HEAD_SECONDS: Final = 10.0
"""For a request's line and headers to arrive."""
REST_SECONDS: Final = 30.0
"""For a client to finish a body that was refused: many look for the answer only then."""
ACCEPTED_AT_ONCE: Final = 16
"""New connections that the event loop takes in before it looks at others; uvicorn's 2048 are half a second."""
SEND_BUFFER: Final = 128 * 1024
"""Bytes of an answer the kernel may hold for a client; an answer has about 12 KB."""


class PoliteTransport:
    """A transport that, closed while the client is still ``sending``, first takes in what comes.

    Closed at once, the kernel would reset the connection, and the answer on its way to the client would be lost.
    """

    def __init__(self, transport: asyncio.Transport, sending: Callable[[], bool]) -> None:
        self._transport = transport
        self._sending = sending
        self.lingering = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def is_closing(self) -> bool:
        """See `asyncio.Transport`; nothing more will be sent."""
        return self.lingering or self._transport.is_closing()

    def close(self) -> None:
        """Close, politely the first time."""
        if self.is_closing() or not self._sending():
            self.close_now()
            return
        self.lingering = True
        self._transport.resume_reading()
        if self._transport.can_write_eof():  # TLS cannot
            try:
                self._transport.write_eof()
            except OSError:  # the client is gone already
                self.close_now()

    def close_now(self) -> None:
        """Close, whatever the client is doing."""
        self._transport.close()


class ContractProtocol(H11Protocol):
    """uvicorn's own protocol with JSON refusals, that waits for nobody for ever.

    It builds on what uvicorn does not promise to keep (`conn`, `cycle`, `send_400_response`), so `pyproject.toml`
    names the versions that the tests passed with; to go on, run them with the new one and raise the bound.
    """

    transport: PoliteTransport  # type: ignore[assignment]  # it is all that uvicorn uses of one

    def __init__(self, *arguments: Any, guests: Guests, waste: Waste, send_seconds: float, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.conn: StrictConnection = StrictConnection()
        self.idle_since: float | None = None
        self._guests = guests
        self._waste = waste
        self._send_seconds = send_seconds
        self._unsent: asyncio.TimerHandle | None = None
        self._patience: asyncio.TimerHandle | None = None
        self._granted: float | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """See `asyncio.Protocol`."""
        transport.set_write_buffer_limits(high=0)  # whatever waits to be sent is noticed
        if (connection := transport.get_extra_info("socket")) is not None:  # the kernel holds megabytes else
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        super().connection_made(PoliteTransport(transport, self._client_is_sending))  # type: ignore[arg-type]
        if self._guests.enter(self, self.client and self.client[0]):
            self._watch()
        else:
            self._send(CROWDED_OUT)
            self.transport.close_now()

    def connection_lost(self, exc: Exception | None) -> None:
        """See `asyncio.Protocol`."""
        self._guests.leave(self)
        self._stop_watching()
        self._stop_waiting_for_the_client()
        super().connection_lost(exc)

    @property
    def asked_before(self) -> bool:
        """See `server.http.guests.Guest`."""
        return self.cycle is not None

    def dismiss(self) -> None:
        """See `server.http.guests.Guest`."""
        self.transport.close_now()

    def pause_writing(self) -> None:
        """See `asyncio.Protocol`: the client does not take what it is sent; it may rest, but not for ever."""
        super().pause_writing()
        self._unsent = self.loop.call_later(self._send_seconds, self._drop_what_is_unsent)

    def resume_writing(self) -> None:
        """See `asyncio.Protocol`: it has taken all."""
        self._stop_waiting_for_the_client()
        super().resume_writing()

    def data_received(self, data: bytes) -> None:
        """See `asyncio.Protocol`."""
        if not self.transport.lingering:
            super().data_received(data)
        if self._throws_away():
            self.transport.pause_reading()
            self.loop.call_later(self._waste.pause_after(len(data)), self._take_in_more)
        self._watch()

    def on_response_complete(self) -> None:
        """See uvicorn; the application's answer has been sent."""
        super().on_response_complete()
        self._watch()

    def send_400_response(self, msg: str) -> None:
        """What came is not HTTP."""
        self._refuse(self.conn.malformed or NOT_HTTP)

    def _refuse(self, fault: Fault) -> None:
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:  # else an answer is on its way already
            request_id, status = self._send(fault)
            fields = {"request_id": request_id, "status": status, "code": fault.code}
            log.warning("refused below the application", extra={"fields": fields})
        if self.cycle is not None:  # the application must not answer as well
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()

    def _send(self, fault: Fault) -> tuple[str, int]:
        """Say no in the dialect of what came; returns the request's id and the HTTP status."""
        scope = self._scope_of_what_came()
        dialect = dialect_of(scope)
        request_id: str = scope.setdefault("state", {}).setdefault("request_id", dialect.new_request_id())
        answer = dialect.refuse(fault, scope)
        headers = [*answer.raw_headers, (b"x-request-id", request_id.encode())]
        phrase = HTTPStatus(answer.status_code).phrase
        for event in (
            h11.Response(status_code=answer.status_code, headers=headers, reason=phrase),
            h11.Data(data=bytes(answer.body)),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        return request_id, answer.status_code

    def _scope_of_what_came(self) -> Scope:
        if self.cycle is not None and not self.cycle.response_complete:
            return dict(self.cycle.scope)
        return scope_of(self.conn.head)

    def _client_is_sending(self) -> bool:
        return self.conn.malformed is not None or self.conn.their_state in {h11.SEND_BODY, h11.ERROR}

    def _watch(self) -> None:
        """Be patient with a client that owes the rest of a request nobody else waits for, and only so long."""
        seconds = self._owed_within()
        if self._is_idle() != (self.idle_since is not None):
            self.idle_since = self.loop.time() if self._is_idle() else None
        if seconds != self._granted:
            self._stop_watching()
            self._granted = seconds
            self._patience = self.loop.call_later(seconds, self._lose_patience) if seconds else None

    def _owed_within(self) -> float | None:
        if self.transport.lingering:
            return REST_SECONDS
        if self._is_idle():
            return HEAD_SECONDS
        return REST_SECONDS if self._throws_away() else None  # else the application reads, or works

    def _throws_away(self) -> bool:
        """Whether what comes is a body that was refused."""
        states = (self.conn.their_state, self.conn.our_state)
        return self.transport.lingering or states == (h11.SEND_BODY, h11.DONE)

    def _take_in_more(self) -> None:
        if self.transport.lingering or not self.flow.read_paused:  # else a further request's body waits to be read
            self.transport.resume_reading()

    def _is_idle(self) -> bool:
        return (self.conn.their_state, self.conn.our_state) == (h11.IDLE, h11.IDLE) and not self.transport.lingering

    def _lose_patience(self) -> None:
        if self.conn.our_state is h11.IDLE and self.conn.trailing_data[0]:
            self._refuse(REQUEST_TOO_SLOW)
        else:
            self.transport.close_now()

    def _stop_watching(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _drop_what_is_unsent(self) -> None:
        connection = self.transport.get_extra_info("socket")
        if connection is not None:  # closed with a reset: else the kernel would go on holding its part of the answer
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def _stop_waiting_for_the_client(self) -> None:
        if self._unsent is not None:
            self._unsent.cancel()
            self._unsent = None


def uvicorn_options(settings: Settings) -> dict[str, Any]:
    """How uvicorn must run the service; its access log would hold queries of clients."""
    guests = Guests(settings.connections, settings.connections_per_address, settings.trusted_proxies)
    return {
        "http": functools.partial(ContractProtocol, guests=guests, waste=Waste(), send_seconds=settings.send_seconds),
        "ws": "none",
        "backlog": ACCEPTED_AT_ONCE,
        "access_log": False,
        "server_header": False,
        "forwarded_allow_ips": [str(network) for network in settings.trusted_proxies],
    }
