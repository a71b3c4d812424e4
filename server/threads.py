"""Blocking work beside the event loop, each piece in a thread of its own that holds up neither others nor the end.

asyncio's and anyio's own threads come from pools: a few pieces that hang – a dead name server, a locked file – would
keep everybody else's work waiting, and the interpreter waits for those threads when it ends. Whoever calls this
bounds how many pieces there are.
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import Final, TypeVar

from starlette.concurrency import run_in_threadpool

T = TypeVar("T")

MOMENT_BYTES: Final = 512 * 1024
"""So many bytes are taken apart in a millisecond or two: about as long as it takes to wake a thread for them."""


async def beside_the_loop(size: int, function: Callable[..., T], *arguments: object) -> T:
    """What ``function(*arguments)`` returns or raises: by a thread, if the ``size`` bytes it works on are many."""
    if size <= MOMENT_BYTES:
        return function(*arguments)
    return await run_in_threadpool(function, *arguments)


async def in_own_thread(function: Callable[..., T], *arguments: object) -> T:
    """What ``function(*arguments)`` returns or raises; where this is cancelled, the thread goes on by itself."""
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()

    def work() -> None:
        try:
            result = function(*arguments)
        except BaseException as error:
            _tell(loop, outcome, outcome.set_exception, error)
        else:
            _tell(loop, outcome, outcome.set_result, result)

    threading.Thread(target=work, name=f"for {function.__name__}", daemon=True).start()
    return await outcome


def _tell(
    loop: asyncio.AbstractEventLoop, outcome: "asyncio.Future[T]", tell: Callable[..., None], what: object
) -> None:
    def tell_who_waits() -> None:
        if not outcome.done():  # else nobody waits any more
            tell(what)

    with contextlib.suppress(RuntimeError):  # the loop has ended
        loop.call_soon_threadsafe(tell_who_waits)
