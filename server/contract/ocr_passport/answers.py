"""Answers in the contract's JSON."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from starlette.types import Receive, Scope, Send

from engine import empty_contract
from engine.result.plain import plain_warning
from engine.values.warnings import Caution

from ..dialect import short_id
from ..faults import Fault
from ..json_answer import JsonAnswer
from ..warnings import warnings_header

OK = 0
NO_STORE: Final = {"Cache-Control": "no-store"}
"""Answers hold personal data, and refusals may pass: neither is for a cache on the way."""


class ContractResponse(JsonAnswer):
    """JSON with the contract's ``code``, which it also leaves in the request's state for log and metrics."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See `starlette.responses.Response`."""
        scope.setdefault("state", {})["code"] = self._code
        await super().__call__(scope, receive, send)

    def render(self, content: Any) -> bytes:
        """See `starlette.responses.Response`."""
        self._code: int = content["code"]
        return super().render(content)


def answer(data: Mapping[str, Any], cautions: Sequence[Caution] = ()) -> ContractResponse:
    """HTTP 200 with a reading; ``data`` is `engine.PassportReading.to_contract`, ``cautions`` are its warnings.

    The contract's JSON has no room for warnings: they come in a header, which its clients pass over.
    """
    return _read({"data": data}, cautions)


def accepted(session_id: str) -> ContractResponse:
    """HTTP 202: the picture will be read; its answer is to be looked up by ``session_id``."""
    message = "accepted: look the answer up by its session_id"
    where = {"Location": f"/ocr/passport/{quote(session_id, safe='')}", "Retry-After": "1"}
    content = {"code": OK, "message": message, "data": {"session_id": session_id}}
    return ContractResponse(content, 202, NO_STORE | where)


def answer_with_warnings(data: Mapping[str, Any], cautions: Sequence[Caution]) -> ContractResponse:
    """The same for a client that asked for warnings: they stand beside ``data``, each with its advice, too."""
    return _read({"data": data, "warnings": [plain_warning(caution) for caution in cautions]}, cautions)


def _read(content: Mapping[str, Any], cautions: Sequence[Caution]) -> ContractResponse:
    headers = NO_STORE | warnings_header(cautions)
    return ContractResponse({"code": OK, "message": "OK", **content}, headers=headers)


def refuse(fault: Fault, session_id: str = "") -> ContractResponse:
    """Say no as ``fault`` tells; with HTTP 200 the contract wants ``data`` with fifteen empty items."""
    content: dict[str, Any] = {"code": fault.code, "message": fault.message}
    if fault.status == 200:
        content["data"] = empty_contract(session_id)
    headers = dict(NO_STORE)
    if fault.retry_after is not None:
        headers["Retry-After"] = str(fault.retry_after)
    if fault.status == 401:
        headers["WWW-Authenticate"] = "Signature"  # RFC 9110, 15.5.2: a 401 must name a scheme
    if fault.hang_up:
        headers["Connection"] = "close"
    return ContractResponse(content, fault.status, headers)


class OcrPassport:
    """The dialect of every request that speaks no other; see `server.contract.dialect.Dialect`."""

    def speaks(self, scope: Scope) -> bool:
        """Whatever it is."""
        return True

    def new_request_id(self) -> str:
        """See `short_id`; it goes out in the header ``X-Request-Id``."""
        return short_id()

    def refuse(self, fault: Fault, scope: Scope) -> ContractResponse:
        """Say no; the session id is told where it is known by now."""
        return refuse(fault, scope.get("state", {}).get("session_id", ""))


OCR_PASSPORT: Final = OcrPassport()
