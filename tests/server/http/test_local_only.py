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


def test_with_credentials_any_name_will_do(engine: FixedEngine, tmp_path: Path) -> None:
    with serving(lambda: engine, credentials=credentials_file(tmp_path)) as client:
        assert client.get("/readyz", headers={"Host": "ocr.example"}).status_code == 200
