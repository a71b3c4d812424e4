"""The queue in Redis: shared by nodes, and nothing of a picture stays there."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest

from engine.errors import MrzNotFound
from server.auth.credentials import AppId
from server.contract.faults import Refused
from server.later.on_redis import LaterOnRedis
from server.store.redis import RedisStore
from server.store.store import Retention
from tests.server.later.errands import HeldPool, errand, reader_of
from tests.server.redis_server import RedisMissing, free_port, running_redis


@pytest.fixture
def url() -> Iterator[str]:
    try:
        with running_redis() as url:
            yield url
    except RedisMissing as reason:
        pytest.skip(str(reason))


def node(url: str, pool: HeldPool, *, workers: int = 2, most: int = 20, patience: float = 60) -> LaterOnRedis:
    kept = Retention(seconds=600)
    return LaterOnRedis(url, reader_of(pool), workers=workers, most=most, retention=kept, patience=patience)


async def until_done(later: LaterOnRedis, *names: str) -> None:
    for name in names:
        while await later.waits(AppId("1"), f"s-{name}"):
            await asyncio.sleep(0.01)


async def until_reached(pool: HeldPool) -> None:
    while not pool.go._waiters:  # type: ignore[attr-defined]  # until somebody reads
        await asyncio.sleep(0.01)


async def code(url: str, name: str) -> int | None:
    store = RedisStore(url)
    content = await store.find(AppId("1"), f"s-{name}")
    await store.close()
    return json.loads(content)["code"] if content else None


async def everything_in(later: LaterOnRedis, keys: str = "") -> bytes:
    redis: Any = later._redis
    return b"".join([await redis.dump(key) or b"" for key in await redis.keys(f"*{keys}*")])


def test_two_nodes_share_what_either_took_and_no_picture_stays(url: str) -> None:
    async def go() -> None:
        pools = HeldPool(), HeldPool()
        one, other = (node(url, pool) for pool in pools)
        async with one.running(), other.running():
            for name in "abcdef":
                await one.put(errand(f"picture-{name}", session_id=f"s-{name}"))
            for pool in pools:
                pool.go.set()
            await until_done(other, *"abcdef")
            read = pools[0].read_pictures + pools[1].read_pictures
            assert sorted(read) == [f"picture-{name}".encode() for name in "abcdef"], "each was read once"
            assert b"picture-" not in await everything_in(one)

    asyncio.run(go())


def test_what_a_node_took_and_did_not_read_is_read_by_another(url: str) -> None:
    async def go() -> None:
        held, free = HeldPool(), HeldPool()
        free.go.set()
        dead = node(url, held, patience=0.1)
        async with dead.running():
            await dead.put(errand("a"))
            await until_reached(held)  # for ever
        living = node(url, free, patience=0.1)
        async with living.running():
            await until_done(living, "a")
        assert free.read_pictures == [b"a"]
        assert await code(url, "a") == 0

    asyncio.run(go())


def test_a_full_queue_refuses_and_one_app_cannot_fill_it(url: str) -> None:
    async def go() -> None:
        later = node(url, HeldPool(), most=4)
        async with later.running():
            await later.put(errand("a"))
            await later.put(errand("b"))
            with pytest.raises(Refused, match="waiting"):
                await later.put(errand("c"))
            await later.put(errand("c", app="2"))
            await later.put(errand("a"))  # the same session id takes no second place

    asyncio.run(go())


def test_a_later_picture_of_the_same_session_id_wins(url: str) -> None:
    async def go() -> None:
        pool = HeldPool()
        later = node(url, pool, workers=1)
        async with later.running():
            await later.put(errand("old", session_id="s-x"))
            await until_reached(pool)
            await later.put(errand("new", session_id="s-x"))
            pool.go.set()
            await until_done(later, "x")
            assert pool.read_pictures == [b"old", b"new"]

    asyncio.run(go())


def test_a_picture_that_a_newer_one_has_overtaken_on_its_way_is_not_taken(url: str) -> None:
    async def go() -> None:
        store = RedisStore(url)
        older, newer = [await store.submitted(AppId("1"), "s-x") for _ in range(2)]
        pool = HeldPool()
        pool.go.set()
        later = node(url, pool)
        async with later.running():
            await later.put(errand("new", session_id="s-x", at=newer.at))
            await later.put(errand("old", session_id="s-x", at=older.at))
            await until_done(later, "x")
        assert pool.read_pictures == [b"new"]
        assert await code(url, "x") == 0
        await store.close()

    asyncio.run(go())


def test_a_later_picture_wins_even_where_another_node_reads_the_older_one_longer(url: str) -> None:
    async def go() -> None:
        slow, quick = HeldPool({b"old": [MrzNotFound("none")]}), HeldPool()
        quick.go.set()
        one, other = node(url, slow, workers=1), node(url, quick, workers=1)
        async with one.running():
            await one.put(errand("old", session_id="s-x"))
            await until_reached(slow)
            async with other.running():
                await other.put(errand("new", session_id="s-x"))
                await until_done(other, "x")
                slow.go.set()
                while one._reads:
                    await asyncio.sleep(0.01)
        assert slow.read_pictures == [b"old"]
        assert await code(url, "x") == 0

    asyncio.run(go())


def test_what_a_newer_picture_has_overtaken_has_no_answer_even_where_it_is_being_read(url: str) -> None:
    async def go() -> None:
        pool = HeldPool()
        store = RedisStore(url)
        later = node(url, pool, workers=1)
        async with later.running():
            for name in "ab":
                await later.put(errand(name, at=(await store.submitted(AppId("1"), f"s-{name}")).at))
            await until_reached(pool)
            for name in "ab":
                await store.submitted(AppId("1"), f"s-{name}")
                assert not await later.waits(AppId("1"), f"s-{name}")
            await later.put(errand("c"))
            pool.go.set()
            await until_done(later, "c")
            while later._reads:
                await asyncio.sleep(0.01)
            assert await everything_in(later, "picture") == b""
        assert pool.read_pictures == [b"a", b"c"], "b did not need to be read"
        assert [await code(url, name) for name in "abc"] == [None, None, 0]
        await store.close()

    asyncio.run(go())


def test_without_redis_nothing_is_taken() -> None:
    async def go() -> None:
        later = node(f"redis://127.0.0.1:{free_port()}/0", HeldPool())
        with pytest.raises(Refused, match="does not answer"):
            await later.put(errand("a"))
        with pytest.raises(Refused, match="does not answer"):
            await later.waits(AppId("1"), "s-a")
        await later._redis.aclose()

    asyncio.run(go())
