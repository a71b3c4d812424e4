"""Access tokens: who can have made one, and how long it holds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.auth.access_token import ShownKey, issue_token, parse_token
from server.auth.sessions import begin_session, seal_session
from server.contract import faults
from server.contract.faults import Fault, Refused
from tests.server.apps import NOW, OTHER_SECRET_KEY, SECRET_ID, SECRET_KEY

SHOWN = ShownKey(SECRET_ID, SECRET_KEY)


def refused(fault: Fault) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, match=re.escape(fault.message))


def test_it_holds_for_its_lifetime() -> None:
    token = parse_token(issue_token(SHOWN, now=NOW, lifetime=60))
    assert (token.secret_id, token.expires) == (SECRET_ID, NOW + 60)
    token.verify(SECRET_KEY, b"whatever is asked")
    token.check_time(NOW + 59)
    with refused(faults.SIGNATURE_EXPIRED):
        token.check_time(NOW + 60)


def test_another_key_did_not_make_it() -> None:
    token = parse_token(issue_token(SHOWN, now=NOW, lifetime=60))
    with refused(faults.SIGNATURE_WRONG):
        token.verify(OTHER_SECRET_KEY, b"")


@pytest.mark.parametrize("field", range(3))
def test_whatever_is_changed_breaks_the_seal(field: int) -> None:
    parts = issue_token(SHOWN, now=NOW, lifetime=60).split("~")
    parts[field] = parts[field][:-1] + ("1" if parts[field][-1] != "1" else "2")
    with refused(faults.SIGNATURE_WRONG):
        parse_token("~".join(parts)).verify(SECRET_KEY, b"")


def test_it_stands_in_a_url_as_it_is_and_tells_nothing_of_the_key() -> None:
    token = issue_token(SHOWN, now=NOW, lifetime=60)
    assert re.fullmatch(r"[0-9A-Za-z._~-]+", token)
    assert SECRET_KEY not in token


@given(st.text(min_size=1, max_size=300))
def test_any_other_text_is_none(text: str) -> None:
    with refused(faults.SIGNATURE_MALFORMED):
        parse_token(text)


def test_no_text_is_none() -> None:
    with refused(faults.SIGNATURE_EMPTY):
        parse_token("")


def test_a_cookie_of_the_web_page_is_no_token() -> None:
    with refused(faults.SIGNATURE_MALFORMED):
        parse_token(seal_session(begin_session(SECRET_ID, NOW), SECRET_KEY))


def test_a_key_that_is_shown_is_the_right_one_or_not() -> None:
    SHOWN.check_time(0)
    SHOWN.verify(SECRET_KEY, b"")
    with refused(faults.SIGNATURE_WRONG):
        SHOWN.verify(OTHER_SECRET_KEY, b"")


def test_no_representation_shows_what_a_token_needs() -> None:
    token = parse_token(issue_token(SHOWN, now=NOW, lifetime=60))
    assert token.seal not in repr(token)
    assert SECRET_KEY not in repr(SHOWN)
