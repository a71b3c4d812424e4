"""Where a request ends: heads that another program on the way might understand differently are refused.

Two programs that do not agree where a request ends let a client smuggle one past the first (RFC 9112, 11.2). h11 is
generous: it takes lines that end with LF alone, lengths that are repeated, and lengths beside Transfer-Encoding.
"""

import re
from typing import Any, Final

import h11

from ..contract.faults import AMBIGUOUS_LENGTH, HEAD_TOO_LONG, NOT_HTTP, Fault

MAX_HEAD: Final = 64 * 1024
"""Bytes of a request's line and headers; clients of API 3.0 may send 32 KB in a query."""
_END: Final = re.compile(rb"\n\r?\n")
_LF_ALONE: Final = re.compile(rb"(?<!\r)\n")
_FOLDED: Final = re.compile(rb"\n[ \t]")
_LENGTH: Final = re.compile(rb"\ncontent-length[ \t]*:([^\r]*)", re.IGNORECASE)
_ENCODING: Final = re.compile(rb"\ntransfer-encoding[ \t]*:", re.IGNORECASE)


class StrictConnection(h11.Connection):
    """h11's connection, that looks at each head before h11 does; ``malformed`` says what was wrong with one.

    ``head`` is what came of the last request's, if that is known.
    """

    malformed: Fault | None = None
    head: bytes = b""

    def __init__(self) -> None:
        super().__init__(h11.SERVER, max_incomplete_event_size=MAX_HEAD)

    def next_event(self) -> Any:
        """See `h11.Connection`."""
        if self.their_state is h11.IDLE:
            self.head = self.trailing_data[0]
            self.malformed = fault_of(self.head)
            if self.malformed is not None:
                raise h11.RemoteProtocolError(self.malformed.message)
        return super().next_event()


def fault_of(received: bytes) -> Fault | None:
    """What is wrong with the head that ``received`` begins with; None where it is not complete yet."""
    end = _END.search(received)
    head = received[: end.end()] if end else received
    if len(head) > MAX_HEAD:
        return HEAD_TOO_LONG
    if end is None:
        return None
    if _LF_ALONE.search(head) or _FOLDED.search(head):
        return NOT_HTTP
    lengths = _LENGTH.findall(head)
    if len(lengths) > 1 or any(b"," in length for length in lengths) or (lengths and _ENCODING.search(head)):
        return AMBIGUOUS_LENGTH
    return None
