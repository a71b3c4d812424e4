"""Seals: what they cover, and that another purpose makes another one."""

from hypothesis import given
from hypothesis import strategies as st

from server.auth.seal import same_text, seal_of
from tests.server.apps import OTHER_SECRET_KEY, SECRET_KEY


def test_a_seal_is_of_a_text_a_key_and_a_purpose() -> None:
    seal = seal_of("text", SECRET_KEY, b"cookie")
    assert seal == seal_of("text", SECRET_KEY, b"cookie")
    others = {
        seal_of("texT", SECRET_KEY, b"cookie"),
        seal_of("text", OTHER_SECRET_KEY, b"cookie"),
        seal_of("text", SECRET_KEY, b"token"),
    }
    assert seal not in others
    assert len(others) == 3
    assert SECRET_KEY not in seal


@given(st.text(), st.text())
def test_texts_are_the_same_or_not(one: str, other: str) -> None:
    assert same_text(one, other) == (one == other)
    assert same_text(one, one)
