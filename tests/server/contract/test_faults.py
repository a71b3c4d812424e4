"""Every error of the engine has its answer, and none tells more than it should."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import errors
from engine.errors import PassportError
from server.contract import faults
from server.contract.faults import ENGINE_FAULTS, Fault, fault_for
from tests.doubles import FailingEngine
from tests.server.conftest import Log
from tests.server.running import assert_fault, serving

SECRET = "ERIKSSON L898902C3"


def leaves(kind: type[PassportError] = PassportError) -> Iterator[type[PassportError]]:
    children = [child for child in kind.__subclasses__() if child.__module__ == errors.__name__]
    if not children:
        yield kind
    for child in children:
        yield from leaves(child)


CONTRACT = {
    errors.EmptyImage: (200, -1300),
    errors.UnsupportedFormat: (200, -1400),
    errors.NotAnImage: (200, -1102),
    errors.ImageTooLarge: (200, -1102),
    errors.MrzNotFound: (200, -9020),
    errors.RedactionRefused: (500, 500),  # nothing is redacted here
    errors.ReaderMissing: (200, -5208),
    errors.ReaderCrashed: (502, 502),
    errors.ReaderTimeout: (504, 504),
    errors.ModelDamaged: (200, -5208),
}


AUTHORIZATION = {4: 401, 5: 401, 9: 401, 10: 403, 11: 403, 12: 403, 14: 401, 15: 429}


def test_this_table_names_every_leaf() -> None:
    assert set(leaves()) == set(CONTRACT)


@pytest.mark.parametrize("kind", list(leaves()), ids=lambda kind: kind.__name__)
def test_every_leaf_has_its_answer_over_http(kind: type[PassportError], log: Log) -> None:
    status, code = CONTRACT[kind]
    with serving(lambda: FailingEngine(kind(SECRET))) as client:
        response = client.post("/ocr/passport", json={"app_id": "1", "image": "AAAA", "session_id": "s-1"})
    assert_fault(response, code, status=status, session_id="s-1")
    assert SECRET not in response.text
    assert SECRET not in log.text


def test_what_nobody_expected_is_a_500_without_detail(log: Log) -> None:
    with serving(lambda: FailingEngine(RuntimeError(SECRET))) as client:
        response = client.post("/ocr/passport", json={"app_id": "1", "image": "AAAA"})
    assert_fault(response, 500, status=500)
    errors = [line for line in log.lines() if line["level"] == "ERROR"]
    assert [line["error"] for line in errors] == ["RuntimeError"]
    assert errors[0]["request_id"] == response.headers["x-request-id"]
    assert SECRET not in response.text + log.text


def test_the_most_specific_row_wins() -> None:
    class NewCrash(errors.ReaderCrashed):
        pass

    assert fault_for(NewCrash()).status == 502


def test_messages_are_the_same_sentence_for_the_same_code_only() -> None:
    rows = [*ENGINE_FAULTS.values(), *(v for v in vars(faults).values() if isinstance(v, Fault))]
    by_message: dict[str, set[tuple[int, int]]] = {}
    for row in rows:
        by_message.setdefault(row.message, set()).add((row.status, row.code))
    assert all(len(codes) == 1 for codes in by_message.values())
    refusals = [row for row in rows if row.status != 200]
    assert all(row.code == row.status for row in refusals if row.code not in AUTHORIZATION)
    assert {row.code: row.status for row in refusals if row.code in AUTHORIZATION} == AUTHORIZATION


def test_error_texts_reach_no_answer_through_this_module() -> None:
    assert "str(" not in Path(faults.__file__).read_text(encoding="utf-8")
