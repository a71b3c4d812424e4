"""Ctrl-C reaches every process of a terminal's group; processes started here begin deaf to it."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Let processes (and threads) started meanwhile begin with SIGINT blocked.

    They would print tracebacks while they import; the process that started them says what has to be said.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
