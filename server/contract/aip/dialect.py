"""How this dialect answers: HTTP 200 whatever happened, errors by a number; the token's address as OAuth 2.0 does.

Its Python SDK looks at the JSON alone: at ``error_code``, and at the token's ``scope``.
"""

import secrets
from collections.abc import Mapping
from typing import Any, Final

from starlette.types import Scope

from ..facts import Facts
from ..faults import OF_HTTP, Fault
from ..json_answer import JsonAnswer
from .errors import error_of
from .passport import passport_fields
from .tokens import token_error_of, token_fields

TOKEN_PATH: Final = "/oauth/2.0/token"
PASSPORT_PATH: Final = "/rest/2.0/ocr/v1/passport"
OAUTH: Final = "/oauth/2.0/"
ALL: Final = (OAUTH, "/rest/2.0/")
"""What paths of this dialect begin with; the cloud has many more services there, of which none is served."""
MOST: Final = 2**53
"""Numbers below are exact in JSON for clients of any language."""
NO_STORE: Final = {"Cache-Control": "no-store"}


class Aip:
    """See `server.contract.dialect.Dialect`."""

    def speaks(self, scope: Scope) -> bool:
        """Everything below its paths."""
        path: str = scope["path"]
        return path.startswith(ALL)

    def new_request_id(self) -> str:
        """A number; it is the answer's ``log_id`` and the log's request id."""
        return str(1 + secrets.randbelow(MOST - 1))

    def refuse(self, fault: Fault, scope: Scope) -> JsonAnswer:
        """Say no."""
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        if fault.hang_up:
            headers["Connection"] = "close"
        if scope["path"].startswith(OAUTH):
            return _refuse_token(fault, scope, headers)
        error = error_of(fault)
        status = fault.status if fault.cause in OF_HTTP else 200
        content = {"log_id": _log_id(scope), "error_code": error.code, "error_msg": error.message}
        return _answer(content, scope, error.code, headers, status, meant=fault.status)


THE_AIP: Final = Aip()


def answer(facts: Facts, scope: Scope, headers: Mapping[str, str]) -> JsonAnswer:
    """Say yes: what is told of a reading, for the request of ``scope``."""
    fields = passport_fields(facts)
    content = {"log_id": _log_id(scope), "words_result_num": len(fields), "words_result": fields}
    return _answer(content, scope, 0, headers)


def give_token(token: str, lifetime: int, scope: Scope) -> JsonAnswer:
    """Give a token that holds for ``lifetime`` seconds."""
    return _answer(token_fields(token, lifetime), scope, 0, {})


def _refuse_token(fault: Fault, scope: Scope, headers: Mapping[str, str]) -> JsonAnswer:
    error = token_error_of(fault)
    content = {"error": error.error, "error_description": error.description}
    if error.status == 401:
        headers = {"WWW-Authenticate": "Client", **headers}  # RFC 9110, 15.5.2: a 401 must name a scheme
    return _answer(content, scope, error.error, headers, error.status, meant=fault.status)


def _answer(
    content: Mapping[str, Any],
    scope: Scope,
    code: int | str,
    headers: Mapping[str, str],
    status: int = 200,
    meant: int = 200,
) -> JsonAnswer:
    scope.setdefault("state", {}).update(code=code, meant=meant)
    return JsonAnswer(content, status, {**NO_STORE, **headers})


def _log_id(scope: Scope) -> int:
    """The request's id; one of its own where the request never came so far that it got one."""
    return int(scope.get("state", {}).get("request_id") or THE_AIP.new_request_id())
