"""Workers that crash, hang, babble and eat memory: the request gets its answer, the next one is read."""

import asyncio
import base64
import functools
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from multiprocessing import connection
from pathlib import Path
from typing import Any, ClassVar

import httpx
import pytest

from engine.errors import ModelDamaged, MrzNotFound
from server.app import open_pool
from server.contract.faults import ENDING, OVERLOADED, Refused
from server.pool.messages import WireReading
from server.pool.pool import WorkerPool
from server.pool.process import WorkerFrozen, WorkerHung, WorkerKilled, WorkerLost
from server.pool.warmup import warm_up_picture
from server.pool.worker import PassportEngine
from server.settings import Settings
from tests.doubles import FailingEngine, fixed_reading
from tests.server.conftest import Log
from tests.server.doubles import (
    GATES,
    SAYINGS,
    SECRET,
    FlakyProcess,
    Gate,
    ObedientEngine,
    OpenBadly,
    OpenLate,
    OpenOnce,
    SingleMindedProcess,
    open_to_die,
)
from tests.server.running import assert_fault, serving, wait_until_ready


def serving_workers(
    open_engine: Callable[[], PassportEngine] = ObedientEngine, *, warm: bool = True, **settings: Any
) -> AbstractContextManager[httpx.Client]:
    """A service over worker processes; ``open_engine`` is called in them."""
    settings = {"workers": 1, "waiting_reads": 0} | settings
    pool = open_pool(Settings(no_auth=True, **settings), open_engine, GATES)
    return serving(None, pool=pool, warm=warm, **settings)


def ask(client: httpx.Client, picture: bytes | str) -> httpx.Response:
    data = picture.encode() if isinstance(picture, str) else picture
    return client.post("/ocr/passport", json={"app_id": "1", "image": base64.b64encode(data).decode()})


def read(client: httpx.Client, picture: bytes | str) -> str:
    """The first item of an answer that must be a reading."""
    response = ask(client, picture)
    assert (response.status_code, response.json()["code"]) == (200, 0), response.text
    value: str = response.json()["data"]["items"][0]["itemstring"]
    return value


def read_as_soon_as_possible(client: httpx.Client, picture: str) -> str:
    """The same, where the worker may still be starting: 503 tells to try again."""
    while ask(client, picture).status_code == 503:
        pass
    return read(client, picture)


@pytest.fixture(scope="module")
def one_worker() -> Iterator[httpx.Client]:
    with serving_workers(waiting_reads=4, worker_memory_mb=512) as client:
        yield client


@pytest.mark.parametrize(("order", "workers"), [("abort", 1), ("segfault", 1), ("exit", 1), ("eat", 1), ("kill", 2)])
def test_a_crash_is_502_and_the_next_picture_is_read(one_worker: httpx.Client, order: str, workers: int) -> None:
    before, died = read(one_worker, "process"), died_so_far(one_worker)
    assert_fault(ask(one_worker, order), 502, status=502)
    assert read(one_worker, "process") != before
    assert died_so_far(one_worker) == died + workers, "a crash is the picture's doing, to be killed once may not be"


def died_so_far(client: httpx.Client) -> int:
    [line] = [line for line in client.get("/metrics").text.splitlines() if 'replaced_total{reason="died"}' in line]
    return int(float(line.split()[1]))


