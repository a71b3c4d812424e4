import pytest
from redis.asyncio import Redis

from server.auth.credentials import AppId
from server.store.redis import RedisStore
from server.store.store import Retention, StoreFailed, Submission
from tests.server.redis_server import free_port
from tests.server.store.stores import APP, CONTENT, opened, run


def test_an_app_and_a_session_are_not_confused_in_redis(redis_url: str) -> None:
    async def work() -> None:
        async with opened(RedisStore(redis_url)) as store:
            await store.save(Submission(AppId("a"), "b:c"), b"1")
            assert await store.find(AppId("a"), "b") is None

    run(work())


class TestRedis:
    def test_answers_expire(self, redis_url: str) -> None:
        async def work() -> None:
            async with opened(RedisStore(redis_url, Retention(seconds=0.001))) as store:
                await store.save(Submission(APP, "brief"), b"x")
                for _ in range(1000):
                    if await store.find(APP, "brief") is None:
                        return
                raise AssertionError("still there")

        run(work())

    def test_two_nodes_share_it_and_a_restarted_one_finds_it(self, redis_url: str) -> None:
        async def work() -> None:
            async with opened(RedisStore(redis_url)) as one, opened(RedisStore(redis_url)) as two:
                await one.save(Submission(APP, "shared"), CONTENT)
                assert await two.find(APP, "shared") == CONTENT

        run(work())

    def test_a_connection_that_redis_ended_costs_no_answer_and_no_look_up(self, redis_url: str) -> None:
        """As after its restart: what an idle node has open is not there any more."""

        async def work() -> None:
            async with opened(RedisStore(redis_url)) as store, Redis.from_url(redis_url) as operator:
                for number in range(3):
                    submission = Submission(APP, f"after-restart-{number}")
                    assert await store.find(*submission.key) is None
                    await operator.execute_command("CLIENT", "KILL", "TYPE", "normal")
                    await store.save(submission, CONTENT)
                    await operator.execute_command("CLIENT", "KILL", "TYPE", "normal")
                    assert await store.find(*submission.key) == CONTENT

        run(work())

    def test_a_server_that_is_gone(self) -> None:
        async def work() -> None:
            async with opened(RedisStore(f"redis://:SECRET@127.0.0.1:{free_port()}/0")) as store:
                for attempt in (store.save(Submission(APP, "s"), b"x"), store.find(APP, "s")):
                    with pytest.raises(StoreFailed) as failed:
                        await attempt
                    assert "SECRET" not in str(failed.value)

        run(work())
