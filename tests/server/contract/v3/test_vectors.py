"""Requests that official SDKs signed and somebody else recorded, sent over real HTTP with the clock at their time."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from engine import Item
from server.auth.credentials import Credentials
from server.auth.gate import SignatureGate
from server.auth.keyring import Keyring
from tests.doubles import VALUES, FixedEngine
from tests.server.api3 import ask
from tests.server.apps import app, credentials_file, key
from tests.server.running import serving

RECORDED = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
VECTORS = RECORDED["vectors"]
NAMES = [vector["name"].partition(":")[0] for vector in VECTORS]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("credentials")
    file = credentials_file(folder, Credentials(apps=(app("1", key(RECORDED["secret_id"], RECORDED["secret_key"])),)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "server.app.open_gate",
            lambda _, rate: SignatureGate(Keyring(file), 600, 600, rate, lambda: RECORDED["now"]),
        )
        with serving(FixedEngine, credentials=file) as client:
            yield client


@pytest.mark.parametrize("vector", VECTORS, ids=NAMES)
def test_what_an_sdk_signed_is_read(service: httpx.Client, vector: dict[str, Any]) -> None:
    answered = ask(service, vector["method"], vector["target"], vector["headers"], vector["body"].encode())
    assert answered.code == ""
    number = answered.fields.get("PassportNo") or answered.fields.get("ID")
    assert number == VALUES[Item.PASSPORT_NUMBER]


@pytest.mark.parametrize("vector", VECTORS, ids=NAMES)
def test_what_was_added_on_the_way_is_refused(service: httpx.Client, vector: dict[str, Any]) -> None:
    posted, form = vector["method"] == "POST", vector["kind"] == "v1"
    target = vector["target"] if posted else vector["target"] + "&More=1"
    body = vector["body"] + ("&More=1" if form else " ") if posted else ""
    answered = ask(service, vector["method"], target, vector["headers"], body.encode())
    unsigned = vector["headers"].get("X-TC-Content-SHA256") == "UNSIGNED-PAYLOAD"
    assert answered.code == ("" if unsigned else "AuthFailure.SignatureFailure")
