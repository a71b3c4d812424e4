"""Signature v3 of API 3.0, TC3-HMAC-SHA256: taken apart and checked.

What is signed is a text of the method, the query, some headers and the hash of the body; the key is derived from the
SecretKey, the day and the service. Clients spell some of it differently: each spelling is tried.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import product
from typing import Final

from ..contract import faults
from ..contract.faults import Refused
from ..contract.v3.faults import TIMESTAMP_MALFORMED, TIMESTAMP_MISSING

ALGORITHM: Final = "TC3-HMAC-SHA256"
MAX_HEADER: Final = 2048
"""Characters of ``Authorization``; SDKs send about 220."""
CLOCK_SKEW: Final = 300
"""Seconds that a client's clock may be wrong, either way."""
UNSIGNED: Final = "UNSIGNED-PAYLOAD"
_FORM: Final = re.compile(
    r"TC3-HMAC-SHA256 +Credential=(?P<id>[!-.0-~]{1,128})/(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"/(?P<service>[!-.0-~]{1,64})/tc3_request *, *SignedHeaders=(?P<headers>[!-:<-~;]{1,512}?) *, *"
    r"Signature=(?P<signature>[0-9a-f]{64})"
)
TIMESTAMP: Final = re.compile(r"[0-9]{1,12}")
"""Unix seconds as text."""


@dataclass(frozen=True, slots=True)
class Head:
    """What of a request is signed beside its body: ``headers`` by lower-case name, ``query`` as it was sent."""

    method: str
    query: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    hosts: tuple[str, ...]
    """Names of this service that may have been signed."""


@dataclass(frozen=True, slots=True)
class Tc3Proof:
    """A signature taken apart; nothing in it is proven before `verify`."""

    secret_id: str
    date: str
    service: str
    signed: tuple[str, ...]
    signature: str = field(repr=False)
    timestamp: str
    head: Head

    @property
    def signs_body(self) -> bool:
        """Whether the body must be known to check it."""
        return self.head.method != "GET" and self.head.headers.get("x-tc-content-sha256") != UNSIGNED

    def check_time(self, now: float) -> None:
        """Refuse what was signed more than five minutes before or after ``now`` (Unix seconds): 9."""
        check_timestamp(self.timestamp, now)

    def verify(self, secret_key: str, body: bytes) -> None:
        """Prove that whoever holds ``secret_key`` signed this request with this body.

        Raises:
            Refused: 14 it was another key, or something was changed.
        """
        day = datetime.fromtimestamp(int(self.timestamp), UTC)
        if self.date != f"{day:%Y-%m-%d}":
            raise Refused(faults.SIGNATURE_WRONG)
        scope = f"{self.date}/{self.service}/tc3_request"
        key = _derived(secret_key, self.date, self.service)
        for canonical in self._canonical(body):
            text = "\n".join((ALGORITHM, self.timestamp, scope, hashlib.sha256(canonical).hexdigest()))
            if hmac.compare_digest(hmac.digest(key, text.encode(), "sha256").hex(), self.signature):
                return
        raise Refused(faults.SIGNATURE_WRONG)

    def _canonical(self, body: bytes) -> Iterator[bytes]:
        """The request as text, in every spelling that a client may have signed."""
        head = self.head
        unsigned = head.headers.get("x-tc-content-sha256") == UNSIGNED
        payload = UNSIGNED.encode() if unsigned else b"" if head.method == "GET" else body
        digest = hashlib.sha256(payload).hexdigest()
        kind = head.headers.get("content-type", "")
        kinds = dict.fromkeys((kind, kind.lower(), f"{kind}; charset=utf-8"))
        others = {name: head.headers.get(name, "") for name in self.signed}
        spellings = [{name: value.lower() for name, value in others.items()}, others]
        query = head.query if head.method == "GET" else ""
        for host, content_type, spelling in product(head.hosts, kinds, spellings):
            values = spelling | {"host": host, "content-type": content_type}
            block = "".join(f"{name}:{values[name]}\n" for name in self.signed)
            yield "\n".join((head.method, "/", query, block, ";".join(self.signed), digest)).encode("latin-1")


def parse_tc3(head: Head) -> Tc3Proof:
    """Take the ``Authorization`` header and what belongs to it apart.

    Raises:
        Refused: 5 it is not what a client would have made, or its timestamp is no number; 4 that is missing.
    """
    header = head.headers.get("authorization", "").strip()
    found = _FORM.fullmatch(header) if len(header) <= MAX_HEADER else None
    signed = tuple(found["headers"].split(";")) if found else ()
    if found is None or not {"content-type", "host"} <= set(signed) or len(set(signed)) < len(signed):
        raise Refused(faults.SIGNATURE_MALFORMED)
    timestamp = head.headers.get("x-tc-timestamp", "")
    if not timestamp:
        raise Refused(TIMESTAMP_MISSING)
    if not TIMESTAMP.fullmatch(timestamp):
        raise Refused(TIMESTAMP_MALFORMED)
    return Tc3Proof(found["id"], found["date"], found["service"], signed, found["signature"], timestamp, head)


def check_timestamp(timestamp: str, now: float) -> None:
    """Refuse a time (digits of Unix seconds) more than `CLOCK_SKEW` before or after ``now``: 9."""
    if abs(now - int(timestamp)) > CLOCK_SKEW:
        raise Refused(faults.SIGNATURE_EXPIRED)


def _derived(secret_key: str, date: str, service: str) -> bytes:
    key = f"TC3{secret_key}".encode()
    for part in (date, service, "tc3_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
