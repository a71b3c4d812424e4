"""Laws of what comes in, without a server."""

import base64
import binascii
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.contract.faults import Refused
from server.intake.body import decode_base64, parse_fields, picture_of, session_of
from server.intake.multipart import parse_multipart


@given(st.binary(max_size=200), st.booleans(), st.integers(1, 80))
def test_base64_of_anything_comes_back(content: bytes, padded: bool, width: int) -> None:
    text = base64.b64encode(content).decode()
    text = text if padded else text.rstrip("=")
    lines = "\r\n".join(text[i : i + width] for i in range(0, len(text), width))
    assert decode_base64(lines) == content
    assert decode_base64("data:image/jpeg;base64," + lines) == content


@given(st.text(max_size=50))
def test_base64_of_junk_is_refused_or_read_never_else(text: str) -> None:
    with contextlib.suppress(binascii.Error):
        assert isinstance(decode_base64(text), bytes)


@given(
    st.dictionaries(st.text("abcdefghij_", min_size=1, max_size=8), st.binary(max_size=300), max_size=5),
    st.booleans(),
)
def test_a_form_comes_back_as_it_was_sent(fields: dict[str, bytes], as_files: bool) -> None:
    parsed = parse_multipart("multipart/form-data; boundary=0123456789abcdefBOUNDARY", form(fields, as_files))
    assert {n: v.encode() if isinstance(v, str) else v for n, v in parsed.items()} == fields
    assert not as_files or all(isinstance(v, bytes) for v in parsed.values())


@pytest.mark.parametrize("name", ["Content-Disposition", "content-disposition", "CONTENT-DISPOSITION"])
def test_a_forms_headers_are_spelt_in_any_case(name: str) -> None:
    body = f'--b\r\n{name}: form-data; name="app_id"\r\n\r\n1\r\n--b--\r\n'.encode()
    assert parse_multipart("multipart/form-data; boundary=b", body) == {"app_id": "1"}


def test_a_file_sent_as_base64_in_a_form_is_decoded() -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="image"; filename="p"\r\n'
    head += b"Content-Transfer-Encoding: base64\r\n\r\n"
    parsed = parse_multipart("multipart/form-data; boundary=b", head + b"/9j/4A==\r\n--b--\r\n")
    assert parsed == {"image": b"\xff\xd8\xff\xe0"}
    with pytest.raises(Refused):
        parse_multipart("multipart/form-data; boundary=b", head + b"/9j/4\r\n--b--\r\n")


def test_a_form_without_its_end_is_refused() -> None:
    part = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    assert parse_multipart("multipart/form-data; boundary=b", part + b"--b--\r\n") == {"a": "1"}
    with pytest.raises(Refused):
        parse_multipart("multipart/form-data; boundary=b", part + b"--b\r\n")


def test_a_form_of_32_parts_is_read_and_one_of_33_refused() -> None:
    fields = {f"a{n}": b"1" for n in range(32)}
    assert len(parse_multipart("multipart/form-data; boundary=0123456789abcdefBOUNDARY", form(fields, False))) == 32
    with pytest.raises(Refused):
        parse_multipart("multipart/form-data; boundary=0123456789abcdefBOUNDARY", form(fields | {"b": b""}, False))


def form(fields: dict[str, bytes], as_files: bool) -> bytes:
    file_name = '; filename="p.jpg"' if as_files else ""
    parts = [
        f'--0123456789abcdefBOUNDARY\r\nContent-Disposition: form-data; name="{name}"{file_name}\r\n\r\n'.encode()
        + content
        + b"\r\n"
        for name, content in fields.items()
    ]
    return b"".join(parts) + b"--0123456789abcdefBOUNDARY--\r\n"


@given(st.sampled_from(["application/json", "multipart/form-data; boundary=b"]), st.binary(max_size=300))
def test_any_body_is_parsed_or_refused_never_else(content_type: str, body: bytes) -> None:
    with contextlib.suppress(Refused):
        fields = parse_fields(content_type, body)
        session_of(fields)
        picture_of(fields)


def test_no_form_touches_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was opened")

    monkeypatch.setattr("tempfile.SpooledTemporaryFile", refuse)
    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    picture = b"\xff" * 5_000_000
    assert parse_multipart("multipart/form-data; boundary=0123456789abcdefBOUNDARY", form({"image": picture}, True))
