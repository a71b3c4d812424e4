"""API 3.0 at ``/``, over real HTTP: who gets in, what is taken, what is answered."""

import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import MrzNotFound
from server.auth.credentials import Credentials
from server.contract.faults import STARTING, Refused
from server.contract.ocr_passport.wire import Answer
from server.intake.download import Downloader
from server.intake.reception import Reception
from server.shares import Holder
from tests.doubles import VALUES, FailingEngine, FixedEngine
from tests.server.api3 import ACTIONS, Answered, ask, call, tc3_headers
from tests.server.apps import (
    APP,
    OTHER_SECRET_ID,
    OTHER_SECRET_KEY,
    SECRET_ID,
    app,
    credentials_file,
    key,
    original,
    signed,
)
from tests.server.conftest import Log
from tests.server.running import serving

PICTURE = b"\x89PNG the engine is a double: any bytes will do \xff\x00"
BASE64 = base64.b64encode(PICTURE).decode()


@pytest.fixture(scope="module")
def client(engine: FixedEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Of a service that asks for signatures."""
    file = credentials_file(tmp_path_factory.mktemp("credentials"))
    with serving(lambda: engine, credentials=file, failed_signatures_per_minute=1000) as client:
        yield client


@pytest.fixture(scope="module")
def open_client(engine: FixedEngine) -> Iterator[httpx.Client]:
    """Of a service that does not."""
    with serving(lambda: engine) as client:
        yield client


class TestWhoGetsIn:
    @pytest.mark.parametrize("action", ACTIONS)
    def test_who_signs(self, client: httpx.Client, engine: FixedEngine, action: str) -> None:
        answered = call(client, {"ImageBase64": BASE64}, action=action)
        assert answered.code == ""
        assert engine.given[-1] == PICTURE

    def test_an_app_needs_no_name_but_its_key(self, client: httpx.Client, log: Log) -> None:
        answered = call(client, secret_id=OTHER_SECRET_ID, secret_key=OTHER_SECRET_KEY)
        assert answered.code == ""
        [line] = log.lines("passport_ocr.access")
        assert (line["app"], line["action"], line["code"], line["status"]) == ("1000002", "PassportOCR", 0, 200)
        assert line["request_id"] == answered.headers["x-request-id"]

    @pytest.mark.parametrize(("off", "code"), [(-240, ""), (240, ""), (-360, "Expire"), (360, "Expire")])
    def test_clocks_differ_by_five_minutes_at_most(self, client: httpx.Client, off: int, code: str) -> None:
        answered = call(client, at=int(time.time()) + off)
        assert answered.code == (f"AuthFailure.Signature{code}" if code else "")

    def test_the_clock_is_looked_at_before_the_key(self, client: httpx.Client) -> None:
        assert call(client, at=1_700_000_000, secret_id="AKIDnobody").code == "AuthFailure.SignatureExpire"

    @pytest.mark.parametrize(
        ("signing", "code"),
        [
            ({"secret_id": "AKIDnobody"}, "AuthFailure.SecretIdNotFound"),
            ({"secret_key": OTHER_SECRET_KEY}, "AuthFailure.SignatureFailure"),
            ({"secret_id": OTHER_SECRET_ID}, "AuthFailure.SignatureFailure"),
            ({"date": "2020-01-01"}, "AuthFailure.SignatureFailure"),
            ({"signed": "host"}, "AuthFailure.InvalidAuthorization"),
            ({"signed": "content-type;host;host"}, "AuthFailure.InvalidAuthorization"),
        ],
    )
    def test_who_does_not(self, client: httpx.Client, signing: dict[str, Any], code: str) -> None:
        assert call(client, **signing).code == code

    def test_what_was_changed_on_the_way(self, client: httpx.Client) -> None:
        body = b'{"ImageBase64":"aGVsbG8="}'
        headers = tc3_headers(client.base_url.netloc.decode(), body)
        for sent in (body + b" ", body.replace(b"8", b"9"), b'{"ImageBase64": "aGVsbG8="}'):
            assert ask(client, "POST", "/", headers, sent).code == "AuthFailure.SignatureFailure"
        assert ask(client, "POST", "/", headers, body).code == ""
        assert ask(client, "POST", "/", headers, body).code == "", "a request may be repeated"

    @pytest.mark.parametrize(
        ("find", "put"),
        [
            ("TC3-HMAC-SHA256 ", "TC3-HMAC-SHA1 "),
            ("Signature=", "Signature=G"),
            ("/ocr/", "//"),
            ("tc3_request", "tc4_request"),
            ("Credential=", "Credential="),
        ],
    )
    def test_malformed_headers(self, client: httpx.Client, find: str, put: str) -> None:
        headers = tc3_headers(client.base_url.netloc.decode(), b"{}")
        value = headers["Authorization"].replace(find, put)
        if find == put:  # the same signature in capitals
            value = value[:-64] + value[-64:].upper()
        answered = ask(client, "POST", "/", headers | {"Authorization": value}, b"{}")
        assert answered.code == "AuthFailure.InvalidAuthorization"

    @pytest.mark.parametrize("value", ["", "SKIP", "a" * 3000])
    def test_a_header_that_is_no_signature(self, client: httpx.Client, value: str) -> None:
        headers = {"Content-Type": "application/json", "Authorization": value}
        assert ask(client, "POST", "/", headers, b"{}").code == "AuthFailure.InvalidAuthorization"

    def test_no_signature(self, client: httpx.Client) -> None:
        for kind in ("application/json", "application/x-www-form-urlencoded", "multipart/form-data"):
            headers = {"Content-Type": kind, "X-TC-Action": "PassportOCR"}
            assert ask(client, "POST", "/", headers, b"{}").code == "MissingParameter"
        assert ask(client, "GET", "/?Action=PassportOCR", {}).code == "MissingParameter"

    @pytest.mark.parametrize(
        ("timestamp", "code"),
        [
            (None, "MissingParameter"),
            ("", "MissingParameter"),
            ("yesterday", "InvalidParameter"),
            ("-1", "InvalidParameter"),
        ],
    )
    def test_timestamps(self, client: httpx.Client, timestamp: str | None, code: str) -> None:
        headers = tc3_headers(client.base_url.netloc.decode(), b"{}")
        del headers["X-TC-Timestamp"]
        headers |= {} if timestamp is None else {"X-TC-Timestamp": timestamp}
        assert ask(client, "POST", "/", headers, b"{}").code == code

    def test_a_header_sent_twice(self, client: httpx.Client) -> None:
        body = b'{"ImageBase64":"aGVsbG8="}'
        headers = tc3_headers(client.base_url.netloc.decode(), body)
        response = client.post("/", content=body, headers=[*headers.items(), ("x-tc-action", "MLIDPassportOCR")])
        assert response.json()["Response"]["Error"]["Code"] == "AuthFailure.InvalidAuthorization"

    def test_too_often(self, engine: FixedEngine, tmp_path: Path) -> None:
        """The old contract and this one share an app's requests."""
        file = credentials_file(tmp_path, Credentials(apps=(app(APP, key(), requests_per_minute=1),)))
        with serving(lambda: engine, credentials=file) as client:
            assert call(client).code == ""
            answered = call(client)
            assert answered.code == "RequestLimitExceeded"
            assert int(answered.headers["retry-after"]) > 1

    def test_guessing_is_throttled(self, engine: FixedEngine, tmp_path: Path) -> None:
        settings = {
            "credentials": credentials_file(tmp_path),
            "trusted_proxies": (),
            "failed_signatures_per_minute": 2,
        }
        with serving(lambda: engine, **settings) as client:
            codes = [call(client, secret_key=OTHER_SECRET_KEY).code for _ in range(3)]
            assert codes == ["AuthFailure.SignatureFailure"] * 2 + ["RequestLimitExceeded"]
            assert call(client).code == "RequestLimitExceeded", "right ones are not told from wrong ones"
            assert call(client, secret_id=OTHER_SECRET_ID, secret_key=OTHER_SECRET_KEY).code == ""
            metrics = client.get("/metrics").text
        assert 'passport_ocr_signatures_refused_total{reason="failed"} 2.0' in metrics
        assert 'passport_ocr_signatures_refused_total{reason="throttled"} 2.0' in metrics

    def test_unsigned_bodies_can_be_forbidden(self, engine: FixedEngine, tmp_path: Path) -> None:
        with serving(lambda: engine, credentials=credentials_file(tmp_path), unsigned_payload=False) as client:
            answered = call(client, X_TC_Content_SHA256="UNSIGNED-PAYLOAD")
        assert answered.code == "AuthFailure.InvalidAuthorization"

    def test_names_that_a_proxy_hides(self, engine: FixedEngine, tmp_path: Path) -> None:
        file = credentials_file(tmp_path)
        body = b'{"ImageBase64":"aGVsbG8="}'
        headers = tc3_headers("ocr.inside.example", body)
        with serving(lambda: engine, credentials=file, signed_hosts="ocr.inside.example,x") as client:
            assert ask(client, "POST", "/", headers, body).code == ""
        with serving(lambda: engine, credentials=file) as client:
            assert ask(client, "POST", "/", headers, body).code == "AuthFailure.SignatureFailure"


class TestActions:
    @pytest.mark.parametrize(
        ("action", "code"),
        [
            (None, "MissingParameter"),
            ("", "MissingParameter"),
            ("passportocr", "InvalidAction"),
            ("X" * 90, "InvalidAction"),
        ],
    )
    def test_unknown_ones(self, client: httpx.Client, action: str | None, code: str) -> None:
        assert call(client, action=action).code == code

    @pytest.mark.parametrize(("version", "code"), [("", "MissingParameter"), ("2017-01-01", "NoSuchVersion")])
    def test_versions(self, client: httpx.Client, version: str, code: str) -> None:
        body = b'{"ImageBase64":"aGVsbG8="}'
        headers = tc3_headers(client.base_url.netloc.decode(), body) | {"X-TC-Version": version}
        assert ask(client, "POST", "/", headers, body).code == code

    @pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "BREW"])
    def test_methods(self, client: httpx.Client, method: str) -> None:
        assert ask(client, method, "/", {}).code == "UnsupportedProtocol"

    def test_what_is_logged_of_an_unknown_action(self, client: httpx.Client, log: Log) -> None:
        call(client, action="ERIKSSON")
        [line] = log.lines("passport_ocr.access")
        assert "action" not in line
        assert "ERIKSSON" not in log.text


