"""Runs the service in this process."""

import math
import signal
import sys
from collections.abc import Sequence
from typing import Any

import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError

from .app import create_app
from .auth.credentials import CredentialsRefused
from .http.logs import LOGGING
from .http.protocol import uvicorn_options
from .settings import Settings
from .store.store import StoreRefused


class SettingsRefused(Exception):
    """The service must not or cannot run like this; the message says why, one sentence a line."""


def run_service(given: dict[str, Any]) -> None:
    """Serve until a signal ends it; ``given`` settings win over the environment's.

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
    serve_app(app, settings)


def serve_app(app: FastAPI, settings: Settings) -> None:
    """Serve ``app`` until a signal ends it; what is under way then is answered first."""
    _end_with_success_on_sigterm()
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=LOGGING,
        **uvicorn_options(settings),
        # A read lasts at most that long; who still sends a body after it does not hold up the end.
        timeout_graceful_shutdown=math.ceil(2 * settings.read_seconds) + 1,
    )


def _end_with_success_on_sigterm() -> None:
    """Let SIGTERM be an orderly end: uvicorn answers what is under way, then raises the signal once more."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def _sentences(error: ValidationError) -> str:
    return "\n".join(_sentence(problem["loc"], problem["msg"]) for problem in error.errors(include_input=False))


def _sentence(place: Sequence[int | str], message: str) -> str:
    message = message.removeprefix("Value error, ")
    return f"{place[0]}: {message}" if place else message
