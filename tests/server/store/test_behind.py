"""A store whose writes wait for nobody, over one that is slow or broken as the test says."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from server.auth.credentials import AppId
from server.store import behind
from server.store.behind import WriteBehind
from server.store.store import StoreFailed, Submission
from tests.server.store.stores import APP


class Slow:
    """Does nothing before `go` is set; fails while ``broken``."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.broken = False
        self.kept: dict[tuple[AppId, str], bytes] = {}

    async def submitted(self, app: AppId, session_id: str) -> Submission:
        return Submission.now(app, session_id)

    async def save(self, submission: Submission, content: bytes) -> None:
        await self.pass_by()
        self.kept[submission.key] = content

    async def forget(self, submission: Submission) -> None:
        await self.pass_by()
        self.kept.pop(submission.key, None)

    async def find(self, app: AppId, session_id: str) -> bytes | None:
        return self.kept.get((app, session_id))

    async def purge(self) -> None:
        pass

    async def close(self) -> None:
        pass

    async def pass_by(self) -> None:
        await self.go.wait()
        if self.broken:
            raise StoreFailed("broken")


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def test_writes_wait_for_nobody_and_look_ups_for_their_own_write_only() -> None:
    async def work() -> None:
        slow = Slow()
        slow.kept[APP, "other"] = b"there before"
        store = WriteBehind(slow)
        await store.save(Submission(APP, "s"), b"1")
        await store.save(Submission(APP, "s"), b"2")
        assert await store.find(APP, "other") == b"there before"
        finding = asyncio.create_task(store.find(APP, "s"))
        await asyncio.sleep(0)
        assert not finding.done()
        slow.go.set()
        assert await finding == b"2"
        await store.close()

    run(work())


def test_what_was_to_be_forgotten_and_could_not_be_is_not_found_until_it_is_gone() -> None:
    async def work() -> None:
        slow = Slow()
        slow.go.set()
        store = WriteBehind(slow)
        await store.save(Submission(APP, "s"), b"the person before")
        assert await store.find(APP, "s") == b"the person before"
        slow.broken = True
        await store.forget(Submission(APP, "s"))
        with pytest.raises(StoreFailed):
            await store.find(APP, "s")
        slow.broken = False
        with pytest.raises(StoreFailed):
            await store.find(APP, "s")
        await store.purge()
        assert await store.find(APP, "s") is None
        await store.close()

    run(work())


def test_only_so_many_writes_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(behind, "MOST_WAITING", 3)

    async def work() -> None:
        slow = Slow()
        store = WriteBehind(slow)
        for number in range(10):
            await store.save(Submission(APP, str(number)), b"x")
        slow.go.set()
        await store.close()
        assert {session for _, session in slow.kept} == {"7", "8", "9"}
        with pytest.raises(StoreFailed):
            await store.find(APP, "0")

    run(work())


def test_a_look_up_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(behind, "FIND_SECONDS", 0.01)
    monkeypatch.setattr(behind, "END_SECONDS", 0.01)

    async def work() -> None:
        store = WriteBehind(Slow())
        await store.save(Submission(APP, "s"), b"1")
        with pytest.raises(StoreFailed):
            await store.find(APP, "s")
        await store.close()

    run(work())
