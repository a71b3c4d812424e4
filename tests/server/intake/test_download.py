"""Downloads, from servers on loopback that the policy opens."""

import asyncio
import dataclasses
import gzip
import ipaddress
import socket
import ssl
import threading
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import httpx
import pytest
import trustme

from server.contract import faults
from server.contract.faults import Fault, Refused
from server.intake.addresses import Address
from server.intake.download import LOOKUPS, Downloader, DownloadPolicy, NoDownloads
from server.shares import Holder
from tests.doubles import FixedEngine
from tests.server.origin import Origin, origin, page
from tests.server.running import assert_fault, serving

LOOPBACK = ipaddress.ip_network("127.0.0.0/8")
HOLDER = Holder("app", "10.0.0.1")
TLS = ssl.create_default_context()
"""For all tests: loading the roots anew for each would take most of their time."""


class Names:
    """A resolver that knows a few names, and says something else every time where it was told to."""

    def __init__(self, **answers: Sequence[str]) -> None:
        self.answers = {name.replace("_", "."): list(given) for name, given in answers.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> list[Address]:
        self.asked.append(host)
        try:
            return [ipaddress.ip_address(host.strip("[]"))]
        except ValueError:
            pass
        given = self.answers.get(host)
        if not given:
            raise OSError("no such name")
        answer = given.pop(0) if len(given) > 1 else given[0]
        return [ipaddress.ip_address(one) for one in answer.split()]


def run(coroutine: Coroutine[Any, Any, bytes]) -> bytes:
    return asyncio.run(coroutine)


def downloader(site: Origin, names: Names | None = None, **policy: Any) -> Downloader:
    given: dict[str, Any] = {"ports": frozenset({site.port}), "opened": (LOOPBACK,), "seconds": 20.0} | policy
    return Downloader(DownloadPolicy(**given), names or Names(), TLS)


def assert_refused(coroutine: Coroutine[Any, Any, bytes], fault: Fault) -> None:
    with pytest.raises(Refused) as refused:
        asyncio.run(coroutine)
    assert refused.value.fault == fault


async def fetch(replies: dict[str, Any], path: str = "/", names: Names | None = None, **policy: Any) -> bytes:
    async with origin(replies) as site:
        for name, reply in site.replies.items():
            if isinstance(reply, bytes):
                site.replies[name] = reply.replace(b"PORT", str(site.port).encode())
        return await downloader(site, names, **policy).fetch(f"http://127.0.0.1:{site.port}{path}", HOLDER)


class TestWhatIsFetched:
    @pytest.mark.parametrize("content_type", ["image/jpeg", "text/html", "application/x-nonsense"])
    def test_the_bytes_whatever_the_server_calls_them(self, content_type: str) -> None:
        assert run(fetch({"/": page(b"\xff\xd8 bytes", content_type=content_type)})) == b"\xff\xd8 bytes"

    def test_chunked_and_with_length(self) -> None:
        chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\npic\r\n4\r\nture\r\n0\r\n\r\n"
        assert run(fetch({"/": chunked})) == b"picture"
        assert run(fetch({"/": page(content_length="7")})) == b"picture"

    def test_path_and_query_are_kept_and_the_fragment_is_not_sent(self) -> None:
        assert run(fetch({"/a%20b?x=1&y=%2F": page()}, "/a%20b?x=1&y=%2F#part")) == b"picture"

    @pytest.mark.parametrize(
        "status", ["204 No Content", "206 Partial Content", "404 Not Found", "500 Oops", "304 N"]
    )
    def test_any_other_status_fails(self, status: str) -> None:
        assert_refused(fetch({"/": page(status=status)}), faults.DOWNLOAD_FAILED)

    @pytest.mark.parametrize("reply", [b"", b"HTTP/1.1 200 OK\r\n", b"no HTTP\r\n\r\n", page(content_length="99")])
    def test_a_server_that_breaks_off_fails(self, reply: bytes) -> None:
        assert_refused(fetch({"/": reply}), faults.DOWNLOAD_FAILED)

    def test_nothing_is_an_empty_picture(self) -> None:
        assert_refused(fetch({"/": page(b"")}), faults.PICTURE_EMPTY)

    def test_nobody_listens(self) -> None:
        async def closed() -> bytes:
            async with origin({}) as site:
                pass
            return await downloader(site).fetch(f"http://127.0.0.1:{site.port}/", HOLDER)

        assert_refused(closed(), faults.DOWNLOAD_FAILED)


class TestLimits:
    def test_the_longest_picture(self) -> None:
        assert len(run(fetch({"/": page(b"x" * 5000)}, max_bytes=5000))) == 5000
        assert_refused(fetch({"/": page(b"x" * 5001)}, max_bytes=5000), faults.DOWNLOAD_TOO_LARGE)

    def test_a_body_without_end_is_left(self) -> None:
        async def pour(writer: asyncio.StreamWriter) -> None:
            writer.write(page(b""))
            while True:
                writer.write(b"x" * 65536)
                await writer.drain()

        assert_refused(fetch({"/": pour}, max_bytes=1_000_000), faults.DOWNLOAD_TOO_LARGE)

    @pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200", page(b"x")], ids=["connected", "head", "body"])
    def test_a_server_that_goes_silent_is_left(self, start: bytes) -> None:
        async def drip(writer: asyncio.StreamWriter) -> None:
            writer.write(start)
            await asyncio.Event().wait()

        assert_refused(fetch({"/": drip}, seconds=0.2), faults.DOWNLOAD_TOO_SLOW)

    def test_dripping_bytes_do_not_win_time(self) -> None:
        async def drip(writer: asyncio.StreamWriter) -> None:
            writer.write(page(b""))
            while True:
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(0.01)  # the drip itself

        assert_refused(fetch({"/": drip}, seconds=0.3), faults.DOWNLOAD_TOO_SLOW)

    def test_a_slow_name_server_counts(self) -> None:
        class Silent(Names):
            async def __call__(self, host: str, port: int) -> list[Address]:
                await asyncio.Event().wait()
                raise AssertionError

        assert_refused(fetch({"/": page()}, names=Silent(), seconds=0.1), faults.DOWNLOAD_TOO_SLOW)

    @pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "identity, gzip"])
    def test_what_is_compressed_is_not_expanded(self, encoding: str) -> None:
        bomb = gzip.compress(bytes(1_000_000))
        assert_refused(fetch({"/": page(bomb, content_encoding=encoding)}), faults.DOWNLOAD_FAILED)

    def test_more_downloads_at_once_than_allowed(self) -> None:
        async def both() -> bytes:
            entered, go = asyncio.Event(), asyncio.Event()

            async def wait(writer: asyncio.StreamWriter) -> None:
                entered.set()
                await go.wait()
                writer.write(page())

            async with origin({"/": wait}) as site:
                one, url = downloader(site, concurrent=1), f"http://127.0.0.1:{site.port}/"
                first = asyncio.create_task(one.fetch(url, HOLDER))
                await entered.wait()
                with pytest.raises(Refused) as refused:
                    await one.fetch(url, HOLDER)
                assert refused.value.fault == faults.OVERLOADED
                go.set()
                await first
                return await one.fetch(url, HOLDER)  # and there is room again

        assert run(both()) == b"picture"

    def test_slow_downloads_of_one_app_give_way_to_another_app(self) -> None:
        async def work() -> bytes:
            entered: asyncio.Queue[None] = asyncio.Queue()

            async def wait(writer: asyncio.StreamWriter) -> None:
                entered.put_nowait(None)
                await asyncio.Event().wait()

            async with origin({"/slow": wait, "/": page()}) as site:
                one, url = downloader(site, concurrent=2), f"http://127.0.0.1:{site.port}/"
                slow = [asyncio.create_task(one.fetch(url + "slow", Holder("hog"))) for _ in range(2)]
                for _ in slow:
                    await entered.get()
                picture = await one.fetch(url, HOLDER)
                with pytest.raises(Refused) as refused:
                    await slow[1]
                assert refused.value.fault == faults.OVERLOADED
                slow[0].cancel()
                return picture

        assert run(work()) == b"picture"

    def test_names_that_are_never_answered_cost_one_app_its_look_ups_only(self) -> None:
        async def work() -> bytes:
            names = Dead(good_example=["127.0.0.1"])
            async with origin({"/": page()}) as site:
                hasty = downloader(site, names, concurrent=3, seconds=0.01)
                for _ in range(3):
                    with pytest.raises(Refused) as refused:
                        await hasty.fetch(f"http://dead.example:{site.port}/", Holder("hog"))
                    assert refused.value.fault == faults.DOWNLOAD_TOO_SLOW
                with pytest.raises(Refused) as refused:
                    await hasty.fetch(f"http://dead.example:{site.port}/", Holder("hog"))
                assert refused.value.fault == faults.OVERLOADED
                assert len(names.asked) == 3 < LOOKUPS * 3
                hasty._policy = dataclasses.replace(hasty._policy, seconds=20.0)
                return await hasty.fetch(f"http://good.example:{site.port}/", HOLDER)

        assert run(work()) == b"picture"


