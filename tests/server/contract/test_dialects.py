"""Which dialect a request speaks, as far as it came."""

import pytest

from server.contract.dialects import dialect_of, scope_of
from server.contract.ocr_passport.answers import OCR_PASSPORT


@pytest.mark.parametrize(
    ("head", "path", "query"),
    [
        (b"POST /ocr/passport HTTP/1.1\r\nHost: x\r\n", "/ocr/passport", b""),
        (b"GET /?Action=PassportOCR&a=%00 HTTP/1.1\r\n", "/", b"Action=PassportOCR&a=%00"),
        (b"\x16\x03\x01 a TLS greeting", "", b""),
        (b"POST /", "", b""),
        (b"", "", b""),
    ],
)
def test_what_is_known_of_a_request_that_was_cut_short(head: bytes, path: str, query: bytes) -> None:
    scope = scope_of(head)
    assert (scope["path"], scope["query_string"]) == (path, query)


@pytest.mark.parametrize("path", ["/ocr/passport", "/livez", "/nothing", ""])
def test_the_old_contract_answers_what_no_other_knows(path: str) -> None:
    assert dialect_of(scope_of(b"GET %s HTTP/1.1\r\n" % path.encode())) is OCR_PASSPORT
