"""Who may ask: decided by the ``Authorization`` header alone, before anything of the body is read."""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from ..contract import faults
from ..contract.faults import Refused
from ..contract.ocr_passport.wire import RequestFields
from ..intake.addresses import address_alone
from ..intake.body import MAX_APP_ID
from ..settings import Settings
from .credentials import AppId, located
from .failures import Failures, after
from .keyring import KeyHolder, Keyring
from .rate import Rate
from .signature import Signature, parse_signature, verify

ANYBODY: Final = AppId("")
"""Whom the service serves with ``--no-auth``."""


@dataclass(frozen=True, slots=True)
class Admission:
    """Who asks: the app, the key it signed with, as a hash of its SecretID, and how often a minute it may ask."""

    app: AppId
    key: str = ""
    per_minute: int | None = None


class Proof(Protocol):
    """A signature of any dialect whose SecretID alone says whose it is."""

    @property
    def secret_id(self) -> str:
        """The key it claims to be made with."""
        ...

    def check_time(self, now: float) -> None:
        """Refuse it where it was made too long before or after ``now`` (Unix seconds)."""
        ...

    def verify(self, secret_key: str, body: bytes) -> None:
        """Refuse it where ``secret_key`` did not make it for this ``body``; takes a moment for megabytes."""
        ...


class Gate(Protocol):
    """Lets requests in, or not."""

    def admit(self, headers: Sequence[str], address: str) -> Admission:
        """Whose request it is that came with these ``Authorization`` headers from ``address``, empty where unknown.

        Raises:
            Refused: nobody's who may ask (codes 4 to 14), or too many of that address failed (15).
        """
        ...

    def recognise(self, proof: Proof, address: str) -> Admission:
        """Whose request it claims to be that came with ``proof`` from ``address``; nothing is proven.

        Raises:
            Refused: it is too old or too new (9), the SecretID is unknown (11), too many of that address failed (15).
        """
        ...

    async def prove(self, proof: Proof, body: bytes, address: str) -> Admission:
        """Whose request it is.

        Raises:
            Refused: as `recognise`, or the signature does not hold (14).
        """
        ...

    async def count(self, admission: Admission) -> None:
        """Count a request that was admitted.

        Raises:
            Refused: there were too many of that app (15).
        """
        ...

    def check_body(self, app: AppId, fields: RequestFields) -> None:
        """Refuse a body that speaks for another app than ``app``, which signed it (12)."""
        ...


class OpenGate:
    """Lets everybody in; for a service that only this machine can reach."""

    def admit(self, headers: Sequence[str], address: str) -> Admission:
        """Everybody is `ANYBODY`."""
        return Admission(ANYBODY)

    def recognise(self, proof: Proof, address: str) -> Admission:
        """Everybody is `ANYBODY`."""
        return Admission(ANYBODY)

    async def prove(self, proof: Proof, body: bytes, address: str) -> Admission:
        """Everybody is `ANYBODY`."""
        return Admission(ANYBODY)

    async def count(self, admission: Admission) -> None:
        """Anybody may ask as often as they like."""

    def check_body(self, app: AppId, fields: RequestFields) -> None:
        """Anybody may name any app."""


