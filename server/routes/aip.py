"""Baidu's AIP: the token's address, and the passport in a form."""

import time
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from ..auth.access_token import ShownKey, issue_token, parse_token
from ..auth.credentials import AppId
from ..auth.gate import ANYBODY, Gate
from ..contract.aip.dialect import PASSPORT_PATH, TOKEN_PATH, answer, give_token
from ..contract.aip.faults import CLIENT_MISSING, GRANT_UNKNOWN, NO_TOKEN_BUT_SIGNED
from ..contract.faults import MEDIA_TYPE, PARAMETER_MISSING, Refused
from ..contract.warnings import warnings_header
from ..intake.addresses import address_alone
from ..intake.body import RemotePicture
from ..intake.forms import FORM_COST, is_form, parse_form
from ..intake.pictures import remote_picture, sent_picture
from ..shares import Holder
from ..threads import beside_the_loop
from .readings import keep_by_request_id, read_picture

GRANT: Final = "client_credentials"
MAX_TOKEN_FORM: Final = 8 * 1024
"""Bytes of a form that asks for a token."""
ANYBODYS_TOKEN: Final = "anybody"
"""Given where the service asks for no authorization; any other is as good there, and none."""

router = APIRouter()


@router.api_route(TOKEN_PATH, methods=["GET", "POST"], include_in_schema=False, response_model=None)
async def token(request: Request) -> JSONResponse:
    """Give a token to who shows an app's SecretID and SecretKey, in the query or in a form."""
    settings = request.app.state.settings
    lifetime = settings.token_seconds
    if settings.no_auth:
        return give_token(ANYBODYS_TOKEN, lifetime, request.scope)
    address = _address(request)
    fields = await _token_fields(request, address)
    if fields.get("grant_type") != GRANT:
        raise Refused(GRANT_UNKNOWN)
    shown = ShownKey(fields.get("client_id", "").strip(), fields.get("client_secret", "").strip())
    if not shown.secret_id or not shown.secret_key:
        raise Refused(CLIENT_MISSING)
    gate: Gate = request.app.state.gate
    admission = await gate.prove(shown, b"", address)
    request.state.app, request.state.key = admission.app, admission.key
    return give_token(issue_token(shown, now=int(time.time()), lifetime=lifetime), lifetime, request.scope)


@router.post(PASSPORT_PATH, include_in_schema=False, response_model=None)
async def passport(request: Request) -> JSONResponse:
    """Read the picture of a form into fifteen fields.

    What was read can be looked up by ``log_id`` as the older contract has it, with confidences.
    """
    address = _address(request)
    app = await _admitted(request, address)
    async with request.app.state.reception.received(request, Holder(app, address)) as body:
        picture = await beside_the_loop(
            FORM_COST * len(body), _picture, request.headers.get("content-type", ""), body
        )
    reading = await read_picture(request, picture, app, address)
    await keep_by_request_id(request, app, reading)
    return answer(reading.facts, request.scope, warnings_header(reading.warnings))


async def _token_fields(request: Request, address: str) -> dict[str, str]:
    query = await _query(request)
    if request.method == "GET" or "client_id" in query:
        return query
    async with request.app.state.reception.received(request, Holder.unproven("", address), MAX_TOKEN_FORM) as body:
        return parse_form(body)


async def _admitted(request: Request, address: str) -> AppId:
    """The app whose token the address holds, looked at before the body, and counted."""
    if request.app.state.settings.no_auth:
        return ANYBODY
    given = (await _query(request)).get("access_token", "")
    if not given and request.headers.get("authorization", "").startswith("bce-auth-"):
        raise Refused(NO_TOKEN_BUT_SIGNED)  # what the SDKs do after they were given no token
    gate: Gate = request.app.state.gate
    admission = await gate.prove(parse_token(given), b"", address)
    request.state.app, request.state.key = admission.app, admission.key
    await gate.count(admission)
    return admission.app


async def _query(request: Request) -> dict[str, str]:
    query: bytes = request.scope["query_string"]  # as long as a head may be, and of anybody
    return await beside_the_loop(FORM_COST * len(query), parse_form, query)


def _picture(content_type: str, form: bytes) -> bytes | RemotePicture:
    """The picture of a form, or where it is; ``image`` wins over ``url``, and all else is passed over."""
    if not is_form(content_type):
        raise Refused(MEDIA_TYPE)
    fields = parse_form(form)
    image, url = fields.get("image", ""), fields.get("url", "")
    if "image" not in fields and not url:
        raise Refused(PARAMETER_MISSING)
    return remote_picture(url) if url and not image else sent_picture(image)


def _address(request: Request) -> str:
    return address_alone(request.client and request.client.host, request.app.state.settings.trusted_proxies)
