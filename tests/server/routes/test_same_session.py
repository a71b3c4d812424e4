"""Two pictures under one session id: the answer of the one that was sent last is found, whoever is done last."""

import base64
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.server.doubles import Gate, ObedientEngine
from tests.server.running import assert_fault, serving

PATH = "/ocr/passport"


@pytest.fixture(params=["memory", "sqlite", "redis"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:{tmp_path}/answers.sqlite"
    return str(request.getfixturevalue("redis_url")) if request.param == "redis" else "memory"


@pytest.fixture
def client(store: str) -> Iterator[httpx.Client]:
    with serving(ObedientEngine, store=store, queue=True, workers=2) as client:
        yield client


def post(client: httpx.Client, picture: bytes | str, *, later: bool = False, **fields: Any) -> httpx.Response:
    content = picture if isinstance(picture, bytes) else picture.encode()
    body = {"app_id": "1", "image": base64.b64encode(content).decode(), "session_id": "s"} | fields
    return client.post(PATH, params={"async": "1"} if later else {}, json=body)


def found(client: httpx.Client, session_id: str = "s") -> httpx.Response:
    while (answer := client.get(f"{PATH}/{session_id}")).status_code == 202:
        pass
    return answer


def first_item(answer: httpx.Response) -> str:
    return str(answer.json()["data"]["items"][0]["itemstring"])


@pytest.mark.parametrize("newer_later", [True, False])
def test_a_newer_picture_wins_over_one_that_is_read_at_once_for_longer(
    client: httpx.Client, tmp_path: Path, newer_later: bool
) -> None:
    gate = Gate(tmp_path)
    with ThreadPoolExecutor(1) as threads:
        older = threads.submit(post, client, gate.picture)
        gate.wait_until_reached()
        post(client, "read:NEWER", later=newer_later)
        assert first_item(found(client)) == "NEWER"
        gate.open()
        assert first_item(older.result()) == "P", "its own client is answered all the same"
    assert first_item(found(client)) == "NEWER"


def test_a_newer_picture_wins_over_an_older_one_that_fails_later(client: httpx.Client, tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    with ThreadPoolExecutor(1) as threads:
        older = threads.submit(post, client, b"none_after:" + str(gate.path).encode())
        gate.wait_until_reached()
        post(client, "read:NEWER", later=True)
        found(client)
        gate.open()
        assert_fault(older.result(), -9020)
    assert first_item(found(client)) == "NEWER"


def test_a_newer_picture_that_failed_leaves_no_older_ones_answer(client: httpx.Client, tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    with ThreadPoolExecutor(1) as threads:
        older = threads.submit(post, client, gate.picture)
        gate.wait_until_reached()
        assert_fault(post(client, "none"), -9020)
        gate.open()
        assert older.result().json()["code"] == 0
    assert_fault(found(client), 404, status=404)


def test_a_newer_picture_that_is_read_at_once_wins_over_one_that_waits(client: httpx.Client, tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    post(client, gate.picture, later=True)
    gate.wait_until_reached()
    newer = post(client, "read:NEWER")
    assert found(client).content == newer.content
    gate.open()
    assert found(client).content == newer.content


def test_two_nodes_agree_on_which_is_the_newest(redis_url: str, tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    with (
        serving(ObedientEngine, store=redis_url) as one,
        serving(ObedientEngine, store=redis_url) as other,
        ThreadPoolExecutor(1) as threads,
    ):
        older = threads.submit(post, one, gate.picture, session_id="shared")
        gate.wait_until_reached()
        post(other, "read:NEWER", session_id="shared")
        gate.open()
        assert older.result().json()["code"] == 0
        assert first_item(found(one, "shared")) == first_item(found(other, "shared")) == "NEWER"


def test_of_ids_that_no_client_named_redis_is_not_asked(redis_url: str) -> None:
    from redis import Redis

    with serving(ObedientEngine, store=redis_url, queue=True) as client, Redis.from_url(redis_url) as redis:
        session_id = post(client, "read:OURS", session_id=None).json()["data"]["session_id"]
        assert first_item(found(client, session_id)) == "OURS"
        assert [key.decode().split(":")[1] for key in redis.keys(f"*{session_id}*")] == ["answer"]
