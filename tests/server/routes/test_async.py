"""``POST /ocr/passport?async=1`` over real HTTP: answered at once, read later, looked up then."""

import asyncio
import base64
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from engine.errors import MrzNotFound
from server.auth.credentials import AppId
from server.routes.lookup import look_up
from server.settings import Settings
from tests.doubles import FailingEngine, FixedEngine
from tests.server.doubles import Gate, ObedientEngine
from tests.server.running import assert_fault, serving

PATH = "/ocr/passport"


def post(client: httpx.Client, *, later: bool = True, **fields: Any) -> httpx.Response:
    body = {"app_id": "1", "image": base64.b64encode(b"a").decode(), "session_id": "s"} | fields
    return client.post(PATH, params={"async": "1"} if later else {}, json=body)


def look_up_until_there(client: httpx.Client) -> httpx.Response:
    while (found := client.get(f"{PATH}/s")).status_code == 202:
        pass
    return found


def test_the_answer_is_the_one_a_waiting_client_gets() -> None:
    with serving(FixedEngine, queue=True) as client:
        at_once = post(client, later=False)
        accepted = post(client)
        assert accepted.status_code == 202
        assert accepted.json()["code"] == 0
        assert accepted.json()["data"] == {"session_id": "s"}
        assert accepted.headers["location"] == f"{PATH}/s"
        assert look_up_until_there(client).content == at_once.content


def test_a_refusal_is_looked_up_like_a_reading() -> None:
    with serving(lambda: FailingEngine(MrzNotFound("nothing")), queue=True) as client:
        post(client)
        assert_fault(look_up_until_there(client), -9020)


def test_until_it_is_read_the_look_up_says_wait_even_where_an_older_answer_is_kept(tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    with serving(ObedientEngine, queue=True) as client:
        post(client, later=False)
        post(client, image=base64.b64encode(gate.picture).decode())
        gate.wait_until_reached()
        waiting = client.get(f"{PATH}/s")
        gate.open()
        assert waiting.status_code == 202
        assert waiting.headers["retry-after"] == "1"
        assert look_up_until_there(client).status_code == 200


def test_what_is_answered_between_the_two_questions_of_a_look_up_is_found() -> None:
    """First whether it waits, then what is kept: the other way round an older answer would be given out."""
    answers = {"s": b"older"}

    async def waits(app: str, session_id: str) -> bool:
        answers[session_id] = b"newer"
        return False

    async def find(app: str, session_id: str) -> bytes:
        return answers[session_id]

    state = SimpleNamespace(store=SimpleNamespace(find=find), later=SimpleNamespace(waits=waits))
    request: Any = SimpleNamespace(app=SimpleNamespace(state=state))
    assert asyncio.run(look_up(request, "s", AppId("1"))).body == b"newer"


def test_without_a_queue_it_is_refused_with_a_word() -> None:
    with serving(FixedEngine) as client:
        assert_fault(post(client), 501, status=501)


def test_what_is_wrong_with_the_request_is_said_at_once() -> None:
    with serving(FixedEngine, queue=True) as client:
        assert_fault(post(client, image="!"), -1102)


def test_a_queue_without_a_store_is_no_setting() -> None:
    with pytest.raises(ValidationError, match="needs a store"):
        Settings(no_auth=True, queue=True, store="off")
