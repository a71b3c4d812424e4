"""Without authorization only programs of this machine are served, and no web page that a browser here shows.

A page of a foreign site can make its own name resolve to 127.0.0.1 (DNS rebinding); the browser then lets it read the
answers. But the ``Host`` it sends is still that name. It can also send a form to 127.0.0.1 without reading the
answer; the browser then says so in ``Sec-Fetch-Site`` (W3C Fetch Metadata) or ``Origin``.
"""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ..contract.dialects import dialect_of
from ..contract.faults import FOREIGN_HOST, FOREIGN_PAGE, Fault
from ..settings import is_loopback
from .origin import is_of_host


class LocalOnly:
    """ASGI middleware that refuses requests for another ``Host`` than this machine, or from another site's page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        fault = _fault_of(scope["method"], Headers(scope=scope)) if scope["type"] == "http" else None
        await (self._app if fault is None else dialect_of(scope).refuse(fault, scope))(scope, receive, send)


def _fault_of(method: str, headers: Headers) -> Fault | None:
    # Every browser sends a Host; what sends none, as HTTP/1.0 may, is none.
    host = headers.get("host", "localhost")
    if not is_loopback(_name(host)):
        return FOREIGN_HOST
    follows_a_link = method in ("GET", "HEAD") and headers.get("sec-fetch-mode") == "navigate"
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin") and not follows_a_link:
        return FOREIGN_PAGE
    origin = headers.get("origin")
    return None if origin is None or is_of_host(origin, host) else FOREIGN_PAGE


def _name(header: str) -> str:
    """The header without its port: ``[::1]:8000`` and ``localhost:8000`` have one."""
    name, _, port = header.rpartition(":")
    return name if name and port.isascii() and port.isdigit() else header
