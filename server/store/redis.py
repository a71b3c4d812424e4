"""Keeps answers in Redis, for several nodes behind one load balancer."""

import zlib
from typing import Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from ..auth.credentials import AppId
from .store import DEFAULT_RETENTION, Retention, StoreFailed

PREFIX: Final = "passport-ocr:answer"
TIMEOUT_SECONDS: Final = 2.0


class RedisStore:
    """A `server.store.store.ResultStore`; Redis forgets what expires, its ``maxmemory`` bounds how much there is."""

    def __init__(self, url: str, retention: Retention = DEFAULT_RETENTION) -> None:
        """Connect when first used; ``url`` is ``redis://`` or ``rediss://``, with password and database.

        Raises:
            ValueError: the URL is none of Redis.
        """
        self._retention = retention
        self._redis = Redis.from_url(url, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS)

    async def save(self, app: AppId, session_id: str, content: bytes) -> None:
        """See `server.store.store.ResultStore.save`."""
        try:
            await self._redis.set(answer_key(app, session_id), packed(content), px=milliseconds(self._retention))
        except (RedisError, OSError) as error:
            raise StoreFailed(type(error).__name__) from None

    async def forget(self, app: AppId, session_id: str) -> None:
        """See `server.store.store.ResultStore.forget`."""
        try:
            await self._redis.delete(answer_key(app, session_id))
        except (RedisError, OSError) as error:
            raise StoreFailed(type(error).__name__) from None

    async def find(self, app: AppId, session_id: str) -> bytes | None:
        """See `server.store.store.ResultStore.find`."""
        try:
            content = await self._redis.get(answer_key(app, session_id))
            return zlib.decompress(content) if isinstance(content, bytes) else None
        except (RedisError, OSError, zlib.error) as error:
            raise StoreFailed(type(error).__name__) from None

    async def purge(self) -> None:
        """Redis does it."""

    async def close(self) -> None:
        """See `server.store.store.ResultStore.close`."""
        await self._redis.aclose()


def answer_key(app: AppId, session_id: str) -> str:
    """Where an answer is kept."""
    return f"{PREFIX}:{app}:{session_id}"  # unambiguous: an app id has no colon


def packed(content: bytes) -> bytes:
    """How an answer is kept."""
    return zlib.compress(content, 1)


def milliseconds(retention: Retention) -> int:
    """How long an answer is kept."""
    return max(1, round(retention.seconds * 1000))
