"""What the attacker sends; whether it takes the service from others is for `benchmarks.attacks` to say."""

import asyncio
import json

import pytest

from benchmarks.service.attackers import ATTACKER, ATTACKS, SIX_MB, Target


class Enough(Exception):
    """As much as a test needs was sent."""


class Recorder(Target):
    """A target that keeps the first request, and ends the attack."""

    def __init__(self) -> None:
        super().__init__(0, "the signature")

    async def ask(self, body: bytes, kind: str = "application/json") -> None:
        self.body, self.kind = body, kind
        raise Enough


def sent(attack: str) -> Recorder:
    """The first request of an attack."""
    target = Recorder()
    with pytest.raises(Enough):
        asyncio.run(ATTACKS[attack](target))
    return target


@pytest.mark.parametrize("attack", ["costly_pictures", "crafted_pictures"])
def test_pictures_come_in_forms(attack: str) -> None:
    target = sent(attack)
    assert target.kind == "multipart/form-data; boundary=b"
    assert target.body.count(b"--b\r\n") == 2
    assert len(target.body) <= SIX_MB


def test_a_large_body_is_json_as_long_as_it_may_be() -> None:
    target = sent("large_bodies")
    assert json.loads(target.body)["app_id"] == "2"
    assert len(target.body) == SIX_MB


def test_a_head_is_signed_and_of_another_address() -> None:
    lines = Target(0, "the signature").head(12).split(b"\r\n")
    assert lines[0] == b"POST /ocr/passport HTTP/1.1"
    assert {b"Authorization: the signature", b"Content-Length: 12", b"X-Forwarded-For: " + ATTACKER.encode()} <= set(
        lines
    )
    assert lines[-2:] == [b"", b""]


def test_attacks_are_called_by_their_names() -> None:
    assert len(ATTACKS) == 10
    assert all(name == attack.__name__ for name, attack in ATTACKS.items())
