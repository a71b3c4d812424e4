"""How this dialect answers: HTTP 200 whatever happened, and an envelope with the request's id.

The official SDKs believe in a success where the content type is not exactly ``application/json``, and raise errors of
their own where the HTTP status is not 200 or ``RequestId`` is missing: none of that may happen to a refusal.
"""

import re
import uuid
from collections.abc import Mapping
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.types import Scope

from ..faults import OF_HTTP, Fault
from ..json_answer import JsonAnswer
from .errors import error_of

PATH: Final = "/"
NO_STORE: Final = {"Cache-Control": "no-store"}
_TRACE_ID: Final = re.compile(r"[0-9A-Za-z._-]{1,128}")


class V3:
    """See `server.contract.dialect.Dialect`."""

    def speaks(self, scope: Scope) -> bool:
        """Everything at ``/`` but a plain GET, which asks for the page that may lie there."""
        if scope["path"] != PATH:
            return False
        if scope["method"] != "GET":
            return True
        headers = Headers(scope=scope)
        names = {part.partition(b"=")[0] for part in scope["query_string"].split(b"&")}
        return headers.get("authorization", "").startswith("TC3-") or "x-tc-action" in headers or b"Action" in names

    def new_request_id(self) -> str:
        """A UUID; it is the answer's ``RequestId`` and the log's."""
        return str(uuid.uuid4())

    def refuse(self, fault: Fault, scope: Scope) -> JsonAnswer:
        """Say no; the HTTP status is 200 but for what is not HTTP."""
        state = scope.setdefault("state", {})
        error = error_of(fault, state.get("action", ""))
        state["code"], state["meant"] = error.code, fault.status
        message = error.chinese if _language(scope) == "zh-CN" else error.english
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        if fault.hang_up:
            headers["Connection"] = "close"
        status = fault.status if fault.cause in OF_HTTP else 200
        return _enveloped({"Error": {"Code": error.code, "Message": message}}, scope, headers, status)


THE_V3: Final = V3()


def answer(fields: Mapping[str, Any], scope: Scope, headers: Mapping[str, str]) -> JsonAnswer:
    """Say yes: the fields of an action, for the request of ``scope``."""
    scope.setdefault("state", {})["code"] = 0
    return _enveloped(fields, scope, headers)


def _enveloped(fields: Mapping[str, Any], scope: Scope, headers: Mapping[str, str], status: int = 200) -> JsonAnswer:
    content = {"Response": {**fields, "RequestId": scope["state"].get("request_id") or str(uuid.uuid4())}}
    return JsonAnswer(content, status, {**NO_STORE, **_trace(scope), **headers})


def _trace(scope: Scope) -> dict[str, str]:
    given = Headers(scope=scope).get("x-tc-traceid", "")
    return {"X-TC-TraceId": given} if _TRACE_ID.fullmatch(given) else {}


def _language(scope: Scope) -> str:
    return str(scope["state"].get("language") or Headers(scope=scope).get("x-tc-language", ""))