def test_a_worker_killed_over_a_picture_costs_no_answer(tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    with serving_workers(waiting_reads=4) as client, ThreadPoolExecutor(4) as threads:
        before = int(read(client, "process"))
        under_way = threads.submit(read, client, f"wait_unless_told:{gate.path}")
        gate.wait_until_reached()
        waiting = [threads.submit(read, client, f"read:{number}") for number in range(3)]
        Path(f"{gate.path}.told").touch()
        os.kill(before, signal.SIGKILL)
        assert int(under_way.result()) != before
        assert [one.result() for one in waiting] == ["0", "1", "2"]
        assert died_so_far(client) == 1
        gate.open()


@pytest.mark.parametrize("order", ["babble", "babble_inside", "babble_without_end"])
def test_an_answer_that_is_none_is_502_and_the_worker_stays(one_worker: httpx.Client, order: str) -> None:
    before = read(one_worker, "process")
    assert_fault(ask(one_worker, order), 502, status=502)
    assert read(one_worker, "process") == before


@pytest.mark.parametrize("what", SAYINGS)
def test_a_worker_that_says_what_is_no_answer_is_502_and_replaced(one_worker: httpx.Client, what: str) -> None:
    before = read(one_worker, "process")
    assert_fault(ask(one_worker, f"say:{what}"), 502, status=502)
    assert read(one_worker, "process") != before


def test_an_answer_to_a_picture_that_was_not_asked_for_reaches_nobody() -> None:
    with serving_workers(waiting_reads=1) as client:
        before = read(client, "say_twice")
        assert read(client, "process") not in ("next", before)


def test_a_worker_that_has_read_enough_makes_room_for_a_fresh_one(log: Log) -> None:
    with serving_workers(waiting_reads=1, worker_reads=3) as client:
        first = int(read(client, "process"))
        lost = os.pidfd_open(first)
        while int(read(client, "process")) == first:
            pass
        assert connection.wait([lost], timeout=60)
        os.close(lost)
        assert "passport_ocr_workers 1.0" in client.get("/metrics").text
        assert 'replaced_total{reason="died"} 0' in client.get("/metrics").text
    assert [line for line in log.lines("passport_ocr.pool") if line["level"] == "ERROR"] == []


def test_a_worker_does_not_know_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSPORT_OCR_STORE", "memory")
    with serving_workers() as client:
        assert read(client, "secrets") == "P"  # what stands for an empty text


def test_what_the_engine_raises_arrives(one_worker: httpx.Client, log: Log) -> None:
    assert_fault(ask(one_worker, "none"), -9020)
    response = ask(one_worker, "defect")
    assert_fault(response, 500, status=500)
    [line] = [line for line in log.lines("passport_ocr.pool") if "error" in line]
    assert line["error"] == "ValueError"
    assert "in defect" in line["frames"]
    assert line["request_id"] == response.headers["x-request-id"]
    assert SECRET not in log.text + response.text


def test_what_a_library_prints_is_silenced(one_worker: httpx.Client, capfd: pytest.CaptureFixture[str]) -> None:
    read(one_worker, "shout")
    assert SECRET not in "".join(capfd.readouterr())


def test_a_hang_is_504_and_the_worker_is_killed() -> None:
    with serving_workers(waiting_reads=1, read_seconds=2) as client:
        before = int(read(client, "process"))
        assert_fault(ask(client, "hang"), 504, status=504)
        with pytest.raises(ProcessLookupError):
            os.kill(before, 0)
        assert read_as_soon_as_possible(client, "read:next") == "next"


@pytest.mark.parametrize("length", [1, 100_000, 600_000, 4_000_000])  # the kernel holds less than half a megabyte
def test_a_picture_arrives_whole_however_long_it_is(one_worker: httpx.Client, length: int) -> None:
    assert read(one_worker, "length:" + "x" * length) == str(length)


def test_a_worker_that_freezes_before_a_long_picture_costs_no_answer(one_worker: httpx.Client) -> None:
    before = int(read(one_worker, "process"))
    os.kill(before, signal.SIGSTOP)
    assert read(one_worker, "length:" + "x" * 4_000_000) == "4000000"
    assert int(read(one_worker, "process")) != before


def test_a_worker_killed_while_idle_costs_no_answer(one_worker: httpx.Client) -> None:
    for _ in range(2):
        before = read(one_worker, "process")
        os.kill(int(before), signal.SIGKILL)
        assert read(one_worker, "process") != before


def test_a_worker_frozen_while_idle_costs_no_answer(one_worker: httpx.Client) -> None:
    for _ in range(2):
        before = int(read(one_worker, "process"))
        os.kill(before, signal.SIGSTOP)
        assert int(read(one_worker, "process")) != before
        with pytest.raises(ProcessLookupError):
            os.kill(before, 0)


@pytest.mark.parametrize(("signum", "reason"), [(signal.SIGSTOP, "hung"), (signal.SIGKILL, "died")])
def test_a_worker_lost_while_idle_is_found_logged_counted_and_replaced_unasked(
    signum: signal.Signals, reason: str, monkeypatch: pytest.MonkeyPatch, log: Log
) -> None:
    monkeypatch.setattr("server.pool.pool.CHECK_SECONDS", 0.05)
    monkeypatch.setattr("server.pool.process.TAKE_SECONDS", 0.5)
    replaced = f'passport_ocr_workers_replaced_total{{reason="{reason}"}} '
    with serving_workers(waiting_reads=1) as client:
        before = int(read(client, "process"))
        lost = os.pidfd_open(before)
        os.kill(before, signum)
        assert connection.wait([lost], timeout=60)  # readable when the process has ended
        os.close(lost)
        while f"{replaced}0" in (numbers := client.get("/metrics").text):
            pass
        assert f"{replaced}1" in numbers
        wait_until_ready(client)
        assert int(read(client, "process")) != before
    assert "a worker is replaced" in log.text


def test_who_has_no_live_worker_is_not_ready(tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    with serving_workers(OpenOnce(tmp_path), waiting_reads=1) as client:
        (tmp_path / "opened").touch()
        assert client.get("/readyz").status_code == 200
        assert_fault(ask(client, "abort"), 502, status=502)
        gate.wait_until_reached()
        assert_fault(client.get("/readyz"), 503, status=503)
        assert client.get("/livez").status_code == 200
        gate.open()
        wait_until_ready(client)


def test_a_crash_leaves_the_other_worker_alone(tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    with serving_workers(workers=2, waiting_reads=1) as client, ThreadPoolExecutor(1) as threads:
        held = threads.submit(ask, client, gate.picture)
        gate.wait_until_reached()
        for order in ("abort", "segfault"):
            assert_fault(ask(client, order), 502, status=502)
            assert read(client, "read:between") == "between"
        gate.open()
        assert held.result().json()["code"] == 0


def test_one_more_than_fits_is_503_and_the_others_are_read(tmp_path: Path) -> None:
    gates = [Gate(tmp_path, str(number)) for number in range(2)]
    with serving_workers(workers=2) as client, ThreadPoolExecutor(2) as threads:
        taken = [threads.submit(ask, client, gate.picture) for gate in gates]
        for gate in gates:
            gate.wait_until_reached()
        response = ask(client, "read")
        assert_fault(response, 503, status=503)
        assert response.headers["retry-after"] == "1"
        assert client.get("/livez").status_code == 200  # reads do not hold up the event loop
        for gate in gates:
            gate.open()
        assert [one.result().json()["code"] for one in taken] == [0, 0]
        assert read(client, "read:next") == "next"


def test_who_waits_too_long_for_a_worker_is_one_too_many(tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    with serving_workers(OpenOnce(tmp_path), waiting_reads=1, read_seconds=0.2) as client:
        (tmp_path / "opened").touch()
        assert_fault(ask(client, "abort"), 502, status=502)
        gate.wait_until_reached()
        assert_fault(ask(client, "read"), 503, status=503)
        gate.open()
        assert read_as_soon_as_possible(client, "read:next") == "next"


def test_no_worker_is_lost_over_what_nobody_expected(monkeypatch: pytest.MonkeyPatch, log: Log) -> None:
    monkeypatch.setattr("server.pool.pool.WorkerProcess", FlakyProcess)
    with serving_workers(waiting_reads=1) as client:
        assert_fault(ask(client, "read"), 500, status=500)
        assert ask(client, "read").json()["code"] == 0
    assert "BlockingIOError" in log.text
    assert SECRET not in log.text


def test_a_worker_is_never_asked_two_things_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks after idle workers must not talk to one that was given a picture, or died, a moment before."""
    monkeypatch.setattr("server.pool.pool.CHECK_SECONDS", 0)
    monkeypatch.setattr("server.pool.pool.WorkerProcess", SingleMindedProcess)

    async def go() -> None:
        pool = open_pool(Settings(no_auth=True, workers=2, waiting_reads=64), ObedientEngine)
        assert await pool.start(warm_up_picture())
        died = 0
        for turn in range(40):
            for _ in range(turn % 8):
                await asyncio.sleep(0)
            await asyncio.gather(*(pool.read(b"read", "app") for _ in range(3)))
            died += pool._workers[0] in pool._queue.idle
            pool._died_idle(pool._workers[0])
        assert died > 5
        assert pool.load.died == died, "nobody else was replaced"
        await pool.close()

    asyncio.run(go())


def test_answers_at_the_same_time_belong_to_their_pictures() -> None:
    with serving_workers(workers=2, waiting_reads=64) as client, ThreadPoolExecutor(8) as threads:
        values = [f"READ{number}" for number in range(64)]
        assert list(threads.map(lambda value: read(client, f"read:{value}"), values)) == values


def test_workers_and_native_threads_share_the_cores() -> None:
    with serving_workers(workers=1) as client:
        assert int(read(client, "threads")) == os.cpu_count()


def test_until_warm_answers_are_503_and_the_process_is_alive(tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    with serving_workers(OpenLate(gate), warm=False) as client:
        gate.wait_until_reached()
        response = ask(client, "read")
        assert_fault(response, 503, status=503)
        assert response.headers["retry-after"] == "2"
        assert_fault(client.get("/readyz"), 503, status=503)
        assert client.get("/livez").status_code == 200
        gate.open()
        wait_until_ready(client)
        assert read(client, "read:warm") == "warm"


@pytest.mark.parametrize("open_engine", [OpenBadly(ModelDamaged("no")), OpenBadly(OSError(SECRET)), open_to_die])
def test_an_engine_that_does_not_open_is_5208(open_engine: Callable[[], PassportEngine], log: Log) -> None:
    with serving_workers(open_engine, warm=False) as client:
        while (response := ask(client, "read")).status_code == 503:
            pass
        assert_fault(response, -5208)
        assert_fault(client.get("/readyz"), -5208, status=503)
        assert client.get("/livez").status_code == 200
    assert SECRET not in log.text


def test_a_reader_too_weak_for_the_warm_up_picture_is_ready(log: Log) -> None:
    with serving_workers(functools.partial(FailingEngine, MrzNotFound(), 0)) as client:
        assert_fault(ask(client, "read"), -9020)
    assert "warm-up picture" in log.text


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class UnluckyProcess:
    """A worker process to which one thing after another happens over pictures, each after seconds of ``clock``."""

    clock = Clock()
    fates: ClassVar[list[tuple[float, Exception]]] = []
    given: ClassVar[list[float]] = []
    """How long each read might have taken."""

    def __init__(self, *_: object, **__: object) -> None:
        self.reads = 0
        self.missing: dict[str, str] = {}

    async def start(self, died: Callable[[], None]) -> None:
        pass

    async def take(self, picture: bytes, order: bytes = b"") -> None:
        self._warming_up = picture == warm_up_picture()
        if not self._warming_up and self.fates and isinstance(self.fates[0][1], WorkerLost):
            self._suffer()

    async def outcome(self, seconds: float) -> WireReading:
        if not self._warming_up:
            self.given.append(seconds)
            if self.fates:
                self._suffer()
        return WireReading.of(fixed_reading())

    def _suffer(self) -> None:
        seconds, fate = self.fates.pop(0)
        self.clock.now += seconds
        raise fate

    async def stop(self) -> None:
        pass


def read_by_unlucky(
    monkeypatch: pytest.MonkeyPatch, *fates: tuple[float, Exception], ending_in: float | None = None
) -> list[float]:
    """Read a picture, ten seconds at most, with workers that have these fates; how long each read might take."""
    monkeypatch.setattr("server.pool.pool.WorkerProcess", UnluckyProcess)
    monkeypatch.setattr(UnluckyProcess, "clock", Clock())

    async def go() -> None:
        pool = WorkerPool(
            ObedientEngine, workers=2, waiting=4, deadline=10, memory_bytes=2**30, clock=UnluckyProcess.clock
        )
        assert await pool.start(warm_up_picture())
        monkeypatch.setattr(UnluckyProcess, "fates", list(fates))
        monkeypatch.setattr(UnluckyProcess, "given", [])
        if ending_in is not None:
            pool.end_within(ending_in)
        try:
            await pool.read(b"read", "app")
        finally:
            await pool.close()

    asyncio.run(go())
    return UnluckyProcess.given


def test_a_picture_whose_worker_was_killed_has_the_time_another_would_have(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_by_unlucky(monkeypatch, (9.0, WorkerKilled("killed"))) == [10, 10]


def test_whatever_happens_to_workers_a_picture_is_answered_in_twice_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    frozen = [(2.5, WorkerFrozen())] * 3
    killed = (9.0, WorkerKilled("killed"))
    assert read_by_unlucky(monkeypatch, *frozen, killed) == [10, 3.5]
    for fates in ([(2.5, WorkerFrozen())] * 8, [*frozen, killed, (3.5, WorkerHung("hung"))], [(20.0, killed[1])]):
        with pytest.raises(Refused) as refused:
            read_by_unlucky(monkeypatch, *fates)
        assert refused.value.fault == OVERLOADED
    with pytest.raises(WorkerHung):
        read_by_unlucky(monkeypatch, (10.0, WorkerHung("hung")))
    with pytest.raises(WorkerKilled):
        read_by_unlucky(monkeypatch, killed, (1.0, WorkerKilled("killed again")))


def test_a_service_that_ends_answers_before_nobody_waits_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_by_unlucky(monkeypatch, (3.0, WorkerKilled("killed")), ending_in=5.0) == [5.0, 2.0]
    with pytest.raises(Refused) as refused:
        read_by_unlucky(monkeypatch, (5.0, WorkerHung("hung")), ending_in=5.0)
    assert refused.value.fault == ENDING, "it had less time than a picture has"


def test_a_pool_that_is_closed_ends_what_is_read_and_refuses_what_waits(tmp_path: Path) -> None:
    gate = Gate(tmp_path)

    async def go() -> None:
        pool = open_pool(Settings(no_auth=True, workers=1, waiting_reads=4), ObedientEngine, GATES)
        assert await pool.start(warm_up_picture())
        under_way = asyncio.create_task(pool.read(gate.picture, "app"))
        await asyncio.to_thread(gate.wait_until_reached)
        waiting = asyncio.create_task(pool.read(b"read", "app"))
        while not pool.load.waiting:
            await asyncio.sleep(0)
        closing = asyncio.create_task(pool.close())
        with pytest.raises(Refused) as refused:
            await waiting
        assert refused.value.fault == ENDING
        assert not closing.done()
        gate.open()
        assert (await under_way).facts
        await closing
        with pytest.raises(Refused):
            await pool.read(b"read", "app")

    asyncio.run(go())


def test_a_picture_whose_worker_is_ended_with_the_service_was_not_its_death() -> None:
    """Whoever asked tries again elsewhere: a queue's picture must not be answered as one that ends workers."""

    async def go() -> None:
        pool = open_pool(Settings(no_auth=True, workers=1), ObedientEngine)
        assert await pool.start(warm_up_picture())
        [worker] = pool._workers
        await worker.take(b"hang")
        outcome = asyncio.create_task(worker.outcome(60))
        await asyncio.sleep(0)
        await worker.stop()
        with pytest.raises(WorkerLost):
            await outcome
        await pool.close()

    asyncio.run(go())
