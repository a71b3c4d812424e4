"""A queue in the memory of this process: what waits is lost where the process ends."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Sequence

from ..auth.credentials import AppId
from ..contract.faults import OVERLOADED, Refused
from ..store.newest import NewestAnswers
from ..store.opening import keep
from .later import Errand, NotNow, Reader

log = logging.getLogger("passport_ocr.later")

PAUSE_SECONDS = 0.5
"""Before an errand is tried again for which the workers had no time."""

_Key = tuple[AppId, str]


class LaterHere:
    """A `server.later.later.Later`; ``workers`` errands are worked on at the same time.

    At most ``most`` wait, of ``most_bytes`` together; no app may have more than half of either. ``store`` keeps the
    answers.
    """

    def __init__(self, reader: Reader, store: NewestAnswers, *, workers: int, most: int, most_bytes: int) -> None:
        self._reader = reader
        self._store = store
        self._workers = workers
        self._most = most
        self._most_bytes = most_bytes
        self._errands: dict[_Key, Errand] = {}
        self._waiting: asyncio.Queue[_Key] = asyncio.Queue()

    async def put(self, errand: Errand) -> None:
        """See `server.later.later.Later.put`."""
        key = errand.submission.key
        if not self._store.is_newest(errand.submission):
            return
        for name in [name for name, other in self._errands.items() if not self._store.is_newest(other.submission)]:
            if name != key:  # whose place this one takes
                del self._errands[name]
        others = [other for name, other in self._errands.items() if name != key]
        if not self._has_room(errand, others):
            raise Refused(OVERLOADED)
        if key not in self._errands:
            self._waiting.put_nowait(key)
        self._errands[key] = errand

    def _has_room(self, errand: Errand, others: Sequence[Errand]) -> bool:
        """Whether one more fits beside the others, and beside the app's own ones within its half."""
        own = [other for other in others if other.submission.app == errand.submission.app]
        return _fits(errand, others, self._most, self._most_bytes) and _fits(
            errand, own, max(1, self._most // 2), self._most_bytes // 2
        )

    async def waits(self, app: AppId, session_id: str) -> bool:
        """See `server.later.later.Later.waits`."""
        errand = self._errands.get((app, session_id))
        return errand is not None and self._store.is_newest(errand.submission)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """See `server.later.later.Later.running`; what still waits at the end is counted in the log."""
        tasks = [asyncio.create_task(self._work()) for _ in range(self._workers)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if self._errands:
                log.warning("pictures that waited to be read are lost: %d", len(self._errands))

    async def _work(self) -> None:
        while True:
            key = await self._waiting.get()
            errand = self._errands.get(key)
            if errand is None or not self._store.is_newest(errand.submission):  # a newer one is read at once
                self._errands.pop(key, None)
                continue
            try:
                answer = await self._reader.answer(errand)
            except NotNow:
                await asyncio.sleep(PAUSE_SECONDS)
                self._waiting.put_nowait(key)
                continue
            if self._errands.get(key) is errand:
                await keep(self._store, errand.submission, answer)
            if self._errands.get(key) is errand:
                del self._errands[key]
            elif key in self._errands:  # another took its place meanwhile: the answer was another picture's
                self._waiting.put_nowait(key)


def _fits(errand: Errand, others: Sequence[Errand], most: int, most_bytes: int) -> bool:
    together = len(errand.picture) + sum(len(other.picture) for other in others)
    return len(others) < most and together <= most_bytes
