"""Answers looked up by session id (``GET /ocr/passport/{session_id}``), and the store behind them."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from server.auth.credentials import AppId
from server.auth.gate import authorized_app
from server.contract.faults import NOT_FOUND, NOT_STORED, STORE_DOWN, Refused
from server.contract.wire import Answer, Refusal
from server.intake.body import MAX_SESSION_ID
from server.settings import Settings
from server.store.sqlite import NoStore, ResultStore, Retention, SqliteStore, StoreFailed

PURGE_EVERY_SECONDS: Final = 60.0

log = logging.getLogger("passport_ocr.store")
router = APIRouter()

_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Refusal, "description": description}
    for status, description in {
        401: "The signature is missing, malformed, expired or wrong (codes 4, 5, 9, 14).",
        403: "The signature's app or SecretID is unknown, or they do not match (codes 10, 11, 12).",
        404: "This app has no answer of this session id, or it has expired.",
        424: "Another method than GET.",
        429: "This app sends too many requests (code 15).",
        503: "The result store does not answer.",
    }.items()
}


def open_store(settings: Settings) -> ResultStore:
    """The store ``settings`` ask for.

    Raises:
        StoreRefused: it cannot be used.
    """
    retention = Retention(settings.store_seconds, settings.store_answers)
    kind, _, path = settings.store.partition(":")
    if kind == "off":
        return NoStore()
    if kind == "memory":
        return SqliteStore(None, retention)
    if kind == "sqlite":
        return SqliteStore(Path(path).expanduser(), retention)
    from server.store.redis import RedisStore  # a client library that the other stores do not need

    return RedisStore(settings.store, retention)


@contextlib.asynccontextmanager
async def purging(store: ResultStore) -> AsyncIterator[None]:
    """Forget expired answers now and then while the block runs; close the store after it."""
    task = asyncio.create_task(_purge_forever(store))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await store.close()


async def _purge_forever(store: ResultStore) -> None:
    while True:
        try:
            await store.purge()
        except StoreFailed as error:
            log.warning("expired answers could not be purged: %s", error)
        await asyncio.sleep(PURGE_EVERY_SECONDS)


async def keep(store: ResultStore, app: AppId, session_id: str, content: bytes) -> None:
    """Keep an answer; where that fails, its client is answered all the same."""
    try:
        await store.save(app, session_id, content)
    except StoreFailed as error:
        log.warning("an answer could not be kept: %s", error)


@router.get(
    "/ocr/passport/{session_id:path}",
    response_model=Answer,
    responses=_REFUSALS,
    summary="Look up an answer by its session id",
)
async def look_up(request: Request, session_id: str, app: Annotated[AppId, Depends(authorized_app)]) -> Response:
    """Return the answer that a POST of the same app got, as it was, for a limited time."""
    if not session_id:
        raise Refused(NOT_FOUND)
    if len(session_id) > MAX_SESSION_ID:
        raise Refused(NOT_STORED)
    try:
        content = await request.app.state.store.find(app, session_id)
    except StoreFailed as error:
        log.warning("an answer could not be looked up: %s", error)
        raise Refused(STORE_DOWN) from None
    if content is None:
        raise Refused(NOT_STORED)
    return Response(content, media_type="application/json", headers={"Cache-Control": "no-store"})
