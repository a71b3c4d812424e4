"""Texts that clients keep for us – cookies, access tokens – sealed so that nobody else can have written them.

The key of a seal is derived from an app's SecretKey, which cannot be computed from it: so any node of a service knows
what another one sealed, a restart forgets nothing, and taking the key from the app makes all of it worthless.
"""

import hashlib
import hmac


def seal_of(text: str, secret_key: str, purpose: bytes) -> str:
    """The seal, 64 hexadecimal digits; one made for another ``purpose`` is another one."""
    key = hmac.digest(secret_key.encode(), purpose, hashlib.sha256)
    return hmac.digest(key, text.encode(), hashlib.sha256).hex()


def same_text(given: str, right: str) -> bool:
    """Compare in a time that depends on neither, nor on their lengths."""
    hashes = (hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in (given, right))
    return hmac.compare_digest(*hashes)
