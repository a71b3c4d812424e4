"""Laws of signatures, without a server."""

import base64
import hashlib
import hmac
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qcloud_image import Auth

from server.auth.signature import CLOCK_SKEW, MAX_LIFETIME, MAX_SIGNATURE, make_signature, parse_signature, verify
from server.contract import faults
from server.contract.faults import Fault, Refused
from tests.server.apps import APP, NOW, OTHER_SECRET_KEY, SECRET_ID, SECRET_KEY, original, signed

DAY = 86400
MALFORMED = faults.SIGNATURE_MALFORMED


def check(header: str, *, secret_key: str = SECRET_KEY, now: float = NOW) -> None:
    verify(parse_signature(header), secret_key, now=now)


def fault_of(header: str, *, secret_key: str = SECRET_KEY, now: float = NOW) -> Fault:
    with pytest.raises(Refused) as refused:
        check(header, secret_key=secret_key, now=now)
    return refused.value.fault


class TestWhatHolds:
    @given(st.integers(1, 90 * DAY), st.text("0123456789abcXYZ._-", min_size=1, max_size=64))
    def test_ours(self, lifetime: int, app_id: str) -> None:
        header = make_signature(app_id, SECRET_ID, SECRET_KEY, now=NOW, lifetime=lifetime)
        signature = parse_signature(header)
        verify(signature, SECRET_KEY, now=NOW)
        assert (signature.app_id, signature.secret_id) == (app_id, SECRET_ID)
        assert (signature.issued, signature.expires) == (NOW, NOW + lifetime)

    def test_ours_is_the_contracts_by_definition(self) -> None:
        blob = base64.b64decode(make_signature(APP, SECRET_ID, SECRET_KEY, now=NOW, lifetime=60))
        assert blob[:20] == hmac.new(SECRET_KEY.encode(), blob[20:], hashlib.sha1).digest()
        head, _, tail = blob[20:].decode().partition("&r=")
        assert head == f"a={APP}&b=&k={SECRET_ID}&e={NOW + 60}&t={NOW}"
        number, _, rest = tail.partition("&")
        assert number.isdigit() and len(number) <= 10 and rest == "u=0&f="

    def test_the_public_clients(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("qcloud_image.auth.time.time", lambda: NOW)
        check(Auth(APP, SECRET_ID, SECRET_KEY).get_sign("bucket", 90 * DAY).decode())

    def test_every_order_of_the_fields(self) -> None:
        parts = original().split("&")
        for some in itertools.islice(itertools.permutations(parts), 0, None, 97):
            check(signed("&".join(some)))

    @pytest.mark.parametrize("u", [None, "", "0", "user@example"])
    @pytest.mark.parametrize("f", [None, "", "/1000001/bucket/a%20b=c"])
    @pytest.mark.parametrize("b", [None, "", "my-bucket"])
    def test_every_official_variant(self, b: str | None, u: str | None, f: str | None) -> None:
        check(signed(original(b=b, u=u, f=f)))

    @pytest.mark.parametrize(
        ("issued", "expires"),
        [(0, 1), (-DAY, 1), (0, MAX_LIFETIME), (CLOCK_SKEW, CLOCK_SKEW + 60), (-90 * DAY, 1)],
    )
    def test_times_that_are_allowed(self, issued: int, expires: int) -> None:
        check(signed(original(t=NOW + issued, e=NOW + expires)))


class TestWhatDoesNot:
    @pytest.mark.parametrize(
        ("issued", "expires", "fault"),
        [
            (-60, 0, faults.SIGNATURE_EXPIRED),
            (-90 * DAY, -1, faults.SIGNATURE_EXPIRED),
            (0, MAX_LIFETIME + 1, faults.SIGNATURE_LIFETIME),
            (0, 180 * DAY, faults.SIGNATURE_LIFETIME),
            (-100 * DAY, 60, faults.SIGNATURE_LIFETIME),
            (0, 0, faults.SIGNATURE_LIFETIME),
            (60, 30, faults.SIGNATURE_LIFETIME),
            (CLOCK_SKEW + 1, CLOCK_SKEW + 60, faults.SIGNATURE_FROM_FUTURE),
            (DAY, 2 * DAY, faults.SIGNATURE_FROM_FUTURE),
        ],
    )
    def test_times_that_are_not_allowed(self, issued: int, expires: int, fault: Fault) -> None:
        assert fault_of(signed(original(t=NOW + issued, e=NOW + expires))) == fault

    @pytest.mark.parametrize("f", ["", "/1000001/bucket/picture"])
    def test_single_use(self, f: str) -> None:
        assert fault_of(signed(original(e=0, f=f))) == faults.SIGNATURE_SINGLE_USE

    def test_times_of_a_signature_that_is_not_proven_are_nobodys_business(self) -> None:
        assert fault_of(signed(original(e=NOW - 1), OTHER_SECRET_KEY)) == faults.SIGNATURE_WRONG

    def test_another_key(self) -> None:
        assert fault_of(signed(original()), secret_key=OTHER_SECRET_KEY) == faults.SIGNATURE_WRONG

    @pytest.mark.parametrize("bit", range(8))
    def test_any_bit_flipped(self, bit: int) -> None:
        blob = base64.b64decode(signed(original()))
        for place in range(len(blob)):
            flipped = blob[:place] + bytes([blob[place] ^ 1 << bit]) + blob[place + 1 :]
            fault = fault_of(base64.b64encode(flipped).decode())
            assert fault == faults.SIGNATURE_WRONG or (place >= 20 and fault == MALFORMED)

    def test_truncated_anywhere(self) -> None:
        header = signed(original())
        for length in range(1, len(header)):
            fault = fault_of(header[:length])
            assert fault == MALFORMED or (length % 4 == 0 and fault == faults.SIGNATURE_WRONG)

    @pytest.mark.parametrize("empty", ["", " ", "\t \t"])
    def test_empty(self, empty: str) -> None:
        assert fault_of(empty) == faults.SIGNATURE_EMPTY

    @pytest.mark.parametrize("name", ["a", "k", "e", "t", "r"])
    def test_a_field_missing_or_empty(self, name: str) -> None:
        assert fault_of(signed(original(**{name: None}))) == MALFORMED
        assert fault_of(signed(original(**{name: ""}))) == MALFORMED

    @pytest.mark.parametrize(
        "changes",
        [
            {"e": "1800001800.0"}, {"e": "+1800001800"}, {"e": "-1"}, {"e": "1e10"}, {"e": "9" * 13}, {"e": "١٨٠٠"},
            {"t": " 1800000000"}, {"t": "1_800_000_000"}, {"r": "x"}, {"r": "1" * 11}, {"a": "1" * 65}, {"a": "1 2"},
            {"k": "k" * 129}, {"k": "ключ"}, {"b": "b" * 257}, {"u": "a\nb"}, {"f": "\x00"}, {"x": "1"}, {"A": "1"},
        ],
    )  # fmt: skip
    def test_fields_of_another_form(self, changes: dict[str, str]) -> None:
        assert fault_of(signed(original(**changes))) == MALFORMED

    @pytest.mark.parametrize("extra", ["&a=1000002", "&e=9999999999", "&", "&&", "&b", "&=1", "\n", "&f=&f="])
    def test_a_field_twice_or_none(self, extra: str) -> None:
        assert fault_of(signed(original() + extra)) == MALFORMED
        assert fault_of(signed(extra + original())) == MALFORMED

    def test_spellings_of_base64_that_are_not_the_one(self) -> None:
        header = signed(original(r=1234567))
        check(header)
        assert header.endswith("=")
        others = [header.rstrip("="), header + "=", header + "====", "=" + header, header + header, header + "."]
        others += [header[:8] + gap + header[8:] for gap in (" ", "\n", "\r\n", "=", "-", "ä")]
        others += ["Basic " + header, "data:;base64," + header, header[:-2] + chr(ord(header[-2]) + 1) + "="]
        assert [fault_of(other) for other in others] == [MALFORMED] * len(others)

    def test_too_long(self) -> None:
        assert fault_of("A" * (MAX_SIGNATURE + 4)) == MALFORMED

    @given(st.one_of(st.text(max_size=300), st.binary(max_size=300).map(lambda b: base64.b64encode(b).decode())))
    def test_anything_else_is_refused_never_else(self, header: str) -> None:
        assert fault_of(header).code in (4, 5, 14)


def test_the_digest_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def compare(a: bytes, b: bytes) -> bool:
        compared.append((a, b))
        return False

    monkeypatch.setattr("server.auth.signature.hmac.compare_digest", compare)
    assert fault_of(signed(original())) == faults.SIGNATURE_WRONG
    assert len(compared) == 1


def test_a_signature_shows_nothing_of_its_proof() -> None:
    shown = repr(parse_signature(signed(original(r=777777777))))
    assert "777777777" not in shown
    assert "digest" not in shown
