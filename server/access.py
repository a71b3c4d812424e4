"""Around every request: its id, one log line, and an opaque 500 for what nobody expected.

The log holds no field value, no picture, no query, no text of an exception: only what is listed here.
"""

import logging
import secrets
import time
import traceback

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.answers import refuse
from server.faults import INTERNAL

log = logging.getLogger("passport_ocr.access")

CLIENT_GONE = 499
"""Logged (never sent) where the client hung up first, as nginx does."""


class AccessLog:
    """ASGI middleware; the outermost one of ours, so that nothing passes it unseen."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request and log it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        started = time.perf_counter()
        status = 0
        logged = False

        def log_once() -> None:
            nonlocal logged
            if not logged:
                seconds = time.perf_counter() - started
                log.info("%s %s %s %d %.3fs", request_id, scope["method"], _loggable(scope["path"]), status, seconds)
            logged = True

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = request_id
            elif not message.get("more_body", False):
                log_once()  # before the client has the whole answer: who has it finds the line
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except ClientDisconnect:
            status = CLIENT_GONE
        except Exception as error:  # the last resort: whatever it was, the client gets JSON and the log no text
            log.error("%s %s\n%s", request_id, type(error).__name__, _frames(error))
            if status == 0:
                await refuse(INTERNAL)(scope, receive, send_with_id)
        finally:
            log_once()


def _frames(error: BaseException) -> str:
    return "".join(traceback.format_tb(error.__traceback__))


def _loggable(path: str) -> str:
    return ascii(path[:100])
