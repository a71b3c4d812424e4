"""The queue in memory: everything it took is read, in bounds."""

import asyncio
import json

import pytest

from engine.errors import MrzNotFound
from server.auth.credentials import AppId
from server.contract.faults import OVERLOADED, Refused
from server.later import here
from server.later.here import LaterHere
from server.pool.process import WorkerDied
from server.store.memory import MemoryStore
from server.store.newest import NewestAnswers
from tests.server.later.errands import HeldPool, errand, reader_of


def queue(pool: HeldPool, *, workers: int = 1, most: int = 10, most_bytes: int = 1000) -> LaterHere:
    return LaterHere(reader_of(pool), NewestAnswers(MemoryStore()), workers=workers, most=most, most_bytes=most_bytes)


async def until_done(later: LaterHere, *names: str) -> None:
    for name in names:
        while await later.waits(AppId("1"), f"s-{name}"):
            await asyncio.sleep(0)


async def codes(later: LaterHere, *names: str) -> list[int]:
    found = [await later._store.find(AppId("1"), f"s-{name}") for name in names]
    return [json.loads(content or b"{}").get("code") for content in found]


def test_what_was_taken_is_read_and_its_answer_found() -> None:
    async def go() -> None:
        pool = HeldPool()
        pool.errors = {b"b": [MrzNotFound("none")], b"c": [WorkerDied("it ended")], b"d": [ValueError("defect")]}
        later = queue(pool, workers=2, most=20)
        async with later.running():
            for name in "abcd":
                await later.put(errand(name))
            assert await later.waits(AppId("1"), "s-a")
            pool.go.set()
            await until_done(later, *"abcd")
            assert await codes(later, *"abcd") == [0, -9020, 502, 500]

    asyncio.run(go())


def test_what_finds_no_worker_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(here, "PAUSE_SECONDS", 0)

    async def go() -> None:
        pool = HeldPool({b"a": [Refused(OVERLOADED), Refused(OVERLOADED)]})
        pool.go.set()
        later = queue(pool, most=4)
        async with later.running():
            await later.put(errand("a"))
            await until_done(later, "a")
            assert await codes(later, "a") == [0]
            assert pool.read_pictures == [b"a"] * 3

    asyncio.run(go())


def test_a_full_queue_refuses_and_one_app_cannot_fill_it() -> None:
    async def go() -> None:
        later = queue(HeldPool(), most=4)
        await later.put(errand("a"))
        await later.put(errand("b"))
        with pytest.raises(Refused):
            await later.put(errand("c"))
        await later.put(errand("c", app="2"))
        await later.put(errand("a"))  # the same session id takes no second place

    asyncio.run(go())


def test_large_pictures_fill_the_queue_too() -> None:
    async def go() -> None:
        later = queue(HeldPool(), most=100, most_bytes=100)
        await later.put(errand("x" * 50, session_id="s-a"))
        with pytest.raises(Refused):
            await later.put(errand("y", session_id="s-b"))  # the app has its half
        await later.put(errand("y" * 50, session_id="s-a"))  # in the place of the other
        with pytest.raises(Refused):
            await later.put(errand("y" * 51, session_id="s-a"))
        await later.put(errand("z" * 50, app="2", session_id="s-c"))
        with pytest.raises(Refused):
            await later.put(errand("z", app="3", session_id="s-d"))

    asyncio.run(go())


def test_what_a_newer_picture_has_overtaken_has_no_answer_even_where_it_is_being_read() -> None:
    async def go() -> None:
        pool = HeldPool()
        later = queue(pool, most=4)
        async with later.running():
            for name in "ab":
                await later.put(errand(name, at=1))
            await asyncio.sleep(0)
            for name in "ab":
                await later._store.submitted(AppId("1"), f"s-{name}")
                assert not await later.waits(AppId("1"), f"s-{name}")
            await later.put(errand("c"))  # there is room again
            pool.go.set()
            await until_done(later, "c")
            assert pool.read_pictures == [b"a", b"c"]
            assert await codes(later, *"abc") == [None, None, 0]

    asyncio.run(go())


def test_a_picture_that_a_newer_one_has_overtaken_on_its_way_is_not_taken() -> None:
    async def go() -> None:
        later = queue(HeldPool())
        older, newer = [await later._store.submitted(AppId("1"), "s-x") for _ in range(2)]
        assert newer.at > older.at
        await later.put(errand("new", session_id="s-x", at=newer.at))
        await later.put(errand("old", session_id="s-x", at=older.at))
        assert [one.picture for one in later._errands.values()] == [b"new"]

    asyncio.run(go())


def test_a_later_picture_of_the_same_session_id_wins() -> None:
    async def go() -> None:
        pool = HeldPool()
        later = queue(pool)
        async with later.running():
            await later.put(errand("old", session_id="s-x"))
            await asyncio.sleep(0)
            await later.put(errand("new", session_id="s-x"))
            pool.go.set()
            await until_done(later, "x")
            assert pool.read_pictures[-1] == b"new"

    asyncio.run(go())


def test_repr_shows_no_picture() -> None:
    assert "secret" not in repr(errand("secret", session_id="s"))
