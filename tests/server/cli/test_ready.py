"""What HEALTHCHECK of the image asks: the configured port, and for more than a sign of life."""

from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from server.cli.ready import is_ready
from tests.server.doubles import Gate, OpenLate
from tests.server.pool.test_pool import serving_workers
from tests.server.redis_server import free_port


def environment(client: httpx.Client, host: str) -> dict[str, str]:
    return {"PASSPORT_OCR_HOST": host, "PASSPORT_OCR_PORT": str(urlsplit(str(client.base_url)).port)}


@pytest.mark.parametrize("host", ["0.0.0.0", "127.0.0.1", "localhost"])
def test_a_service_that_reads_is_ready(client: httpx.Client, host: str) -> None:
    assert is_ready(environment(client, host))


def test_one_that_answers_but_does_not_read_is_not(tmp_path: Path) -> None:
    gate = Gate(tmp_path)
    with serving_workers(OpenLate(gate), warm=False) as client:
        gate.wait_until_reached()
        assert client.get("/livez").status_code == 200
        assert not is_ready(environment(client, "127.0.0.1"))
        gate.open()


def test_none_is_not() -> None:
    assert not is_ready({"PASSPORT_OCR_PORT": str(free_port())})
