"""Who brings megabytes waits for others; who is alone, or brings little, does not."""

from server.pace import LATELY, MOST_NAMES, Pace
from server.shares import Holder

HOG = Holder("hog", "10.0.0.1")
VICTIM = Holder("victim", "10.0.0.2")


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_who_is_alone_never_waits() -> None:
    pace = Pace(10, Clock())
    assert [pace.wait(HOG, 1000) for _ in range(5)] == [0.0] * 5


def test_beside_another_what_comes_beyond_the_pace_waits_and_little_does_not() -> None:
    clock = Clock()
    pace = Pace(10, clock)
    pace.wait(HOG, 10_000)  # owes nothing for what it brought alone
    assert pace.wait(VICTIM, 1) == 0.0
    assert [pace.wait(HOG, 10) for _ in range(3)] == [0.0, 1.0, 2.0]
    assert pace.wait(VICTIM, 5) == 0.0
    clock.now += 2.0
    assert pace.wait(HOG, 5) == 0.5


def test_only_so_much_is_saved_up() -> None:
    clock = Clock()
    pace = Pace(10, clock)
    pace.wait(VICTIM, 1)
    clock.now += LATELY - 1
    assert [pace.wait(HOG, 10), pace.wait(HOG, 10)] == [0.0, 1.0]


def test_who_was_here_long_ago_is_nobody() -> None:
    clock = Clock()
    pace = Pace(10, clock)
    pace.wait(VICTIM, 1)
    clock.now += LATELY + 1
    assert [pace.wait(HOG, 1000), pace.wait(HOG, 1000)] == [0.0, 0.0]


def test_many_apps_of_one_address_and_many_addresses_of_one_app_share_a_pace() -> None:
    for hogs in ([Holder(f"{n}", "10.0.0.1") for n in range(4)], [Holder("hog", f"10.1.0.{n}") for n in range(4)]):
        pace = Pace(10, Clock())
        pace.wait(VICTIM, 1)
        assert [pace.wait(hog, 10) for hog in hogs] == [0.0, 1.0, 2.0, 3.0]


def test_one_address_does_not_use_up_what_all_unproven_clients_may_bring() -> None:
    clock = Clock()
    pace = Pace(10, clock)
    pace.wait(VICTIM, 1)
    hog, other = Holder.unproven("app", "10.1.0.1"), Holder.unproven("", "10.1.0.2")
    assert [pace.wait(hog, 10) for _ in range(3)] == [0.0, 1.0, 2.0]
    assert pace.wait(other, 5) == 0.0
    assert pace.wait(hog, 10) == 4.0, "it has half of the pace now"
    clock.now += 2.0
    assert pace.wait(other, 5) == 0.0
    clock.now += 4.0
    assert [pace.wait(hog, 10) for _ in range(2)] == [0.0, 1.0], "all of it again"


def test_many_unproven_addresses_together_bring_no_more_than_one() -> None:
    clock = Clock()
    pace = Pace(1000, clock)
    pace.wait(VICTIM, 1)
    hogs = [Holder.unproven("", f"10.1.0.{n}") for n in range(10)]
    brought = 0
    due = dict.fromkeys(hogs, clock.now)
    while clock.now < 1050.0:
        for hog in hogs:
            if due[hog] <= clock.now:
                due[hog] = clock.now + pace.wait(hog, 100)
                brought += 100
        clock.now += 0.125
    assert 45_000 < brought < 55_000


def test_unproven_clients_alone_never_wait() -> None:
    pace = Pace(10, Clock())
    assert [pace.wait(Holder.unproven("", "10.0.0.1"), 1000) for _ in range(3)] == [0.0] * 3


def test_clients_whose_address_nobody_knows_are_not_one() -> None:
    pace = Pace(10, Clock())
    pace.wait(VICTIM, 1)
    assert [pace.wait(Holder(f"{n}"), 10) for n in range(4)] == [0.0] * 4


def test_another_app_is_seen_behind_many_addresses() -> None:
    pace = Pace(10, Clock())
    pace.wait(VICTIM, 1)
    for n in range(100):
        pace.wait(Holder("hog", f"10.1.0.{n}"), 0)
    assert [pace.wait(HOG, 10) for _ in range(2)] == [0.0, 1.0]


def test_what_is_remembered_is_bounded() -> None:
    pace = Pace(10, Clock())
    for n in range(MOST_NAMES + 10):
        pace.wait(Holder(f"{n}", f"{n}"), 100)
        pace.wait(Holder.unproven(f"{n}", f"{n}"), 100)
    parts = pace._apps, pace._addresses, pace._unproven
    kept = [len(held) for part in parts for held in vars(part).values() if isinstance(held, dict | list)]
    assert len(kept) == 6
    assert max(kept) <= MOST_NAMES + 1
