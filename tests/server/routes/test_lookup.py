"""``GET /ocr/passport/{session_id}`` over real HTTP."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from engine import PassportReading
from engine.errors import MrzNotFound
from server.settings import Settings
from tests.doubles import FailingEngine, FixedEngine
from tests.server.redis_server import free_port
from tests.server.running import assert_fault, serving

PATH = "/ocr/passport"


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with serving(FixedEngine) as client:
        yield client


def ask(client: httpx.Client, **fields: Any) -> httpx.Response:
    return client.post(PATH, json={"app_id": "1", "image": "AAAA"} | fields)


def look_up(client: httpx.Client, session_id: str) -> httpx.Response:
    return client.get(f"{PATH}/{quote(session_id, safe='')}")


@pytest.mark.parametrize("session_id", ["s-1", "会话", "a/b", "a b?c#d%2F", "x" * 128, "..x", "\x00"])
def test_the_answer_comes_back_as_it_was(client: httpx.Client, session_id: str) -> None:
    sent = ask(client, session_id=session_id)
    found = look_up(client, session_id)
    assert (found.status_code, found.content) == (200, sent.content)
    assert found.headers["content-type"] == "application/json"
    assert found.headers["cache-control"] == "no-store"


def test_by_the_session_id_that_the_service_made(client: httpx.Client) -> None:
    sent = ask(client)
    assert look_up(client, sent.json()["data"]["session_id"]).content == sent.content


@pytest.mark.parametrize("session_id", ["unknown", "x" * 129, "x" * 5000, "\ufffd"])
def test_what_is_not_there(client: httpx.Client, session_id: str) -> None:
    assert_fault(look_up(client, session_id), 404, status=404)


@pytest.mark.parametrize("path", [f"{PATH}/", f"{PATH}/%FF", f"{PATH}/%00%00"])
def test_paths_that_name_nothing(client: httpx.Client, path: str) -> None:
    assert_fault(client.get(path), 404, status=404)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_other_methods(client: httpx.Client, method: str) -> None:
    assert_fault(client.request(method, f"{PATH}/s-1"), 424, status=424)


def test_readings_only_are_kept() -> None:
    with serving(lambda: FailingEngine(MrzNotFound("nothing"))) as client:
        assert_fault(ask(client, session_id="s"), -9020)
        assert_fault(look_up(client, "s"), 404, status=404)


@pytest.mark.parametrize("session_id", ["s\n", "\n", "a\nb", "a\r\nb", "\r"])
def test_a_session_id_of_several_lines_is_refused(client: httpx.Client, session_id: str) -> None:
    assert_fault(ask(client, session_id=session_id), 400, status=400)


@pytest.mark.parametrize("store", ["memory", "sqlite"])
@pytest.mark.parametrize("image", ["!", "", "bm9uZQ=="], ids=["no base64", "empty", "no passport"])
def test_a_failed_read_leaves_nothing_of_the_person_before(tmp_path: Path, store: str, image: str) -> None:
    where = f"sqlite:{tmp_path / 'answers.sqlite'}" if store == "sqlite" else store
    with serving(ReadsOnce, store=where) as client:
        assert ask(client, session_id="s").json()["code"] == 0
        assert look_up(client, "s").status_code == 200
        assert ask(client, session_id="s", image=image).json()["code"] != 0
        assert_fault(look_up(client, "s"), 404, status=404)


class ReadsOnce(FixedEngine):
    """An engine that finds no passport in a picture of the text "none"."""

    def recognize(self, source: bytes) -> PassportReading:
        if source == b"none":
            raise MrzNotFound("nothing")
        return super().recognize(source)


def test_a_locked_file_delays_no_answer(tmp_path: Path) -> None:
    file = tmp_path / "answers.sqlite"
    with serving(FixedEngine, store=f"sqlite:{file}") as client:
        with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            sent = [ask(client, session_id=f"s-{n}") for n in range(20)]  # all while the file is locked
            assert [one.json()["code"] for one in sent] == [0] * 20
            other.execute("ROLLBACK")
        assert look_up(client, "s-19").content == sent[19].content


def test_switched_off() -> None:
    with serving(FixedEngine, store="off") as client:
        assert ask(client, session_id="s").json()["code"] == 0
        assert_fault(look_up(client, "s"), 404, status=404)


def test_a_file_survives_the_service(tmp_path: Path) -> None:
    store = f"sqlite:{tmp_path / 'answers.sqlite'}"
    with serving(FixedEngine, store=store) as client:
        sent = ask(client, session_id="s")
    with serving(FixedEngine, store=store) as client:
        assert look_up(client, "s").content == sent.content


def test_a_store_that_is_down_costs_no_answer(caplog: pytest.LogCaptureFixture) -> None:
    with serving(FixedEngine, store=f"redis://:SECRET@127.0.0.1:{free_port()}/0") as client:
        assert ask(client, session_id="s-secret").json()["code"] == 0
        response = look_up(client, "s-secret")
        assert_fault(response, 503, status=503)
        assert response.headers["retry-after"] == "2"
    assert "could not be kept" in caplog.text
    assert "SECRET" not in caplog.text


def test_nothing_touches_the_disk_by_default() -> None:
    assert Settings(no_auth=True).store == "memory"


@pytest.mark.parametrize("store", ["", "sqlite:", "mysql://x", "Memory", "on"])
def test_stores_that_there_are_not(store: str) -> None:
    with pytest.raises(ValueError, match="store"):
        Settings(no_auth=True, store=store)