class TestParameters:
    @pytest.mark.parametrize(
        ("parameters", "code"),
        [
            ({}, "InvalidParameterValue.InvalidParameterValueLimit"),
            ({"ImageBase64": "", "ImageUrl": None}, "InvalidParameterValue.InvalidParameterValueLimit"),
            ({"imagebase64": BASE64}, "InvalidParameterValue.InvalidParameterValueLimit"),
            ({"ImageBase64": "not base64!"}, "FailedOperation.ImageDecodeFailed"),
            ({"ImageBase64": "https://example.com/a.jpg"}, "FailedOperation.ImageDecodeFailed"),
            ({"ImageBase64": "===="}, "FailedOperation.ImageDecodeFailed"),
            ({"ImageUrl": "ftp://example.com/a.jpg"}, "FailedOperation.DownLoadError"),
            ({"ImageUrl": "http://127.0.0.1/a.jpg", "ImageBase64": BASE64}, "FailedOperation.DownLoadError"),
            ({"ImageUrl": "http://e.com/" + "a" * 3000}, "InvalidParameterValue.InvalidParameterValueLimit"),
            ({"ImageBase64": 5}, "InvalidParameter"),
            ({"ImageBase64": [BASE64]}, "InvalidParameter"),
            ({"ImageBase64": BASE64, "CropPortrait": "true"}, "InvalidParameter"),
            ({"ImageBase64": BASE64, "CropPortrait": 1}, "InvalidParameter"),
            ([], "InvalidParameter"),
            (b"", "InvalidParameter"),
            (b"{", "InvalidParameter"),
            (b'{"ImageBase64":"aGVsbG8=","ImageBase64":"aGVsbG8="}', "InvalidParameter"),
            (b"\xff", "InvalidParameter"),
            (b"[" * 5000, "InvalidParameter"),
        ],
    )
    def test_wrong_ones(self, client: httpx.Client, engine: FixedEngine, parameters: Any, code: str) -> None:
        before = len(engine.given)
        assert call(client, parameters).code == code
        assert len(engine.given) == before

    @pytest.mark.parametrize(
        "more", [{"Type": 5}, {"Type": "US"}, {"Unknown": [1]}, {"CropPortrait": None}, {"CropPortrait": False}]
    )
    def test_what_is_passed_over(self, client: httpx.Client, more: dict[str, Any]) -> None:
        assert call(client, {"ImageBase64": BASE64} | more).code == ""

    @pytest.mark.parametrize("text", [BASE64.rstrip("="), f"data:image/png;base64,{BASE64}", BASE64 + "\r\n"])
    def test_base64_as_clients_write_it(self, client: httpx.Client, engine: FixedEngine, text: str) -> None:
        assert call(client, {"ImageBase64": text}).code == ""
        assert engine.given[-1] == PICTURE

    @pytest.mark.parametrize(
        ("kind", "code"),
        [
            ("application/json; charset=utf-8", ""),
            ("Application/JSON", ""),
            ("multipart/form-data; boundary=b", "InvalidRequest"),
            ("application/octet-stream", "InvalidRequest"),
        ],
    )
    def test_formats(self, client: httpx.Client, kind: str, code: str) -> None:
        assert call(client, Content_Type=kind).code == code

    def test_a_form_under_a_signed_head(self, client: httpx.Client, engine: FixedEngine) -> None:
        body = urlencode({"ImageBase64": BASE64, "CropPortrait": "True", "Note": "a;b"}).encode()
        assert call(client, body, Content_Type="application/x-www-form-urlencoded").code == ""
        assert engine.given[-1] == PICTURE

    def test_an_address_wins(self, engine: FixedEngine, tmp_path: Path) -> None:
        asked: list[str] = []

        async def fetch(_: Downloader, url: str, holder: Holder) -> bytes:
            asked.append(url)
            return b"from there"

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Downloader, "fetch", fetch)
            with serving(lambda: engine, credentials=credentials_file(tmp_path)) as client:
                assert call(client, {"ImageUrl": "http://example.com/a", "ImageBase64": BASE64}).code == ""
        assert asked == ["http://example.com/a"]
        assert engine.given[-1] == b"from there"

    def test_sizes(self, client: httpx.Client) -> None:
        assert call(client, {"ImageBase64": "A" * (10 * 1024 * 1024)}).code == ""
        assert call(client, {"ImageBase64": "A" * (10 * 1024 * 1024 + 1)}).code == "LimitExceeded.TooLargeFileError"
        assert call(client, b" " * (10 * 1024 * 1024 + 64 * 1024 + 1)).code == "RequestSizeLimitExceeded"

    def test_a_query_of_32_kb(self, client: httpx.Client) -> None:
        assert ask(client, "GET", f"/?Action=PassportOCR&ImageBase64={'A' * 32_000}", {}).code == "MissingParameter"

    def test_a_body_of_no_length(self, client: httpx.Client) -> None:
        headers = tc3_headers(client.base_url.netloc.decode(), b"{}") | {"Content-Length": "x"}
        assert ask(client, "POST", "/", headers, expected=400).code == "InvalidRequest"
        headers |= {"Transfer-Encoding": "chunked"}
        del headers["Content-Length"]
        response = client.post("/", content=iter([b"{}"]), headers=headers)
        assert (response.status_code, response.json()["Response"]["Error"]["Code"]) == (411, "InvalidRequest")


