"""Of two pictures under one session id the answer of the one that came last is kept, whoever is done last."""

import itertools

import pytest

from server.auth.credentials import AppId
from server.store import newest, redis
from server.store.memory import MemoryStore
from server.store.newest import NewestAnswers
from server.store.redis import RedisStore
from server.store.store import Submission
from tests.server.conftest import Log
from tests.server.redis_server import free_port
from tests.server.store.stores import APP, OTHER, opened, run


@pytest.fixture(autouse=True)
def every_moment_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = itertools.count(1)
    monkeypatch.setattr(Submission, "now", lambda app, session_id: Submission(app, session_id, next(ticks)))


def test_the_newest_submissions_answer_is_kept_and_forgotten_whoever_is_done_last() -> None:
    async def work() -> None:
        store = NewestAnswers(MemoryStore())
        older, newer = [await store.submitted(APP, "s") for _ in range(2)]
        await store.save(newer, b"newer")
        await store.save(older, b"older")
        await store.forget(older)
        assert await store.find(APP, "s") == b"newer"
        await store.forget(newer)
        await store.save(older, b"older")
        assert await store.find(APP, "s") is None

    run(work())


def test_other_apps_and_ids_of_our_own_are_nobodys_rivals() -> None:
    async def work() -> None:
        store = NewestAnswers(MemoryStore())
        mine = await store.submitted(APP, "s")
        await store.submitted(OTHER, "s")
        await store.save(mine, b"mine")
        assert await store.find(APP, "s") == b"mine"
        await store.save(Submission(APP, "s"), b"not to be compared")
        assert await store.find(APP, "s") == b"not to be compared"

    run(work())


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newest, "MOST_NAMES", 3)

    async def work() -> None:
        store = NewestAnswers(MemoryStore())
        for number in (0, 1, 2, 0, 3):
            await store.submitted(APP, str(number))
        assert [session for _, session in store._newest] == ["2", "0", "3"]

    run(work())


class TestRedis:
    def test_nodes_agree(self, redis_url: str) -> None:
        async def work() -> None:
            async with opened(RedisStore(redis_url)) as one, opened(RedisStore(redis_url)) as two:
                older, newer = await one.submitted(APP, "n"), await two.submitted(APP, "n")
                await two.save(newer, b"newer")
                await one.save(older, b"older")
                await one.forget(older)
                assert await one.find(APP, "n") == b"newer"
                await two.forget(newer)
                assert await one.find(APP, "n") is None

        run(work())

    def test_where_it_is_gone_it_is_asked_once_for_a_while_and_the_order_is_unknown(self, log: Log) -> None:
        now = 0.0

        async def work() -> None:
            nonlocal now
            store = RedisStore(f"redis://127.0.0.1:{free_port()}/0", clock=lambda: now)
            async with opened(NewestAnswers(store)) as answers:
                for seconds in (0.0, 1.0, redis.PAUSE_SECONDS):
                    now = seconds
                    assert await answers.submitted(APP, "s") == Submission(APP, "s")

        run(work())
        assert len(log.lines("passport_ocr.store")) == 2

    def test_an_app_and_a_session_are_not_confused(self) -> None:
        assert redis.newest_key(AppId("a"), "b:c") != redis.newest_key(AppId("a"), "b")
