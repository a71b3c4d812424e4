"""What every queue of pictures promises: what it took is read, and its answer is then found by session id."""

import logging
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol

from engine.errors import PassportError

from ..auth.credentials import AppId
from ..contract.faults import INTERNAL, OVERLOADED, STARTING, Fault, Refused, fault_for
from ..contract.ocr_passport.answers import answer, answer_with_warnings, refuse
from ..http.metrics import Metrics
from ..pool.pool import ReadingPool
from ..store.opening import keep
from ..store.store import ResultStore

log = logging.getLogger("passport_ocr.later")


@dataclass(frozen=True, slots=True)
class Errand:
    """A picture to be read for an app; ``warnings`` are told beside ``data`` where they were asked for."""

    app: AppId
    session_id: str
    picture: bytes = field(repr=False)
    warnings: bool = False


class Later(Protocol):
    """A queue of errands."""

    async def put(self, errand: Errand) -> None:
        """Take an errand; one of the same app and session id that still waits is replaced.

        Raises:
            Refused: 503 where too many wait, or where the queue does not answer.
        """
        ...

    async def waits(self, app: AppId, session_id: str) -> bool:
        """Whether an errand has no answer yet.

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
    """Runs errands: reads the picture and keeps the answer, whatever it is."""

    pool: ReadingPool
    store: ResultStore
    metrics: Metrics

    async def run(self, errand: Errand) -> None:
        """Read a picture and keep what a client that waited would have been answered.

        Raises:
            NotNow: the workers have no time, or are just starting.
        """
        try:
            reading = await self.pool.read(errand.picture, errand.app)
        except Refused as error:
            if error.fault in (OVERLOADED, STARTING):
                raise NotNow from None
            await self._keep_refusal(errand, error.fault)
        except PassportError as error:
            await self._keep_refusal(errand, fault_for(error))
        except Exception as error:  # a defect of ours: the errand is answered like a request is
            log.error("defect while a picture was read later: %s", type(error).__name__)
            await self._keep_refusal(errand, INTERNAL)
        else:
            self.metrics.count_reading(reading)
            tell = answer_with_warnings if errand.warnings else answer
            response = tell(reading.to_contract(errand.session_id), reading.warnings)
            await keep(self.store, errand.app, errand.session_id, bytes(response.body))

    async def _keep_refusal(self, errand: Errand, fault: Fault) -> None:
        body = refuse(fault, errand.session_id).body
        await keep(self.store, errand.app, errand.session_id, bytes(body))
