"""A queue in Redis that several nodes share: an errand is read by one of them, by another where that one dies.

A stream of Redis hands errands out and takes them back from nodes that do not answer for them. Its messages name app
and session id only; the pictures lie in keys of their own, which are removed in the same step in which the answer is
kept, and expire in any case. Where a newer picture took the place of the one that was read, no answer is kept: it is
another picture's.

Redis' own client is enough for that. Of the libraries made for it, arq wants a client of Redis that is years old, rq
starts a process for each errand, and taskiq looks for what dead nodes left only when there is new work.
"""

import asyncio
import contextlib
import logging
import secrets
import uuid
from collections.abc import AsyncIterator, Collection, Mapping
from typing import Any, Final

from redis.exceptions import RedisError, ResponseError

from ..auth.credentials import AppId
from ..contract.faults import OVERLOADED, STORE_DOWN, Refused
from ..store.redis import UNLESS_OVERTAKEN, answer_key, milliseconds, newest_key, packed
from ..store.redis_client import open_redis
from ..store.store import Retention, Submission
from .later import Errand, NotNow, Reader

log = logging.getLogger("passport_ocr.later")

PREFIX: Final = "passport-ocr:later"
TIMEOUT_SECONDS: Final = 5.0
BLOCK_MILLISECONDS: Final = 1000
"""Redis is asked for so long before what dead nodes left is looked for again."""
PAUSE_SECONDS: Final = 1.0
"""Before Redis is asked again that did not answer, or an errand is tried again."""
CANCEL_SECONDS: Final = 0.1
"""A task that has not ended by then is cancelled again."""
STREAM: Final = f"{PREFIX}:stream"
GROUP: Final = "passport-ocr"
HEAD_BYTES: Final = 33
"""Before a picture: whether warnings are wanted, when it was submitted (16 figures), and 16 random bytes that tell it
from one that took its place."""

_PUT: Final = f"""{UNLESS_OVERTAKEN}
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
for key = 3, 4 do redis.call('ZREMRANGEBYSCORE', KEYS[key], '-inf', now) end
local is_full = redis.call('ZCARD', KEYS[3]) >= tonumber(ARGV[5]) or redis.call('ZCARD', KEYS[4]) >= tonumber(ARGV[6])
if is_full and not redis.call('ZSCORE', KEYS[4], ARGV[4]) then return 'full' end
for key = 3, 4 do
  redis.call('ZADD', KEYS[key], now + ARGV[7] / 1000, ARGV[key])
  redis.call('PEXPIRE', KEYS[key], ARGV[7])
end
redis.call('SET', KEYS[2], ARGV[8], 'PX', ARGV[7])
redis.call('XADD', KEYS[5], '*', 'app', ARGV[2], 'session_id', ARGV[4])
"""
"""Take a picture in, where there is room among all that wait and among those of its app; what has expired waits no
more, and one of the same session id makes room for it."""

_WAITS: Final = """
local at = redis.call('GETRANGE', KEYS[2], 1, 16)
if at == '' then return 0 end
local newest = tonumber(redis.call('GET', KEYS[1]) or 0)
return (tonumber(at) == 0 or newest <= tonumber(at)) and 1 or 0
"""
"""Whether a picture is there, and is the newest of its session id."""

_TAKE_OUT: Final = f"""
if redis.call('GETRANGE', KEYS[2], 0, {HEAD_BYTES - 1}) ~= ARGV[2] then return end
redis.call('DEL', KEYS[2])
redis.call('ZREM', KEYS[3], ARGV[3])
redis.call('ZREM', KEYS[4], ARGV[4])
"""
_ANSWER: Final = f"{_TAKE_OUT} {UNLESS_OVERTAKEN} redis.call('SET', KEYS[5], ARGV[5], 'PX', ARGV[6])"
"""Put the answer in the place of its picture, unless another took that place, which has a message of its own; and
unless a newer one is read at once."""

_Message = tuple[bytes, Mapping[bytes, bytes]]


