"""Around every request: its id, one log line, its numbers, and an opaque 500 for what nobody expected."""

import logging
import time
from collections.abc import MutableMapping
from typing import Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..contract.dialects import dialect_of
from ..contract.faults import INTERNAL
from ..tracing import Tracing
from .logs import described, request_id
from .metrics import Metrics

log = logging.getLogger("passport_ocr.access")

CLIENT_GONE: Final = 499
"""Logged (never sent) where the client hung up first, as nginx does."""
MAX_PATH: Final = 200
MAX_ADDRESS: Final = 64
MAX_SESSION_ID: Final = 128
"""No more of what a client chose is logged."""


class AccessLog:
    """ASGI middleware; the outermost one of ours, so that nothing passes it unseen."""

    def __init__(self, app: ASGIApp, metrics: Metrics, tracing: Tracing) -> None:
        self._app = app
        self._metrics = metrics
        self._tracing = tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request and log it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with self._tracing.span("request", Headers(scope=scope)) as describe:
            visit = await self._serve(scope, receive, send)
            describe(visit.attributes)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> "Visit":
        dialect = dialect_of(scope)
        request_id.set(dialect.new_request_id())
        scope.setdefault("state", {})["request_id"] = request_id.get()  # for answers that tell it
        visit = Visit(scope, self._metrics)

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                visit.status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = request_id.get()
            elif not message.get("more_body", False):
                visit.end()  # before the client has the whole answer: who has it finds the line
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except ClientDisconnect:
            visit.status = CLIENT_GONE
        except Exception as error:  # the last resort: whatever it was, the client gets JSON and the log no text
            log.error("unexpected", extra={"fields": described(error)})
            if not visit.status:
                await dialect.refuse(INTERNAL, scope)(scope, receive, send_with_id)
        finally:
            visit.end()
        return visit


class Visit:
    """One request from its head to its end, which is logged and counted once."""

    def __init__(self, scope: Scope, metrics: Metrics) -> None:
        self.status = 0
        self._scope = scope
        self._metrics = metrics
        self._started = time.perf_counter()
        self._ended = False

    def end(self) -> None:
        """Log and count it, the first time this is called."""
        if self._ended:
            return
        self._ended = True
        seconds = time.perf_counter() - self._started
        state: MutableMapping[str, Any] = self._scope.get("state", {})
        code = state.get("code")
        log.info("request", extra={"fields": self._line(state, seconds)})
        route = self._route
        meant = state.get("meant", self.status)  # a contract may answer everything with HTTP 200
        self._metrics.count_request(route, self.status, code, seconds, state.get("app", ""), meant)

    @property
    def attributes(self) -> dict[str, str | int]:
        """What a trace is told of it; OpenTelemetry's names where it has some."""
        code = self._scope.get("state", {}).get("code")
        return {
            "http.route": self._route,
            "http.response.status_code": self.status,
            "passport_ocr.code": "" if code is None else code,
            "passport_ocr.request_id": request_id.get(),
        }

    @property
    def _route(self) -> str:
        """As it was declared, never as a client spelt it."""
        return str(getattr(self._scope.get("route"), "path", "other"))

    def _line(self, state: MutableMapping[str, Any], seconds: float) -> dict[str, object]:
        client = self._scope.get("client")
        return {
            "address": client[0][:MAX_ADDRESS] if client else None,
            "app": state.get("app") or None,
            "key": state.get("key") or None,
            "session_id": state.get("session_id", "")[:MAX_SESSION_ID] or None,
            "action": state.get("action"),
            "method": self._scope["method"],
            "path": self._scope["path"][:MAX_PATH],
            "status": self.status,
            "code": state.get("code"),
            "seconds": round(seconds, 3),
            "held": round(state["held"], 3) if "held" in state else None,
        }
