"""Runs the service in this process."""

import math
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Final

import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError

from .app import create_app
from .auth.credentials import CredentialsRefused
from .http.logs import LOGGING
from .http.protocol import UVICORN
from .settings import Settings
from .store.store import StoreRefused

NOT_STARTED: Final = 3
"""Exit status where the port cannot be had, or the application does not start; uvicorn has logged why."""


class SettingsRefused(Exception):
    """The service must not or cannot run like this; the message says why, one sentence a line."""


def run_service(given: dict[str, Any], announce: Callable[[str], None]) -> None:
    """Serve until a signal ends it; ``given`` settings win over the environment's.

    ``announce`` is told where to find the service, once it listens.

    Raises:
        SettingsRefused: a setting is wrong, or the service would be open to everybody.
    """
    try:
        settings = Settings(**given)
        app = create_app(settings)
    except ValidationError as error:
        raise SettingsRefused(_sentences(error)) from None
    except CredentialsRefused as error:
        raise SettingsRefused(
            f"there are no app credentials to serve with ({error}): make some with `passport-ocr apps add`, "
            "or start with --no-auth, which answers everybody and listens on loopback only"
        ) from None
    except StoreRefused as error:
        raise SettingsRefused(str(error)) from None
    serve_app(app, settings, announce)


class _Server(uvicorn.Server):
    """uvicorn's server, which tells its address once it listens: with port 0 nobody knows it before."""

    def __init__(self, config: uvicorn.Config, tell: Callable[[str], None]) -> None:
        super().__init__(config)
        self._tell = tell

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """See uvicorn."""
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._tell(f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")


def serve_app(app: FastAPI, settings: Settings, announce: Callable[[str], None] = lambda text: None) -> None:
    """Serve ``app`` until a signal ends it; what is under way then is answered first."""
    _end_with_success_on_sigterm()
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=LOGGING,
        **UVICORN,
        # A read lasts at most that long; who still sends a body after it does not hold up the end.
        timeout_graceful_shutdown=math.ceil(2 * settings.read_seconds) + 1,
    )
    server = _Server(config, lambda address: announce(_where(address, settings)))
    with suppress(KeyboardInterrupt):  # Ctrl-C, raised once more when all was answered
        server.run()
    if not server.started:
        sys.exit(NOT_STARTED)


def _where(address: str, settings: Settings) -> str:
    """What a person does with the address."""
    if settings.no_auth:
        return f"passport-ocr listens on {address}: open it in a browser (this machine only, without authorization)"
    return f"passport-ocr listens on {address}: clients post to {address}/ocr/passport, documented at {address}/docs"


def _end_with_success_on_sigterm() -> None:
    """Let SIGTERM be an orderly end: uvicorn answers what is under way, then raises the signal once more."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def _sentences(error: ValidationError) -> str:
    return "\n".join(_sentence(problem["loc"], problem["msg"]) for problem in error.errors(include_input=False))


def _sentence(place: Sequence[int | str], message: str) -> str:
    message = message.removeprefix("Value error, ")
    return f"{place[0]}: {message}" if place else message
