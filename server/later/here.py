"""A queue in the memory of this process: what waits is lost where the process ends."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import AsyncIterator

from ..auth.credentials import AppId
from ..contract.faults import OVERLOADED, Refused
from .later import Errand, NotNow, Reader

log = logging.getLogger("passport_ocr.later")

PAUSE_SECONDS = 0.5
"""Before an errand is tried again for which the workers had no time."""

_Key = tuple[AppId, str]


class LaterHere:
    """A `server.later.later.Later`; ``workers`` errands are worked on at the same time, ``most`` may wait.

    No app may have more than half of the places.
    """

    def __init__(self, reader: Reader, *, workers: int, most: int) -> None:
        self._reader = reader
        self._workers = workers
        self._most = most
        self._errands: dict[_Key, Errand] = {}
        self._waiting: asyncio.Queue[_Key] = asyncio.Queue()

    async def put(self, errand: Errand) -> None:
        """See `server.later.later.Later.put`."""
        key = (errand.app, errand.session_id)
        if key not in self._errands:
            of_app = Counter(app for app, _ in self._errands)[errand.app]
            if len(self._errands) >= self._most or of_app >= max(1, self._most // 2):
                raise Refused(OVERLOADED)
            self._waiting.put_nowait(key)
        self._errands[key] = errand

    async def waits(self, app: AppId, session_id: str) -> bool:
        """See `server.later.later.Later.waits`."""
        return (app, session_id) in self._errands

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
            errand = self._errands[key]
            try:
                await self._reader.run(errand)
            except NotNow:
                await asyncio.sleep(PAUSE_SECONDS)
                self._waiting.put_nowait(key)
                continue
            if self._errands[key] is errand:
                del self._errands[key]
            else:  # another took its place meanwhile
                self._waiting.put_nowait(key)
