from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import JSONResponse

from server.contract.json_answer import JsonAnswer
from tests.doubles import fixed_reading

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
PROBABILITIES = st.floats(0, 1).map(lambda p: round(p, 4))
PLACES = st.floats(-1e6, 1e6).map(lambda x: round(x, 1))
VALUES = st.recursive(
    st.one_of(TEXTS, PROBABILITIES, PLACES, st.integers(-(2**63), 2**63), st.booleans(), st.none()),
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
)


@given(VALUES)
def test_it_is_starlettes_byte_for_byte(content: Any) -> None:
    assert JsonAnswer(content).body == JSONResponse(content).body


def test_of_a_reading_too() -> None:
    content = {"code": 0, "data": fixed_reading().to_contract("会话"), "all": fixed_reading().to_dict()}
    assert JsonAnswer(content).body == JSONResponse(content).body
    assert JsonAnswer(content).headers.raw == JSONResponse(content).headers.raw
