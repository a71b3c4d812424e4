"""Nodes that count together, and alone where Redis fails."""

import asyncio
from pathlib import Path

import pytest

from server.auth.rate import LocalRate
from server.settings import Settings
from server.store.opening import open_rate
from server.store.rate import SharedRate
from server.store.store import StoreRefused
from tests.doubles import FixedEngine
from tests.server.apps import credentials_file
from tests.server.auth.test_gate import ask, signature
from tests.server.conftest import Log
from tests.server.redis_server import free_port
from tests.server.running import assert_fault, serving

GONE = "redis://127.0.0.1:{port}/0"


def test_two_nodes_let_no_more_pass_than_one(redis_url: str) -> None:
    async def work() -> list[float]:
        nodes = [SharedRate(redis_url), SharedRate(redis_url)]
        waits = [await nodes[turn % 2].wait("together", 5) for turn in range(7)]
        other = await nodes[0].wait("another app", 5)
        for node in nodes:
            await node.close()
        return [*waits, other]

    *taken, sixth, seventh, other = asyncio.run(work())
    assert taken == [0.0] * 5
    assert 11 < seventh <= sixth <= 12
    assert other == 0.0


def test_where_redis_is_gone_a_node_counts_for_itself_and_says_so_once(log: Log) -> None:
    async def work() -> list[bool]:
        rate = SharedRate(GONE.format(port=free_port()), clock=lambda: 1.0)
        let_in = [await rate.wait("alone", 2) == 0 for _ in range(3)]
        await rate.close()
        return let_in

    assert asyncio.run(work()) == [True, True, False]
    lines = log.lines("passport_ocr.rate")
    assert [line["message"] for line in lines] == [
        "requests are counted by this node alone for a while: ConnectionError"
    ]


def test_redis_is_asked_again_after_a_while(redis_url: str) -> None:
    now = [0.0]

    async def work() -> list[float]:
        rate = SharedRate(redis_url, clock=lambda: now[0])
        rate._ask_again = 1.0
        alone = await rate.wait("again", 1)
        now[0] = 1.0
        waits = [alone, await rate.wait("again", 1), await rate.wait("again", 1)]
        await rate.close()
        return waits

    alone, together, too_many = asyncio.run(work())
    assert (alone, together) == (0.0, 0.0)
    assert too_many > 50


def test_which_settings_count_together(redis_url: str) -> None:
    for store in ("off", "memory", "sqlite:answers.sqlite"):
        assert isinstance(open_rate(Settings(no_auth=True, store=store)), LocalRate)
    assert isinstance(open_rate(Settings(no_auth=True, store=redis_url)), SharedRate)
    with pytest.raises(StoreRefused, match="no URL of Redis"):
        open_rate(Settings(no_auth=True, store="redis://:secret@host:port"))


def test_two_services_behind_a_balancer_share_an_apps_rate(redis_url: str, tmp_path: Path) -> None:
    given = {"credentials": credentials_file(tmp_path), "store": redis_url, "requests_per_minute": 3}
    with serving(FixedEngine, **given) as one, serving(FixedEngine, **given) as two:
        answers = [ask(node, signature()) for node in (one, two, one)]
        assert [answer.json()["code"] for answer in answers] == [0, 0, 0]
        assert_fault(ask(two, signature()), 15, status=429)
