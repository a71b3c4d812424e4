"""How bodies are received, without a server."""

import asyncio
from typing import Any

import pytest
from starlette.requests import Request

from server.contract import faults
from server.contract.faults import Fault, Refused
from server.intake import reception as module
from server.intake.reception import Intake, Reception
from server.shares import Holder

SOMEBODY = Holder("app", "10.0.0.1")
OTHER = Holder("other", "10.0.0.2")


class Sender:
    """A client whose body comes in ``chunks``; the last one waits for `go`."""

    def __init__(self, *chunks: bytes, announced: int | None = None) -> None:
        self.chunks = list(chunks)
        self.announced = sum(map(len, chunks)) if announced is None else announced
        self.waits = asyncio.Event()
        self.go = asyncio.Event()

    def request(self) -> Request:
        headers = [(b"content-length", str(self.announced).encode())]
        return Request({"type": "http", "method": "POST", "headers": headers}, self.receive)

    async def receive(self) -> dict[str, Any]:
        if len(self.chunks) == 1:
            self.waits.set()
            await self.go.wait()
        return {"type": "http.request", "body": self.chunks.pop(0), "more_body": bool(self.chunks)}


def reception(**changes: Any) -> Reception:
    limits: dict[str, Any] = {"max_bytes": 100, "seconds": 30.0, "bytes_per_second": 1, "concurrent": 1}
    limits |= {"concurrent_bytes": 1000, "shared_bytes_per_second": 10**9}
    return Reception(Intake(**limits | changes), turns=2)


async def take(entrance: Reception, sender: Sender, holder: Holder = SOMEBODY) -> bytes:
    async with entrance.received(sender.request(), holder) as body:
        return body


async def assert_refused(entrance: Reception, sender: Sender, fault: Fault, holder: Holder = SOMEBODY) -> None:
    with pytest.raises(Refused) as refused:
        await take(entrance, sender, holder)
    assert refused.value.fault == fault


def ready(*chunks: bytes) -> Sender:
    """A client that sends all at once; made inside an event loop."""
    sender = Sender(*chunks)
    sender.go.set()
    return sender


def test_a_second_body_at_the_same_time_is_refused_and_a_later_one_is_not() -> None:
    async def work() -> None:
        entrance, first = reception(), Sender(b"a", b"b")
        receiving = asyncio.create_task(take(entrance, first))
        await first.waits.wait()
        await assert_refused(entrance, ready(b"c"), faults.OVERLOADED)
        first.go.set()
        assert await receiving == b"ab"
        assert await take(entrance, ready(b"c")) == b"c"

    asyncio.run(work())


def test_whole_bodies_that_wait_for_their_turn_give_way_to_another_apps() -> None:
    async def work() -> None:
        entrance = reception(concurrent=10, concurrent_bytes=300)
        release = asyncio.Event()

        async def hold(holder: Holder) -> None:
            async with entrance.received(ready(bytes(100)).request(), holder):
                await release.wait()

        held = [asyncio.create_task(hold(SOMEBODY)) for _ in range(3)]  # two turns, all the bytes
        for _ in range(20):
            await asyncio.sleep(0)
        other = asyncio.create_task(hold(Holder("another", "2")))
        with pytest.raises(Refused) as refused:
            await held[2]
        assert refused.value.fault == faults.CROWDED_OUT
        release.set()
        await asyncio.gather(*held[:2], other)

    asyncio.run(work())


def test_megabytes_beside_another_app_are_taken_in_with_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    async def work() -> None:
        entrance = reception(max_bytes=10_000, concurrent_bytes=10**6, shared_bytes_per_second=100, seconds=1e-3)
        monkeypatch.setattr(module, "rest", lambda seconds: asyncio.sleep(pauses.append(seconds) or 0))
        await take(entrance, ready(*[bytes(100)] * 3))
        assert pauses == []  # alone
        await take(entrance, ready(b"little"), OTHER)
        await take(entrance, ready(*[bytes(100)] * 3))  # longer than bodies may take, but not by their own fault
        await take(entrance, ready(b"little"), OTHER)

    asyncio.run(work())
    assert [round(pause) for pause in pauses] == [1, 2]


