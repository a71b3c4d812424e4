"""What actors of a cluster are given; it takes no Ray."""

from server.batch.on_ray import work_of
from server.batch.results.ledger import picture_key


def test_every_picture_that_is_not_done_is_given_out_once() -> None:
    names = [f"{number}.jpg" for number in range(12)]
    done = {picture_key("3.jpg")}
    work = work_of([*names, *names], done, 5)
    assert [len(part["pictures"]) for part in work] == [5, 5, 1]
    assert [name for part in work for name in part["pictures"]] == [name for name in names if name != "3.jpg"]


def test_where_all_is_done_there_is_no_work() -> None:
    assert work_of(["a"], {picture_key("a")}, 5) == []
