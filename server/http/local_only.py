"""Without authorization only programs of this machine are served, and no web page that a browser here shows.

A page of a foreign site can make its own name resolve to 127.0.0.1 (DNS rebinding); the browser then lets it read the
answers. But the ``Host`` it sends is still that name.
"""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ..contract.answers import refuse
from ..contract.faults import FOREIGN_HOST
from ..settings import is_loopback


class LocalOnly:
    """ASGI middleware that refuses requests whose ``Host`` is not this machine's loopback."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        # Every browser sends a Host; what sends none, as HTTP/1.0 may, is none.
        local = scope["type"] != "http" or is_loopback(_name(Headers(scope=scope).get("host", "localhost")))
        await (self._app if local else refuse(FOREIGN_HOST))(scope, receive, send)


def _name(header: str) -> str:
    """The header without its port: ``[::1]:8000`` and ``localhost:8000`` have one."""
    name, _, port = header.rpartition(":")
    return name if name and port.isascii() and port.isdigit() else header
