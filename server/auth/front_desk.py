"""Who may use the web page: a person signs in with an app's key once, and has a session from then on."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from ..contract.faults import Refused
from ..contract.page_faults import NOT_SIGNED_IN, SIGN_IN_WRONG
from .failures import Failures
from .gate import ANYBODY, Admission, Gate, SignatureGate, admission_of
from .keyring import KeyHolder, Keyring
from .seal import same_text
from .sessions import LONGEST_SECONDS, Session, begin_session, parse_session, seal_session

MOST_ENDED: Final = 10_000
"""Sessions remembered as signed out; the one signed out first is forgotten first."""
_NOBODYS_KEY: Final = ""
"""What a SecretID that nobody has is compared with: it takes as long."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person at the web page: what the app may, and the session, None where nobody signs in."""

    admission: Admission
    session: Session | None = None


class FrontDesk(Protocol):
    """Lets persons in at the web page, or not."""

    asks: bool
    """Whether persons must sign in."""

    def sign_in(self, secret_id: str, secret_key: str, address: str) -> Visitor:
        """Begin a session of whoever shows an app's key from ``address``, empty where unknown.

        Raises:
            Refused: the key is no app's (403), or too many of that address failed (15).
        """
        ...

    def recognise(self, cookie: str) -> Visitor:
        """Who shows this session cookie, empty where none is shown.

        Raises:
            Refused: nobody, or the session has ended (401).
        """
        ...

    def cookie_of(self, visitor: Visitor) -> str:
        """The cookie of a visitor whose session is prolonged now; empty where there is no session."""
        ...

    def sign_out(self, visitor: Visitor) -> None:
        """End a session before its time."""
        ...


class OpenDesk:
    """Asks nobody; for a service that only this machine can reach."""

    asks = False

    def sign_in(self, secret_id: str, secret_key: str, address: str) -> Visitor:
        """Everybody is let in anyway."""
        return Visitor(Admission(ANYBODY))

    def recognise(self, cookie: str) -> Visitor:
        """Everybody is let in."""
        return Visitor(Admission(ANYBODY))

    def cookie_of(self, visitor: Visitor) -> str:
        """There is none."""
        return ""

    def sign_out(self, visitor: Visitor) -> None:
        """There is no session to end."""


class KeyDesk:
    """Lets in who shows a key of the keyring; used on one thread."""

    asks = True

    def __init__(self, keyring: Keyring, failures: Failures, clock: Callable[[], float] = time.time) -> None:
        self._keyring = keyring
        self._failures = failures
        self._clock = clock
        self._ended: dict[str, float] = {}  # numbers of sessions signed out, and when they would have ended

    def sign_in(self, secret_id: str, secret_key: str, address: str) -> Visitor:
        """See `FrontDesk.sign_in`. The answer tells nothing of which SecretIDs there are."""
        holder = self._holder(secret_id)
        counted = secret_id if holder else ""
        self._failures.check(address, counted)
        right = same_text(secret_key, holder.secret_key if holder else _NOBODYS_KEY)
        if holder is None or not right:
            self._failures.count(address, counted, Refused(SIGN_IN_WRONG))
        return Visitor(admission_of(holder, secret_id), begin_session(secret_id, int(self._clock())))

    def recognise(self, cookie: str) -> Visitor:
        """See `FrontDesk.recognise`; keys that were taken from their app since then open nothing."""
        sealed = parse_session(cookie)
        holder = self._holder(sealed.session.secret_id) if sealed else None
        if sealed is None or holder is None or not sealed.proves(holder.secret_key):
            raise Refused(NOT_SIGNED_IN)
        session = sealed.session
        if not session.lasts(self._clock()) or session.number in self._ended:
            raise Refused(NOT_SIGNED_IN)
        return Visitor(admission_of(holder, session.secret_id), session)

    def cookie_of(self, visitor: Visitor) -> str:
        """See `FrontDesk.cookie_of`."""
        session = visitor.session
        holder = self._holder(session.secret_id) if session else None
        if session is None or holder is None:
            return ""
        return seal_session(session.prolonged(int(self._clock())), holder.secret_key)

    def sign_out(self, visitor: Visitor) -> None:
        """See `FrontDesk.sign_out`; other nodes of the service learn of it only by the cookie's being gone."""
        if visitor.session is None:
            return
        self._ended[visitor.session.number] = visitor.session.began + LONGEST_SECONDS
        now = self._clock()
        for number in [number for number, until in self._ended.items() if until < now]:
            del self._ended[number]
        if len(self._ended) > MOST_ENDED:
            del self._ended[next(iter(self._ended))]

    def _holder(self, secret_id: str) -> KeyHolder | None:
        return self._keyring.keys().holders.get(secret_id)


def open_front_desk(gate: Gate) -> FrontDesk:
    """The desk beside ``gate``: it knows the same keys, and counts the same failures."""
    return KeyDesk(gate.keyring, gate.failures) if isinstance(gate, SignatureGate) else OpenDesk()
