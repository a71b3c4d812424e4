"""Answers in the contract's JSON."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse

from engine import empty_contract
from server.faults import Fault

OK = 0


def answer(data: Mapping[str, Any]) -> JSONResponse:
    """HTTP 200 with a reading; ``data`` is `engine.PassportReading.to_contract`."""
    return JSONResponse({"code": OK, "message": "OK", "data": data})


def refuse(fault: Fault, session_id: str = "") -> JSONResponse:
    """Say no as ``fault`` tells; with HTTP 200 the contract wants ``data`` with fifteen empty items."""
    content: dict[str, Any] = {"code": fault.code, "message": fault.message}
    if fault.status == 200:
        content["data"] = empty_contract(session_id)
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    if fault.status == 401:
        headers["WWW-Authenticate"] = "Signature"  # RFC 9110, 15.5.2: a 401 must name a scheme
    if fault.hang_up:
        headers["Connection"] = "close"
    return JSONResponse(content, fault.status, headers)
