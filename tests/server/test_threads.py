import asyncio
import threading

import pytest

from server.threads import MOMENT_BYTES, beside_the_loop, in_own_thread


def test_results_and_errors_come_back() -> None:
    async def work() -> None:
        assert await in_own_thread(divmod, 7, 2) == (3, 1)
        with pytest.raises(ZeroDivisionError):
            await in_own_thread(divmod, 7, 0)

    asyncio.run(work())


def test_many_that_hang_hold_up_neither_others_nor_the_end() -> None:
    never = threading.Event()

    async def work() -> None:
        hanging = [asyncio.create_task(in_own_thread(never.wait)) for _ in range(100)]
        assert await in_own_thread(divmod, 7, 2) == (3, 1)
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)

    asyncio.run(work())
    assert all(thread.daemon for thread in threading.enumerate() if thread.name == "for wait")
    never.set()


def test_only_what_takes_long_is_done_by_another_thread() -> None:
    async def work() -> None:
        assert await beside_the_loop(MOMENT_BYTES, threading.current_thread) is threading.current_thread()
        assert await beside_the_loop(MOMENT_BYTES + 1, threading.current_thread) is not threading.current_thread()
        for size in (0, MOMENT_BYTES + 1):
            with pytest.raises(ZeroDivisionError):
                await beside_the_loop(size, divmod, 7, 0)

    asyncio.run(work())
