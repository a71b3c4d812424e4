"""How much of a request is taken in before anything looks at it."""

import asyncio
from typing import Final

from starlette.requests import Request

from server.faults import BODY_FAR_TOO_LARGE, BODY_TOO_LARGE, LENGTH_REQUIRED, MALFORMED, REQUEST_TOO_SLOW, Refused

HANG_UP_ABOVE: Final = 10
"""Bodies this many times the limit are not even thrown away."""


async def receive_body(request: Request, limit: int, seconds: float) -> bytes:
    """Receive the body, at most ``limit`` bytes; what is too long is refused before more of it is read.

    Raises:
        Refused: 411 without Content-Length, 413 where more than ``limit`` bytes are announced or come, 408 where
            they take longer than ``seconds``.
    """
    announced = _announced_length(request)
    if announced > limit:
        # Many clients send all before they look for an answer, and would only see the connection break: within
        # reason the server lets them, and throws away what comes.
        raise Refused(BODY_TOO_LARGE if announced <= HANG_UP_ABOVE * limit else BODY_FAR_TOO_LARGE)
    try:
        async with asyncio.timeout(seconds):
            return await _receive(request, limit)
    except TimeoutError:
        raise Refused(REQUEST_TOO_SLOW) from None


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
