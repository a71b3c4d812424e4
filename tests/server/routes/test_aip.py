"""Baidu's AIP over real HTTP: who gets a token, what a token opens, what is taken, what is answered."""

import base64
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import ImageTooLarge, MrzNotFound, NotAnImage, ReaderCrashed, ReaderTimeout, UnsupportedFormat
from server.auth.access_token import ShownKey, issue_token
from server.auth.credentials import Credentials
from server.contract.faults import OVERLOADED, STARTING, Refused
from server.contract.ocr_passport.wire import Answer
from server.intake.download import Downloader
from server.intake.forms import parse_form
from server.routes import aip
from server.shares import Holder
from tests.doubles import VALUES, FailingEngine, FixedEngine
from tests.server.apps import (
    APP,
    OTHER_APP,
    OTHER_SECRET_ID,
    OTHER_SECRET_KEY,
    SECRET_ID,
    SECRET_KEY,
    app,
    credentials_file,
    key,
    original,
    signed,
)
from tests.server.conftest import Log
from tests.server.running import serving

TOKEN = "/oauth/2.0/token"
PASSPORT = "/rest/2.0/ocr/v1/passport"
PICTURE = b"\x89PNG the engine is a double: any bytes will do \xff\x00"
BASE64 = base64.b64encode(PICTURE).decode()
ASKED = {"grant_type": "client_credentials", "client_id": SECRET_ID, "client_secret": SECRET_KEY}


