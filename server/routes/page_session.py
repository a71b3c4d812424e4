"""Sign-in and sign-out at the web page: ``/page/session``. Internal: it changes with the page, its only client."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.responses import JSONResponse, Response

from ..auth.front_desk import FrontDesk, Visitor
from ..auth.sessions import IDLE_SECONDS
from ..contract.faults import MALFORMED, Refused
from ..contract.ocr_passport.answers import NO_STORE, OK, ContractResponse
from ..http.page_only import asked_by_the_page
from ..intake.addresses import address_alone
from ..shares import Holder

COOKIE: Final = "passport-ocr"
SECURE_COOKIE: Final = "__Host-passport-ocr"
"""Its name over TLS: a browser then takes it from this very host only, and sends it over TLS only."""
MAX_SIGN_IN: Final = 4096
"""Bytes of a sign-in at most."""

router = APIRouter(dependencies=[Depends(asked_by_the_page)], include_in_schema=False)


class _Shown(BaseModel):
    """What a person shows to sign in."""

    model_config = ConfigDict(hide_input_in_errors=True, extra="ignore")

    secret_id: str = Field(max_length=128)
    secret_key: str = Field(max_length=256, repr=False)


async def signed_in(request: Request) -> Visitor:
    """A dependency: who is signed in; the log learns whose key it was.

    Raises:
        Refused: nobody (401).
    """
    desk: FrontDesk = request.app.state.front_desk
    # A host beside this one can set the plain cookie, too, and so sign a person in as somebody else.
    plain = "" if _over_tls(request) else request.cookies.get(COOKIE, "")
    visitor = desk.recognise(request.cookies.get(SECURE_COOKIE, plain))
    request.state.app, request.state.key = visitor.admission.app, visitor.admission.key
    return visitor


@router.get("/page/session")
async def tell_session(request: Request) -> JSONResponse:
    """Whether persons must sign in, and who has; a session is not prolonged by asking."""
    desk: FrontDesk = request.app.state.front_desk
    try:
        visitor = await signed_in(request)
    except Refused:
        return _told(request, None)
    return _told(request, visitor if desk.asks else None)


@router.post("/page/session")
async def sign_in(request: Request) -> JSONResponse:
    """Begin a session of whoever shows an app's SecretID and SecretKey."""
    state = request.app.state
    _refuse_long(request)  # whoever sends it has proved nothing yet
    address = address_alone(request.client and request.client.host, state.settings.trusted_proxies)
    async with state.reception.received(request, Holder.unproven("", address)) as body:
        shown = _shown(body)
    visitor = state.front_desk.sign_in(shown.secret_id, shown.secret_key, address)
    request.state.app, request.state.key = visitor.admission.app, visitor.admission.key
    response = _told(request, visitor)
    give_cookie(request, response, visitor)
    return response


@router.delete("/page/session")
async def sign_out(request: Request, visitor: Annotated[Visitor, Depends(signed_in)]) -> JSONResponse:
    """End the session."""
    request.app.state.front_desk.sign_out(visitor)
    response = _told(request, None)
    for name in (COOKIE, SECURE_COOKIE):
        response.delete_cookie(name, secure=name == SECURE_COOKIE, httponly=True, samesite="strict")
    return response


def give_cookie(request: Request, response: Response, visitor: Visitor) -> None:
    """Prolong the session, where there is one: scripts cannot read its cookie, and no other site makes it be sent."""
    cookie = request.app.state.front_desk.cookie_of(visitor)
    if cookie:
        secure = _over_tls(request)
        response.set_cookie(
            SECURE_COOKIE if secure else COOKIE,
            cookie,
            max_age=IDLE_SECONDS,
            secure=secure,
            httponly=True,
            samesite="strict",
        )


def _over_tls(request: Request) -> bool:
    """Whether the browser speaks TLS: with the service, or with a proxy before it, as the browser itself says."""
    return request.url.scheme == "https" or request.headers.get("origin", "").lower().startswith("https://")


def _refuse_long(request: Request) -> None:
    announced = request.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced[:18]) > MAX_SIGN_IN:
        raise Refused(MALFORMED)


def _shown(body: bytes) -> _Shown:
    try:
        return _Shown.model_validate_json(body)
    except ValidationError:
        raise Refused(MALFORMED) from None


def _told(request: Request, visitor: Visitor | None) -> JSONResponse:
    state = request.app.state
    session = visitor.session if visitor else None
    content: dict[str, Any] = {
        "code": OK,
        "message": "OK",
        "asks": state.front_desk.asks,
        "app": visitor.admission.app if visitor else None,
        "until": session.until if session else None,
        "max_bytes": state.settings.max_body_bytes,
    }
    return ContractResponse(content, headers=NO_STORE)
