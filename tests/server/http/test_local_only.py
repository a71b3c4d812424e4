"""A web page that a browser on this machine shows cannot use an open service by a name of its own."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.doubles import FixedEngine
from tests.server.apps import credentials_file
from tests.server.running import assert_fault, serving


@pytest.fixture(scope="module")
def client(engine: FixedEngine) -> Iterator[httpx.Client]:
    with serving(lambda: engine) as client:
        yield client


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:8000"])
def test_serves_this_machine(client: httpx.Client, host: str) -> None:
    assert client.get("/readyz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "192.168.0.1", "::2"]
)
@pytest.mark.parametrize("path", ["/", "/readyz", "/ocr/passport/some-session"])
def test_refuses_other_names(client: httpx.Client, host: str, path: str) -> None:
    assert_fault(client.get(path, headers={"Host": host}), 400, status=400)


CROSS_SITE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},  # a form that is sent here
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:9"},
    {"Origin": "http://[localhost"},
]


@pytest.mark.parametrize("headers", CROSS_SITE)
def test_refuses_what_another_sites_page_sends(
    client: httpx.Client, engine: FixedEngine, headers: dict[str, str]
) -> None:
    read = len(engine.given)
    answer = client.post("/ocr/passport", json={"app_id": "1", "image": "AAAA"}, headers=headers)
    assert_fault(answer, 400, status=400)
    assert len(engine.given) == read


def test_serves_its_own_page_programs_and_who_follows_a_link(client: httpx.Client) -> None:
    own = f"http://{client.base_url.netloc.decode()}"
    for headers in ({}, {"Sec-Fetch-Site": "same-origin", "Origin": own}, {"Sec-Fetch-Site": "none"}):
        sent = client.post("/ocr/passport", json={"app_id": "1", "image": "AAAA"}, headers=headers)
        assert sent.json()["code"] == 0
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert client.get("/", headers=link).status_code == 200


def test_with_credentials_any_name_will_do(engine: FixedEngine, tmp_path: Path) -> None:
    with serving(lambda: engine, credentials=credentials_file(tmp_path)) as client:
        assert client.get("/readyz", headers={"Host": "ocr.example"}).status_code == 200
