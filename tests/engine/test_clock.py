"""A clock whose time is moved by hand."""

from collections.abc import Iterator

import pytest

from engine import clock as module
from engine.clock import StageClock


class Hand:
    """The time, in seconds."""

    now = 100.0

    def perf_counter(self) -> float:
        return self.now


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    hand = Hand()
    monkeypatch.setattr(module, "time", hand)
    return hand


def test_every_stage_is_there_from_the_start_in_order() -> None:
    assert list(StageClock(["b", "a"]).seconds.items()) == [("b", 0.0), ("a", 0.0)]


def test_time_between_stages_counts_for_none(hand: Hand) -> None:
    clock = StageClock(["a", "b"])
    with clock("a"):
        hand.now += 1
    hand.now += 10
    with clock("b"):
        hand.now += 2
    with clock("a"):
        hand.now += 4
    assert clock.seconds == {"a": 5.0, "b": 2.0}


def test_a_stage_stands_still_while_one_inside_it_runs(hand: Hand) -> None:
    clock = StageClock(["outer", "inner"])
    with clock("outer"):
        hand.now += 1
        with clock("inner"):
            hand.now += 10
        hand.now += 2
    assert clock.seconds == {"outer": 3.0, "inner": 10.0}


def test_a_stage_that_fails_is_over(hand: Hand) -> None:
    clock = StageClock(["outer", "inner"])
    with clock("outer"):
        with pytest.raises(ValueError, match="fails"), clock("inner"):
            raise ValueError("fails")
        hand.now += 1
    assert clock.seconds == {"outer": 1.0, "inner": 0.0}


def test_making_values_is_timed_and_using_them_is_not(hand: Hand) -> None:
    def slowly() -> Iterator[int]:
        for value in range(2):
            hand.now += 10
            yield value
        hand.now += 5

    clock = StageClock(["make", "use"])
    with clock("use"):
        for _ in clock.each("make", slowly()):
            hand.now += 1
    assert clock.seconds == {"make": 25.0, "use": 2.0}


def test_values_are_made_only_when_asked_for(hand: Hand) -> None:
    made = []
    values = StageClock(["make"]).each("make", (made.append(value) or value for value in range(3)))
    assert made == []
    assert next(values) == 0
    assert made == [0]
