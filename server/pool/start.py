"""The first thing that a worker process runs: it confines itself before anything else is loaded.

Only Python's own library may be imported at the top: numpy and others start threads, which could not be confined.
"""

import os
import pickle
import resource
import select
import signal
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection

from ..private import keep_private
from .confinement import Confinement, confine


@dataclass(frozen=True, slots=True)
class Orders:
    """What a worker is told first. ``open_engine`` is pickled, for its modules are loaded after the confinement."""

    open_engine: bytes
    memory_bytes: int
    confinement: Confinement


def begin(descriptor: int) -> None:
    """Be a worker: talk through the socket ``descriptor`` until the other end is closed."""
    pipe = Connection(descriptor)
    try:
        orders: Orders = pickle.loads(pipe.recv_bytes())  # from the service, which is trusted
    except EOFError:  # it has ended, or wants no worker any more
        return
    _prepare(orders.memory_bytes)
    missing = confine(orders.confinement)
    threading.Thread(target=_die_with_service, args=(descriptor,), daemon=True).start()

    from .worker import serve

    serve(pipe, orders.open_engine, missing)


def _prepare(memory_bytes: int) -> None:
    # A supervisor may signal the whole group. Reads under way end first; the service ends its workers with SIGKILL.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # a terminal that is closed
    keep_private()
    # Not RLIMIT_AS: it counts mapped libraries and what allocators only reserve, four times of what is used.
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    _silence()


def _silence() -> None:
    """Native libraries write about pictures to stdout and stderr; the service's log holds only what it chose."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)


def _die_with_service(descriptor: int) -> None:
    hung_up = select.poll()
    hung_up.register(descriptor, 0)
    hung_up.poll()
    os._exit(1)  # nobody is left to answer, and a read may hang