class TestAnswers:
    @pytest.mark.parametrize("action", ACTIONS)
    @pytest.mark.parametrize("language", [None, "zh-CN", "en-US"])
    def test_refusals_are_in_the_language_that_was_asked_for(
        self, client: httpx.Client, action: str, language: str | None
    ) -> None:
        more = {} if language is None else {"X_TC_Language": language}
        message = call(client, {}, action=action, **more).fields["Error"]["Message"]
        assert message.isascii() == (language != "zh-CN")

    @pytest.mark.parametrize(
        ("sent", "back"),
        [("0f8f1a3e-5c0b-4d8e", "0f8f1a3e-5c0b-4d8e"), ("a b", None), ("x" * 129, None), ("<script>", None)],
    )
    def test_the_trace_id_comes_back(self, client: httpx.Client, sent: str, back: str | None) -> None:
        assert call(client, X_TC_TraceId=sent).headers.get("x-tc-traceid") == back
        assert call(client, {}, X_TC_TraceId=sent).headers.get("x-tc-traceid") == back

    def test_warnings_stand_in_the_header(self, client: httpx.Client) -> None:
        assert call(client).headers["x-passport-warnings"] == "CHECK_DIGIT"

    def test_what_was_read_can_be_looked_up_with_its_boxes(self, client: httpx.Client) -> None:
        request_id = call(client).headers["x-request-id"]
        response = client.get(
            f"/ocr/passport/{request_id}",
            headers={"Authorization": signed(original(t=int(time.time()), e=int(time.time()) + 60))},
        )
        found = Answer.model_validate(response.json())
        assert (found.code, found.data.session_id) == (0, request_id)
        assert {i.item: i.itemstring for i in found.data.items if i.itemstring} == {
            item.value: value for item, value in VALUES.items()
        }

    @pytest.mark.parametrize(("action", "code"), [("PassportOCR", "OcrFailed"), ("MLIDPassportOCR", "NoPassport")])
    def test_no_passport(self, tmp_path: Path, action: str, code: str) -> None:
        with serving(lambda: FailingEngine(MrzNotFound()), credentials=credentials_file(tmp_path)) as client:
            assert call(client, action=action).code == f"FailedOperation.{code}"

    def test_a_defect_is_an_internal_error_that_tells_nothing(self, tmp_path: Path, log: Log) -> None:
        engine = FailingEngine(RuntimeError("ERIKSSON"))
        with serving(lambda: engine, credentials=credentials_file(tmp_path)) as client:
            answered = call(client)
        assert answered.code == "InternalError"
        assert "ERIKSSON" not in str(answered) + log.text

    def test_until_warm_the_service_is_unavailable(self, tmp_path: Path) -> None:
        with serving(lambda: FailingEngine(Refused(STARTING)), credentials=credentials_file(tmp_path)) as client:
            answered = call(client)
        assert answered.code == "ServiceUnavailable"
        assert answered.headers["retry-after"] == "2"

    def test_neither_log_nor_metrics_hold_what_was_read(self, client: httpx.Client, log: Log) -> None:
        call(client, {"ImageBase64": BASE64, "CropPortrait": True})
        call(client, {"ImageBase64": BASE64 + "!"})
        metrics = client.get("/metrics").text
        for secret in (BASE64, *(value for value in VALUES.values() if len(value) > 3)):
            assert secret not in log.text + metrics
        assert 'passport_ocr_requests_total{code="0",route="/",status="200"}' in metrics
        assert 'code="FailedOperation.ImageDecodeFailed",route="/",status="200"' in metrics


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(), part, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["ImageBase64", "ImageUrl", "CropPortrait", "RetImage", "Type"]) | st.text()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(action=st.sampled_from([*ACTIONS, "X"]), parameters=JSON | st.dictionaries(NAMES, JSON))
def test_whatever_is_sent_the_answer_is_an_envelope(client: httpx.Client, action: str, parameters: Any) -> None:
    answered = call(client, json.dumps(parameters).encode(), action=action)
    assert answered.code or answered.fields["CodeSet"]


