"""Changes to a credentials file: keys added and revoked. Each is whole, and safe beside another's."""

import secrets
import string
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pydantic import SecretStr, ValidationError

from .credentials import App, Credentials, CredentialsRefused, Key, editing, first_problem, load, save

_LETTERS: Final = string.ascii_letters + string.digits
_LENGTH: Final = 32


def new_key() -> Key:
    """A key nobody knows yet, in the form the cloud service gives them."""
    return Key(secret_id="AKID" + _random(), secret_key=SecretStr(_random()), created=datetime.now(UTC))


def existing_key(secret_id: str, secret_key: str) -> Key:
    """A key that clients already have.

    Raises:
        CredentialsRefused: it is too long, too short or has other characters than keys have.
    """
    try:
        return Key(secret_id=secret_id, secret_key=SecretStr(secret_key), created=datetime.now(UTC))
    except ValidationError as error:
        raise CredentialsRefused(first_problem(error)) from None


def add_key(path: Path, app_id: str, key: Key, requests_per_minute: int | None) -> None:
    """Give an app, new or not, a further key; a rate limit of None stays what it is.

    Raises:
        CredentialsRefused: the file cannot be used or written, or somebody has that SecretID already.
    """
    with editing(path) as credentials:
        before = credentials.app(app_id)
        limit = requests_per_minute or (before.requests_per_minute if before else None)
        keys = (*(before.keys if before else ()), key)
        try:
            after = App(app_id=app_id, requests_per_minute=limit, keys=keys)
            save(path, Credentials(apps=(*_others(credentials, app_id), after)))
        except ValidationError as error:
            raise CredentialsRefused(first_problem(error)) from None


def revoke(path: Path, app_id: str, secret_id: str | None) -> None:
    """Take one key from an app, or with None all of them; an app without keys is forgotten.

    Raises:
        CredentialsRefused: the file cannot be used or written, or there is no such app or key.
    """
    with editing(path) as credentials:
        before = _app(credentials, app_id)
        left = tuple(key for key in before.keys if secret_id not in (None, key.secret_id))
        if len(left) == len(before.keys):
            raise CredentialsRefused(f"app {app_id} has no SecretID {secret_id}")
        after = (before.model_copy(update={"keys": left}),) if left else ()
        save(path, Credentials(apps=(*_others(credentials, app_id), *after)))


def key_of(path: Path, app_id: str, secret_id: str | None) -> Key:
    """An app's key of that SecretID, or with None the one it got last.

    Raises:
        CredentialsRefused: the file cannot be used, or there is no such app or key.
    """
    keys = [key for key in _app(load(path), app_id).keys if secret_id in (None, key.secret_id)]
    if not keys:
        raise CredentialsRefused(f"app {app_id} has no SecretID {secret_id}")
    return keys[-1]


def _app(credentials: Credentials, app_id: str) -> App:
    app = credentials.app(app_id)
    if app is None:
        raise CredentialsRefused(f"there is no app {app_id}")
    return app


def _others(credentials: Credentials, app_id: str) -> tuple[App, ...]:
    return tuple(app for app in credentials.apps if app.app_id != app_id)


def _random() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