@pytest.fixture(scope="module")
def client(engine: FixedEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Of a service that asks for tokens."""
    file = credentials_file(tmp_path_factory.mktemp("credentials"))
    with serving(lambda: engine, credentials=file, failed_signatures_per_minute=1000) as client:
        yield client


@pytest.fixture(scope="module")
def open_client(engine: FixedEngine) -> Iterator[httpx.Client]:
    """Of a service that does not."""
    with serving(lambda: engine) as client:
        yield client


def token_of(client: httpx.Client, **changes: str) -> str:
    token: str = client.get(TOKEN, params=ASKED | changes).json()["access_token"]
    return token


def ask(client: httpx.Client, data: dict[str, str] | bytes | None = None, **query: str) -> httpx.Response:
    """Ask for what is in a form, with a token unless the query is given."""
    query = query or {"access_token": token_of(client)}
    form = urlencode({"image": BASE64} if data is None else data).encode() if not isinstance(data, bytes) else data
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return client.post(PASSPORT, params=query, content=form, headers=headers)


def code_of(response: httpx.Response, status: int = 200) -> int:
    """Check all that an answer must be; 0 for a success."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "no-store"
    body = response.json()
    assert isinstance(body["log_id"], int)
    assert 0 < body["log_id"] < 2**53
    assert response.headers["x-request-id"] == str(body["log_id"])
    if "error_code" in body:
        assert set(body) == {"log_id", "error_code", "error_msg"}
        code: int = body["error_code"]
        assert code != 0
        return code
    assert set(body) == {"log_id", "words_result_num", "words_result"}
    assert body["words_result_num"] == len(body["words_result"]) == 15
    return 0


class TestTokens:
    def test_who_shows_a_key_gets_one(self, client: httpx.Client) -> None:
        for response in (
            client.get(TOKEN, params=ASKED),
            client.post(TOKEN, params=ASKED),
            client.post(TOKEN, data=ASKED),
            client.post(TOKEN, params=ASKED, json={}),
        ):
            assert response.status_code == 200, response.text
            assert response.headers["cache-control"] == "no-store"
            body = response.json()
            assert body["expires_in"] == 2592000
            assert "brain_all_scope" in body["scope"].split()
            assert code_of(ask(client, access_token=body["access_token"])) == 0

    @pytest.mark.parametrize(
        ("changes", "status", "error", "description"),
        [
            ({"client_id": "nobody"}, 401, "invalid_client", "unknown client id"),
            ({"client_secret": OTHER_SECRET_KEY}, 401, "invalid_client", "Client authentication failed"),
            ({"client_secret": SECRET_KEY[:-1]}, 401, "invalid_client", "Client authentication failed"),
            ({"client_id": OTHER_SECRET_ID}, 401, "invalid_client", "Client authentication failed"),
            ({"client_id": ""}, 400, "invalid_request", ""),
            ({"client_secret": ""}, 400, "invalid_request", ""),
            ({"grant_type": "password"}, 400, "unsupported_grant_type", ""),
        ],
    )
    def test_who_does_not(
        self, client: httpx.Client, changes: dict[str, str], status: int, error: str, description: str
    ) -> None:
        for response in (client.get(TOKEN, params=ASKED | changes), client.post(TOKEN, data=ASKED | changes)):
            assert response.status_code == status
            assert set(response.json()) == {"error", "error_description"}
            assert response.json()["error"] == error
            assert response.json()["error_description"].startswith(description)
            assert ("www-authenticate" in response.headers) == (status == 401)

    def test_what_is_wrong_with_a_request(self, client: httpx.Client) -> None:
        twice = f"{TOKEN}?{urlencode(ASKED)}&client_id=other"
        assert client.get(twice).json()["error"] == "invalid_request"
        assert client.post(TOKEN, content=iter([b""])).json()["error"] == "invalid_request"
        assert client.post(TOKEN, data=ASKED | {"more": "a" * 9000}).status_code == 413
        assert client.put(TOKEN, params=ASKED).json()["error"] == "invalid_request"
        assert client.get("/oauth/2.0/authorize").json()["error"] == "invalid_request"

    def test_the_operator_says_how_long_they_hold(self, engine: FixedEngine, tmp_path: Path) -> None:
        with serving(lambda: engine, credentials=credentials_file(tmp_path), token_seconds=60) as client:
            body = client.get(TOKEN, params=ASKED).json()
        assert body["expires_in"] == 60
        _, expires, _ = body["access_token"].split("~")
        assert abs(int(expires) - time.time() - 60) < 30

    def test_guessing_is_throttled(self, engine: FixedEngine, tmp_path: Path) -> None:
        settings = {
            "credentials": credentials_file(tmp_path),
            "trusted_proxies": (),
            "failed_signatures_per_minute": 2,
        }
        with serving(lambda: engine, **settings) as client:
            token = token_of(client)
            guesses = [client.get(TOKEN, params=ASKED | {"client_secret": "x" * 20}) for _ in range(3)]
            assert [guess.status_code for guess in guesses] == [401, 401, 429]
            assert "retry-after" in guesses[-1].headers
            assert client.get(TOKEN, params=ASKED).status_code == 429, "right ones are not told from wrong ones"
            assert code_of(ask(client, access_token=token)) == 18
            assert code_of(ask(client, access_token=token_of(client, **other_app()))) == 0
            metrics = client.get("/metrics").text
        assert 'passport_ocr_signatures_refused_total{reason="failed"} 2.0' in metrics


def other_app() -> dict[str, str]:
    return {"client_id": OTHER_SECRET_ID, "client_secret": OTHER_SECRET_KEY}


class TestWhoGetsIn:
    @pytest.mark.parametrize(
        ("query", "code"),
        [
            ({"access_token": ""}, 100),
            ({"other": "1"}, 100),
            ({"access_token": "24.6c5e1ff107f0e8bcef8c46d3424a0e78.2592000.1485516651.282335-8574074"}, 110),
            ({"access_token": "x" * 5000}, 110),
        ],
    )
    def test_texts_that_are_no_token(self, client: httpx.Client, query: dict[str, str], code: int) -> None:
        assert code_of(ask(client, **query)) == code

    def test_tokens_that_open_nothing(self, client: httpx.Client) -> None:
        now = int(time.time())
        forged = issue_token(ShownKey(SECRET_ID, OTHER_SECRET_KEY), now=now, lifetime=60)
        of_nobody = issue_token(ShownKey("nobody", SECRET_KEY), now=now, lifetime=60)
        old = issue_token(ShownKey(SECRET_ID, SECRET_KEY), now=now - 61, lifetime=60)
        secret_id, expires, seal = token_of(client).split("~")
        longer = f"{secret_id}~{int(expires) + 1}~{seal}"
        codes = [code_of(ask(client, access_token=token)) for token in (forged, of_nobody, old, longer)]
        assert codes == [110, 110, 111, 110]

    def test_a_token_twice(self, client: httpx.Client) -> None:
        token = token_of(client)
        response = client.post(f"{PASSPORT}?access_token={token}&access_token={token}", data={"image": BASE64})
        assert code_of(response) == 216100

    @pytest.mark.parametrize(("method", "path"), [("GET", TOKEN), ("POST", PASSPORT)])
    def test_a_long_query_of_anybody_does_not_hold_up_the_event_loop(
        self, client: httpx.Client, method: str, path: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        threads: list[int] = []

        def noted(form: bytes) -> dict[str, str]:
            threads.append(threading.get_ident())
            return parse_form(form)

        monkeypatch.setattr(aip, "parse_form", noted)
        for length in (1, 10_000, 1):
            client.request(method, f"{path}?access_token={'%41' * length}")
        first, long, last = threads
        assert first == last != long

    def test_requests_signed_otherwise_are_told_what_sdks_know(self, client: httpx.Client) -> None:
        headers = {"Authorization": f"bce-auth-v1/{SECRET_ID}/2026-11-28T00:00:00Z/1800/host/00"}
        assert code_of(client.post(PASSPORT, data={"image": BASE64}, headers=headers)) == 14

    def test_a_key_taken_from_its_app_opens_nothing_anymore(self, engine: FixedEngine, tmp_path: Path) -> None:
        file = credentials_file(tmp_path)
        with serving(lambda: engine, credentials=file) as client:
            token = token_of(client)
            assert code_of(ask(client, access_token=token)) == 0
            credentials_file(tmp_path, Credentials(apps=(app(APP, key("AKIDnew")),)))
            assert code_of(ask(client, access_token=token)) == 110

    def test_too_often(self, engine: FixedEngine, tmp_path: Path) -> None:
        """All contracts share an app's requests; asking for a token is none of them."""
        file = credentials_file(tmp_path, Credentials(apps=(app(APP, key(), requests_per_minute=1),)))
        with serving(lambda: engine, credentials=file) as client:
            token = token_of(client)
            assert code_of(ask(client, access_token=token)) == 0
            response = ask(client, access_token=token_of(client))
            assert code_of(response) == 18
            assert int(response.headers["retry-after"]) > 1
            old = {"Authorization": signed(original(t=int(time.time()), e=int(time.time()) + 60))}
            assert client.post("/ocr/passport", json={"app_id": APP}, headers=old).json()["code"] == 15

    def test_the_log_says_whose_request_it_was(self, client: httpx.Client, log: Log) -> None:
        response = ask(client, access_token=token_of(client, **other_app()))
        line = log.lines("passport_ocr.access")[-1]
        assert (line["app"], line["path"], line["code"], line["status"]) == (OTHER_APP, PASSPORT, 0, 200)
        assert line["request_id"] == response.headers["x-request-id"]

    def test_without_authorization_everybody_gets_in_and_a_token_if_they_ask(self, open_client: httpx.Client) -> None:
        token = open_client.get(TOKEN).json()["access_token"]
        for query in ({"access_token": token}, {"access_token": "whatever"}, {"other": "1"}):
            assert code_of(ask(open_client, **query)) == 0

    @pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Host": "elsewhere.example"}])
    def test_but_for_pages_of_other_sites(self, open_client: httpx.Client, headers: dict[str, str]) -> None:
        assert code_of(open_client.post(PASSPORT, data={"image": BASE64}, headers=headers)) == 6
        assert open_client.get(TOKEN, headers=headers).json()["error"] == "invalid_request"


class TestParameters:
    @pytest.mark.parametrize(
        ("form", "code"),
        [
            ({}, 216101),
            ({"url": ""}, 216101),
            ({"image": ""}, 216200),
            ({"image": "===="}, 216200),
            ({"image": "not base64!"}, 216201),
            ({"url": "ftp://example.com/a.jpg"}, 282111),
            ({"url": "http://e.com/" + "a" * 3000}, 282114),
            ({"url": "http://127.0.0.1/a.jpg"}, 282111),
            (b"image=" + BASE64.encode() + b"&image=" + BASE64.encode(), 216100),
            (b"image=%ff", 216100),
            (b"\xff", 216100),
        ],
    )
    def test_wrong_ones(
        self, client: httpx.Client, engine: FixedEngine, form: dict[str, str] | bytes, code: int
    ) -> None:
        before = len(engine.given)
        assert code_of(ask(client, form)) == code
        assert len(engine.given) == before

    @pytest.mark.parametrize(
        "text", [BASE64, BASE64.rstrip("="), f"data:image/png;base64,{BASE64}", BASE64[:8] + "\r\n" + BASE64[8:]]
    )
    def test_base64_as_clients_write_it(self, client: httpx.Client, engine: FixedEngine, text: str) -> None:
        assert code_of(ask(client, {"image": text})) == 0
        assert engine.given[-1] == PICTURE

    def test_a_picture_wins_over_an_address(self, client: httpx.Client, engine: FixedEngine) -> None:
        assert code_of(ask(client, {"image": BASE64, "url": "ftp://nothing", "detect_direction": "true"})) == 0
        assert engine.given[-1] == PICTURE

    def test_an_address(self, engine: FixedEngine, tmp_path: Path) -> None:
        asked: list[tuple[str, str]] = []

        async def fetch(_: Downloader, url: str, holder: Holder) -> bytes:
            asked.append((url, holder.app))
            return b"from there"

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Downloader, "fetch", fetch)
            with serving(lambda: engine, credentials=credentials_file(tmp_path)) as client:
                assert code_of(ask(client, {"url": "http://example.com/a"})) == 0
        assert asked == [("http://example.com/a", APP)]
        assert engine.given[-1] == b"from there"

    def test_downloads_may_be_off(self, engine: FixedEngine) -> None:
        with serving(lambda: engine, download=False) as client:
            assert code_of(ask(client, {"url": "http://example.com/a"}, other="1")) == 216102

    @pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=b", ""])
    def test_other_formats(self, client: httpx.Client, kind: str) -> None:
        query = {"access_token": token_of(client)}
        response = client.post(PASSPORT, params=query, content=b"{}", headers={"Content-Type": kind})
        assert code_of(response) == 216100

    def test_sizes(self, client: httpx.Client) -> None:
        query = {"access_token": token_of(client)}
        assert code_of(ask(client, b"image=" + b"A" * (6 * 1024 * 1024 - 6), **query)) == 0
        assert code_of(ask(client, b"image=" + b"A" * (6 * 1024 * 1024), **query)) == 216202

    def test_what_is_not_http_keeps_its_status(self, client: httpx.Client) -> None:
        query = {"access_token": token_of(client)}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        chunked = client.post(PASSPORT, params=query, content=iter([b"image=AAAA"]), headers=headers)
        assert code_of(chunked, 411) == 216100

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", PASSPORT),
            ("PUT", PASSPORT),
            ("POST", PASSPORT + "/"),
            ("POST", "/rest/2.0/ocr/v1/idcard"),
            ("POST", "/rest/2.0/ocr/v1/overseas_passport"),
            ("POST", "/rest/2.0/"),
        ],
    )
    def test_what_is_not_served(self, client: httpx.Client, method: str, path: str) -> None:
        assert code_of(client.request(method, path)) == 3


