"""Refusals that only this dialect knows; the others stand in `server.contract.faults`."""

from typing import Final

from ..faults import Fault

TIMESTAMP_MISSING: Final = Fault(401, 4, "X-TC-Timestamp is missing: send the Unix time at which you sign")
TIMESTAMP_MALFORMED: Final = Fault(401, 5, "the timestamp is no Unix time: send whole seconds in digits")
COMMON_MISSING: Final = Fault(
    401, 4, "a common parameter is missing: send Action, Version, Timestamp, Nonce, SecretId and Signature"
)
COMMON_MALFORMED: Final = Fault(401, 5, "a common parameter is malformed: let an SDK make the request")
UNSIGNED_PAYLOAD: Final = Fault(401, 5, "this service wants the body signed: do not send UNSIGNED-PAYLOAD")
ACTION_MISSING: Final = Fault(400, 400, "X-TC-Action is missing: send PassportOCR or MLIDPassportOCR in it")
ACTION_UNKNOWN: Final = Fault(404, 404, "there is no such action: PassportOCR and MLIDPassportOCR are served")
VERSION_MISSING: Final = Fault(400, 400, "the version is missing: send X-TC-Version 2018-11-19")
VERSION_UNKNOWN: Final = Fault(404, 404, "there is no such version: 2018-11-19 is served")
NO_PICTURE: Final = Fault(400, -1301, "there is no picture: send ImageBase64 or ImageUrl")
BASE64_TOO_LONG: Final = Fault(400, -1304, "ImageBase64 is too long: send at most 10 M characters of it")
