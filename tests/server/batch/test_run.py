"""A batch over readers that crash, fail and stop: every picture has its one row, and memory does not grow."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import NotAnImage
from server.batch.read_picture import Part, Reader
from server.batch.refused import SourceRefused
from server.batch.results.outputs import Choice, Outputs
from server.batch.run import Stop, run
from server.batch.sources.pictures import Picture
from server.batch.totals import Totals
from server.contract.faults import INTERNAL, Refused
from server.pool.process import WorkerDied, WorkerHung, WorkerKilled
from tests.server.batch.results.rows import made


class ObedientReader:
    """Does what the picture says."""

    def __init__(self, workers: int = 2) -> None:
        self.workers = workers
        self.asked: Counter[str] = Counter()
        self.busy = 0
        self.busiest = 0

    async def read(self, picture: bytes) -> Part:
        order = picture.decode()
        self.asked[order] += 1
        self.busy += 1
        self.busiest = max(self.busy, self.busiest)
        await asyncio.sleep(0)
        self.busy -= 1
        match order.partition(":")[0]:
            case "no picture":
                raise NotAnImage("this is no picture")
            case "deadly":
                raise WorkerDied("it ended")
            case "unlucky" if self.asked[order] == 1:
                raise WorkerDied("it ended, who knows why")
            case "killing":
                raise WorkerKilled("it was killed")
            case "slow":
                raise WorkerHung("no answer within 1 s")
            case "defect":
                raise Refused(INTERNAL)
        part = made("x", certainty="doubtful" if order == "doubtful" else "sure")
        names = ("page", "mrz_format", "items", "checks", "warnings", "contradictions")
        return Part({key: part[key] for key in names})


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "r.jsonl"


def pictures(*orders: str) -> Iterator[Picture]:
    return (Picture(f"{number}.jpg", order.encode) for number, order in enumerate(orders))


def batch(found: Iterator[Picture], out: Path, reader: Reader | None = None, stop: Stop | None = None) -> Totals:
    outputs = Outputs(Choice(out, ("passport_number",)))
    reader = reader or ObedientReader()
    try:
        return asyncio.run(run(found, reader, outputs, lambda name: None, lambda totals: None, stop or Stop()))
    finally:
        outputs.close()


def codes(out: Path) -> dict[str, int]:
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(rows) == len({row["file"] for row in rows}), "a picture has one row"
    return {row["file"]: row["code"] for row in rows}


def test_every_picture_has_a_row_with_what_became_of_it(out: Path) -> None:
    totals = batch(pictures("good", "no picture", "deadly", "slow", "defect", "doubtful"), out)
    assert codes(out) == {"0.jpg": 0, "1.jpg": -1102, "2.jpg": 502, "3.jpg": 504, "4.jpg": 500, "5.jpg": 0}
    assert (totals.read, totals.doubtful, totals.failed) == (2, 1, 4)


def test_a_worker_that_died_costs_no_picture(out: Path) -> None:
    reader = ObedientReader()
    batch(pictures("unlucky", "deadly", "killing"), out, reader)
    assert codes(out) == {"0.jpg": 0, "1.jpg": 502, "2.jpg": 502}
    assert reader.asked["deadly"] == 2
    assert reader.asked["killing"] == 1, "the pool has tried twice before it says so"


def test_a_file_that_cannot_be_opened_is_a_row(out: Path) -> None:
    def missing() -> bytes:
        raise FileNotFoundError(2, "No such file", "gone.jpg")

    batch(iter([Picture("gone.jpg", missing), *pictures("good")]), out)
    assert codes(out) == {"gone.jpg": 404, "0.jpg": 0}


def test_no_more_pictures_are_under_way_than_there_are_hands(out: Path) -> None:
    ahead = 0
    most = 0

    def many() -> Iterator[Picture]:
        nonlocal ahead
        for number in range(500):
            ahead += 1
            yield Picture(f"{number}.jpg", lambda: b"good")

    def told(totals: Totals) -> None:
        nonlocal most
        most = max(most, ahead - totals.done)

    reader = ObedientReader(workers=3)
    outputs = Outputs(Choice(out, ("passport_number",)))
    asyncio.run(run(many(), reader, outputs, lambda name: None, told, Stop(), fetching=2))
    outputs.close()
    assert len(codes(out)) == 500
    assert reader.busiest <= 4
    assert most <= 3 + 1 + 2


def test_asked_to_stop_it_finishes_what_is_under_way_and_goes_on_later(out: Path) -> None:
    stop = Stop()

    def until_stopped() -> Iterator[Picture]:
        for number, picture in enumerate(pictures(*["good"] * 100)):
            if number == 20:
                stop.ask()
            yield picture

    batch(until_stopped(), out, stop=stop)
    assert 20 <= len(codes(out)) < 100


def test_a_source_that_cannot_be_listed_ends_the_run_and_loses_nothing(out: Path) -> None:
    def broken() -> Iterator[Picture]:
        yield from pictures("good", "good")
        raise SourceRefused("s3://bucket cannot be listed")

    with pytest.raises(SourceRefused, match="bucket"):
        batch(broken(), out, ObedientReader(workers=1))
    assert set(codes(out)) <= {"0.jpg", "1.jpg"}


def test_rows_hold_the_picture_s_hash_and_no_bytes(out: Path) -> None:
    batch(pictures("good"), out)
    (row,) = (json.loads(line) for line in out.read_text("utf-8").splitlines())
    assert row["sha256"] == "770e607624d689265ca6c44884d0807d9b054d23c473c106c72be9de08b7376c"
