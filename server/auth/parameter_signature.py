"""Signature v1 of API 3.0, HmacSHA1 or HmacSHA256 over all parameters of a form or a query."""

import base64
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ..contract import faults
from ..contract.faults import Refused
from ..contract.v3.faults import COMMON_MALFORMED, COMMON_MISSING, TIMESTAMP_MALFORMED
from .tc3 import TIMESTAMP, check_timestamp

REQUIRED: Final = ("Action", "Version", "Timestamp", "Nonce", "SecretId", "Signature")
METHODS: Final[Mapping[str, str]] = {"HmacSHA1": "sha1", "HmacSHA256": "sha256"}
_SECRET_ID: Final = re.compile(r"[!-~]{1,128}")
_NONCE: Final = re.compile(r"[0-9]{1,19}")


@dataclass(frozen=True, slots=True)
class ParameterProof:
    """A signature taken apart; nothing in it is proven before `verify`. ``hosts`` are names that may be signed."""

    secret_id: str
    timestamp: str
    method: str
    hosts: tuple[str, ...]
    fields: Mapping[str, str] = field(repr=False)

    @property
    def signs_body(self) -> bool:
        """Everything is signed, and already here."""
        return False

    def check_time(self, now: float) -> None:
        """Refuse what was signed more than five minutes before or after ``now`` (Unix seconds): 9."""
        check_timestamp(self.timestamp, now)

    def verify(self, secret_key: str, body: bytes) -> None:
        """Prove that whoever holds ``secret_key`` signed these parameters.

        Raises:
            Refused: 14 it was another key, or something was changed.
        """
        digest = METHODS[self.fields.get("SignatureMethod", "HmacSHA1")]
        given = self.fields["Signature"].encode()
        joined = "&".join(f"{name}={self.fields[name]}" for name in sorted(self.fields) if name != "Signature")
        for host in self.hosts:
            text = f"{self.method}{host}/?{joined}".encode()
            made = base64.b64encode(hmac.digest(secret_key.encode(), text, digest))
            if hmac.compare_digest(made, given):
                return
        raise Refused(faults.SIGNATURE_WRONG)


def parse_parameter_signature(method: str, fields: Mapping[str, str], hosts: tuple[str, ...]) -> ParameterProof:
    """Take the signature out of the parameters, decoded ones.

    Raises:
        Refused: 4 one of `REQUIRED` is missing, 5 one is malformed.
    """
    if not all(fields.get(name) for name in REQUIRED):
        raise Refused(COMMON_MISSING)
    if not TIMESTAMP.fullmatch(fields["Timestamp"]):
        raise Refused(TIMESTAMP_MALFORMED)
    named = _SECRET_ID.fullmatch(fields["SecretId"]) and _NONCE.fullmatch(fields["Nonce"])
    if not named or fields.get("SignatureMethod", "HmacSHA1") not in METHODS:
        raise Refused(COMMON_MALFORMED)
    return ParameterProof(fields["SecretId"], fields["Timestamp"], method, hosts, fields)
