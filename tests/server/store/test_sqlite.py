"""What every store promises, and what only some do."""

import asyncio
import os
import sqlite3
import stat
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.auth.credentials import AppId
from server.store.redis import RedisStore
from server.store.sqlite import NoStore, ResultStore, Retention, SqliteStore, StoreFailed, StoreRefused
from tests.server.redis_server import RedisMissing, free_port, running_redis

APP, OTHER = AppId("1000001"), AppId("1000002")
CONTENT = b'{"code":0,"data":{"session_id":"s-1"}}' * 50

Opener = Callable[[], AbstractAsyncContextManager[ResultStore]]


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    try:
        with running_redis() as url:
            yield url
    except RedisMissing as reason:
        pytest.skip(str(reason))


@pytest.fixture(params=["memory", "sqlite", "redis"])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """Opens one of the stores, closes it afterwards."""
    makers: dict[str, Callable[[], ResultStore]] = {
        "memory": lambda: SqliteStore(None),
        "sqlite": lambda: SqliteStore(tmp_path / "answers.sqlite"),
        "redis": lambda: RedisStore(request.getfixturevalue("redis_url")),
    }
    return lambda: opened(makers[request.param]())


@asynccontextmanager
async def opened(store: ResultStore) -> AsyncIterator[ResultStore]:
    try:
        yield store
    finally:
        await store.close()


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


class TestEveryStore:
    def test_what_is_kept_is_found_by_its_app_only(self, opener: Opener) -> None:
        async def work() -> None:
            async with opener() as store:
                await store.save(APP, "s-1", CONTENT)
                assert await store.find(APP, "s-1") == CONTENT
                assert await store.find(OTHER, "s-1") is None
                assert await store.find(APP, "s-2") is None

        run(work())

    def test_a_later_answer_replaces_an_earlier_one_of_the_same_app(self, opener: Opener) -> None:
        async def work() -> None:
            async with opener() as store:
                for app, content in ((APP, b"1"), (OTHER, b"2"), (APP, b"3")):
                    await store.save(app, "s", content)
                assert (await store.find(APP, "s"), await store.find(OTHER, "s")) == (b"3", b"2")

        run(work())

    @pytest.mark.parametrize("session_id", ["会话", "a/b", "a:b", "' OR 1=1 --", "\x00", "*", "x" * 128, "%", " "])
    def test_odd_session_ids(self, opener: Opener, session_id: str) -> None:
        async def work() -> None:
            async with opener() as store:
                await store.save(APP, session_id, CONTENT)
                assert await store.find(APP, session_id) == CONTENT
                assert await store.find(APP, session_id + "x") is None

        run(work())

    def test_many_at_the_same_time(self, opener: Opener) -> None:
        async def work() -> None:
            async with opener() as store:
                await asyncio.gather(*(store.save(APP, f"s-{n}", str(n).encode()) for n in range(50)))
                found = await asyncio.gather(*(store.find(APP, f"s-{n}") for n in range(50)))
                assert found == [str(n).encode() for n in range(50)]

        run(work())


def test_an_app_and_a_session_are_not_confused_in_redis(redis_url: str) -> None:
    async def work() -> None:
        async with opened(RedisStore(redis_url)) as store:
            await store.save(AppId("a"), "b:c", b"1")
            assert await store.find(AppId("a"), "b") is None

    run(work())


