"""Pictures in parameters."""

import pytest

from server.contract import faults
from server.contract.faults import Fault, Refused
from server.intake.body import RemotePicture
from server.intake.pictures import remote_picture, sent_picture


def test_a_picture_that_was_sent() -> None:
    assert sent_picture("aGVsbG8=") == b"hello"


@pytest.mark.parametrize(("text", "fault"), [("a!", faults.NOT_BASE64), ("", faults.PICTURE_EMPTY)])
def test_what_is_none(text: str, fault: Fault) -> None:
    with pytest.raises(Refused) as refused:
        sent_picture(text)
    assert refused.value.fault is fault


def test_a_picture_that_is_elsewhere() -> None:
    assert remote_picture("HTTPS://example.com/a") == RemotePicture("HTTPS://example.com/a")


@pytest.mark.parametrize(
    ("url", "fault"),
    [("ftp://example.com/a", faults.BAD_URL), ("http://e/" + "a" * 2048, faults.PARAMETER_TOO_LONG)],
)
def test_an_address_that_is_not_asked(url: str, fault: Fault) -> None:
    with pytest.raises(Refused) as refused:
        remote_picture(url)
    assert refused.value.fault is fault
