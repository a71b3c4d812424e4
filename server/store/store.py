"""What every store of answers promises: an answer is found by the app that asked, for a while.

Answers hold field values, pictures are never kept. What is kept is bound to the app that asked, expires, and is
bounded in number.
"""

import time
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


@dataclass(frozen=True, slots=True)
class Submission:
    """A picture that was sent under a session id; of several under one id the newest one's answer is kept.

    ``at``: when it came, in microseconds, by a clock that all who share the answers go by. It is 0 where nobody else
    can have sent one under this id, or where nobody could be asked; then its answer is kept whatever else was sent.
    """

    app: AppId
    session_id: str
    at: int = 0

    @property
    def key(self) -> tuple[AppId, str]:
        """Under which its answer is found."""
        return self.app, self.session_id

    @classmethod
    def now(cls, app: AppId, session_id: str) -> "Submission":
        """One that comes at this moment, by the clock of this process."""
        return cls(app, session_id, time.monotonic_ns() // 1000)


class ResultStore(Protocol):
    """Keeps answers, each for one app and session id; a later one replaces an earlier one.

    Which of two is the later one, `server.store.newest` sees to: for all submissions to one process; a store that
    nodes share, for those of others.
    """

    async def submitted(self, app: AppId, session_id: str) -> Submission:
        """A picture was sent under a session id that its client named: the newest one from now on.

        It never fails, and waits only for a moment: where the store does not answer, its ``at`` is 0.
        """
        ...

    async def save(self, submission: Submission, content: bytes) -> None:
        """Keep an answer.

        Raises:
            StoreFailed: it could not be kept.
        """
        ...

    async def forget(self, submission: Submission) -> None:
        """Let no answer be found for its app and session id, until a later one is kept.

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

    async def submitted(self, app: AppId, session_id: str) -> Submission:
        """Nothing will be kept of it."""
        return Submission(app, session_id)

    async def save(self, submission: Submission, content: bytes) -> None:
        """Forget it at once."""

    async def forget(self, submission: Submission) -> None:
        """Nothing is there."""

    async def find(self, app: AppId, session_id: str) -> bytes | None:
        """Nothing is there."""
        return None

    async def purge(self) -> None:
        """Nothing is there."""

    async def close(self) -> None:
        """Nothing is open."""
