"""How much of a request is taken in before anything looks at it."""

import asyncio
from typing import Final

from starlette.requests import Request

from ..contract.faults import (
    BODY_FAR_TOO_LARGE,
    BODY_TOO_LARGE,
    LENGTH_REQUIRED,
    MALFORMED,
    OVERLOADED,
    REQUEST_TOO_SLOW,
    Refused,
)

HANG_UP_ABOVE: Final = 10
"""Bodies this many times the limit are not even thrown away."""


class Reception:
    """Receives bodies, only so many at the same time: slow senders must not fill the memory."""

    def __init__(self, *, max_bytes: int, seconds: float, concurrent: int) -> None:
        self._max_bytes = max_bytes
        self._seconds = seconds
        self._concurrent = concurrent
        self._receiving = 0  # touched on the event loop only

    async def receive(self, request: Request) -> bytes:
        """Receive a body; what is too long is refused before more of it is read.

        Raises:
            Refused: 411 without Content-Length, 413 where more than ``max_bytes`` are announced or come, 408 where
                they take longer than ``seconds``, 503 where too many others are being received.
        """
        announced = _announced_length(request)
        if announced > self._max_bytes:
            # Many clients send all before they look for an answer, and would only see the connection break: within
            # reason the server lets them, and throws away what comes.
            raise Refused(BODY_TOO_LARGE if announced <= HANG_UP_ABOVE * self._max_bytes else BODY_FAR_TOO_LARGE)
        if self._receiving >= self._concurrent:
            raise Refused(OVERLOADED)
        self._receiving += 1
        try:
            async with asyncio.timeout(self._seconds):
                return await _receive(request, self._max_bytes)
        except TimeoutError:
            raise Refused(REQUEST_TOO_SLOW) from None
        finally:
            self._receiving -= 1


async def _receive(request: Request, limit: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():  # counted as well: the header is only the client's word
        body += chunk
        if len(body) > limit:
            raise Refused(BODY_TOO_LARGE)
    return bytes(body)


def _announced_length(request: Request) -> int:
    header = request.headers.get("content-length")
    if header is None:
        raise Refused(LENGTH_REQUIRED)
    if not (header.isascii() and header.isdigit()):
        raise Refused(MALFORMED)
    # Longer numbers than any body: int() itself refuses those of thousands of digits.
    return int(header) if len(header) <= 18 else 10**18
