"""From a request of API 3.0 to what it orders: whose it is, which action, which picture.

Three kinds of sender: one that signs its head and its body (TC3), one that signs all parameters (v1), and anybody,
where the service asks for no signature. The order of the checks is that of the dialect's documentation: the head
before the body, the clock before the key, the signature before the rate, the action before its parameters.
"""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from fastapi import Request

from ..auth.credentials import AppId
from ..auth.gate import ANYBODY, Admission, Gate
from ..auth.parameter_signature import parse_parameter_signature
from ..auth.signed_hosts import signed_hosts
from ..auth.tc3 import UNSIGNED, Head, parse_tc3
from ..contract import faults
from ..contract.faults import Refused
from ..contract.v3.actions import ACTIONS, VERSION, Action
from ..contract.v3.faults import ACTION_MISSING, ACTION_UNKNOWN, UNSIGNED_PAYLOAD, VERSION_MISSING, VERSION_UNKNOWN
from ..intake.forms import FORM, FORM_COST, is_form, parse_form
from ..intake.parameters import FORM_BOOLEANS, Asked, Parameters, parse_parameters
from ..shares import Holder
from ..threads import beside_the_loop

SINGLE: Final = frozenset({"authorization", "content-type", "host"})
"""Headers that nobody may send twice, nor those that begin with ``x-tc-``."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted, and by whom; all of it is proven and checked."""

    app: AppId
    action: Action
    asked: Asked


async def take_order(request: Request, address: str) -> Order:
    """Take a request in; its body is forgotten here, not held while the picture waits.

    Raises:
        Refused: nobody's who may ask, too often, not an action, or its parameters are wrong.
    """
    headers = _headers(request)
    if request.app.state.settings.no_auth:
        return await _from_anybody(request, headers, address)
    if "authorization" in headers:
        return await _from_signed_head(request, headers, address)
    if request.method == "POST" and not is_form(headers.get("content-type", "")):
        raise Refused(faults.SIGNATURE_EMPTY)
    return await _from_signed_parameters(request, headers, address)


async def _from_anybody(request: Request, headers: dict[str, str], address: str) -> Order:
    """A header is asked for that no page of another site can send: an address alone must not set off a download."""
    if "x-tc-action" not in headers:
        raise Refused(ACTION_MISSING)
    async with _sent(request, Holder(ANYBODY, address)) as sent:
        parameters = await _taken_apart(_format(request, headers), sent)
        action = _action(request, headers.get("x-tc-action", ""), headers.get("x-tc-version", ""))
        return Order(ANYBODY, action, await beside_the_loop(len(sent), parameters.asked, action.portrait))


async def _from_signed_head(request: Request, headers: dict[str, str], address: str) -> Order:
    gate: Gate = request.app.state.gate
    query = request.scope["query_string"].decode("latin-1")
    proof = parse_tc3(Head(request.method, query, headers, _hosts(request, headers, headers.get("x-tc-region", ""))))
    if headers.get("x-tc-content-sha256") == UNSIGNED and not request.app.state.settings.unsigned_payload:
        raise Refused(UNSIGNED_PAYLOAD)
    claimed = gate.recognise(proof, address)
    holder = Holder.unproven(claimed.app, address)
    if not proof.signs_body:
        claimed = await gate.prove(proof, b"", address)
        holder = Holder(claimed.app, address)
    async with _sent(request, holder) as sent:
        if proof.signs_body:
            await gate.prove(proof, sent, address)
        await _admit(request, claimed)
        action = _action(request, headers.get("x-tc-action", ""), headers.get("x-tc-version", ""))
        parameters = await _taken_apart(_format(request, headers), sent)
        return Order(claimed.app, action, await beside_the_loop(len(sent), parameters.asked, action.portrait))


async def _from_signed_parameters(request: Request, headers: dict[str, str], address: str) -> Order:
    gate: Gate = request.app.state.gate
    async with _sent(request, Holder.unproven("", address)) as sent:
        fields = await beside_the_loop(FORM_COST * len(sent), parse_form, sent)
        request.state.language = fields.get("Language", "")
        if "Signature" not in fields:
            raise Refused(faults.SIGNATURE_EMPTY)
        hosts = _hosts(request, headers, fields.get("Region", ""))
        proof = parse_parameter_signature(request.method, fields, hosts)
        admission = await gate.prove(proof, b"", address)
        await _admit(request, admission)
        action = _action(request, fields["Action"], fields["Version"])
        asked = Parameters(fields, FORM_BOOLEANS).asked
        return Order(admission.app, action, await beside_the_loop(len(sent), asked, action.portrait))


@asynccontextmanager
async def _sent(request: Request, holder: Holder) -> AsyncIterator[bytes]:
    """What holds the parameters: the query of a GET, the body of a POST."""
    state = request.app.state
    if request.method == "GET":
        yield request.scope["query_string"]
        return
    async with state.reception.received(request, holder, state.settings.api3_body_bytes) as body:
        yield body


async def _taken_apart(kind: str, sent: bytes) -> Parameters:
    cost = FORM_COST if is_form(kind) else 1
    return await beside_the_loop(cost * len(sent), parse_parameters, kind, sent)


async def _admit(request: Request, admission: Admission) -> None:
    """The log learns who it was, then the request is counted."""
    request.state.app, request.state.key = admission.app, admission.key
    await request.app.state.gate.count(admission)


def _action(request: Request, name: str, version: str) -> Action:
    if not name:
        raise Refused(ACTION_MISSING)
    action = ACTIONS.get(name)
    if action is None:
        raise Refused(ACTION_UNKNOWN)
    request.state.action = action.name
    if not version:
        raise Refused(VERSION_MISSING)
    if version != VERSION:
        raise Refused(VERSION_UNKNOWN)
    return action


def _headers(request: Request) -> dict[str, str]:
    names = Counter(name.decode("latin-1") for name, _ in request.headers.raw)
    if any(n > 1 and (name in SINGLE or name.startswith("x-tc-")) for name, n in names.items()):
        raise Refused(faults.SIGNATURE_MALFORMED)
    return {name: value.strip() for name, value in request.headers.items()}


def _hosts(request: Request, headers: dict[str, str], region: str) -> tuple[str, ...]:
    return signed_hosts(headers.get("host", ""), region, sorted(request.app.state.settings.signed_hosts))


def _format(request: Request, headers: dict[str, str]) -> str:
    return FORM if request.method == "GET" else headers.get("content-type", "")
