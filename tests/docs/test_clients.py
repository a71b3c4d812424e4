"""The programs of the page about moving over that sign by hand, run where their language is installed."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.doubles import LINES, FixedEngine
from tests.server.apps import OTHER_SECRET_KEY, SECRET_ID, SECRET_KEY, credentials_file
from tests.server.running import serving

CLIENTS = Path(__file__).parents[2] / "docs" / "clients"
RUN = {"tc3.go": ["go", "run"], "Tc3.java": ["java"], "tc3.php": ["php"]}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with serving(FixedEngine, credentials=credentials_file(tmp_path_factory.mktemp("credentials"))) as service:
        yield service


def answer_of(file: str, service: httpx.Client, secret_key: str, folder: Path) -> dict[str, Any]:
    """What the program prints of one request; with Go's build cache in ``folder`` where it has no other."""
    program, *arguments = RUN[file]
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    picture = folder / "passport.jpg"
    picture.write_bytes(b"the engine is a double")
    environment = {"GOCACHE": str(folder / "go"), **os.environ, "TENCENTCLOUD_SECRET_KEY": secret_key}
    endpoint = str(service.base_url).rstrip("/")
    command = [program, *arguments, str(CLIENTS / file), endpoint, SECRET_ID, str(picture)]
    ended = subprocess.run(command, capture_output=True, env=environment, encoding="utf-8", timeout=300)
    assert ended.returncode == 0, ended.stderr
    answer: dict[str, Any] = json.loads(ended.stdout)["Response"]
    return answer


def test_there_are_no_others() -> None:
    assert {file.name for file in CLIENTS.iterdir()} == set(RUN)


@pytest.mark.parametrize("file", RUN)
def test_a_picture_is_read(file: str, service: httpx.Client, tmp_path: Path) -> None:
    answer = answer_of(file, service, SECRET_KEY, tmp_path)
    assert (answer["CodeSet"], answer["CodeCrc"]) == LINES


@pytest.mark.parametrize("file", RUN)
def test_a_wrong_key_is_told(file: str, service: httpx.Client, tmp_path: Path) -> None:
    answer = answer_of(file, service, OTHER_SECRET_KEY, tmp_path)
    assert answer["Error"]["Code"] == "AuthFailure.SignatureFailure"
