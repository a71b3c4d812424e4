"""Opens a client of Redis."""

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as ConnectionLost


def open_redis(url: str, seconds: float) -> Redis:
    """A client that connects when first used, and waits so many seconds for each answer.

    A connection that was lost is made anew, once: after a restart of Redis every one that a node has open is, and
    what it was to be told first would be lost as well. Redis' scripts here may be run twice.

    Raises:
        ValueError: the URL is none of Redis.
    """
    once = Retry(NoBackoff(), 1, (ConnectionLost,))
    return Redis.from_url(url, socket_timeout=seconds, socket_connect_timeout=seconds, retry=once)
