"""The public Python client of this service family, unchanged but for the address it calls.

It has no method for passports; those used here send the same request to a sister path.
"""

import base64
from collections.abc import Iterator

import httpx
import pytest
from qcloud_image import Auth, CIBuffer, CIUrl, Client
from qcloud_image.conf import Conf

from server.contract.ocr_passport.wire import Data
from tests.doubles import VALUES, FixedEngine
from tests.server.apps import APP, OTHER_SECRET_ID, OTHER_SECRET_KEY, SECRET_ID, SECRET_KEY, credentials_file
from tests.server.running import assert_fault, serving

PICTURE = b"\xff\xd8\xff the engine is a double \x00\x80"


@pytest.fixture(scope="module")
def service(engine: FixedEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with serving(lambda: engine, credentials=credentials_file(tmp_path_factory.mktemp("credentials"))) as client:
        yield client


@pytest.fixture(autouse=True)
def here(service: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Conf, "build_url", lambda self, uri: str(service.base_url.join("/ocr/passport")))
    monkeypatch.setenv("NO_PROXY", "*")


def sdk(secret_id: str = SECRET_ID, secret_key: str = SECRET_KEY) -> Client:
    return Client(APP, secret_id, secret_key, "")


def assert_read(answer: dict[str, object], engine: FixedEngine) -> None:
    assert (answer["httpcode"], answer["code"], answer["message"]) == (200, 0, "OK")
    read = {i.item: i.itemstring for i in Data.model_validate(answer["data"]).items if i.itemstring}
    assert read == {item.value: value for item, value in VALUES.items()}
    assert engine.given[-1] == PICTURE


def test_json_with_base64_and_no_content_type(engine: FixedEngine) -> None:
    assert_read(sdk().tag_detect(CIBuffer(PICTURE)), engine)


def test_json_with_url(engine: FixedEngine) -> None:
    assert_read(sdk().face_verify("1", CIUrl(base64.b64encode(PICTURE).decode())), engine)


def test_form_in_which_every_field_is_a_file(engine: FixedEngine) -> None:
    assert_read(sdk().face_verify("1", CIBuffer(PICTURE)), engine)


@pytest.mark.parametrize(
    ("client", "status", "code"),
    [
        (Client("1000003", SECRET_ID, SECRET_KEY, "b"), 403, 10),
        (sdk(secret_id="AKIDnobody"), 403, 11),
        (sdk(OTHER_SECRET_ID, OTHER_SECRET_KEY), 403, 12),
        (sdk(secret_key=OTHER_SECRET_KEY), 401, 14),
    ],
)
def test_its_user_sees_the_code(client: Client, status: int, code: int) -> None:
    answer = client.face_verify("1", CIBuffer(PICTURE))
    assert (answer["httpcode"], answer["code"]) == (status, code)


@pytest.mark.parametrize("bucket", ["", "bucket-1"])
@pytest.mark.parametrize(("seconds", "code"), [(1800, 0), (90 * 86400, 0), (91 * 86400 + 1, 5)])
def test_its_signatures(service: httpx.Client, bucket: str, seconds: int, code: int) -> None:
    signature = Auth(APP, SECRET_ID, SECRET_KEY).get_sign(bucket, seconds)
    response = service.post(
        "/ocr/passport", json={"appid": APP, "image": "AAAA"}, headers={"Authorization": signature.decode()}
    )
    assert response.json()["code"] == code


def test_its_signature_expires(service: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qcloud_image.auth.time.time", lambda: 1_700_000_000)
    signature = Auth(APP, SECRET_ID, SECRET_KEY).get_sign("", 30)
    monkeypatch.undo()
    response = service.post("/ocr/passport", headers={"Authorization": signature.decode()})
    assert_fault(response, 9, status=401)
