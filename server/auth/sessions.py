"""The session of a person at the web page: what the cookie says, and what proves it.

The cookie names the SecretID the person signed in with and when the session ends, and is sealed (`server.auth.seal`).
"""

import re
import secrets
from dataclasses import dataclass, field, replace
from typing import Final

from .seal import same_text, seal_of

IDLE_SECONDS: Final = 30 * 60
"""A session in which no picture is read for so long has ended."""
LONGEST_SECONDS: Final = 8 * 60 * 60
"""After so long a person signs in again, however busy."""
RENEWED_AFTER: Final = 60
"""A session is not prolonged more often than that."""

_PURPOSE: Final = b"passport-ocr web session 1"
_COOKIE: Final = re.compile(
    r"([0-9A-Za-z._-]{1,128})~([0-9A-Za-z_-]{16})~([0-9]{1,12})~([0-9]{1,12})~([0-9a-f]{64})", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in, from when until when (Unix seconds); ``number`` tells sessions of one key apart."""

    secret_id: str
    number: str
    began: int
    until: int

    @property
    def text(self) -> str:
        """What is sealed."""
        return f"{self.secret_id}~{self.number}~{self.began}~{self.until}"

    def lasts(self, now: float) -> bool:
        """Whether it has not ended."""
        return self.began <= now + RENEWED_AFTER and now < min(self.until, self.began + LONGEST_SECONDS)

    def prolonged(self, now: int) -> "Session":
        """The same session, until `IDLE_SECONDS` from now, but no longer than one may last."""
        return replace(self, until=min(now + IDLE_SECONDS, self.began + LONGEST_SECONDS))


@dataclass(frozen=True, slots=True)
class Sealed:
    """A session as a cookie claims it; true if `proves` says so."""

    session: Session
    seal: str = field(repr=False)

    def proves(self, secret_key: str) -> bool:
        """Whether the holder of ``secret_key`` sealed it."""
        return same_text(self.seal, seal_of(self.session.text, secret_key, _PURPOSE))


def begin_session(secret_id: str, now: int) -> Session:
    """A new session of whoever has shown the key of ``secret_id``."""
    return Session(secret_id, secrets.token_urlsafe(12), now, now + IDLE_SECONDS)


def seal_session(session: Session, secret_key: str) -> str:
    """The cookie's value."""
    return f"{session.text}~{seal_of(session.text, secret_key, _PURPOSE)}"


def parse_session(cookie: str) -> Sealed | None:
    """Take a cookie's value apart; None where it is none of ours."""
    parts = _COOKIE.fullmatch(cookie)
    if parts is None:
        return None
    secret_id, number, began, until, seal = parts.groups()
    return Sealed(Session(secret_id, number, int(began), int(until)), seal)