class SignatureGate:
    """Lets in who signs with a key of the keyring, as often as its app may."""

    def __init__(
        self,
        keyring: Keyring,
        per_minute: int,
        failures_per_minute: int,
        rate: Rate,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.keyring = keyring
        self.failures = Failures(failures_per_minute)
        self._per_minute = per_minute
        self._clock = clock
        self._rate = rate

    def admit(self, headers: Sequence[str], address: str) -> Admission:
        """See `Gate.admit`."""
        if len(headers) > 1:
            raise Refused(faults.SIGNATURE_MALFORMED)
        try:
            signature = parse_signature(headers[0] if headers else "")
        except Refused as refused:
            self.failures.count(address, "", refused)
        with self._counting_failures(address, signature.secret_id):
            holder = self._holder(signature)
            verify(signature, holder.secret_key, now=self._clock())
        return admission_of(holder, signature.secret_id)

    def recognise(self, proof: Proof, address: str) -> Admission:
        """See `Gate.recognise`."""
        with self._counting_failures(address, proof.secret_id):
            return admission_of(self._holder_by_key(proof), proof.secret_id)

    async def prove(self, proof: Proof, body: bytes, address: str) -> Admission:
        """See `Gate.prove`; megabytes are hashed in a thread."""
        with self._counting_failures(address, proof.secret_id):
            holder = self._holder_by_key(proof)
            await run_in_threadpool(proof.verify, holder.secret_key, body)
        return admission_of(holder, proof.secret_id)

    @contextmanager
    def _counting_failures(self, address: str, secret_id: str) -> Iterator[None]:
        """Let nobody try on whose signatures failed too often, and count what is refused in the block."""
        known = secret_id if secret_id in self.keyring.keys().holders else ""
        self.failures.check(address, known)  # unproven, so right ones are not told from wrong
        try:
            yield
        except Refused as refused:
            self.failures.count(address, known, refused)

    async def count(self, admission: Admission) -> None:
        """See `Gate.count`: after the proof only, as strangers must not use up an app's requests."""
        if wait := await self._rate.wait(admission.app, admission.per_minute or self._per_minute):
            raise Refused(after(faults.TOO_MANY_REQUESTS, wait))

    def check_body(self, app: AppId, fields: RequestFields) -> None:
        """See `Gate.check_body`; whether app_id is missing or too long is for `intake` to say."""
        others = {fields.app_id, fields.appid} - {None, "", app}
        if any(len(other or "") <= MAX_APP_ID for other in others):
            raise Refused(faults.APP_MISMATCH)

    def _holder_by_key(self, proof: Proof) -> KeyHolder:
        proof.check_time(self._clock())  # first: it names the remedy
        holder = self.keyring.keys().holders.get(proof.secret_id)
        if holder is None:
            raise Refused(faults.SECRET_ID_UNKNOWN)
        return holder

    def _holder(self, signature: Signature) -> KeyHolder:
        keys = self.keyring.keys()
        if signature.app_id not in keys.app_ids:
            raise Refused(faults.APP_UNKNOWN)
        holder = keys.holders.get(signature.secret_id)
        if holder is None:
            raise Refused(faults.SECRET_ID_UNKNOWN)
        if holder.app.app_id != signature.app_id:
            raise Refused(faults.APP_MISMATCH)
        return holder


def open_gate(settings: Settings, rate: Rate) -> Gate:
    """The gate ``settings`` ask for; ``rate`` counts who was let in.

    Raises:
        CredentialsRefused: there are no usable credentials.
    """
    if settings.no_auth:
        return OpenGate()
    keyring = Keyring(located(settings.credentials))
    return SignatureGate(keyring, settings.requests_per_minute, settings.failed_signatures_per_minute, rate)


async def authorized_app(request: Request) -> AppId:
    """A dependency: the app that signed the request. It reads headers only; the log learns who it was.

    Raises:
        Refused: as `Gate.admit` and `Gate.count`.
    """
    gate: Gate = request.app.state.gate
    address = address_alone(request.client and request.client.host, request.app.state.settings.trusted_proxies)
    admission = gate.admit(request.headers.getlist("authorization"), address)
    request.state.app, request.state.key = admission.app, admission.key
    await gate.count(admission)
    return admission.app


def admission_of(holder: KeyHolder, secret_id: str) -> Admission:
    """What the app of a key may, once somebody has proved to have the key."""
    return Admission(AppId(holder.app.app_id), key_name(secret_id), holder.app.requests_per_minute)


def key_name(secret_id: str) -> str:
    """What the log calls a key: the first 16 hexadecimal digits of SHA-256 of its SecretID."""
    return hashlib.sha256(secret_id.encode()).hexdigest()[:16]
