"""Keeps answers in Redis, for several nodes behind one load balancer."""

import asyncio
import logging
import time
import zlib
from collections.abc import Callable
from typing import Final

from redis.exceptions import RedisError

from ..auth.credentials import AppId
from .redis_client import open_redis
from .store import DEFAULT_RETENTION, Retention, StoreFailed, Submission

log = logging.getLogger("passport_ocr.store")

PREFIX: Final = "passport-ocr:answer"
TIMEOUT_SECONDS: Final = 2.0
SUBMIT_SECONDS: Final = 0.5
"""A picture waits so long to be told when it came."""
PAUSE_SECONDS: Final = 5.0
"""After Redis did not tell that, it is not asked for so long."""
LONGEST_READ: Final = 3600.0
"""Seconds after which no picture is under way any more, whatever the settings."""

_SUBMITTED: Final = """
local clock = redis.call('TIME')
local at = math.max(clock[1] * 1000000 + clock[2], tonumber(redis.call('GET', KEYS[1]) or 0) + 1)
local text = string.format('%.0f', at)
redis.call('SET', KEYS[1], text, 'PX', ARGV[1])
return text
"""
"""Note that a picture came now; `Submission.at`."""

UNLESS_OVERTAKEN: Final = """
if tonumber(ARGV[1]) > 0 and tonumber(redis.call('GET', KEYS[1]) or 0) > tonumber(ARGV[1]) then return end
"""
"""In scripts: go on only where the submission of ARGV[1] is the newest of `newest_key`, KEYS[1]."""

_SAVE: Final = f"{UNLESS_OVERTAKEN} redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])"
_FORGET: Final = f"{UNLESS_OVERTAKEN} redis.call('DEL', KEYS[2])"


class RedisStore:
    """A `server.store.store.ResultStore`; Redis forgets what expires, its ``maxmemory`` bounds how much there is.

    It knows the submissions of all nodes.
    """

    def __init__(
        self, url: str, retention: Retention = DEFAULT_RETENTION, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Connect when first used; ``url`` is ``redis://`` or ``rediss://``, with password and database.

        Raises:
            ValueError: the URL is none of Redis.
        """
        self._milliseconds = milliseconds(retention)
        self._redis = open_redis(url, TIMEOUT_SECONDS)
        self._submitted = self._redis.register_script(_SUBMITTED)
        self._save = self._redis.register_script(_SAVE)
        self._forget = self._redis.register_script(_FORGET)
        self._clock = clock
        self._ask_again = 0.0

    async def submitted(self, app: AppId, session_id: str) -> Submission:
        """See `server.store.store.ResultStore.submitted`."""
        if self._clock() < self._ask_again:
            return Submission(app, session_id)
        outlives_all = self._milliseconds + round(1000 * LONGEST_READ)
        try:
            async with asyncio.timeout(SUBMIT_SECONDS):
                at = await self._submitted(keys=[newest_key(app, session_id)], args=[outlives_all])
        except (RedisError, OSError) as error:
            self._ask_again = self._clock() + PAUSE_SECONDS
            log.warning("the last answer of a session id wins for a while, not the newest: %s", type(error).__name__)
            return Submission(app, session_id)
        return Submission(app, session_id, int(at))

    async def save(self, submission: Submission, content: bytes) -> None:
        """See `server.store.store.ResultStore.save`."""
        keys = [newest_key(*submission.key), answer_key(*submission.key)]
        try:
            await self._save(keys=keys, args=[submission.at, packed(content), self._milliseconds])
        except (RedisError, OSError) as error:
            raise StoreFailed(type(error).__name__) from None

    async def forget(self, submission: Submission) -> None:
        """See `server.store.store.ResultStore.forget`."""
        keys = [newest_key(*submission.key), answer_key(*submission.key)]
        try:
            await self._forget(keys=keys, args=[submission.at])
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


def newest_key(app: AppId, session_id: str) -> str:
    """Where stands when the newest picture came that was sent under this session id."""
    return f"passport-ocr:newest:{app}:{session_id}"


def packed(content: bytes) -> bytes:
    """How an answer is kept."""
    return zlib.compress(content, 1)


def milliseconds(retention: Retention) -> int:
    """How long an answer is kept."""
    return max(1, round(retention.seconds * 1000))
