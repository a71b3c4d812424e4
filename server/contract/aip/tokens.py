"""What the token's address answers: OAuth 2.0, client credentials (RFC 6749, 4.4 and 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from .. import faults
from ..faults import Fault
from . import faults as own

SCOPE: Final = "public brain_all_scope"
"""SDKs ask with the token where the scope holds ``brain_all_scope``, and sign their requests where it does not."""


@dataclass(frozen=True, slots=True)
class TokenError:
    """``error`` and ``error_description``, and the HTTP status they are said with."""

    status: int
    error: str
    description: str


_BY_CAUSE: Final[Mapping[Fault, TokenError]] = {
    faults.SECRET_ID_UNKNOWN.cause: TokenError(401, "invalid_client", "unknown client id"),
    faults.SIGNATURE_WRONG.cause: TokenError(401, "invalid_client", "Client authentication failed"),
    own.GRANT_UNKNOWN.cause: TokenError(400, "unsupported_grant_type", own.GRANT_UNKNOWN.message),
}
"""The first two in the words of the documentation."""


def token_fields(token: str, lifetime: int) -> dict[str, Any]:
    """The answer to who showed a key; nothing here can be refreshed, so there is no refresh token."""
    return {"access_token": token, "expires_in": lifetime, "scope": SCOPE}


def token_error_of(fault: Fault) -> TokenError:
    """What is told of ``fault``."""
    status = 400 if fault.status == 200 else fault.status
    return _BY_CAUSE.get(fault.cause) or TokenError(status, "invalid_request", fault.message)
