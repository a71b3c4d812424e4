"""The one table from what went wrong to what the client is told (``contract/notes.md``, "Error codes").

Messages are constant: no text of an exception ever reaches a client or a log through here.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from engine import errors


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to say no: HTTP ``status``, the contract's ``code`` and a ``message`` that says what to do.

    With ``status`` 200 the answer also carries ``data`` with fifteen empty items. ``retry_after`` is in seconds;
    with ``hang_up`` the connection ends after the answer, whatever the client is still sending.
    """

    status: int
    code: int
    message: str
    retry_after: int | None = None
    hang_up: bool = False

    @property
    def cause(self) -> "Fault":
        """The same, whenever and however it is said: what dialects look their own words up by."""
        return dataclasses.replace(self, retry_after=None, hang_up=False)


class Refused(Exception):
    """A request that is answered with `fault` instead of a reading."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


PARAMETER_MISSING = Fault(200, -1301, "a parameter is missing: send app_id, and the picture in image or url")
PARAMETER_TOO_LONG = Fault(
    200, -1304, "a parameter is too long: app_id at most 64, session_id 128, a URL 2048 characters"
)
PICTURE_EMPTY = Fault(200, -1300, "the picture is empty: send the bytes of a picture file")
NOT_BASE64 = Fault(200, -1102, "image is not base64 (standard alphabet): encode the bytes of the picture file")
BAD_URL = Fault(
    200, -1505, "url is no http(s) URL of a host this service may download from, nor the base64 of a picture"
)
DOWNLOAD_OFF = Fault(200, -1505, "this service does not download: send the picture itself in image")
DOWNLOAD_TOO_SLOW = Fault(200, -1506, "downloading url took too long: send the picture itself in image")
DOWNLOAD_FAILED = Fault(200, -1308, "url could not be downloaded: its server must answer 200 with the plain picture")
DOWNLOAD_TOO_LARGE = Fault(200, -1308, "the picture at url is too large to be downloaded: send a smaller one")
ENGINE_NOT_OPEN = Fault(200, -5208, "the recognition engine could not be started: a model or a library is missing")

SIGNATURE_EMPTY = Fault(401, 4, "the Authorization header is missing: send a multi-use signature in it")
SIGNATURE_MALFORMED = Fault(
    401, 5, "the signature is malformed: send base64 of HMAC-SHA1 and the signed text with a, k, e, t and r"
)
SIGNATURE_SINGLE_USE = Fault(401, 5, "single-use signatures (e=0) are not accepted: sign with an expiry e")
SIGNATURE_LIFETIME = Fault(401, 5, "the signature's expiry e must be later than its time t, by 90 days at most")
SIGNATURE_FROM_FUTURE = Fault(401, 5, "the signature's time t lies in the future: set the client's clock")
SIGNATURE_EXPIRED = Fault(401, 9, "the signature has expired: make a new one")
APP_UNKNOWN = Fault(403, 10, "the signature's app_id (a) is unknown: ask the operator for credentials")
SECRET_ID_UNKNOWN = Fault(
    403, 11, "the signature's SecretID (k) is unknown or was revoked: ask the operator for a new key"
)
APP_MISMATCH = Fault(
    403, 12, "the signature's app_id (a) is not the one in the body, or its SecretID (k) is another app's"
)
SIGNATURE_WRONG = Fault(
    401, 14, "the signature check failed: sign exactly the text you send, with the key of its SecretID"
)
TOO_MANY_REQUESTS = Fault(
    429, 15, "this app sends too many requests: wait as long as Retry-After says", retry_after=1
)
TOO_MANY_FAILURES = Fault(
    429, 15, "too many signatures from this address failed: correct them, and wait as long as Retry-After says", 1
)

MALFORMED = Fault(400, 400, "the body is malformed: send a JSON object, or multipart/form-data with its boundary")
PARAMETER_WRONG = Fault(
    400, 400, "a parameter is of the wrong type or named twice, or the body is no JSON object: correct it"
)
NO_FLAG = Fault(400, 400, "warnings is neither true nor false: send true to get warnings beside the data")
SESSION_ID_LINES = Fault(400, 400, "session_id holds a line break, with which no answer could be looked up")
MEDIA_TYPE = Fault(400, 400, "the content type is not accepted: send application/json or multipart/form-data")
NOT_HTTP = Fault(
    400, 400, "this is not a valid HTTP/1.1 request: check the client's line, headers and chunks", hang_up=True
)
AMBIGUOUS_LENGTH = Fault(
    400,
    400,
    "the body's length is ambiguous: send one Content-Length with one number, and no Transfer-Encoding",
    hang_up=True,
)
HEAD_TOO_LONG = Fault(431, 431, "the request's headers are too long: send at most 64 KB of them", hang_up=True)
FOREIGN_HOST = Fault(
    400, 400, "without authorization only this machine is served: call it localhost, or start it with credentials"
)
FOREIGN_PAGE = Fault(
    400, 400, "without authorization no other site's page is served: use the page of this service, or a program"
)
NOT_FOUND = Fault(404, 404, "there is nothing at this path: pictures go to POST /ocr/passport")
REQUEST_TOO_SLOW = Fault(408, 408, "the request took too long to arrive: send it again, faster", hang_up=True)
NOT_STORED = Fault(404, 404, "there is no answer of this session id, or it has expired: send the picture again")
LENGTH_REQUIRED = Fault(411, 411, "Content-Length is missing: send it, chunked bodies are not accepted")
BODY_TOO_LARGE = Fault(413, 413, "the body is too large: send a picture of at most 6 MB, as base64 4.5 MB")
BODY_FAR_TOO_LARGE = dataclasses.replace(BODY_TOO_LARGE, hang_up=True)
METHOD_NOT_FOUND = Fault(424, 424, "this path has no such method: use POST for /ocr/passport, GET for the others")
INTERNAL = Fault(500, 500, "internal error: tell the operator the request id of this answer")
STARTING = Fault(503, 503, "the service is still starting: try again shortly", retry_after=2)
ENDING = Fault(503, 503, "the service is ending: send the picture again shortly", retry_after=2)
STORE_DOWN = Fault(503, 503, "the result store does not answer: try again shortly", retry_after=2)
NO_QUEUE = Fault(
    501, 501, "this service reads pictures at once: leave async out of the address, or let it be started with a queue"
)
WAITING = Fault(202, 202, "the picture waits to be read: look again as soon as Retry-After says", retry_after=1)
OVERLOADED = Fault(503, 503, "too many pictures are waiting: try again shortly", retry_after=1)
CROWDED_OUT = dataclasses.replace(OVERLOADED, hang_up=True)

OF_HTTP = frozenset(
    fault.cause for fault in (LENGTH_REQUIRED, REQUEST_TOO_SLOW, HEAD_TOO_LONG, NOT_HTTP, AMBIGUOUS_LENGTH)
)
"""Faults of HTTP itself: they keep their status in contracts that answer everything else with 200."""

ENGINE_FAULTS: Mapping[type[errors.PassportError], Fault] = {
    errors.EmptyImage: PICTURE_EMPTY,
    errors.UnsupportedFormat: Fault(
        200, -1400, "the picture format is not supported: send JPEG, PNG, BMP, WebP or TIFF"
    ),
    errors.NotAnImage: Fault(200, -1102, "the picture cannot be decoded: it is damaged, cut off or not a picture"),
    errors.ImageTooLarge: Fault(200, -1102, "the picture has too many pixels to be decoded: send a smaller one"),
    errors.BadImage: Fault(200, -1102, "the picture cannot be decoded: send a JPEG, PNG, BMP, WebP or TIFF file"),
    errors.NothingToRead: Fault(
        200, -9020, "no passport could be read: show the whole data page, sharp and without reflections"
    ),
    errors.ReaderMissing: ENGINE_NOT_OPEN,
    errors.ModelDamaged: ENGINE_NOT_OPEN,
    errors.ReaderTimeout: Fault(504, 504, "reading the picture took too long: send a smaller or clearer one"),
    errors.ReaderFailed: Fault(502, 502, "the reader failed on this picture: try again or send another picture"),
    errors.PassportError: Fault(500, 500, "the picture could not be read: tell the operator the request id"),
}
"""The most specific class wins; every class of the engine's tree has a row, or its parent has."""


def fault_for(error: errors.PassportError) -> Fault:
    """The row of the most specific class that ``error`` is of."""
    return next(ENGINE_FAULTS[kind] for kind in type(error).__mro__ if kind in ENGINE_FAULTS)
