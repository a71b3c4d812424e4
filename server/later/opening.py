"""Opens the queue that the settings ask for: where the answers are kept, pictures wait, too."""

import contextlib
from collections.abc import AsyncIterator
from typing import Final

from ..auth.credentials import AppId
from ..contract.faults import NO_QUEUE, Refused
from ..settings import Settings
from ..store.newest import NewestAnswers
from ..store.store import Retention, StoreRefused
from .here import LaterHere
from .later import Errand, Later, Reader

PATIENCE: Final = 3
"""So many times as long as a read may take, a node has for an errand before another gets it."""


class NoLater:
    """No picture is read later."""

    async def put(self, errand: Errand) -> None:
        """Refuse."""
        raise Refused(NO_QUEUE)

    async def waits(self, app: AppId, session_id: str) -> bool:
        """Nothing does."""
        return False

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Nothing is to be done."""
        yield


def open_later(settings: Settings, reader: Reader, store: NewestAnswers) -> Later:
    """The queue ``settings`` ask for; its answers are found in ``store``, which the same settings opened.

    Raises:
        StoreRefused: its libraries are not installed.
    """
    if not settings.queue:
        return NoLater()
    workers, most = settings.workers, settings.queue_pictures
    if settings.store.partition(":")[0] in ("memory", "sqlite"):
        return LaterHere(reader, store, workers=workers, most=most, most_bytes=settings.queue_bytes)
    try:
        from .on_redis import LaterOnRedis  # its libraries are an extra
    except ModuleNotFoundError as error:
        hint = "pip install 'passport-ocr[redis]', or start without PASSPORT_OCR_QUEUE"
        raise StoreRefused(f"the queue in Redis needs {error.name}, which is not installed: {hint}") from None
    patience = PATIENCE * settings.read_seconds
    retention = Retention(settings.store_seconds)
    return LaterOnRedis(settings.store, reader, workers=workers, most=most, retention=retention, patience=patience)
