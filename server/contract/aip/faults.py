"""Refusals that only this dialect knows; the others stand in `server.contract.faults`."""

from typing import Final

from ..faults import Fault

GRANT_UNKNOWN: Final = Fault(400, 400, "grant_type is missing or another one: send client_credentials")
CLIENT_MISSING: Final = Fault(
    400, 400, "the client is missing: send the SecretID as client_id and the SecretKey as client_secret"
)
NO_TOKEN_BUT_SIGNED: Final = Fault(
    401, 4, "requests signed with bce-auth are not served: get an access_token from /oauth/2.0/token, and send that"
)
