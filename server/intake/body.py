"""From a request's body to the picture in it."""

import base64
import binascii
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from ..contract import faults
from ..contract.faults import Refused
from ..contract.ocr_passport.wire import RequestFields
from .forms import kind_of
from .multipart import parse_multipart

MAX_APP_ID = 64
MAX_SESSION_ID = 128
MAX_URL = 2048

MAX_JSON_MARKS = 2000
"""Brackets, commas and colons of a JSON body; base64 has none. Megabytes of ``[[],[],…`` would take a hundredfold."""

_DATA_PREFIX = re.compile(r"data:[^,]{0,200};base64,", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,30}://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RemotePicture:
    """A picture that has to be downloaded first; of the URL only its length and scheme are checked."""

    url: str


def parse_fields(content_type: str, body: bytes) -> RequestFields:
    """The fields of a body in either accepted format; without a content type, as the public SDK sends it, it is JSON.

    Raises:
        Refused: 400 where the format is another one, or the body does not follow it.
    """
    kind = kind_of(content_type)
    if kind in ("application/json", ""):
        fields = _parse_json(body)
    elif kind == "multipart/form-data":
        fields = parse_multipart(content_type, body)
    else:
        raise Refused(faults.MEDIA_TYPE)
    try:
        return RequestFields.model_validate(fields)
    except ValidationError as error:
        wrong = {place for one in error.errors(include_input=False) for place in one["loc"]}
        raise Refused(faults.NO_FLAG if wrong == {"warnings"} else faults.MALFORMED) from None


def check_marks(body: bytes) -> None:
    """Refuse JSON of far more values than a request has, before it is taken apart (400)."""
    if sum(body.count(mark) for mark in (b"[", b"{", b",", b":")) > MAX_JSON_MARKS:
        raise Refused(faults.MALFORMED)


def _parse_json(body: bytes) -> Mapping[str, object]:
    check_marks(body)
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):  # also: bytes that are no text, numbers of thousands of digits
        raise Refused(faults.MALFORMED) from None
    if not isinstance(fields, dict):
        raise Refused(faults.MALFORMED)
    return fields


def session_of(fields: RequestFields) -> str:
    """The session id the client gave, cut to the length that is accepted, else a new ``<app_id><digits>``."""
    app_id = (fields.app_id or fields.appid or "")[:MAX_APP_ID]
    return (fields.session_id or "")[:MAX_SESSION_ID] or f"{app_id}{secrets.randbelow(10**18):018d}"


def picture_of(fields: RequestFields) -> bytes | RemotePicture:
    """Check the fields and take the picture out of them, or where it is; ``url`` wins over ``image``.

    Raises:
        Refused: -1301 a field is missing, -1304 too long, -1300 the picture is empty, -1102 not base64,
            -1505 a URL that is none, 400 a session id of several lines.
    """
    app_id = fields.app_id or fields.appid
    image = fields.image or fields.base64
    if not app_id or (fields.url, fields.image, fields.base64) == (None, None, None):
        raise Refused(faults.PARAMETER_MISSING)
    if len(app_id) > MAX_APP_ID or len(fields.session_id or "") > MAX_SESSION_ID:
        raise Refused(faults.PARAMETER_TOO_LONG)
    if not {"\r", "\n"}.isdisjoint(fields.session_id or ""):
        raise Refused(faults.SESSION_ID_LINES)
    picture = _from_url(fields.url) if fields.url else _from_image(image or b"")
    if not picture:
        raise Refused(faults.PICTURE_EMPTY)
    return picture


def _from_url(url: str) -> bytes | RemotePicture:
    if scheme := _SCHEME.match(url.strip()):
        if scheme.group().lower() not in ("http://", "https://"):
            raise Refused(faults.BAD_URL)
        if len(url) > MAX_URL:
            raise Refused(faults.PARAMETER_TOO_LONG)
        return RemotePicture(url)
    try:
        return decode_base64(url)
    except binascii.Error:
        raise Refused(faults.BAD_URL) from None


def _from_image(image: str | bytes) -> bytes:
    if isinstance(image, bytes):
        return image
    try:
        return decode_base64(image)
    except binascii.Error:
        raise Refused(faults.NOT_BASE64) from None


_SLICE: Final = 4 * 16 * 1024
"""Characters decoded at once: nothing else runs meanwhile, the event loop neither, though this is a thread."""


def decode_base64(text: str) -> bytes:
    """Decode standard base64, with or without padding, line breaks and a ``data:…;base64,`` prefix.

    Raises:
        binascii.Error: the text is something else.
    """
    text = text.strip()
    if prefix := _DATA_PREFIX.match(text):
        text = text[prefix.end() :]
    text = text.replace("\r", "").replace("\n", "").rstrip("=")
    if "=" in text:
        raise binascii.Error
    text += "=" * (-len(text) % 4)
    try:
        return b"".join(base64.b64decode(text[i : i + _SLICE], validate=True) for i in range(0, len(text), _SLICE))
    except ValueError as error:  # text beyond ASCII raises the base class
        raise binascii.Error from error
