"""API 3.0 at ``/``: what the official SDKs ask for, where a plain GET still shows the page."""

from fastapi import APIRouter, Request
from fastapi.routing import APIRoute
from starlette.responses import JSONResponse
from starlette.routing import Match
from starlette.types import Scope

from ..contract.v3.dialect import PATH, THE_V3, answer
from ..contract.warnings import warnings_header
from ..intake.addresses import address_alone
from .orders import take_order
from .readings import keep_by_request_id, read_picture


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
    address = address_alone(request.client and request.client.host, request.app.state.settings.trusted_proxies)
    order = await take_order(request, address)
    reading = await read_picture(request, order.asked.picture, order.app, address, portrait=order.asked.portrait)
    fields = order.action.answer(reading.facts, reading.warnings)
    await keep_by_request_id(request, order.app, reading)
    return answer(fields, request.scope, warnings_header(reading.warnings))
