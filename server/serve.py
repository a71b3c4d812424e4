"""Runs the service in this process."""

from collections.abc import Sequence
from typing import Any, Final

import uvicorn
from pydantic import ValidationError

from server.app import create_app
from server.credentials import CredentialsRefused
from server.protocol import UVICORN
from server.settings import Settings

LOGGING: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "uvicorn": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "passport_ocr": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}


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
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=LOGGING,
        **UVICORN,
    )


def _sentences(error: ValidationError) -> str:
    return "\n".join(_sentence(problem["loc"], problem["msg"]) for problem in error.errors(include_input=False))


def _sentence(place: Sequence[int | str], message: str) -> str:
    message = message.removeprefix("Value error, ")
    return f"{place[0]}: {message}" if place else message
