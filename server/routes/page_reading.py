"""Readings for the web page: ``POST /page/readings``. Internal: it changes with the page, its only client.

The public contract has no room for what a person looks at: warnings, both values of a contradiction, check digits,
pictures. Here the body is the picture file itself, and nothing is kept for look-up.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from ..auth.front_desk import Visitor
from ..contract.faults import PICTURE_EMPTY, Refused
from ..contract.json_answer import JsonAnswer
from ..contract.ocr_passport.answers import NO_STORE, OK
from ..http.page_only import asked_by_the_page
from ..intake.addresses import address_alone
from ..pool.messages import WireReading
from ..shares import Holder
from .docs import sent_in_pieces
from .page_session import give_cookie, signed_in

router = APIRouter(dependencies=[Depends(asked_by_the_page)], include_in_schema=False)


@router.post("/page/readings")
async def read_for_the_page(request: Request, visitor: Annotated[Visitor, Depends(signed_in)]) -> Response:
    """Read the picture that is the body, on behalf of the app whose key the person signed in with."""
    state = request.app.state
    app = visitor.admission.app
    await state.gate.count(visitor.admission)
    holder = Holder(app, address_alone(request.client and request.client.host, state.settings.trusted_proxies))
    async with state.reception.received(request, holder) as picture:
        if not picture:
            raise Refused(PICTURE_EMPTY)
    reading: WireReading = await state.pool.show(picture, app)
    state.metrics.count_reading(reading)
    response = _sent(request, {"code": OK, "message": "OK", "reading": reading.screen})
    give_cookie(request, response, visitor)
    return response


def _sent(request: Request, content: Mapping[str, Any]) -> Response:
    """JSON of a megabyte, in pieces: a slow client must not make the service hold it, nor others wait."""
    request.state.code = content["code"]  # for log and metrics
    body = JsonAnswer(content).body
    headers = NO_STORE | {"Content-Length": str(len(body))}
    return StreamingResponse(sent_in_pieces(bytes(body)), media_type="application/json", headers=headers)
