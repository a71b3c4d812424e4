"""What runs inside a worker process: it opens an engine, reads pictures, and is never trusted to survive.

`server.pool.process` stands on the other side.
"""

import os
import pickle
import resource
import signal
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from typing import Any, Final, Protocol

from engine import PassportReading
from engine.errors import PassportError, ReaderCrashed
from engine.values.warnings import Caution

from ..contract.facts import Facts, facts_of
from ..private import keep_private

MAX_ANSWER_BYTES: Final = 1024 * 1024
"""Longer answers are none: a reading takes about 12 KB."""


class PassportEngine(Protocol):
    """What the service needs of `engine.Engine`."""

    def recognize(self, source: bytes) -> PassportReading:
        """Read a picture file.

        Raises:
            engine.errors.PassportError: it cannot be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class WireReading:
    """What the service needs of a `PassportReading`, made of plain values: it crosses processes ten times faster.

    ``data`` is the contract's, without session id; ``timings`` are seconds by stage, ``corrected`` the number of
    characters of the MRZ that the decoder changed, ``facts`` what dialects without boxes tell.
    """

    data: Mapping[str, Any]
    timings: Mapping[str, float]
    corrected: int
    warnings: tuple[Caution, ...]
    facts: Facts

    @classmethod
    def of(cls, reading: PassportReading, picture: bytes = b"", *, portrait: bool = False) -> "WireReading":
        """Take what is needed of ``reading``; the portrait, if it is wanted, out of ``picture``."""
        facts = facts_of(reading, picture, portrait=portrait)
        corrected = len(reading.mrz.corrections)
        return cls(reading.to_contract(), dict(reading.timings), corrected, reading.warnings, facts)

    def to_contract(self, session_id: str) -> dict[str, Any]:
        """The contract's ``data`` object."""
        return {**self.data, "session_id": session_id}


@dataclass(frozen=True, slots=True)
class Defect:
    """An exception nobody expected: its class and where it was raised, never its text, which may quote a picture.

    ``reason`` is what the system said, and about which file, where the engine could not be opened.
    """

    error: str
    frames: str
    reason: str = ""


TAKEN: Final = b""
"""What a worker answers at once to whatever it gets: it lives. An empty message asks for nothing else."""
PLAIN: Final = b"\x00"
WITH_PORTRAIT: Final = b"\x01"
"""The first byte of a message, before the picture: whether its portrait is wanted as well."""


def serve(pipe: Connection, open_engine: Callable[[], PassportEngine], memory_bytes: int) -> None:
    """Be a worker: read what comes through ``pipe``, one picture after another, until it is closed.

    The first message says that the process has started. The engine is opened by the first read.
    """
    _begin(memory_bytes)
    engine: PassportEngine | None = None
    pipe.send_bytes(TAKEN)
    while True:
        try:
            message = pipe.recv_bytes()
        except EOFError:  # the service wants no more
            return
        pipe.send_bytes(TAKEN)
        if not message:
            continue
        try:
            engine = engine or open_engine()
        except Exception as error:
            pipe.send_bytes(_not_opened(error))
        else:
            pipe.send_bytes(_read(engine, message[1:], portrait=message.startswith(WITH_PORTRAIT)))


def _not_opened(error: Exception) -> bytes:
    """Why there is no engine; of the system's errors also what it says, which quotes files and no picture."""
    if isinstance(error, PassportError):
        return pickle.dumps(error)
    frames = "".join(traceback.format_tb(error.__traceback__))
    reason = f"{error.strerror}: {error.filename}" if isinstance(error, OSError) and error.strerror else ""
    return pickle.dumps(Defect(type(error).__name__, frames, reason))


def _begin(memory_bytes: int) -> None:
    """Prepare this process for reading hostile pictures."""
    # A supervisor may signal the whole group. Reads under way end first; the service ends its workers with SIGKILL.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_private()
    # Not RLIMIT_AS: it counts mapped libraries and what allocators only reserve, four times of what is used.
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    _silence()
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _silence() -> None:
    """Native libraries write about pictures to stdout and stderr; the service's log holds only what it chose."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)


def _die_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)  # nobody is left to answer, and a read may hang


def _read(engine: PassportEngine, picture: bytes, *, portrait: bool) -> bytes:
    """Read one picture; the outcome, pickled: a `WireReading`, a `PassportError` or a `Defect`."""
    try:
        return _packed(engine.recognize(picture), picture, portrait=portrait)
    except PassportError as error:
        return pickle.dumps(error)
    except MemoryError:
        os._exit(1)  # what the libraries did without the memory is unknown: start afresh
    except Exception as error:
        return pickle.dumps(Defect(type(error).__name__, "".join(traceback.format_tb(error.__traceback__))))


def _packed(reading: object, picture: bytes, *, portrait: bool) -> bytes:
    if not isinstance(reading, PassportReading):
        raise ReaderCrashed("the engine returned no reading")
    try:
        packed = pickle.dumps(WireReading.of(reading, picture, portrait=portrait))
    except (PassportError, MemoryError):
        raise
    except Exception:
        raise ReaderCrashed("the engine's reading cannot be sent") from None
    if len(packed) > MAX_ANSWER_BYTES:
        raise ReaderCrashed(f"the engine's reading has {len(packed)} bytes; the limit is {MAX_ANSWER_BYTES}")
    return packed
