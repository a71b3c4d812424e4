"""What the tests of stores share."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from server.auth.credentials import AppId
from server.store.store import ResultStore

APP, OTHER = AppId("1000001"), AppId("1000002")
CONTENT = b'{"code":0,"data":{"session_id":"s-1"}}' * 50


@asynccontextmanager
async def opened(store: ResultStore) -> AsyncIterator[ResultStore]:
    try:
        yield store
    finally:
        await store.close()


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)
