from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.store.memory import MemoryStore
from server.store.store import Retention, Submission
from tests.server.store.stores import APP, CONTENT, opened, run


def test_only_so_many_are_kept() -> None:
    async def work() -> None:
        async with opened(MemoryStore(Retention(answers=3))) as store:
            for n in range(5):
                await store.save(Submission(APP, f"s-{n}"), b"x")
            kept = [await store.find(APP, f"s-{n}") for n in range(5)]
            assert kept == [None, None, b"x", b"x", b"x"]

    run(work())


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0, 50), st.booleans()), max_size=30), st.integers(1, 6))
def test_never_finds_more_than_was_saved_lately(saves: list[tuple[int, float, bool]], limit: int) -> None:
    now = 0.0

    async def work() -> None:
        nonlocal now
        async with opened(MemoryStore(Retention(100.0, limit), lambda: now)) as store:
            last: dict[int, float] = {}
            for session, pause, purged in saves:
                now += pause
                last[session] = now
                await store.save(Submission(APP, str(session)), str(now).encode())
                if purged:
                    await store.purge()
            found = {n: await store.find(APP, str(n)) for n in range(5)}
            newest = sorted(last, key=lambda n: last[n])[-limit:]
            for session, content in found.items():
                kept = session in newest and now - last[session] < 100
                assert content == (str(last[session]).encode() if kept else None)

    run(work())


def test_what_has_expired_does_not_stay() -> None:
    now = 0.0

    async def work() -> None:
        nonlocal now
        async with opened(MemoryStore(Retention(seconds=60), lambda: now)) as store:
            await store.save(Submission(APP, "first"), CONTENT)
            now += 30
            await store.save(Submission(APP, "second"), CONTENT)
            now += 30
            await store.purge()
            assert [session for _, session in vars(store)["_answers"]] == ["second"]

    run(work())


def test_memory_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    async def work() -> None:
        async with opened(MemoryStore()) as store:
            await store.save(Submission(APP, "s"), CONTENT)

    run(work())
    assert list(tmp_path.iterdir()) == []
