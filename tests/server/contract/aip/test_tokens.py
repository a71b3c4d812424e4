"""What the token's address says."""

from server.contract import faults
from server.contract.aip.faults import CLIENT_MISSING, GRANT_UNKNOWN
from server.contract.aip.tokens import TokenError, token_error_of, token_fields


def test_the_scope_is_the_one_by_which_sdks_know_that_a_token_will_do() -> None:
    fields = token_fields("t", 60)
    assert fields == {"access_token": "t", "expires_in": 60, "scope": "public brain_all_scope"}


def test_a_wrong_client_is_told_in_the_documentations_words() -> None:
    assert token_error_of(faults.SECRET_ID_UNKNOWN) == TokenError(401, "invalid_client", "unknown client id")
    assert token_error_of(faults.SIGNATURE_WRONG).description == "Client authentication failed"


def test_what_else_is_wrong_is_told_as_oauth_has_it() -> None:
    assert token_error_of(GRANT_UNKNOWN).error == "unsupported_grant_type"
    assert token_error_of(CLIENT_MISSING) == TokenError(400, "invalid_request", CLIENT_MISSING.message)
    assert token_error_of(faults.TOO_MANY_FAILURES).status == 429
    assert token_error_of(faults.PARAMETER_MISSING).status == 400, "no fault is a success"
