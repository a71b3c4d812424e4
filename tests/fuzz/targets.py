"""What is fed, and what it may do with it: answer, or refuse in the way it promises. Anything else is a finding."""

import asyncio
import contextlib
import json
import random
import socket
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import Any

from engine import Engine
from engine.decode import Limits, decode_photo
from engine.errors import BadImage, NothingToRead
from server.auth.access_token import parse_token
from server.auth.parameter_signature import parse_parameter_signature
from server.auth.signature import parse_signature, verify
from server.auth.tc3 import Head, parse_tc3
from server.contract.faults import Refused
from server.intake.addresses import Address
from server.intake.body import parse_fields, picture_of, session_of
from server.intake.download import Downloader, DownloadPolicy
from server.intake.forms import parse_form
from server.intake.parameters import parse_parameters
from server.shares import Holder
from tests.doubles import FixedEngine
from tests.fuzz import mutate
from tests.server.running import serving

SMALL = Limits(max_pixels=2_000_000)
SHARES: Mapping[str, int] = {
    "decode": 385,
    "json": 150,
    "form": 110,
    "parameters": 100,
    "signature": 60,
    "tc3": 40,
    "token": 30,
    "url": 50,
    "wire": 70,
    "read": 5,
}
"""Of a thousand cases."""


@dataclass(frozen=True)
class Case:
    """One input: ``content`` is what a finding's file holds."""

    target: str
    content: bytes
    run: Callable[[], None]


class Targets:
    """Everything that can be fed; opens an engine and a service once."""

    def __init__(self) -> None:
        warnings.simplefilter("ignore")  # Pillow remarks on broken metadata
        self._open = contextlib.ExitStack()
        self._engine = Engine(max_pixels=SMALL.max_pixels)
        self._service = self._open.enter_context(serving(FixedEngine, read_seconds=5.0)).base_url
        self._downloader = Downloader(DownloadPolicy(ports=frozenset(range(65536))), _no_names)
        self._loop = asyncio.new_event_loop()

    def close(self) -> None:
        """Let go of everything."""
        self._loop.close()
        self._open.close()

    def case(self, seed: int, number: int) -> Case:
        """The case of this ``number``; always the same for a ``seed``."""
        random_ = random.Random(f"{seed}/{number}")
        target = random_.choices(list(SHARES), list(SHARES.values()))[0]
        made: Case = getattr(self, f"_{target}")(random_)
        return made

    def _decode(self, random_: random.Random) -> Case:
        pictures = mutate.small_pictures()
        data = mutate.mutated(random_, random_.choice(pictures), pictures)
        return Case("decode", data, lambda: _allowing(BadImage, lambda: decode_photo(data, SMALL)))

    def _json(self, random_: random.Random) -> Case:
        body = mutate.json_body(random_)
        return Case("json", body, lambda: _take_in("application/json", body))

    def _form(self, random_: random.Random) -> Case:
        content_type, body = mutate.form_body(random_)
        return Case("form", content_type.encode() + b"\n" + body, lambda: _take_in(content_type, body))

    def _signature(self, random_: random.Random) -> Case:
        header = mutate.signature(random_)
        return Case("signature", header.encode(), lambda: _allowing(Refused, lambda: _check(header)))

    def _parameters(self, random_: random.Random) -> Case:
        content_type, body = mutate.parameters(random_)
        return Case("parameters", content_type.encode() + b"\n" + body, lambda: _order(content_type, body))

    def _tc3(self, random_: random.Random) -> Case:
        header = mutate.tc3(random_)
        return Case("tc3", header.encode(), lambda: _allowing(Refused, lambda: _prove(header)))

    def _token(self, random_: random.Random) -> Case:
        text = mutate.token(random_)
        return Case("token", text.encode(), lambda: _allowing(Refused, lambda: _open_with(text)))

    def _url(self, random_: random.Random) -> Case:
        url = mutate.url(random_)
        fetch = lambda: self._loop.run_until_complete(self._downloader.fetch(url, Holder("fuzz")))  # noqa: E731
        return Case("url", url.encode(errors="replace"), lambda: _allowing(Refused, fetch))

    def _wire(self, random_: random.Random) -> Case:
        request = mutate.http_request(random_)
        place = (self._service.host, self._service.port or 0)
        return Case("wire", request, lambda: _ask(place, request))

    def _read(self, random_: random.Random) -> Case:
        allowed = (BadImage, NothingToRead)
        if random_.random() < 0.5:
            data = mutate.mutated(random_, random_.choice(mutate.passports()))
            return Case("read", data, lambda: _allowing(allowed, lambda: self._engine.recognize(data)))
        picture = mutate.distorted_passport(random_)
        return Case("read", picture.tobytes(), lambda: _allowing(allowed, lambda: self._engine.recognize(picture)))


async def _no_names(host: str, port: int) -> list[Address]:
    raise OSError("no such name")


def _allowing(errors: Any, action: Callable[[], object]) -> None:
    with contextlib.suppress(errors):
        action()


def _take_in(content_type: str, body: bytes) -> None:
    with contextlib.suppress(Refused):
        fields = parse_fields(content_type, body)
        json.dumps(session_of(fields), ensure_ascii=False).encode()
        picture_of(fields)


def _check(header: str) -> None:
    verify(parse_signature(header), "0123456789abcdefghijklmnopqrstuv", now=1_999_990_100.0)
    raise AssertionError("a signature nobody made was accepted")


def _order(content_type: str, body: bytes) -> None:
    with contextlib.suppress(Refused):
        asked = parse_parameters(content_type, body).asked("RetImage")
        assert asked.picture
    with contextlib.suppress(Refused):
        fields = parse_form(body)
        parse_parameter_signature("POST", fields, ("localhost",)).verify("0123456789abcdefghijklmnopqrstuv", b"")
        raise AssertionError("a signature nobody made was accepted")


def _prove(header: str) -> None:
    headers = {"authorization": header, "content-type": "application/json", "x-tc-timestamp": "2000000000"}
    parse_tc3(Head("POST", "", headers, ("localhost",))).verify("0123456789abcdefghijklmnopqrstuv", b"{}")
    raise AssertionError("a signature nobody made was accepted")


def _open_with(text: str) -> None:
    parse_token(text).verify("0123456789abcdefghijklmnopqrstuv", b"")
    raise AssertionError("a token nobody issued was accepted")


def _ask(place: tuple[str, int], request: bytes) -> None:
    """Send bytes; the service answers HTTP with no 5xx, or hangs up."""
    with socket.create_connection(place, timeout=15) as connection:
        with contextlib.suppress(OSError):  # it may hang up while it is still being talked to
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
        for status, content in _answers(connection):
            assert status < 500, f"status {status}"
            assert b"Traceback" not in content
            assert b'"InternalError"' not in content
            assert b'"error_code":282000' not in content


def _answers(connection: socket.socket) -> Iterator[tuple[int, bytes]]:
    try:
        answer = HTTPResponse(connection)
        answer.begin()
        yield answer.status, answer.read()
    except (ConnectionError, HTTPException):
        return
