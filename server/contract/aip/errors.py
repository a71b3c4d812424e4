"""What clients of this dialect are told of each fault: a code of its documentation, and its words.

The words are the documentation's own, as clients compare them; what to do about each is said in ``docs/aip.md``.
Which code fits which cause is partly ours, where its documentation is silent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine import errors

from .. import faults
from ..faults import ENGINE_FAULTS, Fault
from . import faults as own


@dataclass(frozen=True, slots=True)
class Error:
    """``error_code`` and ``error_msg``."""

    code: int
    message: str


UNAVAILABLE: Final = Error(2, "Service temporarily unavailable")
NO_METHOD: Final = Error(3, "Unsupported openapi method")
BUSY: Final = Error(4, "Open api request limit reached")
NO_PERMISSION: Final = Error(6, "No permission to access data")
NOT_CERTIFIED: Final = Error(14, "IAM Certification failed")
TOO_OFTEN: Final = Error(18, "Open api qps request limit reached")
NO_TOKEN: Final = Error(100, "Invalid parameter")
WRONG_TOKEN: Final = Error(110, "Access token invalid or no longer valid")
OLD_TOKEN: Final = Error(111, "Access token expired")
WRONG_PARAMETER: Final = Error(216100, "invalid param")
NO_PARAMETER: Final = Error(216101, "not enough param")
NOT_SERVED: Final = Error(216102, "service not support")
EMPTY: Final = Error(216200, "empty image")
WRONG_FORMAT: Final = Error(216201, "image format error")
WRONG_SIZE: Final = Error(216202, "image size error")
NOT_READ: Final = Error(216630, "recognize error")
INTERNAL: Final = Error(282000, "internal error")
NO_PASSPORT: Final = Error(282102, "target detect error")
WRONG_URL: Final = Error(282111, "url format illegal")
SLOW_URL: Final = Error(282112, "url download timeout")
BAD_ANSWER: Final = Error(282113, "url response invalid")
LONG_URL: Final = Error(282114, "url size error")

ERRORS: Final[Mapping[Fault, Error]] = {
    # Who asks
    faults.SIGNATURE_EMPTY: NO_TOKEN,
    own.NO_TOKEN_BUT_SIGNED: NOT_CERTIFIED,
    faults.SIGNATURE_MALFORMED: WRONG_TOKEN,
    faults.SIGNATURE_SINGLE_USE: WRONG_TOKEN,
    faults.SIGNATURE_LIFETIME: WRONG_TOKEN,
    faults.SIGNATURE_FROM_FUTURE: WRONG_TOKEN,
    faults.SIGNATURE_WRONG: WRONG_TOKEN,
    faults.SIGNATURE_EXPIRED: OLD_TOKEN,
    faults.APP_UNKNOWN: WRONG_TOKEN,
    faults.SECRET_ID_UNKNOWN: WRONG_TOKEN,
    faults.APP_MISMATCH: WRONG_TOKEN,
    faults.TOO_MANY_REQUESTS: TOO_OFTEN,
    faults.TOO_MANY_FAILURES: TOO_OFTEN,
    faults.FOREIGN_HOST: NO_PERMISSION,
    faults.FOREIGN_PAGE: NO_PERMISSION,
    # What is asked for
    own.GRANT_UNKNOWN: WRONG_PARAMETER,
    own.CLIENT_MISSING: NO_PARAMETER,
    faults.NOT_FOUND: NO_METHOD,
    faults.METHOD_NOT_FOUND: NO_METHOD,
    faults.PARAMETER_MISSING: NO_PARAMETER,
    faults.PARAMETER_WRONG: WRONG_PARAMETER,
    faults.MALFORMED: WRONG_PARAMETER,
    faults.NO_FLAG: WRONG_PARAMETER,
    faults.SESSION_ID_LINES: WRONG_PARAMETER,
    faults.MEDIA_TYPE: WRONG_PARAMETER,
    faults.PARAMETER_TOO_LONG: LONG_URL,
    # The picture
    faults.PICTURE_EMPTY: EMPTY,
    faults.NOT_BASE64: WRONG_FORMAT,
    ENGINE_FAULTS[errors.UnsupportedFormat]: WRONG_FORMAT,
    ENGINE_FAULTS[errors.NotAnImage]: WRONG_FORMAT,
    ENGINE_FAULTS[errors.BadImage]: WRONG_FORMAT,
    ENGINE_FAULTS[errors.ImageTooLarge]: WRONG_SIZE,
    faults.BODY_TOO_LARGE: WRONG_SIZE,
    faults.BAD_URL: WRONG_URL,
    faults.DOWNLOAD_OFF: NOT_SERVED,
    faults.DOWNLOAD_TOO_SLOW: SLOW_URL,
    faults.DOWNLOAD_FAILED: BAD_ANSWER,
    faults.DOWNLOAD_TOO_LARGE: WRONG_SIZE,
    ENGINE_FAULTS[errors.NothingToRead]: NO_PASSPORT,
    # The service
    faults.NOT_HTTP: WRONG_PARAMETER,
    faults.AMBIGUOUS_LENGTH: WRONG_PARAMETER,
    faults.LENGTH_REQUIRED: WRONG_PARAMETER,
    faults.HEAD_TOO_LONG: WRONG_PARAMETER,
    faults.REQUEST_TOO_SLOW: WRONG_PARAMETER,
    faults.OVERLOADED: BUSY,
    faults.WAITING: BUSY,
    faults.STARTING: UNAVAILABLE,
    faults.ENDING: UNAVAILABLE,
    faults.STORE_DOWN: UNAVAILABLE,
    faults.NO_QUEUE: NOT_SERVED,
    faults.NOT_STORED: NOT_SERVED,
    ENGINE_FAULTS[errors.ReaderFailed]: NOT_READ,
    ENGINE_FAULTS[errors.ReaderTimeout]: INTERNAL,
    ENGINE_FAULTS[errors.PassportError]: INTERNAL,
    faults.ENGINE_NOT_OPEN: INTERNAL,
    faults.INTERNAL: INTERNAL,
}
"""Each fault without ``retry_after`` and ``hang_up``, which change from case to case."""


def error_of(fault: Fault) -> Error:
    """What is told of ``fault``; of one that nobody foresaw, an internal error."""
    return _BY_CAUSE.get(fault.cause, INTERNAL)


_BY_CAUSE: Final[Mapping[Fault, Error]] = {fault.cause: error for fault, error in ERRORS.items()}
