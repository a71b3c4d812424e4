"""What every queue of pictures promises: what it took is read, and its answer is then found by session id."""

import logging
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol

from engine.errors import PassportError

from ..auth.credentials import AppId
from ..contract.faults import ENDING, INTERNAL, OVERLOADED, STARTING, Fault, Refused, fault_for
from ..contract.ocr_passport.answers import answer, answer_with_warnings, refuse
from ..http.metrics import Metrics
from ..pool.pool import ReadingPool
from ..store.store import Submission

log = logging.getLogger("passport_ocr.later")


@dataclass(frozen=True, slots=True)
class Errand:
    """A picture to be read for an app; ``warnings`` are told beside ``data`` where they were asked for."""

    submission: Submission
    picture: bytes = field(repr=False)
    warnings: bool = False


class Later(Protocol):
    """A queue of errands."""

    async def put(self, errand: Errand) -> None:
        """Take an errand; one of the same app and session id that still waits is replaced.

        One that a newer picture has overtaken by now is passed over: its client will find the newer one's answer.

        Raises:
            Refused: 503 where too many wait, or where the queue does not answer.
        """
        ...

    async def waits(self, app: AppId, session_id: str) -> bool:
        """Whether an errand has no answer yet, and will have one: no newer picture has overtaken it.

        Raises:
            Refused: 503 where the queue does not answer.
        """
        ...

    def running(self) -> AbstractAsyncContextManager[None]:
        """Work on the queue while the block runs."""
        ...


class NotNow(Exception):
    """The errand could not be read at the moment, through no fault of its own."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the pictures of errands."""

    pool: ReadingPool
    metrics: Metrics

    async def answer(self, errand: Errand) -> bytes:
        """What a client that waited would have been answered, whatever it is. Keeping it is the queue's affair.

        Raises:
            NotNow: the workers have no time, are just starting, or end.
        """
        try:
            reading = await self.pool.read(errand.picture, errand.submission.app)
        except Refused as error:
            if error.fault in (OVERLOADED, STARTING, ENDING):
                raise NotNow from None
            return _refusal(errand, error.fault)
        except PassportError as error:
            return _refusal(errand, fault_for(error))
        except Exception as error:  # a defect of ours: the errand is answered like a request is
            log.error("defect while a picture was read later: %s", type(error).__name__)
            return _refusal(errand, INTERNAL)
        self.metrics.count_reading(reading)
        tell = answer_with_warnings if errand.warnings else answer
        return bytes(tell(reading.to_contract(errand.submission.session_id), reading.warnings).body)


def _refusal(errand: Errand, fault: Fault) -> bytes:
    return bytes(refuse(fault, errand.submission.session_id).body)