class Dead(Names):
    """Questions for one name are never answered, as by a thread that asks a dead name server: nobody can end it."""

    async def __call__(self, host: str, port: int) -> list[Address]:
        if host == "dead.example":
            self.asked.append(host)
            await asyncio.Event().wait()
        return await super().__call__(host, port)


class TestWhereTo:
    @pytest.mark.parametrize(
        "url",
        [
            "http://user:secret@127.0.0.1:PORT/",
            "http://user@127.0.0.1:PORT/",
            "ftp://127.0.0.1:PORT/",
            "http://127.0.0.1:0/",
            "http://127.0.0.1:22/",
            "http://127.0.0.1:99999/",
            "http:///p.jpg",
            "http://",
            "http://[::1/",
            "http://a b/",
            "http://\x00/",
            "http://xn--\u0130.example:PORT/",
            "http://nowhere.example:PORT/",
            "http://xn--a:PORT/",  # found by fuzzing: no valid punycode
            "http://[::ffff:1.2.3.4%25\x80]:PORT/",  # found by fuzzing: no ASCII between brackets
            "http://" + "a" * 300 + ".example:PORT/",
        ],
    )
    def test_urls_that_are_refused(self, url: str) -> None:
        async def ask() -> bytes:
            async with origin({"/": page()}) as site:
                return await downloader(site).fetch(url.replace("PORT", str(site.port)), HOLDER)

        assert_refused(ask(), faults.BAD_URL)

    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "017700000001",
            "0",
            "localhost",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "169.254.169.254",
            "10.0.0.1",
        ],
    )
    def test_loopback_in_no_spelling(self, host: str) -> None:
        async def ask() -> bytes:
            async with origin({"/": page()}) as site:
                closed = Downloader(
                    DownloadPolicy(ports=frozenset({site.port})), tls=TLS
                )  # the system's own resolver
                try:
                    return await closed.fetch(f"http://{host}:{site.port}/", HOLDER)
                finally:
                    assert site.asked == []

        assert_refused(ask(), faults.BAD_URL)

    def test_a_name_with_one_forbidden_address_is_forbidden(self) -> None:
        async def ask() -> bytes:
            async with origin({"/": page()}) as site:
                names = Names(mixed_example=["127.0.0.1 10.0.0.1"])
                return await downloader(site, names).fetch(f"http://mixed.example:{site.port}/", HOLDER)

        assert_refused(ask(), faults.BAD_URL)

    def test_a_name_is_looked_up_once_and_its_checked_address_is_used(self) -> None:
        async def ask() -> bytes:
            async with origin({"/": page(b"checked")}) as site, origin({"/": page(b"rebound")}, "127.0.0.2"):
                names = Names(rebind_example=["127.0.0.1", "10.0.0.1"])
                body = await downloader(site, names).fetch(f"http://rebind.example:{site.port}/", HOLDER)
                assert names.asked == ["rebind.example"]
                assert site.asked[0][1]["host"] == f"rebind.example:{site.port}"
                return body

        assert run(ask()) == b"checked"

    def test_rebinding_between_two_requests_is_seen(self) -> None:
        async def ask() -> bytes:
            async with origin({"/": page(b"", "302 Found", location="/again")}) as site:
                names = Names(rebind_example=["127.0.0.1", "10.0.0.1"])
                try:
                    return await downloader(site, names).fetch(f"http://rebind.example:{site.port}/", HOLDER)
                finally:
                    assert len(site.asked) == 1

        assert_refused(ask(), faults.BAD_URL)

    def test_the_next_address_is_tried_where_one_does_not_answer(self) -> None:
        async def ask() -> bytes:
            async with origin({"/": page()}) as site:
                names = Names(two_example=["127.0.0.9 127.0.0.1"])
                return await downloader(site, names).fetch(f"http://two.example:{site.port}/", HOLDER)

        assert run(ask()) == b"picture"


