"""The OpenAPI document: what FastAPI derives from the code, with examples, without what the service never does."""

import functools
import json
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from engine import empty_contract
from engine.result.plain import plain_warning
from engine.values.items import Item
from engine.values.warnings import Caution, Warning

from .. import faults
from ..faults import Fault
from ..warnings import HEADER, HEADER_EXAMPLE
from .wire import RequestFields

EXAMPLES: Final = {
    202: faults.WAITING,
    400: faults.MALFORMED,
    401: faults.SIGNATURE_EXPIRED,
    403: faults.APP_UNKNOWN,
    404: faults.NOT_STORED,
    408: faults.REQUEST_TOO_SLOW,
    411: faults.LENGTH_REQUIRED,
    413: faults.BODY_TOO_LARGE,
    424: faults.METHOD_NOT_FOUND,
    429: faults.TOO_MANY_REQUESTS,
    500: faults.INTERNAL,
    501: faults.NO_QUEUE,
    503: faults.OVERLOADED,
}
"""One refusal for each status."""

SPECIMEN: Final = {
    Item.DOCUMENT_TYPE: "P",
    Item.ISSUING_STATE: "UTO",
    Item.PASSPORT_NUMBER: "X1234567",
    Item.SEX: "F",
    Item.NATIONALITY: "UTO",
    Item.BIRTH_DATE: "900101",
    Item.EXPIRY_DATE: "300101",
    Item.MRZ_LINE_1: "P<UTOSPECIMEN<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    Item.MRZ_LINE_2: "X1234567<4UTO9001011F3001019<<<<<<<<<<<<<<04",
    Item.SURNAME: "SPECIMEN",
    Item.GIVEN_NAMES: "ANNA MARIA",
}
"""An invented person of the state that there is not."""

SECURITY: Final = {
    "signature": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "base64(HMAC-SHA1(SecretKey, original) ‖ original); `passport-ocr apps sign` makes one. "
        "Not asked for where the service runs with `--no-auth`.",
    }
}

ASYNC: Final = {
    "name": "async",
    "in": "query",
    "description": "Read later: answer 202 at once; 501 where the service has no queue.",
    "schema": {"type": "string", "enum": ["1", "true"]},
}
"""The parameter of requests that do not wait."""

WARNINGS_HEADER: Final = {
    HEADER: {
        "description": "Present where there are warnings: a list of structured fields (RFC 9651) of their codes, the "
        "English names of the items that each concerns in its parameter `items`. Never a value that was read.",
        "schema": {"type": "string"},
        "example": HEADER_EXAMPLE,
    }
}
"""The head of an answer, as OpenAPI describes it."""


def request_body() -> dict[str, Any]:
    """The body of ``POST /ocr/passport`` in both formats, with an example of each."""
    base64_text = {"type": "string", "contentEncoding": "base64"}
    file_part = {"type": "string", "contentMediaType": "application/octet-stream"}
    as_json = _fields({"anyOf": [base64_text, {"type": "null"}]})
    as_form = _fields(file_part) | {"required": ["app_id", "image"]}
    return {
        "required": True,
        "content": {
            "application/json": {"schema": as_json, "example": {"app_id": "1000001", "image": "/9j/4AAQSkZJRgABAQ…"}},
            "multipart/form-data": {"schema": as_form},
        },
    }


def _fields(picture: dict[str, Any]) -> dict[str, Any]:
    schema = RequestFields.model_json_schema()
    for name in ("image", "base64"):
        described = schema["properties"][name]
        described.pop("anyOf")
        described.update(picture)
    return schema


def describe(app: FastAPI) -> None:
    """Let ``app`` serve this document as ``/openapi.json``."""
    app.openapi = functools.cache(functools.partial(_document, app))  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes, servers=[{"url": "./"}]
    )
    for path, operations in document["paths"].items():
        for operation in operations.values():
            _complete(operation)
            if path.startswith("/ocr/"):
                operation["security"] = [{"signature": []}, {}]
    components = document["components"]
    components["securitySchemes"] = SECURITY
    for unused in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(unused, None)
    return document


def _complete(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    responses.pop("422", None)  # what cannot be validated is 400
    for status, response in responses.items():
        for content in response.get("content", {}).values():
            if content.get("schema", {}).get("$ref") == "#/components/schemas/Refusal" and int(status) in EXAMPLES:
                content["example"] = _refusal(EXAMPLES[int(status)])
            elif content.get("schema", {}).get("$ref") == "#/components/schemas/Answer":
                content["examples"] = {
                    "read": {"value": _answer()},
                    "read, warnings asked for": {"value": _told()},
                    "not read": {"value": _empty(faults.NOT_BASE64)},
                }


def _refusal(fault: Fault) -> dict[str, Any]:
    return {"code": fault.code, "message": fault.message}


def _empty(fault: Fault) -> dict[str, Any]:
    return _refusal(fault) | {"data": empty_contract("1000001142857142857142857")}


def _answer() -> dict[str, Any]:
    data = json.loads(json.dumps(empty_contract("1000001142857142857142857")))
    for item, answer in zip(Item, data["items"], strict=True):
        if value := SPECIMEN.get(item):
            answer["itemstring"], answer["itemconf"] = value, 0.998
            answer["words"] = [{"character": character, "confidence": 0.999} for character in value]
    return {"code": 0, "message": "OK", "data": data}


def _told() -> dict[str, Any]:
    """An answer to a client that asked for warnings."""
    caution = Caution(Warning.GLARE, (Item.PASSPORT_NUMBER,))
    return _answer() | {"warnings": [plain_warning(caution)]}
