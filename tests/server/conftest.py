import os
from collections.abc import Iterator

import httpx
import pytest

from tests.doubles import FixedEngine
from tests.server.running import serving


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith("PASSPORT_OCR_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="module")
def engine() -> FixedEngine:
    return FixedEngine()


@pytest.fixture(scope="module")
def client(engine: FixedEngine) -> Iterator[httpx.Client]:
    """A client of a service that reads every picture alike; one server for all tests of a module."""
    with serving(lambda: engine) as client:
        yield client
