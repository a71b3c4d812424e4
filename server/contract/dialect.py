"""What a dialect is: one public contract, in which requests come and answers go.

A further one is a folder beside this module with an object of this kind, its line in `server.contract.dialects`, and
a route. Who may ask, how bodies are received, where pictures are read and what is counted is the same for all.
"""

import secrets
from typing import Protocol

from starlette.responses import Response
from starlette.types import Scope

from .faults import Fault


class Dialect(Protocol):
    """How requests of one contract are told from others, and how it says no."""

    def speaks(self, scope: Scope) -> bool:
        """Whether a request, of which only the head is known, is of this contract."""
        ...

    def new_request_id(self) -> str:
        """An id for the log, and for the answer where the contract has a place for one."""
        ...

    def refuse(self, fault: Fault, scope: Scope) -> Response:
        """Say no to the request of ``scope``."""
        ...


def short_id() -> str:
    """Sixteen hexadecimal digits, for contracts that do not say what a request's id looks like."""
    return secrets.token_hex(8)
