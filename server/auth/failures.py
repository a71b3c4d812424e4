"""How often a key may be shown wrongly: by signatures and at the web page's sign-in together."""

import dataclasses
import math
from typing import NoReturn

from ..contract import faults
from ..contract.faults import Fault, Refused
from .rate import RateLimiter


class Failures:
    """Counts failures of a SecretID from an address, so many a minute; used on one thread.

    An empty address stands for many clients and is not counted.
    """

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._limiter = RateLimiter()

    def check(self, address: str, secret_id: str) -> None:
        """Go on, unless there were too many: then nobody looks whether this one would be right.

        Raises:
            Refused: 15, there were.
        """
        if address and (wait := self._limiter.owed(f"{address} {secret_id}", self._per_minute)):
            raise Refused(after(faults.TOO_MANY_FAILURES, wait))

    def count(self, address: str, secret_id: str, refused: Refused) -> NoReturn:
        """Count one more and raise what was refused, or that too much was."""
        counted = address and refused.fault is not faults.SIGNATURE_EMPTY
        if counted and (wait := self._limiter.wait(f"{address} {secret_id}", self._per_minute)):
            raise Refused(after(faults.TOO_MANY_FAILURES, wait))
        raise refused


def after(fault: Fault, seconds: float) -> Fault:
    """The same, to be tried again after so many seconds."""
    return dataclasses.replace(fault, retry_after=math.ceil(seconds))
