"""Misses, their order and their pictures; figures of documents of which only some items are known."""

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.measure.crops import miss_pictures
from engine.measure.metrics import sign_test, wilson
from engine.measure.misses import MRZ, NEGATIVE, find_misses
from engine.measure.results import compare, file_row
from engine.measure.runner import FileOutcome, grade_reading
from engine.measure.scoring import summarise
from engine.measure.truth import Document, ItemTruth
from engine.values.items import Item, ItemReading
from engine.values.pictures import Box
from tests.benchmarks.conftest import LINES
from tests.benchmarks.doubles import FixedReading, mrz_reading
from tests.doubles import fixed_reading


def outcome(items: dict[Item, str], mrz: tuple[str, ...] = (), read: tuple[ItemReading, ...] = ()) -> FileOutcome:
    document = Document("a.png", Path("a.png"), "TD3", (), mrz, {i: ItemTruth(v) for i, v in items.items()})
    reading = FixedReading(read, mrz_reading(LINES))
    return grade_reading(document, "read", reading, items="all", cpu_seconds=0.1)


SURNAME = {Item.SURNAME: "BERG"}
WRONG = (ItemReading(Item.SURNAME, "BORG", 0.995),)


class TestItemsWithoutAZone:
    def test_are_no_negatives_and_say_nothing_of_the_zone(self) -> None:
        summary = summarise([outcome(SURNAME, read=WRONG)])
        assert summary["negatives"]["count"] == 0
        assert summary["mrz"]["count"] == 0
        assert summary["silent"] == summary["silent"] | {"items": 1, "mrz": 0}
        assert summary["items"]["each"][Item.SURNAME.value]["exact"] == 0

    def test_are_compared_by_their_items_alone(self) -> None:
        wrong, right = outcome(SURNAME, read=WRONG), outcome({Item.SURNAME: "BORG"}, read=WRONG)
        changes = compare([file_row(wrong)], [file_row(right)])
        assert [(c.gained, c.lost) for c in changes] == [((Item.SURNAME.value,), ())]


def test_repr_tells_neither_truth_nor_reading() -> None:
    told = repr(outcome(SURNAME, mrz=LINES, read=WRONG))
    assert not any(text in told for text in ("BERG", "BORG", *LINES))


class TestOrder:
    def test_silent_ones_first_then_the_largest(self) -> None:
        told = outcome({Item.SURNAME: "ABCDEFG"}, read=(ItemReading(Item.SURNAME, "X", 0.5),))
        found = find_misses([told, outcome(SURNAME, read=WRONG)])
        assert [(miss.silent, miss.errors) for miss in found] == [(True, 1), (False, 7)]

    def test_a_zone_that_is_not_known_is_no_miss(self) -> None:
        assert find_misses([outcome({Item.SURNAME: "BORG"}, read=WRONG)]) == []

    def test_a_wrong_zone_is_one_miss_with_its_lines(self) -> None:
        other = (LINES[0].replace("ANNA", "ANMA"), LINES[1])
        (miss,) = find_misses([outcome({Item.MRZ_LINE_1: other[0]}, mrz=other)])
        assert (miss.part, miss.silent, miss.errors) == (MRZ, True, 1)

    def test_a_negative_that_was_read(self) -> None:
        (miss,) = find_misses([outcome({})])
        assert miss.part == NEGATIVE

    def test_where_nothing_was_read_the_zone_alone_is_one(self) -> None:
        unread = replace(outcome(SURNAME, mrz=LINES), reading=None, mrz_read=())
        assert [miss.part for miss in find_misses([unread])] == [MRZ]

    def test_repr_tells_nothing(self) -> None:
        assert "BERG" not in repr(find_misses([outcome(SURNAME, read=WRONG)]))


class TestPictures:
    def test_a_miss_shows_the_place_read_else_the_true_one_else_all(self, tmp_path: Path) -> None:
        path = tmp_path / "a.png"
        Image.fromarray(np.full((480, 640, 3), 200, np.uint8)).save(path)
        items = {
            Item.PASSPORT_NUMBER: ItemTruth("OTHER"),
            Item.BIRTH_PLACE: ItemTruth("PARIS", Box(100, 100, 60, 20)),
            Item.ISSUE_PLACE: ItemTruth("PARIS"),
        }
        document = Document("a.png", path, "TD3", (), (), items)
        reading = fixed_reading()
        graded = grade_reading(document, "read", reading, items="all", cpu_seconds=0.1)
        misses = sorted(find_misses([graded]), key=lambda miss: list(items).index(Item(str(miss.part))))
        sizes = [Image.open(io.BytesIO(jpeg)).size for jpeg in miss_pictures(graded, misses)]
        assert sizes == [(110, 30), (84, 44), (420, 315)]

    def test_a_picture_that_is_gone_has_none(self) -> None:
        graded = outcome(SURNAME, read=WRONG)
        assert miss_pictures(graded, find_misses([graded])) == [b""]


@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (10, 10, 0.722, 1.0),
        (0, 10, 0.0, 0.278),
        (81, 263, 0.2553, 0.3662),
    ],  # Newcombe 1998, table I
)
def test_wilsons_interval(right: int, count: int, low: float, high: float) -> None:
    assert wilson(right, count) == pytest.approx((low, high), abs=6e-4)


def test_the_sign_test() -> None:
    assert sign_test(0, 0) == 1
    assert sign_test(5, 5) == 1
    assert sign_test(0, 6) == sign_test(6, 0) == pytest.approx(2 / 64)
    assert sign_test(2000, 2000) == 1