class TestBesideThePage:
    def test_a_plain_get_is_none_of_it(self, client: httpx.Client, open_client: httpx.Client) -> None:
        assert client.get("/").headers["content-type"].startswith("text/html")
        assert open_client.get("/").headers["content-type"].startswith("text/html")
        assert open_client.get("/?lang=zh").headers["content-type"].startswith("text/html")

    def test_without_authorization_the_action_stands_in_a_header(self, open_client: httpx.Client) -> None:
        """A page of another site can neither send that header nor, by an address alone, set off a download."""
        headers = {"X-TC-Action": "PassportOCR", "X-TC-Version": "2018-11-19", "Content-Type": "application/json"}
        body = json.dumps({"ImageBase64": BASE64}).encode()
        assert ask(open_client, "POST", "/", headers, body).code == ""
        assert ask(open_client, "GET", f"/?{urlencode({'ImageBase64': BASE64})}", headers).code == ""
        del headers["X-TC-Action"]
        assert ask(open_client, "POST", "/", headers, body).code == "MissingParameter"
        query = urlencode({"Action": "PassportOCR", "Version": "2018-11-19", "ImageBase64": BASE64})
        assert ask(open_client, "GET", f"/?{query}", {}).code == "MissingParameter"
        form = headers | {"Content-Type": "application/x-www-form-urlencoded"}
        assert ask(open_client, "POST", "/", form, query.encode()).code == "MissingParameter"

    def test_another_sites_page_is_refused_in_this_dialect(self, open_client: httpx.Client) -> None:
        headers = {"X-TC-Action": "PassportOCR", "Origin": "https://elsewhere.example"}
        assert ask(open_client, "POST", "/", headers, b"{}").code == "UnauthorizedOperation"

    def test_what_is_not_http_is_said_in_it(self, client: httpx.Client) -> None:
        headers = {"Content-Length": "-1"}
        assert ask(client, "POST", "/", headers, expected=400).code == "InvalidRequest"
        query = "a" * 70_000
        answered = ask(client, "GET", f"/?Action={query}", {}, expected=431)
        assert answered.code == "RequestSizeLimitExceeded"


def test_who_knows_an_apps_name_does_not_take_its_place(tmp_path: Path) -> None:
    """Bodies that only claim to be an app's are counted apart from those that are proven to be."""
    holders: list[Holder] = []
    received = Reception.received

    def watched(self: Reception, request: Any, holder: Holder, *more: Any) -> Any:
        holders.append(holder)
        return received(self, request, holder, *more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reception, "received", watched)
        with serving(FixedEngine, credentials=credentials_file(tmp_path)) as client:
            call(client, secret_key=OTHER_SECRET_KEY)
            call(client, X_TC_Content_SHA256="UNSIGNED-PAYLOAD")
    assert [holder.app for holder in holders] == [f"{APP}, unproven"]


def test_secret_ids_are_not_logged(client: httpx.Client, log: Log) -> None:
    answered: Answered = call(client, secret_key=OTHER_SECRET_KEY)
    assert answered.code
    assert SECRET_ID not in log.text
