"""The readers of a batch: what a worker says is not believed."""

import asyncio
from typing import Any

import msgspec
import pytest

import server.batch.workers
from engine.errors import ReaderCrashed
from engine.values.items import Item, Scope
from server.batch.workers import Workers
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


@pytest.mark.parametrize(
    "data", [{}, {"items": 7}, {"items": [7]}, {"items": [{"item": "invented"}]}, {"items": [{"item": []}]}], ids=str
)
def test_a_reading_of_another_shape_fails_alone(data: dict[str, Any]) -> None:
    workers = Workers(1, "all", (), 5)
    workers._pool = LyingPool(data=data)  # type: ignore[assignment]
    with pytest.raises(ReaderCrashed, match="another shape"):
        asyncio.run(workers.read(b""))


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
