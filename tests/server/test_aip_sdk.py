"""Baidu's official Python SDK, unchanged but for its two addresses: what its users see of successes and refusals."""

from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import pytest

from engine.errors import MrzNotFound, NotAnImage
from server.auth.credentials import Credentials
from tests.doubles import LINES, FailingEngine, FixedEngine
from tests.server.apps import APP, OTHER_SECRET_KEY, SECRET_ID, SECRET_KEY, app, credentials_file, key
from tests.server.running import serving

if find_spec("aip") is None:
    pytest.skip("pip install baidu-aip chardet", allow_module_level=True)
aip = import_module("aip")  # an error, not a skip, where what it needs itself is missing

PICTURE = b"\x89PNG the engine is a double"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return credentials_file(tmp_path_factory.mktemp("credentials"))


@pytest.fixture(scope="module")
def service(file: Path) -> Iterator[httpx.Client]:
    with serving(FixedEngine, credentials=file) as service:
        yield service


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def sdk(service: httpx.Client, secret_id: str = SECRET_ID, secret_key: str = SECRET_KEY) -> Any:
    client = aip.AipOcr("", secret_id, secret_key)
    here = str(service.base_url)
    client._AipBase__accessTokenUrl = f"{here}/oauth/2.0/token"
    client._AipOcr__passportUrl = f"{here}/rest/2.0/ocr/v1/passport"
    return client


def test_a_picture_is_read(service: httpx.Client) -> None:
    answer = sdk(service).passport(PICTURE)
    assert answer["words_result_num"] == 15
    fields = {name: field["words"] for name, field in answer["words_result"].items()}
    assert (fields["MRZCode1"], fields["MRZCode2"], fields["护照号码"]) == (*LINES, "X1234567")
    assert isinstance(answer["log_id"], int)


def test_one_token_serves_many_requests(service: httpx.Client) -> None:
    client = sdk(service)
    client.passport(PICTURE)
    token = client._authObj["access_token"]
    assert "error_code" not in client.passport(PICTURE)
    assert client._authObj["access_token"] == token
    assert client._isCloudUser is False


def test_a_token_that_became_worthless_is_renewed(service: httpx.Client) -> None:
    client = sdk(service)
    client.passport(PICTURE)
    client._authObj["access_token"] = "24.of.the.cloud"
    assert client.passport(PICTURE)["words_result_num"] == 15


@pytest.mark.filterwarnings("ignore:datetime:DeprecationWarning")  # of the SDK, from Python 3.12 on
@pytest.mark.parametrize(("secret_id", "secret_key"), [(SECRET_ID, OTHER_SECRET_KEY), ("nobody", SECRET_KEY)])
def test_a_wrong_key_is_never_a_success(service: httpx.Client, secret_id: str, secret_key: str) -> None:
    answer = sdk(service, secret_id, secret_key).passport(PICTURE)
    assert (answer["error_code"], answer["error_msg"]) == (14, "IAM Certification failed")


def test_an_address(service: httpx.Client) -> None:
    assert sdk(service).passportUrl("http://127.0.0.1/a.jpg")["error_code"] == 282111


def test_no_picture_at_all(service: httpx.Client) -> None:
    assert sdk(service).passport(b"")["error_code"] == 216200


@pytest.mark.parametrize(("error", "code"), [(MrzNotFound(), 282102), (NotAnImage(), 216201)])
def test_pictures_that_cannot_be_read(file: Path, error: Exception, code: int) -> None:
    with serving(lambda: FailingEngine(error), credentials=file) as service:
        assert sdk(service).passport(PICTURE)["error_code"] == code


def test_too_often(tmp_path: Path) -> None:
    once = credentials_file(tmp_path, Credentials(apps=(app(APP, key(), requests_per_minute=1),)))
    with ExitStack() as stack:
        client = sdk(stack.enter_context(serving(FixedEngine, credentials=once)))
        assert "error_code" not in client.passport(PICTURE)
        assert client.passport(PICTURE)["error_code"] == 18
