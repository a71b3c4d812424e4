"""Stand-ins for the pool, and an engine that misbehaves in a worker process as the picture tells it."""

import asyncio
import contextlib
import ctypes
import os
import pickle
import signal
import struct
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from engine import PassportReading
from engine.errors import MrzNotFound
from engine.result.drawings import Drawing
from server.pool.messages import Started, WireReading, pack
from server.pool.pool import Load, State
from server.pool.warmup import warm_up_picture
from server.pool.worker import PassportEngine
from tests.doubles import fixed_reading
from tests.server.attempts import TEMPORARY, outcome_of

SECRET = "ERIKSSON L898902C3"
"""Stands for what was read off a passport, and must not be found anywhere."""


GATES: Final = (TEMPORARY,)
"""Where tests keep gates, which workers must be able to read."""


class InProcessPool:
    """A `ReadingPool` of threads of the test's own process, so that a test can look into its engine."""

    def __init__(self, open_engine: Callable[[], PassportEngine]) -> None:
        self.state = State.STARTING
        self._open_engine = open_engine

    @property
    def load(self) -> Load:
        return Load()

    async def start(self, warm_up_picture: bytes) -> bool:
        self._engine = await asyncio.to_thread(self._open_engine)
        await asyncio.to_thread(self._engine.recognize, warm_up_picture)
        self.state = State.READY
        return True

    async def read(self, picture: bytes, app: str, *, portrait: bool = False) -> WireReading:
        reading = await asyncio.to_thread(self._engine.recognize, picture)
        return WireReading.of(reading, picture, portrait=portrait)

    async def show(self, picture: bytes, app: str) -> WireReading:
        return WireReading.for_screen(await asyncio.to_thread(self._engine.recognize, picture), picture)

    async def draw(self, picture: bytes, app: str, wanted: tuple[Drawing, ...]) -> WireReading:
        return WireReading.with_drawings(await asyncio.to_thread(self._engine.recognize, picture), picture, wanted)

    async def close(self) -> None:
        pass

    def end_within(self, seconds: float) -> None:
        pass

    def kill(self) -> None:
        pass


@dataclass(frozen=True)
class ObedientEngine:
    """Does what the picture's text says; the warm-up picture and every other text are read as `fixed_reading`."""

    def recognize(self, source: bytes) -> Any:
        if source == warm_up_picture():
            return fixed_reading()
        order, _, argument = source.decode().partition(":")
        return getattr(self, order, self.read)(argument)

    def read(self, text: str) -> PassportReading:
        reading = fixed_reading()
        return replace(reading, items=(replace(reading.items[0], value=text or "P"), *reading.items[1:]))

    def none(self, _: str) -> None:
        raise MrzNotFound(SECRET)

    def defect(self, _: str) -> None:
        raise ValueError(SECRET)

    def abort(self, _: str) -> None:
        os.abort()

    def segfault(self, _: str) -> None:
        ctypes.string_at(0)

    def exit(self, _: str) -> None:
        os._exit(3)

    def kill(self, _: str) -> None:
        signal.raise_signal(signal.SIGKILL)

    def wait_unless_told(self, path: str) -> PassportReading:
        """Wait for a `Gate`, unless a file says that it was waited for once; which process has read it."""
        if not Path(f"{path}.told").exists():
            self.wait(path)
        return self.process("")

    def hang(self, _: str) -> None:
        ctypes.PyDLL(None).pause()  # native code that keeps the interpreter's lock: no thread of Python runs

    def babble(self, _: str) -> Any:
        return lambda: SECRET

    def babble_inside(self, _: str) -> Any:
        return replace(fixed_reading(), timings=lambda: SECRET)

    def babble_without_end(self, _: str) -> Any:
        return replace(fixed_reading(), timings={SECRET * 100_000: 0.0})

    def shout(self, _: str) -> Any:
        os.write(1, SECRET.encode())
        os.write(2, SECRET.encode())
        return fixed_reading()

    def eat(self, _: str) -> None:
        eaten = []
        while True:
            eaten.append(bytearray(1 << 24))

    def wait(self, path: str) -> PassportReading:
        """Wait for a `Gate`."""
        with Path(path).open("rb") as gate:
            gate.read()
        return fixed_reading()

    def none_after(self, path: str) -> None:
        """Wait for a `Gate`, then find no passport."""
        self.wait(path)
        self.none("")

    def length(self, text: str) -> PassportReading:
        return self.read(str(len(text)))

    def process(self, _: str) -> PassportReading:
        return self.read(str(os.getpid()))

    def attempt(self, what: str) -> PassportReading:
        """Do what a picture that has taken the process over might want to do; how that ended."""
        return self.read(outcome_of(what))

    def say(self, what: str) -> PassportReading:
        """Say something to the service behind the worker's back."""
        _say(SAYINGS[what])
        return self.process("")

    def say_twice(self, _: str) -> PassportReading:
        """Answer this picture, and the next beforehand."""
        _say(_framed(pack(WireReading.of(self.process("")))))
        return self.read("next")

    def secrets(self, _: str) -> PassportReading:
        return self.read(" ".join(name for name in os.environ if name.startswith("PASSPORT_OCR_")))

    def threads(self, _: str) -> PassportReading:
        return self.read(os.environ["OMP_NUM_THREADS"])


