"""A web server on loopback that answers whatever a test tells it to."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field

from starlette.datastructures import Headers

Reply = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Origin:
    """``replies`` by path; ``asked`` remembers the paths and headers that came."""

    replies: dict[str, bytes | Reply]
    port: int = 0
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError), closing(writer):
            head = await reader.readuntil(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").splitlines()
            path = first.split(" ")[1]
            raw = [tuple(part.strip().encode() for part in line.split(":", 1)) for line in lines if line]
            self.asked.append((path, Headers(raw=[(name.lower(), value) for name, value in raw])))
            reply = self.replies[path]
            if isinstance(reply, bytes):
                writer.write(reply)
            else:
                await reply(writer)
            await writer.drain()


def page(body: bytes = b"picture", status: str = "200 OK", **headers: str) -> bytes:
    """An answer that ends with its connection; ``content_type`` becomes ``content-type``."""
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "connection: close", "", ""]).encode() + body


@asynccontextmanager
async def origin(
    replies: Mapping[str, bytes | Reply], host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> AsyncIterator[Origin]:
    """Serve while the block runs."""
    site = Origin(dict(replies))
    tasks: set[asyncio.Task[None]] = set()
    server = await asyncio.start_server(
        lambda reader, writer: tasks.add(asyncio.create_task(site.serve(reader, writer))), host, 0, ssl=tls
    )
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
