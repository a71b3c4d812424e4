"""A store whose writes wait for nobody: answers go out first and are kept afterwards, in their order."""

import asyncio
import logging
from collections import OrderedDict
from typing import Final

from ..auth.credentials import AppId
from .store import ResultStore, StoreFailed, Submission

log = logging.getLogger("passport_ocr.store")

MOST_WAITING: Final = 256
"""Writes that may wait for a slow store, 3 MB of answers; the oldest is given up for the newest."""
MOST_DOUBTFUL: Final = 10_000
"""Session ids remembered whose former answer could not be removed."""
FIND_SECONDS: Final = 5.0
"""For an answer that is looked up to be written."""
END_SECONDS: Final = 5.0
"""For what waits to be written when the service ends."""

_Key = tuple[AppId, str]
_Write = tuple[Submission, bytes | None]
"""An answer to keep, or None where the former one is to be forgotten."""


class WriteBehind:
    """A `ResultStore` over another, slow one. Looking up waits for a write of that very answer, nothing else does.

    An answer that must no longer be found, and could not be removed, is not looked up: nobody knows which it is.
    """

    def __init__(self, store: ResultStore) -> None:
        self._store = store
        self._waiting: OrderedDict[_Key, _Write] = OrderedDict()
        self._doubtful: OrderedDict[_Key, Submission] = OrderedDict()
        self._writing: _Key | None = None
        self._written = asyncio.Condition()
        self._writer: asyncio.Task[None] | None = None

    async def submitted(self, app: AppId, session_id: str) -> Submission:
        """See `server.store.store.ResultStore.submitted`."""
        return await self._store.submitted(app, session_id)

    async def save(self, submission: Submission, content: bytes) -> None:
        """Keep an answer, soon."""
        self._enqueue(submission, content)

    async def forget(self, submission: Submission) -> None:
        """Forget an answer, soon; until then it is not found."""
        self._enqueue(submission, None)

    async def find(self, app: AppId, session_id: str) -> bytes | None:
        """See `server.store.store.ResultStore.find`."""
        key = (app, session_id)
        try:
            async with asyncio.timeout(FIND_SECONDS), self._written:
                await self._written.wait_for(lambda: key not in self._waiting and key != self._writing)
        except TimeoutError:
            raise StoreFailed("it is too slow") from None
        if key in self._doubtful:
            raise StoreFailed("what is kept there may be out of date")
        return await self._store.find(app, session_id)

    async def purge(self) -> None:
        """See `server.store.store.ResultStore.purge`; what could not be removed before is tried again."""
        for key, submission in [*self._doubtful.items()][:MOST_WAITING]:
            if key not in self._waiting:
                self._enqueue(submission, None)
        await self._store.purge()

    async def close(self) -> None:
        """Write what waits, for a moment, and let go."""
        if self._writer is not None:
            await asyncio.wait([self._writer], timeout=END_SECONDS)
            self._writer.cancel()
        await self._store.close()

    def _enqueue(self, submission: Submission, content: bytes | None) -> None:
        self._waiting.pop(submission.key, None)
        self._waiting[submission.key] = submission, content
        while len(self._waiting) > MOST_WAITING:
            _, (dropped, _) = self._waiting.popitem(last=False)
            self._doubt(dropped)
            log.warning("an answer could not be kept: too many wait for the store")
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())

    async def _write(self) -> None:
        while self._waiting:
            key, (submission, content) = self._waiting.popitem(last=False)
            self._writing = key
            try:
                await (self._store.forget(submission) if content is None else self._store.save(submission, content))
            except StoreFailed as error:
                self._doubt(submission)
                log.warning("an answer could not be kept: %s", error)
            else:
                self._doubtful.pop(key, None)
            self._writing = None
            async with self._written:
                self._written.notify_all()

    def _doubt(self, submission: Submission) -> None:
        self._doubtful[submission.key] = submission
        while len(self._doubtful) > MOST_DOUBTFUL:
            self._doubtful.popitem(last=False)
