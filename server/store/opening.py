"""Opens the store that the settings ask for, and looks after it while the service runs."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Final

from ..auth.rate import LocalRate, Rate
from ..settings import Settings
from .behind import WriteBehind
from .memory import MemoryStore
from .newest import NewestAnswers
from .sqlite import SqliteStore
from .store import NoStore, ResultStore, Retention, StoreFailed, StoreRefused, Submission

PURGE_EVERY_SECONDS: Final = 60.0

log = logging.getLogger("passport_ocr.store")


def open_store(settings: Settings) -> NewestAnswers:
    """The store ``settings`` ask for.

    Raises:
        StoreRefused: it cannot be used.
    """
    return NewestAnswers(_open_kind(settings))


def _open_kind(settings: Settings) -> ResultStore:
    retention = Retention(settings.store_seconds, settings.store_answers)
    kind, _, path = settings.store.partition(":")
    if kind == "off":
        return NoStore()
    if kind == "memory":
        return MemoryStore(retention)
    if kind == "sqlite":
        return WriteBehind(SqliteStore(_located(path), retention))
    return _open_redis(settings.store, retention)


def _located(path: str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError:
        raise StoreRefused(f"{path}: this account has no home: set HOME, or name another file") from None


def open_rate(settings: Settings) -> Rate:
    """Who counts the apps' requests: Redis for all nodes where answers are kept there, else this node for itself.

    Raises:
        StoreRefused: Redis cannot be used.
    """
    if settings.store.partition(":")[0] in ("off", "memory", "sqlite"):
        return LocalRate()
    with _told_in_a_sentence():
        from .rate import SharedRate

        return SharedRate(settings.store)


def _open_redis(url: str, retention: Retention) -> ResultStore:
    with _told_in_a_sentence():
        from .redis import RedisStore  # its client library is an extra: the other stores do not need it

        return WriteBehind(RedisStore(url, retention))


@contextlib.contextmanager
def _told_in_a_sentence() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] != "redis":
            raise
        hint = "pip install 'passport-ocr[redis]', or name another store"
        raise StoreRefused(f"the client of Redis is not installed: {hint}") from None
    except ValueError:  # its text quotes the URL, which may hold a password
        raise StoreRefused("that is no URL of Redis: redis://:PASSWORD@HOST:PORT/DATABASE") from None


@contextlib.asynccontextmanager
async def purging(store: ResultStore) -> AsyncIterator[None]:
    """Forget expired answers now and then while the block runs; close the store after it."""
    task = asyncio.create_task(_purge_forever(store))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await store.close()


async def _purge_forever(store: ResultStore) -> None:
    while True:
        try:
            await store.purge()
        except StoreFailed as error:
            log.warning("expired answers could not be purged: %s", error)
        await asyncio.sleep(PURGE_EVERY_SECONDS)


@contextlib.asynccontextmanager
async def nothing_kept_on_failure(
    store: ResultStore, submission: Callable[[], Submission | None]
) -> AsyncIterator[None]:
    """Where the block fails, what was kept under this session id before is another person's: it is forgotten.

    ``submission`` tells it, or None where the block failed before it was known.
    """
    try:
        yield
    except BaseException:
        try:
            if failed := submission():
                await store.forget(failed)
        except StoreFailed as error:
            log.warning("a former answer could not be removed: %s", error)
        raise


async def keep(store: ResultStore, submission: Submission, content: bytes) -> None:
    """Keep an answer; where that fails, its client is answered all the same."""
    try:
        await store.save(submission, content)
    except StoreFailed as error:
        log.warning("an answer could not be kept: %s", error)
