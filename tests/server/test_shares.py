"""A bounded good that nobody can take from the others."""

from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.shares import Holder, NoShare, Shares

HOG, VICTIM = Holder("hog", "10.0.0.1"), Holder("victim", "10.0.0.2")


class Held:
    """Parts held until the test ends; ``gave_way`` names those that were taken back."""

    def __init__(self, total: int) -> None:
        self.shares = Shares(total)
        self.gave_way: list[str] = []
        self.stack = ExitStack()

    def take(self, holder: Holder, name: str = "", amount: int = 1) -> None:
        self.stack.enter_context(self.shares.held(holder, amount, lambda: self.gave_way.append(name)))


def test_one_alone_may_have_all_and_no_more() -> None:
    held = Held(3)
    for _ in range(3):
        held.take(HOG)
    with pytest.raises(NoShare):
        held.take(HOG)
    assert held.gave_way == []
    held.stack.close()
    assert held.shares.taken == 0


def test_the_newest_of_who_has_most_gives_way_until_all_have_the_same() -> None:
    held = Held(4)
    for number in range(4):
        held.take(HOG, f"hog {number}")
    held.take(VICTIM, "victim")
    held.take(VICTIM, "victim")
    assert held.gave_way == ["hog 3", "hog 2"]
    with pytest.raises(NoShare):
        held.take(VICTIM)
    with pytest.raises(NoShare):
        held.take(HOG)
    assert held.shares.taken == 4


def test_an_address_with_many_apps_has_one_share() -> None:
    held = Held(3)
    for app in "abc":
        held.take(Holder(app, "10.0.0.1"), app)
    held.take(VICTIM)
    assert held.gave_way == ["c"]


def test_apps_behind_one_address_have_a_share_each() -> None:
    held = Held(3)
    for _ in range(3):
        held.take(Holder("hog", "10.0.0.1"), "hog")
    held.take(Holder("victim", "10.0.0.1"))
    assert held.gave_way == ["hog"]


def test_what_is_held_to_the_end_never_gives_way() -> None:
    shares = Shares(1)
    with shares.held(HOG), pytest.raises(NoShare), shares.held(VICTIM):
        pass


def test_amounts_are_shared_as_well() -> None:
    held = Held(100)
    held.take(HOG, "small", 30)
    held.take(HOG, "large", 60)
    held.take(VICTIM, "victim", 20)
    assert held.gave_way == ["large"]
    assert held.shares.taken == 50


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.integers(1, 5)), max_size=40))
def test_never_more_than_there_is_and_everybody_gets_a_part(wishes: list[tuple[str, str, int]]) -> None:
    held = Held(12)
    for app, address, amount in wishes:
        try:
            held.take(Holder(app, address), app, amount)
        except NoShare:
            continue
        assert held.shares.taken <= 12
    held.take(Holder("new", "new"), "new", 1)
    held.stack.close()
    assert held.shares.taken == 0
