"""Fetches the picture that ``url`` names, from where the operator allows and nowhere else.

A host name is resolved once, every address it has is checked, and the connection goes to the address that was
checked: a name that resolves to something else a moment later (DNS rebinding) gains nothing. Every redirect goes
the same way again.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeAlias

import httpx

from ..contract.faults import (
    BAD_URL,
    DOWNLOAD_FAILED,
    DOWNLOAD_OFF,
    DOWNLOAD_TOO_LARGE,
    DOWNLOAD_TOO_SLOW,
    OVERLOADED,
    PICTURE_EMPTY,
    Refused,
)
from ..shares import Holder, NoShare, Shares
from ..threads import in_own_thread
from .addresses import Address, Network, may_connect

MAX_REDIRECTS: Final = 3
MAX_ADDRESSES: Final = 4
"""Addresses of one host that are tried, one after another."""
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
LOOKUPS: Final = 4
"""Look-ups of names may run this many times as often as downloads: those a dead name server holds cannot be ended."""
DEFAULT_PORTS: Final = {"http": 80, "https": 443}
HEADERS: Final = {"User-Agent": "passport-ocr", "Accept": "image/*", "Accept-Encoding": "identity"}

Resolver: TypeAlias = Callable[[str, int], Coroutine[Any, Any, Sequence[Address]]]


@dataclass(frozen=True, slots=True)
class DownloadPolicy:
    """What may be downloaded: ``ports`` and networks ``opened`` beside the public ones; limits in bytes and seconds.

    ``seconds`` bounds the whole download, name look-up and redirects included; ``concurrent`` all of a process.
    """

    ports: frozenset[int] = frozenset({80, 443, 8080, 8443})
    opened: tuple[Network, ...] = ()
    max_bytes: int = 6 * 1024 * 1024
    seconds: float = 10.0
    concurrent: int = 16


@dataclass(frozen=True, slots=True)
class _Hop:
    """One request of a download, and the checked addresses it may go to."""

    url: httpx.URL
    addresses: tuple[Address, ...]


async def resolve(host: str, port: int) -> Sequence[Address]:
    """Every address of a host, as the system's resolver orders them.

    Raises:
        OSError: it has none.
    """
    found = await in_own_thread(socket.getaddrinfo, host, port, 0, socket.SOCK_STREAM)
    return [ipaddress.ip_address(address[0]) for *_, address in found]


class Downloads(Protocol):
    """What the service needs of a downloader."""

    async def fetch(self, url: str, holder: Holder) -> bytes:
        """Return the bytes behind ``url``, at least one, on behalf of ``holder``.

        Raises:
            server.contract.faults.Refused: there is no having them.
        """
        ...


class NoDownloads:
    """Stands where the operator switched downloads off."""

    async def fetch(self, url: str, holder: Holder) -> bytes:
        """Refuse with -1505."""
        raise Refused(DOWNLOAD_OFF)


class Downloader:
    """Downloads pictures; keeps no cookies, no connections and no files, and ignores proxies of the environment."""

    def __init__(
        self, policy: DownloadPolicy, resolver: Resolver = resolve, tls: ssl.SSLContext | None = None
    ) -> None:
        self._policy = policy
        self._resolve = resolver
        self._tls = tls or httpx.create_ssl_context()  # certifi's roots, or those of SSL_CERT_FILE
        self._places = Shares(policy.concurrent)
        self._lookups: Counter[str] = Counter()  # under way, by app

    async def fetch(self, url: str, holder: Holder) -> bytes:
        """Return the bytes behind ``url``, whatever the server says they are.

        Raises:
            Refused: -1505 the URL or where it leads is not allowed, -1506 it took too long, -1308 the server does
                not answer 200 with at most so many bytes, -1300 with none, 503 too many downloads are under way.
        """
        patience, gave_way = asyncio.timeout(self._policy.seconds), asyncio.Event()

        def give_way() -> None:
            gave_way.set()
            patience.reschedule(0)

        try:
            with self._places.held(holder, 1, give_way):
                async with patience:
                    return await self._follow(url, holder)
        except NoShare:
            raise Refused(OVERLOADED) from None
        except (TimeoutError, httpx.TimeoutException):
            raise Refused(OVERLOADED if gave_way.is_set() else DOWNLOAD_TOO_SLOW) from None
        except httpx.HTTPError:
            raise Refused(DOWNLOAD_FAILED) from None

    async def _follow(self, url: str, holder: Holder) -> bytes:
        target = _parsed(url)
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._ask(await self._checked(target, holder))
            if isinstance(answer, bytes):
                return answer
            target = answer
        raise Refused(DOWNLOAD_FAILED)

    async def _checked(self, url: httpx.URL, holder: Holder) -> _Hop:
        host, port = _ascii_host(url), _port_of(url)
        if url.scheme not in DEFAULT_PORTS or not host or url.userinfo or port not in self._policy.ports:
            raise Refused(BAD_URL)
        try:
            addresses = await self._look_up(host, port, holder.app)
        except (OSError, ValueError):  # ValueError: labels that no name server could be asked for
            addresses = []
        # The same answer for a name that does not exist: names of the inside are nobody's business. One bad address
        # spoils them all: such a name is a trap or a mistake.
        if not addresses or not all(may_connect(address, self._policy.opened) for address in addresses):
            raise Refused(BAD_URL)
        return _Hop(url, tuple(dict.fromkeys(addresses))[:MAX_ADDRESSES])

    async def _look_up(self, host: str, port: int, app: str) -> Sequence[Address]:
        """Ask the resolver; a question nobody waits for any more still counts, until its thread has ended."""
        if (
            self._lookups[app] >= self._policy.concurrent
            or self._lookups.total() >= LOOKUPS * self._policy.concurrent
        ):
            raise Refused(OVERLOADED)
        self._lookups[app] += 1
        asking = asyncio.create_task(self._resolve(host, port))
        asking.add_done_callback(lambda _: self._end_look_up(app))
        return await asyncio.shield(asking)

    def _end_look_up(self, app: str) -> None:
        self._lookups[app] -= 1
        if not self._lookups[app]:
            del self._lookups[app]

    async def _ask(self, hop: _Hop) -> bytes | httpx.URL:
        for address in hop.addresses[:-1]:
            try:
                return await self._ask_address(hop.url, address)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._ask_address(hop.url, hop.addresses[-1])

    async def _ask_address(self, url: httpx.URL, address: Address) -> bytes | httpx.URL:
        # The connection goes to the address; Host, SNI and the certificate's name stay the URL's.
        request = httpx.Request(
            "GET",
            url.copy_with(host=str(address), fragment=None),
            headers=HEADERS | {"Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": _ascii_host(url), "timeout": httpx.Timeout(self._policy.seconds).as_dict()},
        )
        # A transport, not a client: no cookies, no proxies, no redirects, no decoding behind our back.
        async with httpx.AsyncHTTPTransport(verify=self._tls, trust_env=False) as transport:
            response = await transport.handle_async_request(request)
            try:
                if response.status_code in REDIRECTS:
                    return _redirected(url, response)
                return await self._receive(response)
            finally:
                await response.aclose()

    async def _receive(self, response: httpx.Response) -> bytes:
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if response.status_code != 200 or encoding not in ("", "identity"):  # nothing is ever expanded
            raise Refused(DOWNLOAD_FAILED)
        body = bytearray()
        assert isinstance(response.stream, httpx.AsyncByteStream)
        async for chunk in response.stream:
            body += chunk
            if len(body) > self._policy.max_bytes:
                raise Refused(DOWNLOAD_TOO_LARGE)
        if not body:
            raise Refused(PICTURE_EMPTY)
        return bytes(body)


def _parsed(url: str) -> httpx.URL:
    try:
        return httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError):
        raise Refused(BAD_URL) from None


def _port_of(url: httpx.URL) -> int:
    return DEFAULT_PORTS.get(url.scheme, 0) if url.port is None else url.port


def _ascii_host(url: httpx.URL) -> str:
    try:
        return url.raw_host.decode("ascii")
    except ValueError:  # between brackets httpx lets any character pass
        raise Refused(BAD_URL) from None


def _redirected(url: httpx.URL, response: httpx.Response) -> httpx.URL:
    try:
        return url.join(response.headers["location"])
    except KeyError:
        raise Refused(DOWNLOAD_FAILED) from None
    except (httpx.InvalidURL, ValueError):
        raise Refused(BAD_URL) from None