class LaterOnRedis:
    """A `server.later.later.Later`; see `LaterHere` for ``workers`` and ``most``.

    An errand is kept as long as answers are, ``retention``; ``patience`` seconds after it was handed to a node that
    has not answered for it, it is handed to another. Answers are kept where `server.store.redis` looks for them.
    """

    def __init__(
        self, url: str, reader: Reader, *, workers: int, most: int, retention: Retention, patience: float
    ) -> None:
        """Connect when first used.

        Raises:
            ValueError: the URL is none of Redis.
        """
        self._reader = reader
        self._most = most
        self._milliseconds = milliseconds(retention)
        self._redis: Any = open_redis(url, TIMEOUT_SECONDS)
        self._put = self._redis.register_script(_PUT)
        self._waits = self._redis.register_script(_WAITS)
        self._take_out = self._redis.register_script(_TAKE_OUT)
        self._answer = self._redis.register_script(_ANSWER)
        self._patience = round(patience * 1000)
        self._name = uuid.uuid4().hex
        self._free = asyncio.Semaphore(workers)
        self._reads: set[asyncio.Task[None]] = set()

    async def put(self, errand: Errand) -> None:
        """See `server.later.later.Later.put`."""
        submission, head = errand.submission, _head(errand)
        keys = [newest_key(*submission.key), _picture(submission), *_waiting(submission), STREAM]
        bounds = [self._most, max(1, self._most // 2), self._milliseconds]
        args: list[str | int | bytes] = [
            submission.at,
            submission.app,
            *_names(submission),
            *bounds,
            head + errand.picture,
        ]
        try:
            outcome = await self._put(keys=keys, args=args)
        except (RedisError, OSError) as error:
            log.warning("a picture could not be taken to be read later: %s", type(error).__name__)
            raise Refused(STORE_DOWN) from None
        if outcome is not None:
            raise Refused(OVERLOADED)

    async def waits(self, app: AppId, session_id: str) -> bool:
        """See `server.later.later.Later.waits`."""
        named = Submission(app, session_id)
        try:
            return bool(await self._waits(keys=[newest_key(app, session_id), _picture(named)]))
        except (RedisError, OSError):
            raise Refused(STORE_DOWN) from None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """See `server.later.later.Later.running`; what waits at the end is read by other nodes, or later."""
        receiver = asyncio.create_task(self._receive())
        try:
            yield
        finally:
            await _end({receiver})
            await _end(self._reads)
            await self._redis.aclose()

    async def _receive(self) -> None:
        while True:
            try:
                with contextlib.suppress(ResponseError):  # the group is there
                    await self._redis.xgroup_create(STREAM, GROUP, id="0", mkstream=True)
                while True:
                    await self._hand_on()
            except (RedisError, OSError) as error:
                log.warning("the queue in Redis does not answer: %s", type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _hand_on(self) -> None:
        """Take one errand as soon as there is a hand for it: what dead nodes left first, else what is new."""
        await self._free.acquire()
        message = None
        try:
            message = await self._left_behind() or await self._new()
        finally:
            if message is None:
                self._free.release()
        if message is not None:
            read = asyncio.create_task(self._run(*message))
            self._reads.add(read)
            read.add_done_callback(self._reads.discard)
            read.add_done_callback(lambda _: self._free.release())

    async def _left_behind(self) -> _Message | None:
        _, messages, _ = await self._redis.xautoclaim(STREAM, GROUP, self._name, self._patience, count=1)
        return messages[0] if messages else None

    async def _new(self) -> _Message | None:
        found = await self._redis.xreadgroup(GROUP, self._name, {STREAM: ">"}, count=1, block=BLOCK_MILLISECONDS)
        return found[0][1][0] if found else None

    async def _run(self, message: bytes, fields: Mapping[bytes, bytes]) -> None:
        """Read what was handed to this node; nothing is there where another read it, or it has expired."""
        named = Submission(AppId(fields[b"app"].decode()), fields[b"session_id"].decode())
        try:
            while (content := await self._redis.get(_picture(named))) is not None:
                assert isinstance(content, bytes)  # the client decodes nothing
                errand = _errand(named, content)
                if not await self._waits(keys=[newest_key(*named.key), _picture(named)]):  # a newer one came
                    await self._take_out(**self._step(errand, content[:HEAD_BYTES]))
                    break
                try:
                    answer = await self._reader.answer(errand)
                except NotNow:
                    await asyncio.sleep(PAUSE_SECONDS)
                    await self._redis.xclaim(STREAM, GROUP, self._name, 0, [message])  # it is not left behind
                else:
                    await self._answer(**self._step(errand, content[:HEAD_BYTES], packed(answer)))
                    break
            await self._done(message)
        except (RedisError, OSError) as error:
            log.warning("the queue in Redis does not answer: %s", type(error).__name__)

    def _step(self, errand: Errand, head: bytes, answer: bytes = b"") -> dict[str, Any]:
        """Keys and arguments of the scripts that end an errand."""
        submission = errand.submission
        keys = [newest_key(*submission.key), _picture(submission), *_waiting(submission), answer_key(*submission.key)]
        return {"keys": keys, "args": [submission.at, head, *_names(submission), answer, self._milliseconds]}

    async def _done(self, message: bytes) -> None:
        async with self._redis.pipeline() as steps:
            steps.xack(STREAM, GROUP, message)
            steps.xdel(STREAM, message)
            await steps.execute()


async def _end(tasks: Collection[asyncio.Task[None]]) -> None:
    """Cancel tasks until they have ended.

    Redis' client waits by `asyncio.wait_for`, which up to Python 3.11 forgets that it was cancelled where what it
    waited for came at the same moment.
    """
    while left := [task for task in tasks if not task.done()]:
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=CANCEL_SECONDS)


def _waiting(submission: Submission) -> tuple[str, str]:
    """The keys under which is counted what waits: of all apps, and of this one."""
    return f"{PREFIX}:waiting", f"{PREFIX}:waiting:{submission.app}"


def _names(submission: Submission) -> tuple[str, str]:
    """What it is called under either."""
    return f"{submission.app}:{submission.session_id}", submission.session_id


def _picture(submission: Submission) -> str:
    return f"{PREFIX}:picture:{submission.app}:{submission.session_id}"  # unambiguous: an app id has no colon


def _head(errand: Errand) -> bytes:
    return b"%d%016d" % (errand.warnings, errand.submission.at) + secrets.token_bytes(16)


def _errand(named: Submission, content: bytes) -> Errand:
    submission = Submission(*named.key, int(content[1:17]))
    return Errand(submission, content[HEAD_BYTES:], warnings=content[:1] == b"1")
