"""Every fault has its words in this dialect."""

import pytest

from server.contract import faults
from server.contract.aip import faults as own
from server.contract.aip.errors import ERRORS, error_of
from server.contract.faults import ENGINE_FAULTS, Fault

DOCUMENTED = {
    2: "Service temporarily unavailable",
    3: "Unsupported openapi method",
    4: "Open api request limit reached",
    6: "No permission to access data",
    14: "IAM Certification failed",
    18: "Open api qps request limit reached",
    100: "Invalid parameter",
    110: "Access token invalid or no longer valid",
    111: "Access token expired",
    216100: "invalid param",
    216101: "not enough param",
    216102: "service not support",
    216200: "empty image",
    216201: "image format error",
    216202: "image size error",
    216630: "recognize error",
    282000: "internal error",
    282102: "target detect error",
    282111: "url format illegal",
    282112: "url download timeout",
    282113: "url response invalid",
    282114: "url size error",
}


def all_faults() -> list[Fault]:
    named = [v for module in (faults, own) for v in vars(module).values() if isinstance(v, Fault)]
    return [*named, *ENGINE_FAULTS.values()]


@pytest.mark.parametrize("fault", all_faults(), ids=lambda fault: fault.message[:30])
def test_every_fault_has_a_row(fault: Fault) -> None:
    assert fault.cause in {row.cause for row in ERRORS}


def test_codes_and_words_are_the_documented_ones() -> None:
    assert {error.code: error.message for error in ERRORS.values()} == DOCUMENTED


def test_what_nobody_foresaw_is_an_internal_error() -> None:
    assert error_of(Fault(418, 418, "a teapot")).code == 282000


def test_a_wait_does_not_change_what_is_said() -> None:
    assert error_of(faults.CROWDED_OUT).code == 4
