"""The official SDKs of API 3.0, unchanged but for the endpoint: what their users see of successes and refusals.

The Node SDK is asked where node is at hand and ``CLOUD_SDK`` names a folder in which it was installed:
``npm install --prefix DIR tencentcloud-sdk-nodejs-ocr``, then ``CLOUD_SDK=DIR``. Elsewhere what it once signed is
asked for (`tests.server.contract.v3.test_vectors`).
"""

import base64
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from engine.errors import MrzNotFound, NotAnImage
from server.auth.credentials import Credentials
from tests.doubles import LINES, FailingEngine, FixedEngine
from tests.server.api3 import ACTIONS, UUID
from tests.server.apps import APP, OTHER_SECRET_KEY, SECRET_ID, SECRET_KEY, app, credentials_file, key
from tests.server.running import serving

pytest.importorskip("tencentcloud", reason="pip install tencentcloud-sdk-python-ocr")
from tencentcloud.common import abstract_client, credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.ocr.v20181119 import models, ocr_client

SCRIPT = Path(__file__).with_name("cloud_sdk.mjs")
NODE_SDK = os.environ.get("CLOUD_SDK", "")
PICTURE = {"ImageBase64": base64.b64encode(b"\x89PNG the engine is a double").decode()}


@dataclass(frozen=True)
class Case:
    """What an SDK is asked to do, of which service, and the code that its user sees; None for a success."""

    service: str = "reads"
    code: Callable[[str], str | None] = lambda action: None
    secret_id: str = SECRET_ID
    secret_key: str = SECRET_KEY
    clock: int = 0
    parameters: dict[str, Any] = field(default_factory=lambda: PICTURE)
    method: str = "POST"
    sign: str = "TC3-HMAC-SHA256"


NO_PASSPORT = {"PassportOCR": "FailedOperation.OcrFailed", "MLIDPassportOCR": "FailedOperation.NoPassport"}
CASES = {
    "success": Case(),
    "success by GET": Case(method="GET"),
    "success with HmacSHA1": Case(sign="HmacSHA1"),
    "success with HmacSHA256 by GET": Case(sign="HmacSHA256", method="GET"),
    "wrong key": Case(code=lambda _: "AuthFailure.SignatureFailure", secret_key=OTHER_SECRET_KEY),
    "wrong key with HmacSHA256": Case(
        code=lambda _: "AuthFailure.SignatureFailure", secret_key=OTHER_SECRET_KEY, sign="HmacSHA256"
    ),
    "unknown SecretId": Case(code=lambda _: "AuthFailure.SecretIdNotFound", secret_id="AKIDnobody"),
    "clock ten minutes off": Case(code=lambda _: "AuthFailure.SignatureExpire", clock=600),
    "no base64": Case(code=lambda _: "FailedOperation.ImageDecodeFailed", parameters={"ImageBase64": "~"}),
    "no picture": Case("refuses", lambda _: "FailedOperation.ImageDecodeFailed"),
    "no parameter": Case(code=lambda _: "InvalidParameterValue.InvalidParameterValueLimit", parameters={}),
    "no passport": Case("finds nothing", NO_PASSPORT.get),
    "rate": Case("is asked once a minute", lambda _: "RequestLimitExceeded"),
}


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, httpx.Client]]:
    file = credentials_file(tmp_path_factory.mktemp("many"))
    once = credentials_file(
        tmp_path_factory.mktemp("once"), Credentials(apps=(app(APP, key(), requests_per_minute=1),))
    )
    with ExitStack() as stack:
        found = {
            "reads": stack.enter_context(serving(FixedEngine, credentials=file)),
            "refuses": stack.enter_context(serving(lambda: FailingEngine(NotAnImage()), credentials=file)),
            "finds nothing": stack.enter_context(serving(lambda: FailingEngine(MrzNotFound()), credentials=file)),
            "is asked once a minute": stack.enter_context(serving(FixedEngine, credentials=once)),
        }
        assert python("PassportOCR", Case("is asked once a minute"), found)[0] is None
        yield found


def python(action: str, case: Case, services: dict[str, httpx.Client]) -> tuple[str | None, dict[str, Any]]:
    """The code that a user of the Python SDK sees, and the answer or the error as it is given."""
    profile = ClientProfile(
        signMethod=case.sign,
        httpProfile=HttpProfile(
            protocol="http", endpoint=services[case.service].base_url.netloc.decode(), reqMethod=case.method
        ),
    )
    client = ocr_client.OcrClient(credential.Credential(case.secret_id, case.secret_key), "", profile)
    request = getattr(models, f"{action}Request")()
    for name, value in case.parameters.items():
        setattr(request, name, value)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "*")
        at = time.time() + case.clock
        patch.setattr(abstract_client, "time", type("Clock", (), {"time": staticmethod(lambda: at)}))
        try:
            return None, json.loads(getattr(client, action)(request).to_json_string())
        except TencentCloudSDKException as error:
            return error.code, {"RequestId": error.requestId}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("case", CASES.values(), ids=[*CASES])
def test_users_of_the_python_sdk_see(services: dict[str, httpx.Client], case: Case, action: str) -> None:
    code, answer = python(action, case, services)
    assert_told(case, action, code, answer)


def assert_told(case: Case, action: str, code: str | None, answer: dict[str, Any]) -> None:
    assert code == case.code(action)
    assert UUID.fullmatch(answer["RequestId"])
    if code is None:
        assert (answer["CodeSet"], answer["CodeCrc"]) == LINES
        assert answer.get("PassportNo") == "X1234567" or answer.get("ID") == "X1234567"


@pytest.fixture(scope="module")
def node_outcomes(services: dict[str, httpx.Client]) -> dict[tuple[str, str], dict[str, Any]]:
    """Those of all cases, by case and action, of one process."""
    if not (shutil.which("node") and (Path(NODE_SDK) / "node_modules" / "tencentcloud-sdk-nodejs-ocr").exists()):
        pytest.skip("no node, or CLOUD_SDK names no folder where npm installed tencentcloud-sdk-nodejs-ocr")
    asked = {
        (name, action): {
            "endpoint": services[case.service].base_url.netloc.decode(),
            "action": action,
            "secretId": case.secret_id,
            "secretKey": case.secret_key,
            "parameters": case.parameters,
            "method": case.method,
            "signMethod": case.sign,
            **({"at": int(time.time()) + case.clock} if case.clock else {}),
        }
        for name, case in CASES.items()
        for action in ACTIONS
    }
    found = subprocess.run(
        ["node", str(SCRIPT)],
        input=json.dumps([*asked.values()]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert found.returncode == 0, found.stderr
    return dict(zip(asked, json.loads(found.stdout), strict=True))


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("name", [*CASES])
def test_users_of_the_node_sdk_see(
    node_outcomes: dict[tuple[str, str], dict[str, Any]], name: str, action: str
) -> None:
    outcome = node_outcomes[name, action]
    answer = outcome.get("response") or {"RequestId": outcome["requestId"]}
    assert_told(CASES[name], action, outcome.get("code"), answer)
