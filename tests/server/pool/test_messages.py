"""Only what has the shape of a message is one."""

import json
import pickle

import pytest

from engine import Warning
from engine.errors import MrzNotFound, PassportError, ReaderCrashed
from server.pool.messages import Defect, NoMessage, NotRead, Started, WireReading, pack, unpack
from server.pool.process import WorkerHung
from tests.doubles import fixed_reading
from tests.server.doubles import Exploit


@pytest.mark.parametrize(
    "message",
    [
        WireReading.of(fixed_reading()),
        NotRead("MrzNotFound", "none"),
        Defect("ValueError", "in f", "Read-only"),
        Started({"landlock": "old"}),
    ],
)
def test_a_message_arrives_as_it_was(message: WireReading | NotRead | Defect | Started) -> None:
    arrived = unpack(pack(message))
    assert type(arrived) is type(message)
    assert pack(arrived) == pack(message)


def test_a_reading_is_the_contracts() -> None:
    arrived = unpack(pack(WireReading.of(fixed_reading())))
    assert isinstance(arrived, WireReading)
    assert arrived.to_contract("s") == json.loads(json.dumps(fixed_reading().to_contract("s")))


@pytest.mark.parametrize("error", [MrzNotFound("none"), ReaderCrashed("broken \udcff"), PassportError("x" * 5000)])
def test_an_error_is_raised_as_the_one_it_was(error: PassportError) -> None:
    arrived = unpack(pack(NotRead.of(error)))
    assert isinstance(arrived, NotRead)
    assert type(arrived.raised) is type(error)
    assert str(arrived.raised) == str(error)[:1000].replace("\udcff", "?")


def test_an_error_of_another_package_is_told_as_the_engines_that_it_is_of() -> None:
    assert NotRead.of(WorkerHung("late")).error == "ReaderTimeout"


def reading(**changes: object) -> bytes:
    return json.dumps({**json.loads(pack(WireReading.of(fixed_reading()))), **changes}).encode()


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\xff\xfe",
        pickle.dumps(Exploit()),
        b"[" * 100_000,
        b'{"a":' * 5_000,
        b"null",
        b'{"type":"other"}',
        b'{"type":"not read","error":"SystemExit"}',
        b'{"type":"not read","error":"MrzNotFound","text":7}',
        b'{"type":"not read","error":"MrzNotFound","text":"\\ud800"}',
        json.dumps({"type": "not read", "error": "MrzNotFound", "text": "x" * 1001}).encode(),
        reading(timings={"stage of an attacker": 1.0}),
        reading(timings={"decode": -1.0}),
        reading(timings={"decode": float("nan")}),
        reading(corrected=-1),
        reading(corrected=10**30),
        reading(warnings=[{"warning": "invented", "items": []}]),
        reading(warnings=[{"warning": Warning.GRAY, "items": ["invented"]}]),
        reading(warnings=[{"warning": Warning.GRAY, "items": []}] * 101),
        reading(facts={}),
        reading(data=[]),
        reading(drawings={"invented": {"surname": "AAAA"}}),
        reading(drawings={"crops": {"../../.bashrc": "AAAA"}}),
        reading(drawings={"crops": {"/etc/cron.d/a": "AAAA"}}),
        reading(drawings={"crops": {"surname\n": "AAAA"}}),
        reading(drawings={"crops": {"surname": "no base64"}}),
    ],
    ids=str,
)
def test_anything_else_is_none(said: bytes) -> None:
    with pytest.raises(NoMessage):
        unpack(said)


def test_no_representation_shows_what_was_read() -> None:
    assert fixed_reading().passport_number.value not in repr(WireReading.of(fixed_reading()))
