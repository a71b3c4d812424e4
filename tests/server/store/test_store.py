"""What every store promises."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from server.store.behind import WriteBehind
from server.store.memory import MemoryStore
from server.store.redis import RedisStore
from server.store.sqlite import SqliteStore
from server.store.store import NoStore, ResultStore, Submission
from tests.server.store.stores import APP, CONTENT, OTHER, opened, run

Opener = Callable[[], AbstractAsyncContextManager[ResultStore]]


@pytest.fixture(params=["memory", "sqlite", "redis", "behind"])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """Opens one of the stores, closes it afterwards."""
    makers: dict[str, Callable[[], ResultStore]] = {
        "memory": MemoryStore,
        "sqlite": lambda: SqliteStore(tmp_path / "answers.sqlite"),
        "behind": lambda: WriteBehind(SqliteStore(tmp_path / "answers.sqlite")),
        "redis": lambda: RedisStore(request.getfixturevalue("redis_url")),
    }
    return lambda: opened(makers[request.param]())


class TestEveryStore:
    def test_what_is_kept_is_found_by_its_app_only(self, opener: Opener) -> None:
        async def work() -> None:
            async with opener() as store:
                await store.save(Submission(APP, "s-1"), CONTENT)
                assert await store.find(APP, "s-1") == CONTENT
                assert await store.find(OTHER, "s-1") is None
                assert await store.find(APP, "s-2") is None

        run(work())

    def test_a_later_answer_replaces_an_earlier_one_of_the_same_app(self, opener: Opener) -> None:
        async def work() -> None:
            async with opener() as store:
                for app, content in ((APP, b"1"), (OTHER, b"2"), (APP, b"3")):
                    await store.save(Submission(app, "s"), content)
                assert (await store.find(APP, "s"), await store.find(OTHER, "s")) == (b"3", b"2")

        run(work())

    def test_what_is_forgotten_is_not_found_until_it_is_kept_again(self, opener: Opener) -> None:
        async def work() -> None:
            async with opener() as store:
                for app in (APP, OTHER):
                    await store.save(Submission(app, "s"), CONTENT)
                await store.forget(Submission(APP, "s"))
                await store.forget(Submission(APP, "never there"))
                assert (await store.find(APP, "s"), await store.find(OTHER, "s")) == (None, CONTENT)
                await store.save(Submission(APP, "s"), b"x")
                assert await store.find(APP, "s") == b"x"

        run(work())

    @pytest.mark.parametrize("session_id", ["会话", "a/b", "a:b", "' OR 1=1 --", "\x00", "*", "x" * 128, "%", " "])
    def test_odd_session_ids(self, opener: Opener, session_id: str) -> None:
        async def work() -> None:
            async with opener() as store:
                await store.save(Submission(APP, session_id), CONTENT)
                assert await store.find(APP, session_id) == CONTENT
                assert await store.find(APP, session_id + "x") is None

        run(work())

    def test_many_at_the_same_time(self, opener: Opener) -> None:
        async def work() -> None:
            async with opener() as store:
                await asyncio.gather(*(store.save(Submission(APP, f"s-{n}"), str(n).encode()) for n in range(50)))
                found = await asyncio.gather(*(store.find(APP, f"s-{n}") for n in range(50)))
                assert found == [str(n).encode() for n in range(50)]

        run(work())


def test_no_store_keeps_nothing() -> None:
    async def work() -> None:
        async with opened(NoStore()) as store:
            await store.save(Submission(APP, "s"), CONTENT)
            await store.purge()
            assert await store.find(APP, "s") is None

    run(work())