def _framed(message: bytes) -> bytes:
    return struct.pack("!i", len(message)) + message


def _say(what: bytes) -> None:
    for descriptor in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # of the folder itself
            if str(descriptor.readlink()).startswith("socket:"):
                os.write(int(descriptor.name), what)


class Exploit:
    """Ends the process that unpickles it."""

    def __reduce__(self) -> Any:
        return os._exit, (1,)


SAYINGS: Final = {
    "garbage": _framed(bytes(range(256)) * 40),
    "pickle": _framed(pickle.dumps(Exploit())),
    "huge": struct.pack("!i", 2**31 - 1),
    "negative": struct.pack("!iQ", -1, 2**60),
    "deep": _framed(b"[" * 100_000),
    "nothing": _framed(b"") * 1000,
    "other": _framed(pack(Started({}))),
    "unknown": _framed(b'{"type":"not read","error":"SystemExit"}'),
}
"""What is no answer."""


class Gate:
    """Holds up one read in a worker process until `open`; a named pipe, so nobody sleeps."""

    def __init__(self, folder: Path, name: str = "gate") -> None:
        self.path = folder / name
        os.mkfifo(self.path)

    @property
    def picture(self) -> bytes:
        """The picture whose read waits here."""
        return f"wait:{self.path}".encode()

    def wait_until_reached(self) -> None:
        """Return as soon as a worker reads the picture."""
        self._end = self.path.open("wb")  # opening one end waits for the other

    def open(self) -> None:
        """Let the read finish."""
        self._end.close()


@dataclass(frozen=True)
class OpenLate:
    """Opens an engine as soon as the gate lets it."""

    gate: Gate

    def __call__(self) -> ObedientEngine:
        ObedientEngine().wait(str(self.gate.path))
        return ObedientEngine()


@dataclass(frozen=True)
class OpenOnce:
    """Opens an engine at once until the file ``opened`` is in ``folder``; then as soon as the gate there lets it."""

    folder: Path

    def __call__(self) -> ObedientEngine:
        if (self.folder / "opened").exists():
            ObedientEngine().wait(str(self.folder / "gate"))
        return ObedientEngine()


@dataclass(frozen=True)
class OpenBadly:
    """Does not open."""

    error: Exception

    def __call__(self) -> PassportEngine:
        raise self.error


class FlakyProcess:
    """A worker process that cannot be reached once, over the first picture that is not the warm-up's."""

    def __init__(self, *_: object, **__: object) -> None:
        self._failures = 1
        self.reads = 0
        self.missing: dict[str, str] = {}

    async def start(self, died: Callable[[], None]) -> None:
        pass

    async def take(self, picture: bytes, order: bytes = b"") -> None:
        if picture != warm_up_picture() and self._failures:
            self._failures = 0
            raise BlockingIOError(SECRET)

    async def outcome(self, seconds: float) -> WireReading:
        return WireReading.of(fixed_reading())

    async def stop(self) -> None:
        pass


class SingleMindedProcess:
    """A worker process that takes a moment for everything, and must be left alone meanwhile."""

    def __init__(self, *_: object, **__: object) -> None:
        self._busy = False
        self.reads = 0
        self.missing: dict[str, str] = {}

    @contextlib.asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        assert not self._busy, "asked two things at once"
        self._busy = True
        await asyncio.sleep(0)
        yield
        self._busy = False

    async def start(self, died: Callable[[], None]) -> None:
        async with self._alone():
            pass

    async def check(self) -> None:
        async with self._alone():
            pass

    async def take(self, picture: bytes, order: bytes = b"") -> None:
        async with self._alone():
            pass

    async def outcome(self, seconds: float) -> WireReading:
        async with self._alone():
            return WireReading.of(fixed_reading())

    async def stop(self) -> None:
        pass


def open_to_die() -> PassportEngine:
    """Kill the process instead of opening."""
    os.abort()
