"""Every fault has its words in this dialect."""

import re

import pytest

from engine import errors
from server.contract import faults
from server.contract.faults import ENGINE_FAULTS, Fault
from server.contract.v3 import faults as own
from server.contract.v3.errors import ERRORS, NO_PASSPORT, error_of
from server.contract.v3.faults import NO_PICTURE

DOCUMENTED = {
    "AuthFailure.InvalidAuthorization",
    "AuthFailure.SecretIdNotFound",
    "AuthFailure.SignatureExpire",
    "AuthFailure.SignatureFailure",
    "FailedOperation",
    "FailedOperation.DownLoadError",
    "FailedOperation.ImageDecodeFailed",
    "FailedOperation.NoPassport",
    "FailedOperation.OcrFailed",
    "InternalError",
    "InvalidAction",
    "InvalidParameter",
    "InvalidParameterValue.InvalidParameterValueLimit",
    "InvalidRequest",
    "LimitExceeded.TooLargeFileError",
    "MissingParameter",
    "NoSuchVersion",
    "RequestLimitExceeded",
    "RequestSizeLimitExceeded",
    "ServiceUnavailable",
    "UnauthorizedOperation",
    "UnsupportedProtocol",
}


def all_faults() -> list[Fault]:
    named = [v for module in (faults, own) for v in vars(module).values() if isinstance(v, Fault)]
    return [*named, *ENGINE_FAULTS.values()]


@pytest.mark.parametrize("fault", all_faults(), ids=lambda fault: fault.message[:30])
def test_every_fault_has_a_row(fault: Fault) -> None:
    assert fault.cause in {row.cause for row in ERRORS}


def test_codes_are_documented_ones_spelt_as_they_are() -> None:
    told = {error_of(fault, action).code for fault in all_faults() for action in ("PassportOCR", "MLIDPassportOCR")}
    assert told == DOCUMENTED


def test_every_row_says_what_it_is_in_both_languages() -> None:
    for error in ERRORS.values():
        assert (len(error.english) >= 15 and error.english.isascii()) or "…" in error.english
        assert re.search("[\u4e00-\u9fff]", error.chinese)


def test_no_passport_has_the_code_of_its_action() -> None:
    assert error_of(NO_PASSPORT, "MLIDPassportOCR").code == "FailedOperation.NoPassport"
    assert error_of(NO_PASSPORT, "PassportOCR").code == "FailedOperation.OcrFailed"
    assert error_of(NO_PASSPORT).code == "FailedOperation.OcrFailed"


def test_what_nobody_foresaw_is_an_internal_error() -> None:
    assert error_of(Fault(418, 418, "a teapot")).code == "InternalError"


def test_a_wait_does_not_change_what_is_said() -> None:
    assert error_of(faults.CROWDED_OUT).code == "RequestLimitExceeded"
    assert error_of(ENGINE_FAULTS[errors.ImageTooLarge]).code == "LimitExceeded.TooLargeFileError"
    assert error_of(NO_PICTURE).code == "InvalidParameterValue.InvalidParameterValueLimit"