def test_one_that_is_too_slow_makes_room() -> None:
    async def work() -> None:
        entrance = reception(seconds=0.01)
        await assert_refused(entrance, Sender(b"a"), faults.REQUEST_TOO_SLOW)
        assert await take(entrance, ready(b"b")) == b"b"

    asyncio.run(work())


def test_one_that_trickles_is_too_slow_long_before_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.01)

    async def work() -> None:
        trickling = Sender(b"x", b"y")  # the second byte never comes
        await assert_refused(reception(seconds=1e6, bytes_per_second=1000), trickling, faults.REQUEST_TOO_SLOW)
        assert trickling.waits.is_set()

    asyncio.run(work())


def test_bytes_that_came_earn_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.0)

    async def work() -> None:
        early = Sender(b"x" * 50, b"y")  # fifty bytes at a byte in 1000 seconds: nobody waits for that
        receiving = asyncio.create_task(take(reception(seconds=1e6, bytes_per_second=1e-3), early))
        await early.waits.wait()
        early.go.set()
        assert await receiving == b"x" * 50 + b"y"

    asyncio.run(work())


def test_slow_bodies_of_one_app_give_way_to_another_app() -> None:
    async def work() -> None:
        entrance = reception(concurrent=3)
        slow = [Sender(b"a", b"b") for _ in range(3)]
        receiving = [asyncio.create_task(take(entrance, one)) for one in slow]
        for one in slow:
            await one.waits.wait()
        assert await take(entrance, ready(b"c"), OTHER) == b"c"
        await assert_gave_way(receiving.pop())
        for one in slow:
            one.go.set()
        assert await asyncio.gather(*receiving) == [b"ab", b"ab"]

    asyncio.run(work())


def test_bytes_under_way_are_bounded_and_shared_as_well() -> None:
    async def work() -> None:
        entrance = reception(concurrent=10, concurrent_bytes=150)
        slow = [Sender(b"a" * 50, b"b") for _ in range(2)]
        receiving = [asyncio.create_task(take(entrance, one)) for one in slow]
        for one in slow:
            await one.waits.wait()
        await assert_refused(entrance, ready(b"c" * 60), faults.OVERLOADED)
        assert await take(entrance, ready(b"c" * 50), OTHER) == b"c" * 50
        await assert_gave_way(receiving.pop())
        slow[0].go.set()
        assert len(await receiving[0]) == 51

    asyncio.run(work())


@pytest.mark.parametrize("turns_of_the_loop", range(6))
def test_one_that_is_just_giving_way_is_in_nobodys_way(turns_of_the_loop: int) -> None:
    """The first newcomer takes its place; the second needs its bytes before it has quite gone."""

    async def work() -> None:
        entrance, first = reception(concurrent=2, concurrent_bytes=100), Sender(b"a" * 60, b"b" * 10)
        going = asyncio.create_task(take(entrance, first))
        await first.waits.wait()
        staying = asyncio.create_task(take(entrance, Sender(b"c", b"d")))  # so that somebody has two places
        await asyncio.sleep(0)
        one = asyncio.create_task(take(entrance, ready(b"e" * 20), OTHER))
        for _ in range(turns_of_the_loop):
            await asyncio.sleep(0)
        two = asyncio.create_task(take(entrance, ready(b"f" * 60), Holder("third", "10.0.0.3")))
        assert await one == b"e" * 20
        assert await two == b"f" * 60
        await asyncio.wait([going], timeout=5)
        assert isinstance(going.exception(), Refused)
        staying.cancel()

    asyncio.run(work())


def test_a_body_that_is_worked_on_gives_way_to_nobody() -> None:
    async def work() -> None:
        entrance = reception()
        async with entrance.received(ready(b"a").request(), SOMEBODY) as body:
            await assert_refused(entrance, ready(b"c"), faults.OVERLOADED, OTHER)
            assert body == b"a"

    asyncio.run(work())


def test_more_bytes_than_announced_are_counted() -> None:
    async def work() -> None:
        await assert_refused(reception(), Sender(b"x" * 60, b"x" * 60, b"", announced=10), faults.BODY_TOO_LARGE)

    asyncio.run(work())


async def assert_gave_way(receiving: asyncio.Task[bytes]) -> None:
    with pytest.raises(Refused) as refused:
        await receiving
    assert refused.value.fault == faults.CROWDED_OUT
