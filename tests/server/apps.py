"""Apps with keys for tests, their credentials file, and signatures written out as the contract has them."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from pathlib import Path

from server.auth.credentials import App, Credentials, Key, save

NOW = 1_800_000_000
APP, SECRET_ID, SECRET_KEY = "1000001", "AKIDfrontdesk", "0123456789abcdefghijklmnopqrstuv"
OTHER_APP, OTHER_SECRET_ID, OTHER_SECRET_KEY = "1000002", "AKIDbackoffice", "vutsrqponmlkjihgfedcba9876543210"


def key(secret_id: str = SECRET_ID, secret_key: str = SECRET_KEY) -> Key:
    return Key(secret_id=secret_id, secret_key=secret_key, created=datetime(2026, 1, 1, tzinfo=UTC))


def app(app_id: str = APP, *keys: Key, requests_per_minute: int | None = None) -> App:
    return App(app_id=app_id, keys=keys or (key(),), requests_per_minute=requests_per_minute)


TWO_APPS = Credentials(apps=(app(), app(OTHER_APP, key(OTHER_SECRET_ID, OTHER_SECRET_KEY))))


def credentials_file(folder: Path, credentials: Credentials = TWO_APPS) -> Path:
    path = folder / "credentials.json"
    save(path, credentials)
    return path


def signed(original: str, secret_key: str = SECRET_KEY) -> str:
    """Sign any text, by the contract's definition and by nothing of the service."""
    digest = hmac.new(secret_key.encode(), original.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest + original.encode()).decode()


def original(**changes: str | int | None) -> str:
    """The text that is signed; a change to None leaves a field out. Fields stand in the order given."""
    fields = {
        "a": APP,
        "b": "",
        "k": SECRET_ID,
        "e": NOW + 1800,
        "t": NOW,
        "r": 123456789,
        "u": "0",
        "f": "",
    } | changes
    return "&".join(f"{name}={value}" for name, value in fields.items() if value is not None)
