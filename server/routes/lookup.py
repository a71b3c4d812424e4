"""Answers looked up by session id: ``GET /ocr/passport/{session_id}``."""

import logging
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from ..auth.credentials import AppId
from ..auth.gate import authorized_app
from ..contract.faults import NOT_FOUND, NOT_STORED, STORE_DOWN, WAITING, Refused
from ..contract.ocr_passport.answers import NO_STORE
from ..contract.ocr_passport.wire import Answer, Refusal
from ..intake.body import MAX_SESSION_ID
from ..store.store import StoreFailed

log = logging.getLogger("passport_ocr.store")
router = APIRouter()

_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Refusal, "description": description}
    for status, description in {
        202: "The picture waits to be read: look again (only where the service has a queue).",
        401: "The signature is missing, malformed, expired or wrong (codes 4, 5, 9, 14).",
        403: "The signature's app or SecretID is unknown, or they do not match (codes 10, 11, 12).",
        404: "This app has no answer of this session id, or it has expired.",
        424: "Another method than GET.",
        429: "This app sends too many requests (code 15).",
        503: "The result store does not answer.",
    }.items()
}


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
    if await request.app.state.later.waits(app, session_id):
        raise Refused(WAITING)  # an older answer of this id is another picture's
    try:
        content = await request.app.state.store.find(app, session_id)
    except StoreFailed as error:
        log.warning("an answer could not be looked up: %s", error)
        raise Refused(STORE_DOWN) from None
    if content is None:
        raise Refused(NOT_STORED)
    return Response(content, media_type="application/json", headers=NO_STORE)
