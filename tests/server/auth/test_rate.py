"""The token bucket's laws, on a clock that tests turn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.auth.rate import RateLimiter


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_minutes_requests_at_once_then_one_at_a_time() -> None:
    clock = Clock()
    limiter = RateLimiter(clock)
    assert [limiter.wait("a", 3) for _ in range(3)] == [0, 0, 0]
    assert limiter.wait("a", 3) == pytest.approx(20)
    clock.now = 19
    assert limiter.wait("a", 3) == pytest.approx(1)
    clock.now = 20.001
    assert [limiter.wait("a", 3) == 0 for _ in range(2)] == [True, False]


def test_apps_do_not_share_a_bucket() -> None:
    limiter = RateLimiter(Clock())
    assert [limiter.wait(name, 1) == 0 for name in "aabba"] == [True, False, True, False, False]


def test_a_lower_limit_holds_at_once() -> None:
    limiter = RateLimiter(Clock())
    assert limiter.wait("a", 100) == 0
    assert [limiter.wait("a", 2) == 0 for _ in range(3)] == [True, True, False]


@given(st.integers(1, 50), st.lists(st.floats(0, 30), max_size=120))
def test_never_more_than_a_bucket_and_what_flowed_into_it(per_minute: int, pauses: list[float]) -> None:
    clock = Clock()
    limiter = RateLimiter(clock)
    admitted = 0
    for pause in pauses:
        clock.now += pause
        admitted += limiter.wait("a", per_minute) == 0
        assert admitted <= per_minute + clock.now * per_minute / 60 + 1e-6


@given(st.integers(1, 50), st.integers(1, 50))
def test_who_waits_as_long_as_told_gets_in(per_minute: int, requests: int) -> None:
    clock = Clock()
    limiter = RateLimiter(clock)
    for _ in range(requests):
        clock.now += limiter.wait("a", per_minute) + 1e-6
    wait = limiter.wait("a", per_minute)
    clock.now += wait + 1e-6
    assert wait == 0 or limiter.wait("a", per_minute) == 0
