"""Signature v3 taken apart; what it proves is tried by the signed vectors and the SDKs."""

from server.auth.tc3 import Head, parse_tc3
from tests.server.api3 import tc3_headers


def test_no_representation_shows_the_query_which_may_hold_a_picture() -> None:
    headers = {name.lower(): value for name, value in tc3_headers("localhost", b"").items()}
    head = Head("GET", "ImageBase64=c2VjcmV0", headers, ("localhost",))
    assert "c2VjcmV0" not in repr(head) + repr(parse_tc3(head))
