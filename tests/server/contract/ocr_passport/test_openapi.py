"""The OpenAPI document, and the service as schemathesis sees it through the document."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection

from server.contract.ocr_passport.openapi import EXAMPLES
from server.contract.ocr_passport.wire import Answer, Refusal
from tests.doubles import FixedEngine
from tests.server.running import serving


@pytest.fixture(scope="module")
def service() -> Iterator[httpx.Client]:
    with serving(FixedEngine, queue=True) as client:
        yield client


@pytest.fixture(scope="module")
def document(service: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = service.get("/openapi.json").json()
    return found


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_the_service_does_what_the_document_says(service: httpx.Client, mode: GenerationMode) -> None:
    # The contract answers 200 with a negative code where a parameter is missing: no 4xx is to be expected for it.
    interface = schemathesis.openapi.from_url(f"{service.base_url}/openapi.json")
    operations = [found.ok() for found in interface.get_all_operations()]
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not operation.body:
            continue  # no path is wrong as such

        @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def conform(case: schemathesis.Case) -> None:
            case.call_and_validate(excluded_checks=[negative_data_rejection])

        conform()
    assert {operation.path for operation in operations} >= {"/ocr/passport", "/ocr/passport/{session_id}", "/livez"}


def test_every_example_is_what_it_is_an_example_of(document: dict[str, Any]) -> None:
    answers, refusals = 0, set()
    for operations in document["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                content = response.get("content", {}).get("application/json", {})
                for example in content.get("examples", {}).values():
                    Answer.model_validate(example["value"])
                    answers += 1
                if "example" in content:
                    assert Refusal.model_validate(content["example"]).message
                    refusals.add(int(status))
    assert answers == 6
    assert refusals == set(EXAMPLES)


def test_the_document_tells_of_warnings(document: dict[str, Any]) -> None:
    headers = document["paths"]["/ocr/passport"]["post"]["responses"]["200"]["headers"]
    assert "never" in headers["X-Passport-Warnings"]["description"].lower()
    answer = document["components"]["schemas"]["Answer"]
    assert "warnings" in answer["properties"]
    assert "warnings" not in answer["required"]
    body = document["paths"]["/ocr/passport"]["post"]["requestBody"]["content"]
    for kind in ("application/json", "multipart/form-data"):
        assert body[kind]["schema"]["properties"]["warnings"]["default"] is False


def test_no_status_that_never_comes_is_documented(document: dict[str, Any]) -> None:
    statuses = {status for path in document["paths"].values() for one in path.values() for status in one["responses"]}
    assert "422" not in statuses
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_signatures_are_asked_for_where_pictures_and_answers_are(document: dict[str, Any]) -> None:
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert ("security" in operation) == path.startswith("/ocr/passport")