class TestAnswers:
    def test_fields(self, client: httpx.Client) -> None:
        response = ask(client)
        assert code_of(response) == 0
        fields = response.json()["words_result"]
        assert fields["护照号码"] == {
            "words": "X1234567",
            "location": {"left": 10, "top": 20, "width": 100, "height": 20},
        }
        assert "护照号码".encode() in response.content, "Chinese is not escaped"
        assert response.headers["x-passport-warnings"] == "CHECK_DIGIT"

    def test_what_was_read_can_be_looked_up_with_its_confidences(self, client: httpx.Client) -> None:
        log_id = ask(client).json()["log_id"]
        authorization = signed(original(t=int(time.time()), e=int(time.time()) + 60))
        response = client.get(f"/ocr/passport/{log_id}", headers={"Authorization": authorization})
        found = Answer.model_validate(response.json())
        assert (found.code, found.data.session_id) == (0, str(log_id))
        assert {i.item: i.itemstring for i in found.data.items if i.itemstring} == {
            item.value: value for item, value in VALUES.items()
        }

    @pytest.mark.parametrize(
        ("error", "code"),
        [
            (MrzNotFound(), 282102),
            (NotAnImage(), 216201),
            (UnsupportedFormat(), 216201),
            (ImageTooLarge(), 216202),
            (ReaderCrashed(), 216630),
            (ReaderTimeout(), 282000),
            (RuntimeError("ERIKSSON"), 282000),
            (Refused(STARTING), 2),
            (Refused(OVERLOADED), 4),
        ],
        ids=lambda value: str(type(value).__name__),
    )
    def test_refusals(self, error: Exception, code: int, log: Log) -> None:
        with serving(lambda: FailingEngine(error)) as client:
            response = ask(client, other="1")
        assert code_of(response) == code
        assert "ERIKSSON" not in response.text + log.text


