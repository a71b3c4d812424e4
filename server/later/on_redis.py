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
import time
import uuid
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import RedisError, ResponseError

from ..auth.credentials import AppId
from ..contract.faults import OVERLOADED, STORE_DOWN, Refused
from ..store.redis import answer_key, milliseconds, packed
from ..store.store import Retention
from .later import Errand, NotNow, Reader

log = logging.getLogger("passport_ocr.later")

PREFIX: Final = "passport-ocr:later"
TIMEOUT_SECONDS: Final = 5.0
BLOCK_MILLISECONDS: Final = 1000
"""Redis is asked for so long before what dead nodes left is looked for again."""
PAUSE_SECONDS: Final = 1.0
"""Before Redis is asked again that did not answer, or an errand is tried again."""
STREAM: Final = f"{PREFIX}:stream"
GROUP: Final = "passport-ocr"
HEAD_BYTES: Final = 17
"""Before a picture: whether warnings are wanted, and 16 random bytes that tell it from one that took its place."""

_ANSWER: Final = f"""
if redis.call('GETRANGE', KEYS[1], 0, {HEAD_BYTES - 1}) ~= ARGV[1] then return end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[2])
redis.call('ZREM', KEYS[3], ARGV[3])
redis.call('SET', KEYS[4], ARGV[4], 'PX', ARGV[5])
"""
"""Put the answer in the place of its picture, unless another took that place, which has a message of its own."""

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
        self._seconds = retention.seconds
        self._milliseconds = milliseconds(retention)
        self._redis: Any = Redis.from_url(url, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS)
        self._answer = self._redis.register_script(_ANSWER)
        self._patience = round(patience * 1000)
        self._name = uuid.uuid4().hex
        self._free = asyncio.Semaphore(workers)
        self._reads: set[asyncio.Task[None]] = set()

    async def put(self, errand: Errand) -> None:
        """See `server.later.later.Later.put`."""
        try:
            await self._make_room(errand)
            content = bytes([errand.warnings]) + secrets.token_bytes(HEAD_BYTES - 1) + errand.picture
            await self._redis.set(_picture(errand.app, errand.session_id), content, px=self._milliseconds)
            await self._redis.xadd(STREAM, {"app": errand.app, "session_id": errand.session_id})
        except (RedisError, OSError) as error:
            log.warning("a picture could not be taken to be read later: %s", type(error).__name__)
            raise Refused(STORE_DOWN) from None

    async def withdraw(self, app: AppId, session_id: str) -> None:
        """See `server.later.later.Later.withdraw`."""
        everybody, own = _waiting(app)
        try:
            async with self._redis.pipeline() as steps:
                steps.delete(_picture(app, session_id))
                steps.zrem(everybody, f"{app}:{session_id}")
                steps.zrem(own, session_id)
                await steps.execute()
        except (RedisError, OSError) as error:
            log.warning("a picture could not be withdrawn from the queue: %s", type(error).__name__)

    async def waits(self, app: AppId, session_id: str) -> bool:
        """See `server.later.later.Later.waits`."""
        try:
            return bool(await self._redis.exists(_picture(app, session_id)))
        except (RedisError, OSError):
            raise Refused(STORE_DOWN) from None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """See `server.later.later.Later.running`; what waits at the end is read by other nodes, or later."""
        receiver = asyncio.create_task(self._receive())
        try:
            yield
        finally:
            receiver.cancel()
            for read in self._reads:
                read.cancel()
            await asyncio.gather(receiver, *self._reads, return_exceptions=True)
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
        app, session_id = AppId(fields[b"app"].decode()), fields[b"session_id"].decode()
        try:
            while (content := await self._redis.get(_picture(app, session_id))) is not None:
                assert isinstance(content, bytes)  # the client decodes nothing
                errand = Errand(app, session_id, content[HEAD_BYTES:], bool(content[0]))
                try:
                    answer = await self._reader.answer(errand)
                except NotNow:
                    await asyncio.sleep(PAUSE_SECONDS)
                    await self._redis.xclaim(STREAM, GROUP, self._name, 0, [message])  # it is not left behind
                else:
                    await self._keep(errand, content[:HEAD_BYTES], answer)
                    break
            await self._done(message)
        except (RedisError, OSError) as error:
            log.warning("the queue in Redis does not answer: %s", type(error).__name__)

    async def _keep(self, errand: Errand, head: bytes, answer: bytes) -> None:
        app, session_id = errand.app, errand.session_id
        keys = [_picture(app, session_id), *_waiting(app), answer_key(app, session_id)]
        names = [f"{app}:{session_id}", session_id]
        await self._answer(keys=keys, args=[head, *names, packed(answer), self._milliseconds])

    async def _make_room(self, errand: Errand) -> None:
        """Count what waits, of all apps and of this one; what has expired does not."""
        now, name = time.time(), errand.session_id
        everybody, own = _waiting(errand.app)
        async with self._redis.pipeline() as steps:
            for key in (everybody, own):
                steps.zremrangebyscore(key, "-inf", now)
                steps.zcard(key)
            steps.zscore(own, name)
            _, in_all, _, of_app, replaced = await steps.execute()
        if replaced is None and (in_all >= self._most or of_app >= max(1, self._most // 2)):
            raise Refused(OVERLOADED)
        async with self._redis.pipeline() as steps:
            steps.zadd(everybody, {f"{errand.app}:{name}": now + self._seconds})
            steps.zadd(own, {name: now + self._seconds})
            for key in (everybody, own):
                steps.pexpire(key, self._milliseconds)
            await steps.execute()

    async def _done(self, message: bytes) -> None:
        async with self._redis.pipeline() as steps:
            steps.xack(STREAM, GROUP, message)
            steps.xdel(STREAM, message)
            await steps.execute()


def _waiting(app: str) -> tuple[str, str]:
    """The keys under which is counted what waits: of all apps, and of this one."""
    return f"{PREFIX}:waiting", f"{PREFIX}:waiting:{app}"


def _picture(app: str, session_id: str) -> str:
    return f"{PREFIX}:picture:{app}:{session_id}"  # unambiguous: an app id has no colon
