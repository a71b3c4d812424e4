"""The passport in a picture: ``POST /ocr/passport``."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Final, TypeAlias

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse

from engine.values.warnings import Caution

from ..auth.credentials import AppId
from ..auth.gate import authorized_app
from ..contract.ocr_passport.answers import accepted, answer, answer_with_warnings
from ..contract.ocr_passport.openapi import ASYNC, WARNINGS_HEADER, request_body
from ..contract.ocr_passport.wire import Accepted, Answer, Refusal
from ..intake.addresses import address_alone
from ..intake.body import RemotePicture, parse_fields, picture_of, session_of
from ..later.later import Errand
from ..shares import Holder
from ..store.opening import keep, nothing_kept_on_failure
from ..store.store import Submission
from ..threads import beside_the_loop

PASSPORT_PATH: Final = "/ocr/passport"

Teller: TypeAlias = Callable[[Mapping[str, Any], Sequence[Caution]], JSONResponse]
"""Makes an answer of a reading's data and warnings."""

router = APIRouter()

_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Refusal, "description": description}
    for status, description in {
        400: "The body is malformed or of another content type.",
        401: "The signature is missing, malformed, expired or wrong (codes 4, 5, 9, 14).",
        403: "The signature's app or SecretID is unknown, or they do not match (codes 10, 11, 12).",
        408: "The body took too long to arrive.",
        411: "Content-Length is missing.",
        413: "The body is longer than 6 MB.",
        424: "Another method than POST.",
        429: "This app sends too many requests (code 15).",
        500: "Internal error.",
        501: "With `async`: this service has no queue.",
        502: "The reader failed.",
        503: "Starting, or too many pictures are waiting.",
        504: "Reading took too long.",
    }.items()
}

_ACCEPTED: dict[str, Any] = {
    "model": Accepted,
    "description": "With `async`: accepted, the answer is to be looked up by its session id.",
}


@router.post(PASSPORT_PATH + "/", include_in_schema=False)
@router.post(
    PASSPORT_PATH,
    response_model=Answer,
    responses={200: {"headers": WARNINGS_HEADER}, 202: _ACCEPTED, **_REFUSALS},
    openapi_extra={"requestBody": request_body(), "parameters": [ASYNC]},
    summary="Read the passport in a picture",
)
async def read_passport(request: Request, app: Annotated[AppId, Depends(authorized_app)]) -> JSONResponse:
    """Read a picture sent as JSON or as a form into the fifteen items.

    HTTP 200 carries code 0, or why this picture could not be read: -1102 not decodable, -1300 empty, -1301
    parameter missing, -1304 too long, -1308 download failed, -1400 format not supported, -1505 bad url, -1506
    download timed out, -5208 engine not started, -9020 no passport found.
    """
    state = request.app.state
    holder = Holder(app, address_alone(request.client and request.client.host, state.settings.trusted_proxies))
    async with nothing_kept_on_failure(state.store, lambda: getattr(request.state, "submission", None)):
        picture, tell = await _take_in(request, app, holder)
        if isinstance(picture, RemotePicture):
            picture = await state.downloads.fetch(picture.url, holder)
        if wants_later(request):
            warned = tell is answer_with_warnings
            await state.later.put(Errand(request.state.submission, picture, warned))
            return accepted(request.state.session_id)
        reading = await state.pool.read(picture, app)
    state.metrics.count_reading(reading)
    response = tell(reading.to_contract(request.state.session_id), reading.warnings)
    await keep(state.store, request.state.submission, bytes(response.body))
    return response


def wants_later(request: Request) -> bool:
    """Whether the picture may be read after the request was answered."""
    return request.query_params.get("async", "").lower() in ("1", "true")


async def _take_in(request: Request, app: AppId, holder: Holder) -> tuple[bytes | RemotePicture, Teller]:
    """The picture of a request, or where it is, and how its reading is wanted.

    The body is forgotten here, not held while the picture waits.
    """
    state = request.app.state
    # Megabytes of JSON and base64 would hold up every other request on the event loop; and as each takes several
    # times its length, only a few are taken apart at the same time.
    async with state.reception.received(request, holder) as body:
        fields = await beside_the_loop(len(body), parse_fields, request.headers.get("content-type", ""), body)
        await _note_submission(request, app, session_of(fields), named=bool(fields.session_id))
        state.gate.check_body(app, fields)
        picture = await beside_the_loop(len(body), picture_of, fields)
        return picture, answer_with_warnings if fields.warnings else answer


async def _note_submission(request: Request, app: AppId, session_id: str, *, named: bool) -> None:
    """From now on answers of older pictures under this session id are not kept; ids of ours have none."""
    state = request.state
    state.session_id = session_id
    state.submission = Submission(app, session_id)
    if named:
        state.submission = await request.app.state.store.submitted(app, session_id)
