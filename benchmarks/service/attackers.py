"""What one app may do to take the service from the others; each goes on until its process is ended.

``python -m benchmarks.service.attackers NAME PORT SIGNATURE``; `benchmarks.attacks` starts it. On loopback only, and
bounded: so many connections, no more.
"""

import asyncio
import contextlib
import io
import itertools
import json
import resource
import subprocess
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, Final

import numpy as np
from PIL import Image

ATTACKER: Final = "198.51.100.7"
"""Its address, as the proxy on loopback tells it (documentation range, RFC 5737)."""
SIX_MB: Final = 6 * 1024 * 1024
ORIGIN_PORT: Final = 18_080
"""Where pictures would be downloaded from."""
READ_TIMEOUT: Final = 120.0

Attack = Callable[["Target"], Coroutine[Any, Any, None]]


class Target:
    """The service, and the signature the attacker has."""

    def __init__(self, port: int, signature: str) -> None:
        self._port = port
        self._signature = signature

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection."""
        return await asyncio.open_connection("127.0.0.1", self._port)

    def head(self, length: int, kind: str = "application/json") -> bytes:
        """A request's head; the body of ``length`` bytes follows."""
        lines = (
            "POST /ocr/passport HTTP/1.1",
            "Host: localhost",
            f"Authorization: {self._signature}",
            f"X-Forwarded-For: {ATTACKER}",
            f"Content-Type: {kind}",
            f"Content-Length: {length}",
        )
        return "\r\n".join((*lines, "", "")).encode()

    async def ask(self, body: bytes, kind: str = "application/json") -> None:
        """Send a request and wait for its answer, whatever it is."""
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
            async with asyncio.timeout(READ_TIMEOUT):
                reader, writer = await self.connect()
                writer.write(self.head(len(body), kind) + body)
                await writer.drain()
                await reader.read(1)
                writer.close()


async def _many(count: int, one: Callable[[], Awaitable[None]]) -> None:
    async def forever() -> None:
        while True:
            try:
                await one()
            except OSError:  # refused or hung up
                await asyncio.sleep(0.05)

    await asyncio.gather(*(forever() for _ in range(count)))


async def downloads(target: Target) -> None:
    """URLs of a server that takes connections and says nothing."""

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with await asyncio.start_server(silent, "127.0.0.1", ORIGIN_PORT):
        body = json.dumps({"app_id": "2", "url": f"http://127.0.0.1:{ORIGIN_PORT}/p.jpg"}).encode()
        await _many(64, lambda: target.ask(body))


async def slow_uploads(target: Target) -> None:
    """Bodies that arrive a byte a second."""

    async def one() -> None:
        _, writer = await target.connect()
        writer.write(target.head(100_000))
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(1)

    await _many(64, one)


async def costly_pictures(target: Target) -> None:
    """Large pictures of noise, which take long to be refused."""
    file = io.BytesIO()
    noise = np.random.default_rng(1).integers(0, 256, (3000, 4000), dtype=np.uint8)
    Image.fromarray(noise).resize((2400, 1800)).save(file, "JPEG", quality=80)
    await _many(16, lambda: target.ask(*_form(file.getvalue())))


async def crafted_pictures(target: Target) -> None:
    """Pictures that cost decoders much: a side of 64,000,000 pixels, megabytes of fill bytes, empty segments."""
    file = io.BytesIO()
    Image.new("1", (64_000_000, 1)).save(file, "PNG")
    start = b"\xff\xd8"
    pictures = itertools.cycle(
        [file.getvalue(), start + b"\xff" * 5_000_000, start + b"\xff\xfe\x00\x02" * 1_000_000]
    )
    await _many(8, lambda: target.ask(*_form(next(pictures))))


async def large_bodies(target: Target) -> None:
    """Bodies as long as they may be, whose picture is none."""
    body = b'{"app_id": "2", "image": "' + b"A" * (SIX_MB - 28) + b'"}'
    await _many(64, lambda: target.ask(body))


