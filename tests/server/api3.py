"""Requests of API 3.0 written out as its documentation has them, by nothing of the service; its answers looked at."""

import hashlib
import hmac
import http.client
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from tests.server.apps import SECRET_ID, SECRET_KEY

ACTIONS = ("PassportOCR", "MLIDPassportOCR")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Answered:
    """An answer as an SDK sees it: ``code`` is empty for a success."""

    fields: dict[str, Any]
    headers: Mapping[str, str]

    @property
    def code(self) -> str:
        code: str = self.fields.get("Error", {}).get("Code", "")
        return code


def looked_at(status: int, headers: Mapping[str, str], body: bytes, *, expected: int = 200) -> Answered:
    """Check everything an answer must be for the SDKs to understand it."""
    assert status == expected, body
    assert headers["content-type"] == "application/json"
    assert headers["cache-control"] == "no-store"
    envelope = json.loads(body)
    assert set(envelope) == {"Response"}
    fields = dict(envelope["Response"])
    request_id = fields.pop("RequestId")
    assert UUID.fullmatch(request_id)
    assert headers["x-request-id"] == request_id
    assert "DeprecatedWarning" not in fields
    if "Error" in fields:
        assert set(fields) == {"Error"}
        assert set(fields["Error"]) == {"Code", "Message"}
        assert len(fields["Error"]["Message"]) > 5 or not fields["Error"]["Message"].isascii()
    return Answered(fields, headers)


def tc3_headers(
    host: str,
    body: bytes,
    *,
    action: str | None = "PassportOCR",
    secret_id: str = SECRET_ID,
    secret_key: str = SECRET_KEY,
    at: int | None = None,
    date: str = "",
    signed: str = "content-type;host",
    **more: str,
) -> dict[str, str]:
    """The headers of a signed POST; ``more`` are further ones, with ``_`` for ``-``."""
    at = int(time.time()) if at is None else at
    date = date or f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}"
    headers = {"Content-Type": "application/json", "X-TC-Timestamp": str(at), "X-TC-Version": "2018-11-19"}
    headers |= {} if action is None else {"X-TC-Action": action}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    values = {name.lower(): value for name, value in headers.items()} | {"host": host}
    block = "".join(f"{name}:{values[name]}\n" for name in signed.split(";"))
    canonical = "\n".join(("POST", "/", "", block, signed, hashlib.sha256(body).hexdigest()))
    scope = f"{date}/ocr/tc3_request"
    text = "\n".join(("TC3-HMAC-SHA256", str(at), scope, hashlib.sha256(canonical.encode()).hexdigest()))
    key = f"TC3{secret_key}".encode()
    for part in (date, "ocr", "tc3_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    made = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    credential = f"Credential={secret_id}/{scope}"
    return headers | {"Authorization": f"TC3-HMAC-SHA256 {credential}, SignedHeaders={signed}, Signature={made}"}


def call(client: httpx.Client, parameters: Any = None, *, expected: int = 200, **signing: Any) -> Answered:
    """Ask as an SDK does; ``parameters`` are JSON, or bytes sent as they are."""
    parameters = {"ImageBase64": "aGVsbG8="} if parameters is None else parameters
    body = parameters if isinstance(parameters, bytes) else json.dumps(parameters).encode()
    headers = tc3_headers(client.base_url.netloc.decode(), body, **signing)
    return ask(client, "POST", "/", headers, body, expected=expected)


def ask(
    client: httpx.Client,
    method: str,
    target: str,
    headers: Mapping[str, str],
    body: bytes = b"",
    *,
    expected: int = 200,
) -> Answered:
    """Send exactly this, and nothing that a client library adds."""
    connection = http.client.HTTPConnection(client.base_url.host, client.base_url.port, timeout=30)
    try:
        connection.putrequest(method, target, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        if method == "POST" and "Content-Length" not in headers:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return looked_at(response.status, found, response.read(), expected=expected)
    finally:
        connection.close()