def test_neither_log_nor_metrics_hold_secrets_or_what_was_read(client: httpx.Client, log: Log) -> None:
    """Keys and tokens stand in the address, which is not logged."""
    token = token_of(client)
    ask(client, access_token=token)
    ask(client, access_token=token + "0")
    client.get(TOKEN, params=ASKED | {"client_secret": OTHER_SECRET_KEY})
    client.get(f"/rest/2.0/nothing?access_token={token}")
    metrics = client.get("/metrics").text
    logged = str([line for line in log.lines() if not line["logger"].startswith("http")])  # these are the test's own
    assert PASSPORT in logged
    secrets = [token, SECRET_KEY, OTHER_SECRET_KEY, SECRET_ID, BASE64]
    for secret in (*secrets, *(value for value in VALUES.values() if len(value) > 3)):
        assert secret not in logged + metrics
    assert f'passport_ocr_requests_total{{code="0",route="{PASSPORT}",status="200"}}' in metrics
    assert 'passport_ocr_stage_seconds_count{stage="decode"}' in metrics, (
        "readings are counted as of the other contracts"
    )
    assert f'code="invalid_client",route="{TOKEN}",status="401"' in metrics


TEXTS = st.text(max_size=40) | st.just(BASE64)
NAMES = st.sampled_from(["image", "url", "access_token", "client_id", "client_secret", "grant_type"]) | TEXTS


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["GET", "POST", "PUT"]),
    st.sampled_from([TOKEN, PASSPORT, "/rest/2.0/x", "/oauth/2.0/x"]),
    st.dictionaries(NAMES, TEXTS, max_size=4),
    st.dictionaries(NAMES, TEXTS, max_size=4) | st.binary(max_size=60),
)
def test_whatever_is_sent_the_answer_is_of_this_dialect(
    client: httpx.Client, method: str, path: str, query: dict[str, str], form: Any
) -> None:
    body = form if isinstance(form, bytes) else urlencode(form).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    response = client.request(method, path, params=query, content=body, headers=headers)
    if path.startswith("/oauth"):
        assert response.status_code in (400, 401, 404, 411, 424)
        assert set(response.json()) == {"error", "error_description"}
    else:
        assert code_of(response) != 0


def test_whatever_form_comes_with_a_token_the_answer_is_of_this_dialect(client: httpx.Client) -> None:
    token = token_of(client)

    @settings(max_examples=40, deadline=None)
    @given(st.dictionaries(NAMES, TEXTS, max_size=4) | st.binary(max_size=60))
    def check(form: Any) -> None:
        code_of(ask(client, form, access_token=token))

    check()
