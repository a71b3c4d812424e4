"""Access tokens: an app that has shown its SecretKey once asks with such a text for some weeks.

A token names the SecretID and when it ends, and is sealed (`server.auth.seal`). Those that are out are kept nowhere.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from ..contract import faults
from ..contract.faults import Refused
from .seal import same_text, seal_of

_PURPOSE: Final = b"passport-ocr access token 1"
_TOKEN: Final = re.compile(r"([0-9A-Za-z._-]{1,128})~([0-9]{1,12})~([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A token taken apart, a `server.auth.gate.Proof`; nothing in it is proven before `verify`.

    It holds until ``expires`` (Unix seconds).
    """

    secret_id: str
    expires: int
    seal: str = field(repr=False)

    def check_time(self, now: float) -> None:
        """Refuse one that has ended at ``now`` (Unix seconds): 9."""
        if self.expires <= now:
            raise Refused(faults.SIGNATURE_EXPIRED)

    def verify(self, secret_key: str, body: bytes) -> None:
        """Prove that it was issued to who holds ``secret_key``; it says nothing of the ``body``.

        Raises:
            Refused: 14 it was not, or was changed.
        """
        if not same_text(self.seal, seal_of(_text(self.secret_id, self.expires), secret_key, _PURPOSE)):
            raise Refused(faults.SIGNATURE_WRONG)


@dataclass(frozen=True, slots=True)
class ShownKey:
    """A SecretKey itself, shown to get a token for it; a `server.auth.gate.Proof`, too."""

    secret_id: str
    secret_key: str = field(repr=False)

    def check_time(self, now: float) -> None:
        """It holds as long as the app has it."""

    def verify(self, secret_key: str, body: bytes) -> None:
        """Refuse another one than ``secret_key``: 14."""
        if not same_text(self.secret_key, secret_key):
            raise Refused(faults.SIGNATURE_WRONG)


def issue_token(shown: ShownKey, *, now: int, lifetime: int) -> str:
    """A token for who has proved to hold this key, for ``lifetime`` seconds from ``now`` (Unix seconds).

    It is made of characters that stand in a URL as they are.
    """
    text = _text(shown.secret_id, now + lifetime)
    return f"{text}~{seal_of(text, shown.secret_key, _PURPOSE)}"


def parse_token(token: str) -> AccessToken:
    """Take a token apart.

    Raises:
        Refused: 4 there is none, 5 it is none of ours.
    """
    if not token:
        raise Refused(faults.SIGNATURE_EMPTY)
    parts = _TOKEN.fullmatch(token)
    if parts is None:
        raise Refused(faults.SIGNATURE_MALFORMED)
    secret_id, expires, seal = parts.groups()
    return AccessToken(secret_id, int(expires), seal)


def _text(secret_id: str, expires: int) -> str:
    return f"{secret_id}~{expires}"
