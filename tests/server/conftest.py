import io
import json
import logging
import os
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from server.http.logs import JsonLines
from tests.doubles import FixedEngine
from tests.server.redis_server import RedisMissing, running_redis
from tests.server.running import serving


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith("PASSPORT_OCR_")]:
        monkeypatch.delenv(name)


class Log:
    """What a service in this process has logged, as it stands in its log."""

    def __init__(self) -> None:
        self._stream = io.StringIO()
        self.handler = logging.StreamHandler(self._stream)
        self.handler.setFormatter(JsonLines())

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    def lines(self, logger: str = "") -> list[dict[str, Any]]:
        """The lines of a logger and those below, parsed."""
        return [line for line in map(json.loads, self.text.splitlines()) if line["logger"].startswith(logger)]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[Log]:
    """Everything that is logged, debugging messages included."""
    log = Log()
    with caplog.at_level(logging.DEBUG):
        logging.getLogger().addHandler(log.handler)
        yield log
        logging.getLogger().removeHandler(log.handler)


@pytest.fixture(scope="module")
def engine() -> FixedEngine:
    return FixedEngine()


@pytest.fixture(scope="module")
def client(engine: FixedEngine) -> Iterator[httpx.Client]:
    """A client of a service that reads every picture alike; one server for all tests of a module."""
    with serving(lambda: engine) as client:
        yield client


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    try:
        with running_redis() as url:
            yield url
    except RedisMissing as reason:
        pytest.skip(str(reason))
