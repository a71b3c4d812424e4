"""So many connections in all and from one address, with a clock of the test's own."""

import ipaddress
from dataclasses import dataclass, field

from server.http.guests import REPORT_SECONDS, Guests
from tests.server.conftest import Log

PROXIES = (ipaddress.ip_network("127.0.0.0/8"),)
HOG, VICTIM, PROXY = "10.0.0.1", "10.0.0.2", "127.0.0.1"


@dataclass(eq=False)
class Connection:
    idle_since: float | None = None
    asked_before: bool = False
    ended: list[bool] = field(default_factory=list)

    def dismiss(self) -> None:
        self.ended.append(True)


def test_the_longest_idle_of_the_address_with_most_makes_room() -> None:
    guests = Guests(4, 4)
    first = Connection(idle_since=0.0)
    hog = [Connection(idle_since=float(since)) for since in (5, 3, 4)]
    assert guests.enter(first, VICTIM)
    assert all(guests.enter(one, HOG) for one in hog)
    assert guests.enter(Connection(), VICTIM)
    assert [one.ended for one in (first, *hog)] == [[], [], [True], []]


def test_who_never_asked_leaves_before_who_may_ask_again() -> None:
    guests = Guests(3, 3)
    client = Connection(idle_since=0.0, asked_before=True)
    silent = [Connection(idle_since=float(since)) for since in (8, 9)]
    assert all(guests.enter(one, PROXY) for one in (client, *silent))
    assert guests.enter(Connection(), PROXY)
    assert [one.ended for one in (client, *silent)] == [[], [True], []]
    assert guests.enter(Connection(), PROXY)
    assert guests.enter(Connection(), PROXY)
    assert client.ended == [True]  # rather than keeping others out


def test_busy_ones_stay_and_nobody_more_gets_in() -> None:
    guests = Guests(2, 2)
    busy = [Connection(), Connection()]
    assert all(guests.enter(one, HOG) for one in busy)
    assert not guests.enter(Connection(), VICTIM)
    guests.leave(busy[0])
    assert guests.enter(Connection(), VICTIM)
    assert not busy[1].ended


def test_one_address_has_so_many_and_only_its_own_make_room() -> None:
    guests = Guests(100, 2)
    other = Connection(idle_since=0.0)
    idle = Connection(idle_since=9.0)
    assert guests.enter(other, VICTIM)
    assert guests.enter(idle, HOG)
    assert guests.enter(Connection(), HOG)
    assert guests.enter(Connection(), HOG)
    assert (idle.ended, other.ended) == ([True], [])
    assert not guests.enter(Connection(), HOG)


def test_a_proxy_stands_for_many_and_its_connections_go_last() -> None:
    guests = Guests(6, 2, PROXIES)
    proxied = [Connection(idle_since=0.0) for _ in range(4)]
    hog = [Connection(idle_since=5.0) for _ in range(2)]
    assert all(guests.enter(one, PROXY) for one in proxied)
    assert all(guests.enter(one, HOG) for one in hog)
    assert guests.enter(Connection(), VICTIM)
    assert not any(one.ended for one in proxied)
    assert hog[0].ended


def test_refusals_are_reported_together(log: Log) -> None:
    now = 0.0
    guests = Guests(1, 1, clock=lambda: now)
    assert guests.enter(Connection(), HOG)
    for _ in range(1000):
        assert not guests.enter(Connection(), VICTIM)
    now += REPORT_SECONDS
    assert not guests.enter(Connection(), VICTIM)
    messages = [line["message"] for line in log.lines("passport_ocr.access")]
    assert messages == [f"connections refused: {n}, as too many are open" for n in (1, 1000)]


def test_leaving_twice_is_leaving_once() -> None:
    guests = Guests(1, 1)
    guest = Connection()
    assert guests.enter(guest, HOG)
    guests.leave(guest)
    guests.leave(guest)
    assert guests.enter(Connection(), HOG)
    assert not guests.enter(Connection(), VICTIM)