class TestRedirects:
    @pytest.mark.parametrize("status", ["301 M", "302 Found", "303 S", "307 T", "308 P"])
    @pytest.mark.parametrize("location", ["/b", "b", "//127.0.0.1:PORT/b", "http://127.0.0.1:PORT/b"])
    def test_are_followed(self, status: str, location: str) -> None:
        assert run(fetch({"/": page(b"", status, location=location), "/b": page()})) == b"picture"

    def test_three_and_no_more(self) -> None:
        chain: dict[str, Any] = {f"/{n}": page(b"", "302 Found", location=f"/{n + 1}") for n in range(5)}
        assert run(fetch(chain | {"/3": page()}, "/0")) == b"picture"
        assert_refused(fetch(chain | {"/4": page()}, "/0"), faults.DOWNLOAD_FAILED)

    def test_in_a_circle(self) -> None:
        assert_refused(fetch({"/": page(b"", "302 Found", location="/")}), faults.DOWNLOAD_FAILED)

    @pytest.mark.parametrize(
        "location",
        [
            "http://169.254.169.254:PORT/latest/meta-data",
            "http://10.0.0.1:PORT/",
            "http://[::1]:PORT/",
            "http://127.0.0.1:22/",
            "file:///etc/passwd",
            "ftp://127.0.0.1:PORT/",
            "http://user:secret@127.0.0.1:PORT/b",
            "http://nowhere.example:PORT/",
            "http://[",
        ],
    )
    def test_to_where_nothing_may_go(self, location: str) -> None:
        replies = {"/": page(b"", "302 Found", location=location), "/b": page()}
        assert_refused(fetch(replies), faults.BAD_URL)

    def test_without_a_place(self) -> None:
        assert_refused(fetch({"/": page(b"", "302 Found")}), faults.DOWNLOAD_FAILED)

    def test_the_next_host_gets_no_cookie(self) -> None:
        async def ask() -> bytes:
            first = page(b"", "302 Found", location="/b", set_cookie="a=1; Path=/")
            async with origin({"/": first, "/b": page()}) as site:
                body = await downloader(site).fetch(f"http://127.0.0.1:{site.port}/", HOLDER)
                assert all("cookie" not in headers for _, headers in site.asked)
                assert site.asked[0][1]["accept-encoding"] == "identity"
                return body

        assert run(ask()) == b"picture"


