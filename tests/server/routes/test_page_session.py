"""Sign-in at the web page, over real HTTP."""

import json
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.doubles import FixedEngine
from tests.server.apps import APP, OTHER_SECRET_KEY, SECRET_ID, SECRET_KEY, credentials_file
from tests.server.conftest import Log
from tests.server.running import assert_fault, serving

PATH = "/page/session"
OURS = {"X-Passport-Page": "1"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    path = credentials_file(tmp_path_factory.mktemp("credentials"))
    with serving(FixedEngine, credentials=path, failed_signatures_per_minute=20) as client:
        yield client


@pytest.fixture(autouse=True)
def no_cookie(client: httpx.Client) -> None:
    client.cookies.clear()


def sign_in(client: httpx.Client, secret_key: str = SECRET_KEY, **headers: str) -> httpx.Response:
    shown = {"secret_id": SECRET_ID, "secret_key": secret_key}
    return client.post(PATH, json=shown, headers=OURS | headers)


def told(client: httpx.Client) -> dict[str, Any]:
    response = client.get(PATH, headers=OURS)
    assert response.headers["cache-control"] == "no-store"
    found: dict[str, Any] = response.json()
    return found


def test_a_key_begins_a_session_and_sign_out_ends_it(client: httpx.Client) -> None:
    assert told(client)["app"] is None
    response = sign_in(client)
    assert response.status_code == 200
    assert response.json()["app"] == APP
    assert response.headers["cache-control"] == "no-store"
    cookies = dict(client.cookies)
    assert told(client)["app"] == APP
    assert client.delete(PATH, headers=OURS).json()["app"] is None
    assert not client.cookies
    client.cookies.update(cookies)  # who kept the cookie has nothing of it
    assert told(client)["app"] is None


def test_the_cookie_is_for_this_service_only_and_for_no_script(client: httpx.Client) -> None:
    (name, morsel), *others = SimpleCookie(sign_in(client).headers["set-cookie"]).items()
    assert not others
    assert (name, morsel["path"], morsel["domain"]) == ("passport-ocr", "/", "")
    assert morsel["httponly"]
    assert int(morsel["max-age"]) <= 1800
    assert morsel["samesite"] == "strict"
    assert not morsel["secure"]  # over plain HTTP a browser would not keep it
    assert SECRET_KEY not in morsel.value


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Proto": "https"},
        {"Origin": "https://ocr.example", "Sec-Fetch-Site": "same-origin"},  # a proxy that does not say so
    ],
)
def test_over_tls_it_is_sent_over_tls_only(client: httpx.Client, headers: dict[str, str]) -> None:
    ((name, morsel),) = SimpleCookie(sign_in(client, **headers).headers["set-cookie"]).items()
    assert name == "__Host-passport-ocr"
    assert morsel["secure"]
    assert (morsel["path"], morsel["domain"]) == ("/", "")
    known = client.get(PATH, headers=OURS | {"Cookie": f"{name}={morsel.value}"})
    assert known.json()["app"] == APP


def test_over_tls_a_cookie_that_a_neighbouring_host_may_have_set_is_none(client: httpx.Client) -> None:
    cookie = SimpleCookie(sign_in(client).headers["set-cookie"])["passport-ocr"].value
    client.cookies.clear()
    headers = OURS | {"X-Forwarded-Proto": "https", "Cookie": f"passport-ocr={cookie}"}
    assert client.get(PATH, headers=headers).json()["app"] is None


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"\xff", b'{"secret_id": 1, "secret_key": 2}', b"{" * 5000, b'{"secret_id": "A"}']
)
def test_what_is_no_sign_in(client: httpx.Client, body: bytes) -> None:
    assert_fault(client.post(PATH, content=body, headers=OURS), 400, status=400)


def test_more_than_a_sign_in_is_not_even_received(client: httpx.Client) -> None:
    shown = {"secret_id": SECRET_ID, "secret_key": SECRET_KEY, "more": "x" * 4096}
    assert_fault(client.post(PATH, json=shown, headers=OURS), 400, status=400)


def test_a_wrong_key_is_refused_and_tells_nothing(client: httpx.Client) -> None:
    wrong = sign_in(client, OTHER_SECRET_KEY)
    unknown = client.post(PATH, json={"secret_id": "AKIDx", "secret_key": SECRET_KEY}, headers=OURS)
    assert_fault(wrong, 403, status=403)
    assert wrong.json() == unknown.json()
    assert "set-cookie" not in wrong.headers


FOREIGN = [
    {},
    {"X-Passport-Page": "1", "Sec-Fetch-Site": "cross-site"},
    {"X-Passport-Page": "1", "Sec-Fetch-Site": "same-site"},
    {"X-Passport-Page": "1", "Sec-Fetch-Site": "none"},
    {"X-Passport-Page": "1", "Origin": "https://evil.example"},
    {"X-Passport-Page": "1", "Origin": "null"},
    {"X-Passport-Page": "1", "Origin": "http://[x"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize(
    ("method", "path"), [("GET", PATH), ("POST", PATH), ("DELETE", PATH), ("POST", "/page/readings")]
)
def test_nobody_but_the_page_may_ask(client: httpx.Client, method: str, path: str, headers: dict[str, str]) -> None:
    sign_in(client)
    assert_fault(client.request(method, path, headers=headers), 403, status=403)
    assert told(client)["app"] == APP


def test_another_origin_gets_no_leave_to_set_the_header(client: httpx.Client) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = client.options(PATH, headers=asked | {"Access-Control-Request-Headers": "x-passport-page"})
    assert answer.status_code == 424
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_failures_are_throttled(tmp_path: Path) -> None:
    # All of loopback is a trusted proxy, and who names no client is not counted: so the client is named.
    client_of = {"X-Forwarded-For": "192.0.2.7"}
    with serving(FixedEngine, credentials=credentials_file(tmp_path), failed_signatures_per_minute=2) as client:
        codes = [sign_in(client, OTHER_SECRET_KEY, **client_of).json()["code"] for _ in range(3)]
        right = sign_in(client, **client_of)
    assert codes == [403, 403, 15]
    assert_fault(right, 15, status=429)
    assert int(right.headers["retry-after"]) >= 1


def test_nothing_is_asked_without_authorization() -> None:
    with serving(FixedEngine) as client:
        assert (told(client)["asks"], told(client)["app"]) == (False, None)
        assert client.delete(PATH, headers=OURS).status_code == 200


def test_the_log_names_the_app_and_holds_no_key_and_no_cookie(client: httpx.Client, log: Log) -> None:
    cookie = SimpleCookie(sign_in(client).headers["set-cookie"])["passport-ocr"].value
    sign_in(client, OTHER_SECRET_KEY)
    lines = log.lines("passport_ocr.access")
    assert [(line.get("app"), line["status"]) for line in lines] == [(APP, 200), (None, 403)]
    for secret in (SECRET_KEY, OTHER_SECRET_KEY, cookie, cookie[-64:]):
        assert secret not in json.dumps(lines)
