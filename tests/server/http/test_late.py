"""Who is refused without end waits for it; others, and who is refused now and then, do not."""

import asyncio
import gc
import time
import types
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from server.http import late as module
from server.http.late import LONGEST_SECONDS, REFUSALS_PER_SECOND, LateRefusals
from server.intake import body
from tests.doubles import FixedEngine
from tests.server.apps import (
    APP,
    OTHER_APP,
    OTHER_SECRET_ID,
    OTHER_SECRET_KEY,
    SECRET_ID,
    SECRET_KEY,
    credentials_file,
    original,
    signed,
)
from tests.server.conftest import Log
from tests.server.running import serving


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Service:
    """`LateRefusals` before an application that refuses ``refused`` or answers, and what its clients waited."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, places: int = 100) -> None:
        self.clock = Clock()
        self.waited: list[float] = []
        self._late = LateRefusals(self._answer, proxies=(), places=places, clock=self.clock)
        monkeypatch.setattr(module, "rest", self._rest)

    def ask(self, app: str = "", address: str = "10.0.0.1", *, refused: bool) -> float:
        """Ask once; how long the answer was held back."""
        return asyncio.run(self.asked(app, address, refused=refused))

    async def asked(self, app: str = "", address: str = "10.0.0.1", *, refused: bool) -> float:
        self.waited.append(0.0)
        state = {"app": app, "refused": refused}
        await self._late({"type": "http", "client": (address, 1), "state": state}, _nothing, _take)
        return self.waited[-1]

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def _rest(self, crowded: asyncio.Event, seconds: float) -> None:
        self.waited[-1] = seconds


async def _nothing() -> Message:
    raise AssertionError("nothing is received")


async def _take(message: Message) -> None:
    pass


def signature(app_id: str = APP, secret_id: str = SECRET_ID, secret_key: str = SECRET_KEY) -> dict[str, str]:
    now = int(time.time())
    return {"Authorization": signed(original(a=app_id, k=secret_id, t=now, e=now + 60), secret_key)}


def flood(service: Service, app: str = "", address: str = "10.0.0.1", times: int = REFUSALS_PER_SECOND) -> float:
    """Be refused ``times`` times at once; how long the last answer was held back."""
    return max(service.ask(app, address, refused=True) for _ in range(times))


def test_a_flood_of_refusals_waits_as_soon_as_another_app_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service(monkeypatch)
    assert flood(service, "hog", times=1000) == 0.0, "alone it is in nobody's way"
    assert service.ask("victim", "10.0.0.2", refused=False) == 0.0
    assert flood(service, "hog") == 0.0, "so many at once are no flood"
    assert service.ask("hog", refused=True) == pytest.approx(1 / REFUSALS_PER_SECOND)
    assert flood(service, "hog", times=1000) == LONGEST_SECONDS


def test_what_is_read_is_never_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service(monkeypatch)
    service.ask("victim", "10.0.0.2", refused=False)
    assert flood(service, "hog", times=1000) > 0.0
    assert service.ask("hog", refused=False) == 0.0
    assert service.ask("victim", "10.0.0.2", refused=False) == 0.0


def test_another_app_at_another_address_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service(monkeypatch)
    service.ask("victim", "10.0.0.2", refused=False)
    assert flood(service, "hog", times=1000) > 0.0
    assert service.ask("victim", "10.0.0.2", refused=True) == 0.0


def test_a_flood_of_nobody_waits_by_address(monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service(monkeypatch)
    service.ask("victim", "10.0.0.2", refused=False)
    assert flood(service, times=1000) == LONGEST_SECONDS
    assert service.ask("", "10.0.0.3", refused=True) == 0.0


def test_after_a_while_refusals_come_at_once_again(monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service(monkeypatch)
    service.ask("victim", "10.0.0.2", refused=False)
    flood(service, "hog", times=2 * REFUSALS_PER_SECOND)
    service.clock.now += 1.0
    assert 0.0 < service.ask("hog", refused=True) < 0.1
    service.clock.now += 1.0
    assert service.ask("hog", refused=True) == 0.0


def test_probes_and_pages_are_nobody_and_are_never_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service(monkeypatch)
    service.ask("", "10.0.0.2", refused=False)
    assert flood(service, "hog", times=1000) == 0.0
    assert max(service.ask("", refused=False) for _ in range(1000)) == 0.0


def test_only_so_many_answers_are_held_and_who_holds_most_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service(monkeypatch, places=2)
    service.ask("victim", "10.0.0.2", refused=False)
    service.ask("other", "10.0.0.3", refused=False)
    flood(service, "hog", times=1000)
    flood(service, "other", "10.0.0.3", times=1000)
    held: list[asyncio.Event] = []

    async def wait(crowded: asyncio.Event, seconds: float) -> None:
        held.append(crowded)
        await crowded.wait()

    monkeypatch.setattr(module, "rest", wait)

    async def go() -> None:
        first, second = (asyncio.create_task(service.asked("hog", refused=True)) for _ in range(2))
        while len(held) < 2:
            await asyncio.sleep(0)
        await service.asked("hog", refused=True)  # no place, and nobody holds more: it is told at once
        third = asyncio.create_task(service.asked("other", "10.0.0.3", refused=True))
        await second
        assert not first.done()
        assert len(held) == 3
        for one in held:
            one.set()
        await asyncio.gather(first, third)

    asyncio.run(go())


def test_held_answers_are_told_in_the_log_and_hold_no_body(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, log: Log
) -> None:
    kept: list[str] = []

    async def look(crowded: asyncio.Event, seconds: float) -> None:
        frames: list[Any] = [one for one in gc.get_objects() if isinstance(one, types.FrameType)]
        kept.extend(f.f_code.co_name for f in frames if f.f_code.co_filename == body.__file__)

    monkeypatch.setattr(module, "rest", look)
    monkeypatch.setattr(module, "REFUSALS_PER_SECOND", 0.001)
    with serving(FixedEngine, credentials=credentials_file(tmp_path)) as client:
        other = signature(OTHER_APP, OTHER_SECRET_ID, OTHER_SECRET_KEY)
        client.post("/ocr/passport", json={"app_id": OTHER_APP, "image": "AAAA"}, headers=other)
        answer = client.post("/ocr/passport", content=b"x" * 100_000, headers=signature())
        assert answer.status_code == 400
    assert kept == []
    assert [line.get("held") for line in log.lines("passport_ocr.access") if line["status"] == 400] == [5.0]