def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert run(fetch({"/": page()})) == b"picture"


class TestTls:
    def ask(self, certified: str, asked: str) -> bytes:
        async def ask() -> bytes:
            authority, server_side = trustme.CA(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            authority.issue_cert(certified).configure_cert(server_side)
            client_side = ssl.create_default_context()
            authority.configure_trust(client_side)
            async with origin({"/": page()}, tls=server_side) as site:
                policy = DownloadPolicy(ports=frozenset({site.port}), opened=(LOOPBACK,))
                names = Names(pictures_example=["127.0.0.1"])
                return await Downloader(policy, names, client_side).fetch(f"https://{asked}:{site.port}/", HOLDER)

        return run(ask())

    def test_the_certificate_is_of_the_name_not_the_address(self) -> None:
        assert self.ask("pictures.example", "pictures.example") == b"picture"

    def test_a_certificate_of_another_name(self) -> None:
        with pytest.raises(Refused) as refused:
            self.ask("other.example", "pictures.example")
        assert refused.value.fault == faults.DOWNLOAD_FAILED

    def test_a_certificate_of_an_address(self) -> None:
        assert self.ask("127.0.0.1", "127.0.0.1") == b"picture"


def test_switched_off() -> None:
    assert_refused(NoDownloads().fetch("http://example.com/p.jpg", HOLDER), faults.DOWNLOAD_OFF)


class TestOverHttp:
    def test_the_picture_is_read_and_a_forbidden_place_is_refused(self) -> None:
        started, ended, ports = threading.Event(), threading.Event(), []

        async def serve() -> None:
            async with origin({"/p.jpg": page(b"the picture")}) as site:
                ports.append(site.port)
                started.set()
                await asyncio.to_thread(ended.wait)

        thread = threading.Thread(target=lambda: asyncio.run(serve()))
        thread.start()
        try:
            assert started.wait(30)
            engine = FixedEngine()
            opened = {"download_networks": "127.0.0.0/8", "download_ports": str(ports[0])}
            with serving(lambda: engine, **opened) as client:
                response = self.ask(client, f"http://127.0.0.1:{ports[0]}/p.jpg")
                assert (response.status_code, response.json()["code"]) == (200, 0)
                assert engine.given[-1] == b"the picture"
                assert_fault(self.ask(client, "http://10.0.0.1/p.jpg"), -1505, session_id="s")
        finally:
            ended.set()
            thread.join()

    def test_switched_off(self) -> None:
        with serving(FixedEngine, download=False) as client:
            response = self.ask(client, "HTTP://example.com/p.jpg")
            assert_fault(response, -1505, session_id="s")
            assert "does not download" in response.json()["message"]

    def ask(self, client: httpx.Client, url: str) -> httpx.Response:
        return client.post("/ocr/passport", json={"app_id": "1", "url": url, "session_id": "s"})


def test_dead_name_servers_cost_no_other_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, answered = threading.Semaphore(0), threading.Event()
    look_up = socket.getaddrinfo

    def dead(host: Any, *rest: Any, **named: Any) -> Any:
        if host == "dead.example":
            asked.release()
            answered.wait()  # a thread that nobody can end
            raise OSError("no such name")
        return look_up(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", dead)
    with serving(FixedEngine, download_seconds=60) as client, ThreadPoolExecutor(16) as threads:
        ask = partial(client.post, "/ocr/passport")
        hanging = [threads.submit(ask, json={"app_id": "1", "url": "http://dead.example/"}) for _ in range(16)]
        for _ in hanging:
            asked.acquire()
        assert ask(json={"app_id": "1", "image": "AAAA"}).json()["code"] == 0
        answered.set()
        for one in hanging:
            assert_fault(one.result(), -1505)
