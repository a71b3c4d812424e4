"""What runs inside a worker process: it opens an engine, reads pictures, and is never trusted to survive.

`server.pool.process` stands on the other side; `server.pool.start` has confined the process before.
"""

import os
import pickle
import traceback
from collections.abc import Mapping
from multiprocessing.connection import Connection
from typing import Final, Protocol

from engine import PassportReading
from engine.errors import PassportError, ReaderCrashed
from engine.result.drawings import Drawing

from .messages import MAX_BYTES, MAX_SCREEN_BYTES, Defect, NotRead, Started, WireReading, pack, sendable


class PassportEngine(Protocol):
    """What the service needs of `engine.Engine`."""

    def recognize(self, source: bytes) -> PassportReading:
        """Read a picture file.

        Raises:
            engine.errors.PassportError: it cannot be read.
        """
        ...


TAKEN: Final = b""
"""What a worker answers at once to whatever it gets: it lives. An empty message asks for nothing else."""
PLAIN: Final = b"\x00"
WITH_PORTRAIT: Final = b"\x01"
FOR_SCREEN: Final = b"\x02"
"""The first byte of a message, before the picture, says what is wanted beside what every reading brings: nothing, the
portrait cut out, or what the web page shows."""
DRAWN: Final[Mapping[bytes, tuple[Drawing, ...]]] = {
    b"\x11": ("annotated",),
    b"\x12": ("crops",),
    b"\x13": ("annotated", "crops"),
}
"""The same where files are drawn of the reading: which kinds."""


def serve(pipe: Connection, open_engine: bytes, missing: Mapping[str, str]) -> None:
    """Read what comes through ``pipe``, one picture after another, until it is closed.

    The first message says that the process has started, and what of its confinement is ``missing``. The engine is
    opened by the first read: by calling what ``open_engine`` is, pickled.
    """
    engine: PassportEngine | None = None
    pipe.send_bytes(pack(Started(dict(missing))))
    while True:
        try:
            message = pipe.recv_bytes()
        except EOFError:  # the service wants no more
            return
        pipe.send_bytes(TAKEN)
        if not message:
            continue
        try:
            engine = engine or pickle.loads(open_engine)()  # it comes from the service, which is trusted
        except Exception as error:
            pipe.send_bytes(_not_opened(error))
        else:
            pipe.send_bytes(_read(engine, message[:1], message[1:]))


def _not_opened(error: Exception) -> bytes:
    """Why there is no engine; of the system's errors also what it says, which quotes files and no picture."""
    if isinstance(error, PassportError):
        return pack(NotRead.of(error))
    reason = f"{error.strerror}: {error.filename}" if isinstance(error, OSError) and error.strerror else ""
    return pack(_defect(error, reason))


def _defect(error: Exception, reason: str = "") -> Defect:
    frames = "".join(traceback.format_tb(error.__traceback__))
    return Defect(sendable(type(error).__name__, 200), sendable(frames, 20_000), sendable(reason, 1000))


def _read(engine: PassportEngine, order: bytes, picture: bytes) -> bytes:
    """Read one picture; the outcome, packed."""
    try:
        return _packed(engine.recognize(picture), order, picture)
    except PassportError as error:
        return pack(NotRead.of(error))
    except MemoryError:
        os._exit(1)  # what the libraries did without the memory is unknown: start afresh
    except Exception as error:
        return pack(_defect(error))


def _packed(reading: object, order: bytes, picture: bytes) -> bytes:
    if not isinstance(reading, PassportReading):
        raise ReaderCrashed("the engine returned no reading")
    try:
        packed = pack(_ordered(reading, order, picture))
    except (PassportError, MemoryError):
        raise
    except Exception:
        raise ReaderCrashed("the engine's reading cannot be sent") from None
    limit = MAX_SCREEN_BYTES if order == FOR_SCREEN or order in DRAWN else MAX_BYTES
    if len(packed) > limit:
        raise ReaderCrashed(f"the engine's reading has {len(packed)} bytes; the limit is {limit}")
    return packed


def _ordered(reading: PassportReading, order: bytes, picture: bytes) -> WireReading:
    if order == FOR_SCREEN:
        return WireReading.for_screen(reading, picture)
    if order in DRAWN:
        return WireReading.with_drawings(reading, picture, DRAWN[order])
    return WireReading.of(reading, picture, portrait=order == WITH_PORTRAIT)
