"""The credentials a running service holds: taken anew whenever their file changes."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .credentials import App, Credentials, CredentialsMissing, CredentialsRefused, load

log = logging.getLogger("passport_ocr.credentials")

Stamp = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Whose a SecretID is, and the key that goes with it."""

    app: App
    secret_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Keys:
    """The credentials as requests look them up."""

    app_ids: frozenset[str]
    holders: Mapping[str, KeyHolder]
    """By SecretID."""


class Keyring:
    """Follows a credentials file; one that became unusable leaves the last usable credentials in force."""

    def __init__(self, path: Path) -> None:
        """Load the file.

        Raises:
            CredentialsRefused: it cannot be used, or nobody could get in with it.
        """
        self._path = path
        self._stamp = _stamp(path)
        self._keys = _index(load(path))
        if not self._keys.app_ids:
            raise CredentialsMissing(f"{path}: no app in it")

    def keys(self) -> Keys:
        """The credentials in force now. The file is looked at each time, which takes microseconds."""
        stamp = _stamp(self._path)
        if stamp != self._stamp:
            self._stamp = stamp  # also of a file that is refused: said once, tried again when it changes again
            self._reload()
        return self._keys

    def _reload(self) -> None:
        try:
            self._keys = _index(load(self._path))
        except CredentialsRefused as error:
            log.error("credentials not reloaded, the former ones stay in force: %s", error)
        else:
            log.info("credentials reloaded: %d apps, %d keys", len(self._keys.app_ids), len(self._keys.holders))


def _index(credentials: Credentials) -> Keys:
    holders = {
        key.secret_id: KeyHolder(app, key.secret_key.get_secret_value())
        for app in credentials.apps
        for key in app.keys
    }
    return Keys(frozenset(app.app_id for app in credentials.apps), holders)


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size
