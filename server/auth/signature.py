"""Multi-use signatures (多次有效签名): made, taken apart and checked (``contract/notes.md``, "Authorization").

A signature is ``base64(HMAC-SHA1(secret key, original) ‖ original)`` with the text
``original = a=<app_id>&b=<bucket>&k=<SecretID>&e=<expiry>&t=<now>&r=<digits>&u=0&f=``. The HMAC covers the text as it
was sent, so the order of its fields does not matter.
"""

import base64
import binascii
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ..contract import faults
from ..contract.faults import Refused

MAX_SIGNATURE: Final = 2048
"""Characters of the header; the official clients send about 200."""
MAX_LIFETIME: Final = 91 * 86400
"""Seconds from ``t`` to ``e``: the contract's three months, and a day of slack."""
CLOCK_SKEW: Final = 300
"""Seconds a client's clock may be ahead of ours."""

_DIGEST_BYTES: Final = 20
_REQUIRED: Final = frozenset("aketr")
_OPTIONAL: Final = frozenset("buf")
_FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "a": re.compile(r"[!-~]{1,64}"),
    "k": re.compile(r"[!-~]{1,128}"),
    "e": re.compile(r"[0-9]{1,12}"),
    "t": re.compile(r"[0-9]{1,12}"),
    "r": re.compile(r"[0-9]{1,10}"),
    **dict.fromkeys(_OPTIONAL, re.compile(r"[!-~]{0,256}")),
}


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature taken apart; nothing in it is proven before `verify`. Times are Unix seconds."""

    app_id: str
    secret_id: str
    issued: int
    expires: int
    original: bytes = field(repr=False)
    digest: bytes = field(repr=False)


def make_signature(app_id: str, secret_id: str, secret_key: str, *, now: int, lifetime: int) -> str:
    """Sign for ``lifetime`` seconds from ``now`` (Unix seconds), as the official clients do."""
    number = secrets.randbelow(10**10)
    original = f"a={app_id}&b=&k={secret_id}&e={now + lifetime}&t={now}&r={number}&u=0&f=".encode()
    return base64.b64encode(_hmac(secret_key, original) + original).decode()


def parse_signature(header: str) -> Signature:
    """Take the value of an ``Authorization`` header apart.

    Raises:
        Refused: 4 it is empty, 5 it is not what a client would have made.
    """
    header = header.strip()
    if not header:
        raise Refused(faults.SIGNATURE_EMPTY)
    signed = _decode(header)
    digest, original = signed[:_DIGEST_BYTES], signed[_DIGEST_BYTES:]
    fields = _fields(original)
    return Signature(fields["a"], fields["k"], int(fields["t"]), int(fields["e"]), original, digest)


def verify(signature: Signature, secret_key: str, *, now: float) -> None:
    """Prove that whoever holds ``secret_key`` made the signature, and that it holds at ``now`` (Unix seconds).

    Raises:
        Refused: 14 another key made it or it was changed; 5 its times are not allowed; 9 it expired.
    """
    if not hmac.compare_digest(_hmac(secret_key, signature.original), signature.digest):
        raise Refused(faults.SIGNATURE_WRONG)
    if signature.expires == 0:
        raise Refused(faults.SIGNATURE_SINGLE_USE)
    if not 0 < signature.expires - signature.issued <= MAX_LIFETIME:
        raise Refused(faults.SIGNATURE_LIFETIME)
    if signature.issued > now + CLOCK_SKEW:
        raise Refused(faults.SIGNATURE_FROM_FUTURE)
    if signature.expires <= now:
        raise Refused(faults.SIGNATURE_EXPIRED)


def _hmac(secret_key: str, original: bytes) -> bytes:
    return hmac.digest(secret_key.encode(), original, "sha1")


def _decode(header: str) -> bytes:
    try:
        signed = base64.b64decode(header, validate=True) if len(header) <= MAX_SIGNATURE else b""
    except (binascii.Error, ValueError):  # ValueError: characters beyond ASCII
        signed = b""
    # One signature has one spelling: Python takes stray bits in the last character, and padding in the middle.
    if base64.b64encode(signed).decode() != header:
        raise Refused(faults.SIGNATURE_MALFORMED)
    return signed


def _fields(original: bytes) -> dict[str, str]:
    # latin-1 maps each byte to one character; those beyond ASCII fit no form below
    pairs = [part.partition("=") for part in original.decode("latin-1").split("&")]
    fields = {name: value for name, _, value in pairs}
    named_once = len(fields) == len(pairs)
    if not (named_once and _REQUIRED <= fields.keys() <= _REQUIRED | _OPTIONAL):
        raise Refused(faults.SIGNATURE_MALFORMED)
    if not all(_FORMS[name].fullmatch(value) for name, value in fields.items()):
        raise Refused(faults.SIGNATURE_MALFORMED)
    return fields
