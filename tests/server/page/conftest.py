"""A headless Chromium, and the service it looks at; where there is no browser the tests of the page are skipped."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.server.apps import credentials_file
from tests.server.running import serving

if TYPE_CHECKING:  # the suite must be collected where Playwright is not installed
    from playwright.sync_api import Browser, Page

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = [
    "--no-sandbox",  # it sees pages of this service only, and containers have no other way
    "--disable-dev-shm-usage",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]


@dataclass
class Visit:
    """A tab at the page, and everything that went wrong in it."""

    page: "Page"
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Note messages of the console (violations of the policy among them) and uncaught errors."""
        self.page.on("console", lambda said: self._note(said.type, said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, kind: str, text: str) -> None:
        # Browsers report a refusal that the page handles (401 before sign-in is over …) as an error of the network.
        if kind in ("error", "warning") and not re.match(r"Failed to load resource: .* status of 4\d\d", text):
            self.complaints.append(text)


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
        if program is None and not own.exists():
            pytest.skip("no Chromium: CONTRIBUTING.md says how to get it")
        browser = playwright.chromium.launch(executable_path=None if own.exists() else program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def service() -> Iterator[httpx.Client]:
    """The service with its real engine, open to this machine."""
    with serving(None, workers=1) as client:
        yield client


@pytest.fixture(scope="module")
def signing_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The same where persons sign in."""
    path = credentials_file(tmp_path_factory.mktemp("credentials"))
    with serving(None, workers=1, credentials=path) as client:
        yield client
