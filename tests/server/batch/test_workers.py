"""The readers of a batch: what a worker says is not believed."""

import asyncio
import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

import server.batch.workers
from engine.errors import ReaderCrashed
from engine.values.items import Item, Scope
from server.batch.results.outputs import Choice, Outputs
from server.batch.run import Stop, run
from server.batch.sources.pictures import Picture
from server.batch.workers import Workers
from server.contract.faults import OVERLOADED, Refused
from server.pool.messages import WireReading
from tests.doubles import fixed_reading
from tests.server.doubles import ObedientEngine


def obedient(items: Scope) -> ObedientEngine:
    """An engine for workers; they import it from here."""
    return ObedientEngine()


class LyingPool:
    """Its worker was taken over: what it sends has the shape of a message, and not that of a row."""

    def __init__(self, **changes: Any) -> None:
        self._reading = msgspec.structs.replace(WireReading.of(fixed_reading()), **changes)

    async def read(self, picture: bytes, app: str) -> WireReading:
        """The lie."""
        return self._reading


class BusyPool:
    """It has no worker at first: they are replaced, which may take longer than a picture waits in the service."""

    def __init__(self) -> None:
        self.asked = 0

    async def read(self, picture: bytes, app: str) -> WireReading:
        """Refuse twice."""
        self.asked += 1
        if self.asked < 3:
            raise Refused(OVERLOADED)
        return WireReading.of(fixed_reading())


@pytest.mark.parametrize(
    "data", [{}, {"items": 7}, {"items": [7]}, {"items": [{"item": "invented"}]}, {"items": [{"item": []}]}], ids=str
)
def test_a_reading_of_another_shape_fails_alone(data: dict[str, Any]) -> None:
    workers = Workers(1, "all", (), 5)
    workers._pool = LyingPool(data=data)  # type: ignore[assignment]
    with pytest.raises(ReaderCrashed, match="another shape"):
        asyncio.run(workers.read(b""))


@pytest.mark.parametrize("jobs", [1, 2])
def test_pictures_wait_for_workers_that_are_replaced(
    jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here every worker is gone at once; the service would refuse pictures, as too many wait."""
    monkeypatch.setattr(server.batch.workers, "BatchEngine", obedient)
    orders = ["exit:", "exit:", *("read:good" for _ in range(20))]
    pictures = (Picture(f"{number}.jpg", order.encode) for number, order in enumerate(orders))
    out = tmp_path / "r.jsonl"

    async def go() -> None:
        with Outputs(Choice(out, ("document_type",))) as outputs:
            async with Workers(jobs, "all", tuple(Item), 60) as workers:
                await run(pictures, workers, outputs, lambda name: None, lambda totals: None, Stop())

    asyncio.run(go())
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert Counter(row["code"] for row in rows) == {0: 20, 502: 2}


def test_a_picture_waits_for_a_worker_however_long_that_takes() -> None:
    pool = BusyPool()
    workers = Workers(1, "all", (), 5)
    workers._pool = pool  # type: ignore[assignment]
    assert asyncio.run(workers.read(b"")).row["page"] == 1
    assert pool.asked == 3


def test_each_worker_has_one_core_whatever_the_machine_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a cluster every actor has workers of its own; if each took all cores, they would take each other's time."""
    monkeypatch.setattr("os.cpu_count", lambda: 64)
    monkeypatch.setattr(server.batch.workers, "BatchEngine", obedient)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"):
        monkeypatch.setenv(name, "set by the test, and taken back after it")

    async def threads() -> str:
        async with Workers(1, "all", tuple(Item), 60) as workers:
            part = await workers.read(b"threads:")
        return str(part.row["items"]["document_type"]["value"])

    assert asyncio.run(threads()) == "1"
