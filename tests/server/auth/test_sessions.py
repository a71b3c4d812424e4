"""The session cookie: what it says, and that nothing but the key proves it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.auth.sessions import IDLE_SECONDS, LONGEST_SECONDS, begin_session, parse_session, seal_session
from tests.server.apps import NOW, OTHER_SECRET_KEY, SECRET_ID, SECRET_KEY


def test_a_cookie_is_proved_by_the_key_it_was_sealed_with_and_by_no_other() -> None:
    session = begin_session(SECRET_ID, NOW)
    sealed = parse_session(seal_session(session, SECRET_KEY))
    assert sealed is not None
    assert sealed.session == session
    assert sealed.proves(SECRET_KEY)
    assert not sealed.proves(OTHER_SECRET_KEY)


def test_it_tells_nothing_of_the_key() -> None:
    assert SECRET_KEY not in seal_session(begin_session(SECRET_ID, NOW), SECRET_KEY)


@pytest.mark.parametrize("field", range(5))
def test_whatever_is_changed_breaks_the_seal(field: int) -> None:
    parts = seal_session(begin_session(SECRET_ID, NOW), SECRET_KEY).split("~")
    last = parts[field][-1]
    parts[field] = parts[field][:-1] + ("1" if last != "1" else "2")
    sealed = parse_session("~".join(parts))
    assert sealed is not None
    assert not sealed.proves(SECRET_KEY)


@given(st.text(max_size=300))
def test_any_other_text_is_none(text: str) -> None:
    assert parse_session(text) is None


@pytest.mark.parametrize("text", ["", "~~~~", "a~b~1~2~3", "ä" * 40, "a~" + "b" * 16 + "~1~2~" + "0" * 63])
def test_what_only_resembles_a_cookie_is_none(text: str) -> None:
    assert parse_session(text) is None


def test_it_lasts_as_long_as_somebody_works_and_no_longer_than_a_shift() -> None:
    session = begin_session(SECRET_ID, NOW)
    assert session.lasts(NOW + IDLE_SECONDS - 1)
    assert not session.lasts(NOW + IDLE_SECONDS)
    for moment in range(NOW, NOW + LONGEST_SECONDS, IDLE_SECONDS // 2):
        session = session.prolonged(moment)
        assert session.lasts(moment)
    assert not session.prolonged(NOW + LONGEST_SECONDS).lasts(NOW + LONGEST_SECONDS)


def test_one_from_the_future_does_not_last() -> None:
    assert not begin_session(SECRET_ID, NOW + 3600).lasts(NOW)


def test_two_sessions_of_a_key_are_told_apart() -> None:
    assert begin_session(SECRET_ID, NOW) != begin_session(SECRET_ID, NOW)


def test_no_representation_shows_what_a_cookie_needs() -> None:
    sealed = parse_session(seal_session(begin_session(SECRET_ID, NOW), SECRET_KEY))
    assert sealed is not None
    assert sealed.seal not in repr(sealed)
