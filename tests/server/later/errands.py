"""Errands, and a pool that reads them when it is told to."""

import asyncio
from dataclasses import dataclass, field

from server.auth.credentials import AppId
from server.later.later import Errand, Reader
from server.pool.messages import WireReading
from server.pool.pool import Load, State
from server.store.store import Submission
from tests.doubles import fixed_reading


class NoMetrics:
    """Counts nothing."""

    def count_reading(self, reading: object) -> None:
        """Nothing."""


@dataclass
class HeldPool:
    """Reads nothing before it is let go; pictures raise the errors that were set for them."""

    errors: dict[bytes, list[Exception]] = field(default_factory=dict)
    read_pictures: list[bytes] = field(default_factory=list)
    state: State = State.READY
    load: Load = field(default_factory=Load)

    def __post_init__(self) -> None:
        self.go = asyncio.Event()

    async def start(self, warm_up_picture: bytes) -> bool:
        return True

    async def read(self, picture: bytes, app: str, *, portrait: bool = False) -> WireReading:
        await self.go.wait()
        self.read_pictures.append(picture)
        if self.errors.get(picture):
            raise self.errors[picture].pop(0)
        return WireReading.of(fixed_reading())

    async def close(self) -> None:
        pass

    def end_within(self, seconds: float) -> None:
        pass

    def kill(self) -> None:
        pass


def errand(picture: str = "a", *, app: str = "1", session_id: str | None = None, at: int = 0) -> Errand:
    return Errand(Submission(AppId(app), session_id or f"s-{picture}", at), picture.encode())


def reader_of(pool: HeldPool) -> Reader:
    return Reader(pool, NoMetrics())  # type: ignore[arg-type]
