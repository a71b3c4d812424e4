"""API 3.0 at ``/``: what the official SDKs ask for, where a plain GET still shows the page."""

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute
from starlette.responses import JSONResponse
from starlette.routing import Match
from starlette.types import Scope

from ..contract.ocr_passport.answers import answer as old_answer
from ..contract.v3.dialect import PATH, THE_V3, answer
from ..contract.warnings import warnings_header
from ..intake.addresses import address_alone
from ..intake.body import RemotePicture
from ..shares import Holder
from ..store.opening import keep
from .orders import take_order


class OfTheDialect(APIRoute):
    """A route for what speaks the dialect; what does not may find another one at the same path."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """See `starlette.routing.Route`."""
        if scope["type"] != "http" or not THE_V3.speaks(scope):
            return Match.NONE, {}
        return super().matches(scope)


router = APIRouter(route_class=OfTheDialect)


@router.api_route(PATH, methods=["GET", "POST"], include_in_schema=False, response_model=None)
async def act(request: Request) -> JSONResponse:
    """Read a picture as `PassportOCR` or `MLIDPassportOCR` tell it.

    What was read can be looked up by ``RequestId`` as the older contract has it, with boxes and confidences.
    """
    state = request.app.state
    address = address_alone(request.client and request.client.host, state.settings.trusted_proxies)
    order = await take_order(request, address)
    picture = order.asked.picture
    if isinstance(picture, RemotePicture):
        picture = await state.downloads.fetch(picture.url, Holder(order.app, address))
    reading = await state.pool.read(picture, order.app, portrait=order.asked.portrait)
    state.metrics.count_reading(reading)
    fields = order.action.answer(reading.facts, reading.warnings)
    request_id = request.state.request_id
    kept = old_answer(reading.to_contract(request_id), reading.warnings)
    await keep(state.store, order.app, request_id, bytes(kept.body))
    return answer(fields, request.scope, warnings_header(reading.warnings))