class TestSqlite:
    def test_survives_a_restart_and_is_its_owners_only(self, tmp_path: Path) -> None:
        path = tmp_path / "answers.sqlite"
        path.touch(0o644)

        async def work() -> None:
            first = SqliteStore(path)
            await first.save(APP, "s", CONTENT)
            files = sorted(tmp_path.iterdir())
            assert [file.name for file in files] == ["answers.sqlite", "answers.sqlite-shm", "answers.sqlite-wal"]
            assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
            async with opened(SqliteStore(path)) as second:  # as after a crash: the first was not closed
                assert await second.find(APP, "s") == CONTENT
            await first.close()

        run(work())

    def test_answers_expire_and_are_wiped(self, tmp_path: Path) -> None:
        now = 1000.0
        path = tmp_path / "answers.sqlite"

        async def work() -> None:
            nonlocal now
            async with opened(SqliteStore(path, Retention(seconds=60), lambda: now)) as store:
                await store.save(APP, "MARKED-SESSION", CONTENT)
                now += 59.9
                assert await store.find(APP, "MARKED-SESSION") == CONTENT
                now += 0.2
                assert await store.find(APP, "MARKED-SESSION") is None
                await store.purge()
                assert all(b"MARKED" not in file.read_bytes() for file in tmp_path.iterdir())

        run(work())

    def test_only_so_many_are_kept(self) -> None:
        async def work() -> None:
            async with opened(SqliteStore(None, Retention(answers=3))) as store:
                for n in range(5):
                    await store.save(APP, f"s-{n}", b"x")
                kept = [await store.find(APP, f"s-{n}") for n in range(5)]
                assert kept == [None, None, b"x", b"x", b"x"]

        run(work())

    @settings(deadline=None)  # threads and event loops take their time on a busy machine
    @given(st.lists(st.tuples(st.integers(0, 4), st.floats(0, 50)), max_size=30), st.integers(1, 6))
    def test_never_finds_more_than_was_saved_lately(self, saves: list[tuple[int, float]], limit: int) -> None:
        now = 0.0

        async def work() -> None:
            nonlocal now
            async with opened(SqliteStore(None, Retention(100.0, limit), lambda: now)) as store:
                last: dict[int, float] = {}
                for session, pause in saves:
                    now += pause
                    last[session] = now
                    await store.save(APP, str(session), str(now).encode())
                found = {n: await store.find(APP, str(n)) for n in range(5)}
                assert sum(one is not None for one in found.values()) <= limit
                for session, content in found.items():
                    assert content is None or (float(content) == last[session] and now - last[session] < 100)

        run(work())

    @pytest.mark.parametrize("name", ["missing/answers.sqlite", "."])
    def test_places_that_cannot_be_used(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(StoreRefused, match="name another file"):
            SqliteStore(tmp_path / name)

    def test_a_file_of_something_else_and_a_link_are_refused(self, tmp_path: Path) -> None:
        (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8" * 3000)
        with pytest.raises(StoreRefused, match="not a database"):
            SqliteStore(tmp_path / "picture.jpg")
        (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(StoreRefused):
            SqliteStore(tmp_path / "link")
        assert not (tmp_path / "elsewhere").exists()

    def test_a_store_that_fails_says_so_without_values(self, tmp_path: Path) -> None:
        async def work() -> None:
            store = SqliteStore(tmp_path / "answers.sqlite")
            await store.close()
            for attempt in (store.save(APP, "SECRET", b"SECRET"), store.find(APP, "SECRET"), store.purge()):
                with pytest.raises(StoreFailed) as failed:
                    await attempt
                assert "SECRET" not in str(failed.value)

        run(work())

    def test_a_full_disk_is_a_failure_and_the_store_lives_on(self, tmp_path: Path) -> None:
        async def work() -> None:
            async with opened(SqliteStore(tmp_path / "answers.sqlite")) as store:
                await store.save(APP, "before", b"x")
                assert isinstance(store, SqliteStore)
                store._connection.execute("PRAGMA max_page_count = 8")
                with pytest.raises(StoreFailed):
                    await store.save(APP, "large", os.urandom(1_000_000))
                assert await store.find(APP, "before") == b"x"

        run(work())


class TestRedis:
    def test_answers_expire(self, redis_url: str) -> None:
        async def work() -> None:
            async with opened(RedisStore(redis_url, Retention(seconds=0.001))) as store:
                await store.save(APP, "brief", b"x")
                for _ in range(1000):
                    if await store.find(APP, "brief") is None:
                        return
                raise AssertionError("still there")

        run(work())

    def test_two_nodes_share_it_and_a_restarted_one_finds_it(self, redis_url: str) -> None:
        async def work() -> None:
            async with opened(RedisStore(redis_url)) as one, opened(RedisStore(redis_url)) as two:
                await one.save(APP, "shared", CONTENT)
                assert await two.find(APP, "shared") == CONTENT

        run(work())

    def test_a_server_that_is_gone(self) -> None:
        async def work() -> None:
            async with opened(RedisStore(f"redis://:SECRET@127.0.0.1:{free_port()}/0")) as store:
                for attempt in (store.save(APP, "s", b"x"), store.find(APP, "s")):
                    with pytest.raises(StoreFailed) as failed:
                        await attempt
                    assert "SECRET" not in str(failed.value)

        run(work())


def test_no_store_keeps_nothing() -> None:
    async def work() -> None:
        async with opened(NoStore()) as store:
            await store.save(APP, "s", CONTENT)
            await store.purge()
            assert await store.find(APP, "s") is None

    run(work())


def test_memory_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    async def work() -> None:
        async with opened(SqliteStore(None)) as store:
            await store.save(APP, "s", CONTENT)

    run(work())
    assert list(tmp_path.iterdir()) == []


def test_sqlite_is_built_for_threads() -> None:
    assert sqlite3.threadsafety == 3  # one connection is used from several threads, one at a time
