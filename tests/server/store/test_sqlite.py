import contextlib
import os
import sqlite3
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.auth.credentials import AppId
from server.store.sqlite import SqliteStore
from server.store.store import Retention, StoreFailed, StoreRefused, Submission
from tests.server.store.stores import APP, CONTENT, opened, run


class TestSqlite:
    def test_survives_a_restart_and_is_its_owners_only(self, tmp_path: Path) -> None:
        path = tmp_path / "answers.sqlite"
        path.touch(0o644)

        async def work() -> None:
            first = SqliteStore(path)
            await first.save(Submission(APP, "s"), CONTENT)
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
                await store.save(Submission(APP, "MARKED-SESSION"), CONTENT)
                now += 59.9
                assert await store.find(APP, "MARKED-SESSION") == CONTENT
                now += 0.2
                assert await store.find(APP, "MARKED-SESSION") is None
                await store.purge()
                assert all(b"MARKED" not in file.read_bytes() for file in tmp_path.iterdir())

        run(work())

    def test_what_is_gone_does_not_stay_in_the_file(self, tmp_path: Path) -> None:
        now = 1000.0
        path = tmp_path / "answers.sqlite"

        def traces() -> list[str]:
            names = ("EXPIRED", "FORGOTTEN", "CROWDED-OUT")
            held = b"".join(file.read_bytes() for file in tmp_path.iterdir())
            return [name for name in names if name.encode() in held]

        async def work() -> None:
            nonlocal now
            async with opened(SqliteStore(path, Retention(60, 3), lambda: now)) as store:
                await store.save(Submission(AppId("CROWDED-OUT"), "s"), b"x")
                await store.save(Submission(APP, "EXPIRED"), b"x")
                now += 30
                await store.save(Submission(AppId("FORGOTTEN"), "s"), b"x")
                await store.forget(Submission(AppId("FORGOTTEN"), "s"))
                for number in range(3):
                    await store.save(Submission(APP, str(number)), b"x")
                now += 40
                with contextlib.closing(sqlite3.connect(path)) as reader:  # somebody else reads meanwhile
                    reader.execute("BEGIN").execute("SELECT * FROM answers").fetchall()
                    await store.purge()
                    assert traces()
                await store.purge()  # nothing new has expired
                assert traces() == []
                await store.save(Submission(APP, "EXPIRED"), b"x")
                now += 100
            assert traces() == []  # nor after an orderly end

        run(work())

    def test_only_so_many_are_kept(self, tmp_path: Path) -> None:
        async def work() -> None:
            async with opened(SqliteStore(tmp_path / "answers.sqlite", Retention(answers=3))) as store:
                for n in range(5):
                    await store.save(Submission(APP, f"s-{n}"), b"x")
                kept = [await store.find(APP, f"s-{n}") for n in range(5)]
                assert kept == [None, None, b"x", b"x", b"x"]

        run(work())

    @settings(deadline=None, max_examples=30)  # threads and event loops take their time on a busy machine
    @given(st.lists(st.tuples(st.integers(0, 4), st.floats(0, 50)), max_size=30), st.integers(1, 6))
    def test_never_finds_more_than_was_saved_lately(
        self, tmp_path_factory: pytest.TempPathFactory, saves: list[tuple[int, float]], limit: int
    ) -> None:
        now = 0.0

        async def work() -> None:
            nonlocal now
            path = tmp_path_factory.mktemp("store") / "answers.sqlite"
            async with opened(SqliteStore(path, Retention(100.0, limit), lambda: now)) as store:
                last: dict[int, float] = {}
                for session, pause in saves:
                    now += pause
                    last[session] = now
                    await store.save(Submission(APP, str(session)), str(now).encode())
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
            for attempt in (
                store.save(Submission(APP, "SECRET"), b"SECRET"),
                store.find(APP, "SECRET"),
                store.purge(),
            ):
                with pytest.raises(StoreFailed) as failed:
                    await attempt
                assert "SECRET" not in str(failed.value)

        run(work())

    def test_a_full_disk_is_a_failure_and_the_store_lives_on(self, tmp_path: Path) -> None:
        async def work() -> None:
            async with opened(SqliteStore(tmp_path / "answers.sqlite")) as store:
                await store.save(Submission(APP, "before"), b"x")
                assert isinstance(store, SqliteStore)
                store._connection.execute("PRAGMA max_page_count = 8")
                with pytest.raises(StoreFailed):
                    await store.save(Submission(APP, "large"), os.urandom(1_000_000))
                assert await store.find(APP, "before") == b"x"

        run(work())


def test_sqlite_is_built_for_threads() -> None:
    assert sqlite3.threadsafety == 3  # one connection is used from several threads, one at a time
