"""Signature v3 taken apart; what it proves is tried by the signed vectors and the SDKs."""

import contextlib

import pytest

from server.auth.tc3 import Head, check_timestamp, parse_tc3
from server.contract.faults import Refused
from tests.server.api3 import tc3_headers
from tests.server.apps import NOW


def test_no_representation_shows_the_query_which_may_hold_a_picture() -> None:
    headers = {name.lower(): value for name, value in tc3_headers("localhost", b"").items()}
    head = Head("GET", "ImageBase64=c2VjcmV0", headers, ("localhost",))
    assert "c2VjcmV0" not in repr(head) + repr(parse_tc3(head))


@pytest.mark.parametrize(("off", "refused"), [(-301, True), (-300, False), (300, False), (301, True)])
def test_clocks_differ_by_five_minutes_at_most(off: int, refused: bool) -> None:
    with pytest.raises(Refused) if refused else contextlib.nullcontext():
        check_timestamp(str(NOW + off), NOW)
