"""What every store of answers promises: an answer is found by the app that asked, for a while.

Answers hold field values, pictures are never kept. What is kept is bound to the app that asked, expires, and is
bounded in number.
"""

from dataclasses import dataclass
from typing import Final, Protocol

from ..auth.credentials import AppId


class StoreRefused(Exception):
    """The store cannot be opened; the message says why and what to do."""


class StoreFailed(Exception):
    """The store does not work at the moment. It holds no text of what was to be kept."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long answers are kept, in seconds, and how many at most."""

    seconds: float = 3600.0
    answers: int = 10_000


DEFAULT_RETENTION: Final = Retention()


class ResultStore(Protocol):
    """Keeps answers, each for one app and session id; a later one replaces an earlier one."""

    async def save(self, app: AppId, session_id: str, content: bytes) -> None:
        """Keep an answer.

        Raises:
            StoreFailed: it could not be kept.
        """
        ...

    async def forget(self, app: AppId, session_id: str) -> None:
        """Let no answer be found for this app and session id, until a later one is kept.

        Raises:
            StoreFailed: a former one may still be there.
        """
        ...

    async def find(self, app: AppId, session_id: str) -> bytes | None:
        """The answer kept for this app and session id, if it has not expired.

        Raises:
            StoreFailed: nobody knows.
        """
        ...

    async def purge(self) -> None:
        """Forget what has expired.

        Raises:
            StoreFailed: it could not be.
        """
        ...

    async def close(self) -> None:
        """Let go of files and connections."""
        ...


class NoStore:
    """Keeps nothing."""

    async def save(self, app: AppId, session_id: str, content: bytes) -> None:
        """Forget it at once."""

    async def forget(self, app: AppId, session_id: str) -> None:
        """Nothing is there."""

    async def find(self, app: AppId, session_id: str) -> bytes | None:
        """Nothing is there."""
        return None

    async def purge(self) -> None:
        """Nothing is there."""

    async def close(self) -> None:
        """Nothing is open."""
