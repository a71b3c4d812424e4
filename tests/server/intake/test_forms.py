"""Forms and queries; what dialects make of them is tried through the service."""

import pytest

from server.contract.faults import PARAMETER_WRONG, Refused
from server.intake.forms import MAX_NAMES, parse_form


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        (b"", {}),
        (b"image=a%2Bb%3D&url=", {"image": "a+b=", "url": ""}),
        (b"image=a+b", {"image": "a b"}),
        (b"a;b=c;d", {"a;b": "c;d"}),
        ("姓名=%E5%BC%A0".encode(), {"姓名": "张"}),
    ],
)
def test_names_and_values(form: bytes, fields: dict[str, str]) -> None:
    assert parse_form(form) == fields


@pytest.mark.parametrize(
    "form", [b"a=1&a=1", b"a=%ff", b"\xff=1", b"&".join(b"%d=" % n for n in range(MAX_NAMES + 1))]
)
def test_what_is_no_form(form: bytes) -> None:
    with pytest.raises(Refused) as refused:
        parse_form(form)
    assert refused.value.fault == PARAMETER_WRONG
