"""Who is read next, with a clock of the test's own."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from server.contract.faults import OVERLOADED, Refused
from server.pool.queue import FairQueue


class Office:
    """Workers named by letters; ``served`` are the apps in the order in which they got one."""

    def __init__(self, workers: str, waiting: int = 100) -> None:
        self.now = 0.0
        self.queue: FairQueue[str] = FairQueue(waiting, lambda: self.now)
        self.served: list[str] = []
        self.given: list[tuple[str, str]] = []
        self.asking: set[asyncio.Task[None]] = set()
        for worker in workers:
            self.queue.add(worker)

    async def ask(self, *apps: str) -> None:
        """Let these ask for a worker each, and whoever can have one get it."""
        for app in apps:
            self.asking.add(asyncio.create_task(self._ask(app)))
        await settle()

    async def _ask(self, app: str) -> None:
        worker = await self.queue.next(app, 1e6)
        self.served.append(app)
        self.given.append((app, worker))

    async def finish(self, seconds: float, app: str | None = None) -> None:
        """The oldest read, or that of an app, ends after so long."""
        index = next(i for i, (who, _) in enumerate(self.given) if app in (None, who))
        who, worker = self.given.pop(index)
        self.now += seconds
        self.queue.done(who, seconds)
        self.queue.add(worker)
        await settle()

    def close(self) -> None:
        for task in self.asking:
            task.cancel()


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def test_apps_take_turns_however_much_one_asks() -> None:
    async def work() -> None:
        office = Office("W")
        await office.ask("hog", "hog", "hog", "hog", "victim", "victim")
        for _ in range(5):
            await office.finish(1.0)
        assert office.served == ["hog", "victim", "hog", "victim", "hog", "hog"]
        office.close()

    run(work())


def test_time_counts_not_pictures() -> None:
    async def work() -> None:
        office = Office("W")
        await office.ask("hog", *["hog"] * 3, *["victim"] * 6)
        for _ in range(9):
            await office.finish(9.0 if office.given[0][0] == "hog" else 1.0)
        assert office.served == ["hog", *["victim"] * 6, "hog", "hog", "hog"]
        office.close()

    run(work())


def test_who_was_away_has_saved_nothing_up_and_owes_one_read_at_most() -> None:
    async def work() -> None:
        office = Office("W")
        for _ in range(50):
            await office.ask("busy")
            await office.finish(1.0)
        await office.ask("late", *["late"] * 5, *["busy"] * 5)
        for _ in range(9):
            await office.finish(1.0)
        assert office.served[50:56] in (
            ["late", "late", *["busy", "late"] * 2],
            ["late", *["busy", "late"] * 2, "busy"],
        )
        office.close()

    run(work())


def test_costly_reads_leave_a_worker_for_an_app_that_is_cheaper() -> None:
    async def work() -> None:
        office = Office("VW")
        await office.ask("victim")
        await office.finish(0.2)
        await office.ask("hog")
        await office.finish(5.0)
        await office.ask("hog", "hog", "hog")
        assert office.served == ["victim", "hog", "hog"]
        await office.ask("victim")
        assert office.served[3:] == ["victim"]  # at once
        office.close()

    run(work())


def test_an_app_whose_reads_nobody_knows_leaves_a_worker_to_one_that_is_known() -> None:
    async def work() -> None:
        office = Office("VW")
        await office.ask("victim")
        await office.finish(0.2)
        await office.ask("hog", "hog")
        assert office.served == ["victim", "hog"]
        await office.ask("victim")
        assert office.served == ["victim", "hog", "victim"]
        await office.finish(0.3, "hog")  # it is not costly after all
        await office.finish(0.2, "victim")
        assert office.served == ["victim", "hog", "victim", "hog"]
        await office.ask("hog")
        assert office.served[4:] == ["hog"]
        office.close()

    run(work())


def test_costly_reads_get_all_workers_where_nobody_else_is() -> None:
    async def work() -> None:
        office = Office("VW")
        await office.ask("victim")
        await office.finish(0.2)
        office.now += 3600
        await office.ask("hog")
        await office.finish(5.0)
        await office.ask("hog", "hog")
        assert office.served == ["victim", "hog", "hog", "hog"]
        office.close()

    run(work())


def test_a_single_worker_reads_costly_pictures_too() -> None:
    async def work() -> None:
        office = Office("W")
        for app, seconds in (("victim", 0.2), ("hog", 5.0)):
            await office.ask(app)
            await office.finish(seconds)
        await office.ask("hog")
        assert office.served[-1] == "hog"
        office.close()

    run(work())


def test_a_full_queue_makes_room_for_who_has_less_in_it() -> None:
    async def work() -> None:
        office = Office("", waiting=2)
        hog = [asyncio.create_task(office.queue.next("hog", 1e6)) for _ in range(3)]
        await settle()
        assert await refused(hog.pop())
        victim = asyncio.create_task(office.queue.next("victim", 1e6))
        assert await refused(hog.pop())
        office.queue.add("W")
        assert await hog.pop() == "W"
        victim.cancel()

    run(work())


async def refused(asking: "asyncio.Task[str]") -> bool:
    with pytest.raises(Refused) as error:
        await asking
    return error.value.fault == OVERLOADED


def test_who_has_a_picture_already_taken_in_needs_no_place() -> None:
    async def work() -> None:
        office = Office("", waiting=0)
        again = asyncio.create_task(office.queue.next("app", 1e6, again=True))
        await settle()
        office.queue.add("W")
        assert await again == "W"

    run(work())


def test_a_worker_given_to_who_has_gone_is_not_lost() -> None:
    async def work() -> None:
        office = Office("")
        asking = asyncio.create_task(office.queue.next("app", 1e6))
        await settle()
        office.queue.add("W")  # given, but not yet fetched
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        assert office.queue.idle == ("W",)
        assert await office.queue.next("other", 1e6) == "W"

    run(work())


def test_nobody_waits_for_ever() -> None:
    async def work() -> None:
        office = Office("")
        assert await refused(asyncio.create_task(office.queue.next("app", 0.01)))
        assert office.queue.waiting == 0

    run(work())