async def idle_connections(target: Target) -> None:
    """Connections that say nothing."""

    async def one() -> None:
        reader, _ = await target.connect()
        await reader.read()
        await asyncio.sleep(10)  # it was closed for another: it comes back, but is no flood

    await _many(2000, one)


async def unread_answers(target: Target) -> None:
    """Requests whose answers are never read."""

    async def one() -> None:
        _, writer = await target.connect()
        head = b"GET /docs HTTP/1.1\r\nHost: localhost\r\n\r\n"
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        writer.write(head * 50)
        await asyncio.sleep(30)
        writer.close()

    await _many(150, one)


async def broken_requests(target: Target) -> None:
    """Heads that mean two things, or nothing."""
    start = b"POST /ocr/passport HTTP/1.1\r\nHost: a\r\n"
    heads = itertools.cycle(
        (
            start + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            start + b"Content-Length: 2, 2\r\n\r\n{}",
            b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000 + b"\r\n\r\n",
            b"\x16\x03\x01\x02\x00",
        )
    )

    async def one() -> None:
        reader, writer = await target.connect()
        writer.write(next(heads))
        await reader.read(1)
        writer.close()
        await asyncio.sleep(0.2)

    await _many(32, one)


async def cheap_refusals(target: Target) -> None:
    """Requests that are refused at once: no signature, a wrong one, no such path, no picture; on kept connections."""
    signed = target.head(2) + b"{}"
    told = f"Host: a\r\nX-Forwarded-For: {ATTACKER}\r\n".encode()
    unsigned = b"POST /ocr/passport HTTP/1.1\r\n" + told + b"Content-Length: 2\r\n\r\n{}"
    nowhere = b"GET /nowhere HTTP/1.1\r\n" + told + b"\r\n"
    wrong = signed.replace(b"Authorization: ", b"Authorization: A")
    requests = itertools.cycle((unsigned, wrong, nowhere, signed))

    async def one() -> None:
        reader, writer = await target.connect()
        with contextlib.suppress(asyncio.IncompleteReadError), contextlib.closing(writer):
            while True:
                writer.write(next(requests))
                head = await reader.readuntil(b"\r\n\r\n")
                await reader.readexactly(int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0]))

    await _many(64, one)


async def reconnects(target: Target) -> None:
    """Connections that are closed as soon as they are open, without pause."""

    async def one() -> None:
        _, writer = await target.connect()
        writer.close()
        await writer.wait_closed()

    await _many(32, one)


ATTACKS: Final[dict[str, Attack]] = {
    attack.__name__: attack
    for attack in (
        downloads,
        slow_uploads,
        costly_pictures,
        crafted_pictures,
        large_bodies,
        idle_connections,
        unread_answers,
        broken_requests,
        cheap_refusals,
        reconnects,
    )
}


@contextmanager
def attacking(name: str, port: int, signature: str = "") -> Iterator["subprocess.Popen[bytes]"]:
    """Let one attack go on, in a process of its own, while the block runs.

    Raises:
        RuntimeError: it ended by itself.
    """
    command = [sys.executable, "-m", "benchmarks.service.attackers", name, str(port), signature]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as attacker:
        try:
            yield attacker
        finally:
            alive = attacker.poll() is None
            attacker.kill()
    if not alive:
        raise RuntimeError(f"{name} ended by itself")


def _form(picture: bytes) -> tuple[bytes, str]:
    parts = b'--b\r\nContent-Disposition: form-data; name="app_id"\r\n\r\n2\r\n'
    parts += b'--b\r\nContent-Disposition: form-data; name="image"; filename="p"\r\n\r\n' + picture + b"\r\n--b--\r\n"
    return parts, "multipart/form-data; boundary=b"


if __name__ == "__main__":
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    asyncio.run(ATTACKS[sys.argv[1]](Target(int(sys.argv[2]), sys.argv[3])))
