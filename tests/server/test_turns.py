"""Apps in turn, whatever one of them asks for at once."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from server.turns import LATELY, Turns


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Work:
    """Pieces of work that each hold a turn until they are told to end; ``order`` is in which they began."""

    def __init__(self, turns: Turns) -> None:
        self.order: list[str] = []
        self._turns = turns
        self._ends: dict[str, asyncio.Event] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def ask(self, *names: str) -> None:
        """Ask for a turn for each name; its first letter is the app."""
        for name in names:
            self._ends[name] = asyncio.Event()
            self.tasks[name] = asyncio.create_task(self._work(name))
        await settle()

    async def end(self, name: str) -> None:
        self._ends[name].set()
        await settle()

    async def _work(self, name: str) -> None:
        async with self._turns.turn(name[0]):
            self.order.append(name)
            await self._ends[name].wait()


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(work())


def test_one_app_alone_may_have_all() -> None:
    async def work() -> None:
        of = Work(Turns(3))
        await of.ask("a1", "a2", "a3", "a4")
        assert of.order == ["a1", "a2", "a3"]
        await of.end("a2")
        assert of.order[3:] == ["a4"]

    run(work)


def test_another_app_is_next_and_finds_a_turn_free_from_then_on() -> None:
    async def work() -> None:
        of = Work(Turns(2))
        await of.ask("a1", "a2", "a3", "a4", "b1")
        assert of.order == ["a1", "a2"]
        await of.end("a1")
        assert of.order[2:] == ["b1"]
        await of.end("b1")
        assert of.order[3:] == []  # a2 is under way; the other turn is kept for b
        await of.ask("b2")
        assert of.order[3:] == ["b2"]
        await of.end("a2")
        assert of.order[4:] == ["a3"]

    run(work)


def test_of_two_that_wait_the_one_that_had_less_time_is_next() -> None:
    async def work() -> None:
        clock = Clock()
        of = Work(Turns(1, clock))
        await of.ask("a1")
        await of.ask("b1", "a2")
        clock.now = 5
        await of.end("a1")
        clock.now = 6
        await of.end("b1")
        await of.ask("b2")
        assert of.order == ["a1", "b1", "a2"]
        await of.end("a2")
        assert of.order[3:] == ["b2"]

    run(work)


def test_an_app_that_has_been_away_is_forgotten() -> None:
    async def work() -> None:
        clock = Clock()
        of = Work(Turns(2, clock))
        await of.ask("b1")
        await of.end("b1")
        clock.now = LATELY + 1
        await of.ask("a1", "a2")
        assert of.order == ["b1", "a1", "a2"]

    run(work)


@pytest.mark.parametrize("began", [False, True])
def test_who_waits_no_longer_takes_no_turn_along(began: bool) -> None:
    async def work() -> None:
        of = Work(Turns(1))
        await of.ask("a1", "a2", "a3")
        if began:
            of._ends["a1"].set()  # a2 gets its turn in the same round in which it is cancelled
            await asyncio.sleep(0)
        of.tasks["a2"].cancel()
        await settle()
        await of.end("a1")
        assert of.order[-1] == "a3"
        await of.end("a3")
        await of.ask("a4")
        assert of.order[-1] == "a4"

    run(work)
