"""Keeps answers in memory, which is the default: nobody waits for a file or a thread."""

import time
import zlib
from collections.abc import Callable

from ..auth.credentials import AppId
from .store import DEFAULT_RETENTION, Retention, Submission


class MemoryStore:
    """A `server.store.store.ResultStore` that ends with the process; used on one thread."""

    def __init__(self, retention: Retention = DEFAULT_RETENTION, clock: Callable[[], float] = time.monotonic) -> None:
        self._retention = retention
        self._clock = clock
        self._answers: dict[tuple[AppId, str], tuple[float, bytes]] = {}  # when it expires, packed; the oldest first

    async def submitted(self, app: AppId, session_id: str) -> Submission:
        """See `server.store.store.ResultStore.submitted`."""
        return Submission.now(app, session_id)

    async def save(self, submission: Submission, content: bytes) -> None:
        """See `server.store.store.ResultStore.save`; the oldest makes room."""
        self._answers.pop(submission.key, None)
        self._answers[submission.key] = self._clock() + self._retention.seconds, zlib.compress(content, 1)
        if len(self._answers) > self._retention.answers:
            del self._answers[next(iter(self._answers))]

    async def forget(self, submission: Submission) -> None:
        """See `server.store.store.ResultStore.forget`."""
        self._answers.pop(submission.key, None)

    async def find(self, app: AppId, session_id: str) -> bytes | None:
        """See `server.store.store.ResultStore.find`."""
        expires, content = self._answers.get((app, session_id), (0.0, b""))
        return zlib.decompress(content) if content and expires > self._clock() else None

    async def purge(self) -> None:
        """See `server.store.store.ResultStore.purge`."""
        now = self._clock()
        self._answers = {key: kept for key, kept in self._answers.items() if kept[0] > now}

    async def close(self) -> None:
        """See `server.store.store.ResultStore.close`."""
        self._answers.clear()
