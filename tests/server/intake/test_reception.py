"""How bodies are received, without a server."""

import asyncio
from typing import Any

import pytest
from starlette.requests import Request

from server.contract import faults
from server.contract.faults import Refused
from server.intake.reception import Reception


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
    return Reception(**{"max_bytes": 100, "seconds": 30.0, "concurrent": 1} | changes)


def test_a_second_body_at_the_same_time_is_refused_and_a_later_one_is_not() -> None:
    async def work() -> None:
        entrance, first, second = reception(), Sender(b"a", b"b"), Sender(b"c")
        receiving = asyncio.create_task(entrance.receive(first.request()))
        await first.waits.wait()
        second.go.set()
        with pytest.raises(Refused) as refused:
            await entrance.receive(second.request())
        assert refused.value.fault == faults.OVERLOADED
        first.go.set()
        assert await receiving == b"ab"
        assert await entrance.receive(second.request()) == b"c"

    asyncio.run(work())


def test_one_that_is_too_slow_makes_room() -> None:
    async def work() -> None:
        entrance, slow, next_one = reception(seconds=0.01), Sender(b"a"), Sender(b"b")
        with pytest.raises(Refused) as refused:
            await entrance.receive(slow.request())
        assert refused.value.fault == faults.REQUEST_TOO_SLOW
        next_one.go.set()
        assert await entrance.receive(next_one.request()) == b"b"

    asyncio.run(work())


def test_more_bytes_than_announced_are_counted() -> None:
    async def work() -> None:
        liar = Sender(b"x" * 60, b"x" * 60, b"", announced=10)
        with pytest.raises(Refused) as refused:
            await reception().receive(liar.request())
        assert refused.value.fault == faults.BODY_TOO_LARGE

    asyncio.run(work())
