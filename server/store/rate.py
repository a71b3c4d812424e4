"""Counts the requests of apps in Redis, so that all nodes behind one load balancer count together."""

import logging
import time
from collections.abc import Callable
from typing import Final

from redis.exceptions import RedisError

from ..auth.rate import PERIOD, LocalRate
from .redis_client import open_redis

log = logging.getLogger("passport_ocr.rate")

PREFIX: Final = "passport-ocr:rate"
TIMEOUT_SECONDS: Final = 0.5
"""An answer waits for a count no longer."""
PAUSE_SECONDS: Final = 5.0
"""After Redis failed it is left alone so long, and each node counts for itself."""

_TAKE: Final = f"""
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local one = {PERIOD} / ARGV[1]
local full = math.max(now, tonumber(redis.call('GET', KEYS[1]) or 0)) + one
local wait = full - now - {PERIOD}
if wait > 0.000001 then return tostring(wait) end
redis.call('SET', KEYS[1], string.format('%.6f', full), 'PX', {round(2 * PERIOD * 1000)})
return '0'
"""
"""The same bucket as `auth.rate.RateLimiter`, kept as the moment when it will be full again (GCRA), on Redis' clock.

No kept library has this one; the windows of `limits` let twice as many pass where two of them meet.
"""


class SharedRate:
    """A `server.auth.rate.Rate` of several nodes; where Redis fails, each node counts for itself."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Connect when first used.

        Raises:
            ValueError: the URL is none of Redis.
        """
        self._redis = open_redis(url, TIMEOUT_SECONDS)
        self._take = self._redis.register_script(_TAKE)
        self._alone = LocalRate()
        self._clock = clock
        self._ask_again = 0.0

    async def wait(self, name: str, per_minute: int) -> float:
        """See `server.auth.rate.Rate.wait`."""
        if self._clock() >= self._ask_again:
            try:
                return float(await self._take(keys=[f"{PREFIX}:{name}"], args=[per_minute]))
            except (RedisError, OSError) as error:
                self._ask_again = self._clock() + PAUSE_SECONDS
                log.warning("requests are counted by this node alone for a while: %s", type(error).__name__)
        return await self._alone.wait(name, per_minute)

    async def close(self) -> None:
        """See `server.auth.rate.Rate.close`."""
        await self._redis.aclose()
