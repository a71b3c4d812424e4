"""The readers of a batch: what a worker says is not believed."""

import asyncio
from typing import Any

import msgspec
import pytest

from engine.errors import ReaderCrashed
from server.batch.workers import Workers
from server.pool.messages import WireReading
from tests.doubles import fixed_reading


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
