"""Who may ask: decided by the ``Authorization`` header alone, before anything of the body is read."""

import dataclasses
import math
import time
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from starlette.requests import Request

from ..contract import faults
from ..contract.faults import Refused
from ..contract.wire import RequestFields
from ..intake.body import MAX_APP_ID
from ..settings import Settings
from .credentials import AppId
from .keyring import KeyHolder, Keyring
from .rate import RateLimiter
from .signature import Signature, parse_signature, verify

ANYBODY: Final = AppId("")
"""Whom the service serves with ``--no-auth``."""


class Gate(Protocol):
    """Lets requests in, or not."""

    def admit(self, headers: Sequence[str]) -> AppId:
        """Whose request it is that came with these ``Authorization`` headers.

        Raises:
            Refused: nobody's who may ask (codes 4 to 14), or too many of that app's (15).
        """
        ...

    def check_body(self, app: AppId, fields: RequestFields) -> None:
        """Refuse a body that speaks for another app than ``app``, which signed it (12)."""
        ...


class OpenGate:
    """Lets everybody in; for a service that only this machine can reach."""

    def admit(self, headers: Sequence[str]) -> AppId:
        """Everybody is `ANYBODY`."""
        return ANYBODY

    def check_body(self, app: AppId, fields: RequestFields) -> None:
        """Anybody may name any app."""


class SignatureGate:
    """Lets in who signs with a key of the keyring, as often as its app may."""

    def __init__(self, keyring: Keyring, per_minute: int, clock: Callable[[], float] = time.time) -> None:
        self._keyring = keyring
        self._per_minute = per_minute
        self._clock = clock
        self._limiter = RateLimiter()

    def admit(self, headers: Sequence[str]) -> AppId:
        """See `Gate.admit`."""
        if len(headers) > 1:
            raise Refused(faults.SIGNATURE_MALFORMED)
        signature = parse_signature(headers[0] if headers else "")
        holder = self._holder(signature)
        verify(signature, holder.secret_key, now=self._clock())
        # Counted after the proof only: strangers must not use up an app's requests.
        if wait := self._limiter.wait(holder.app.app_id, holder.app.requests_per_minute or self._per_minute):
            raise Refused(dataclasses.replace(faults.TOO_MANY_REQUESTS, retry_after=math.ceil(wait)))
        return AppId(holder.app.app_id)

    def check_body(self, app: AppId, fields: RequestFields) -> None:
        """See `Gate.check_body`; whether app_id is missing or too long is for `intake` to say."""
        others = {fields.app_id, fields.appid} - {None, "", app}
        if any(len(other or "") <= MAX_APP_ID for other in others):
            raise Refused(faults.APP_MISMATCH)

    def _holder(self, signature: Signature) -> KeyHolder:
        keys = self._keyring.keys()
        if signature.app_id not in keys.app_ids:
            raise Refused(faults.APP_UNKNOWN)
        holder = keys.holders.get(signature.secret_id)
        if holder is None:
            raise Refused(faults.SECRET_ID_UNKNOWN)
        if holder.app.app_id != signature.app_id:
            raise Refused(faults.APP_MISMATCH)
        return holder


def open_gate(settings: Settings) -> Gate:
    """The gate ``settings`` ask for.

    Raises:
        CredentialsRefused: there are no usable credentials.
    """
    if settings.no_auth:
        return OpenGate()
    return SignatureGate(Keyring(settings.credentials.expanduser()), settings.requests_per_minute)


async def authorized_app(request: Request) -> AppId:
    """A dependency: the app that signed the request. It reads headers only.

    Raises:
        Refused: as `Gate.admit`.
    """
    gate: Gate = request.app.state.gate
    return gate.admit(request.headers.getlist("authorization"))
