from pathlib import Path

from benchmarks.causes import count_causes
from engine.measure.metrics import Grade
from engine.measure.runner import FileOutcome, ItemOutcome
from engine.measure.truth import Document, ItemTruth
from engine.values.items import Item
from engine.values.pictures import Box


def outcome(truth: ItemTruth, grade: Grade) -> FileOutcome:
    document = Document("a.png", Path("a.png"), "TD3", (), (), {Item.AUTHORITY: truth})
    item = ItemOutcome(Item.AUTHORITY, grade, 0.5, None, truth.value, "")
    return FileOutcome(document, "read", (), 0, True, (item,), 0.0, None)


def test_an_item_counts_under_each_of_its_causes_and_its_size() -> None:
    small, large = Box(0, 0, 90, 9), Box(0, 0, 90, 24)
    counts = count_causes([
        outcome(ItemTruth("ROMA", small, ("overprint", "labels left")), Grade.WRONG),
        outcome(ItemTruth("ROMA", large, ("labels left",)), Grade.CASELESS),
        outcome(ItemTruth("RO MA", large, ("two lines",)), Grade.EXACT),
        outcome(ItemTruth("", None, ("labels left",)), Grade.WRONG),
    ])  # fmt: skip
    assert {cause: row[Item.AUTHORITY] for cause, row in counts.items()} == {
        "all": (2, 3), "overprint": (0, 1), "labels left": (1, 2), "two lines": (1, 1),
        "print under 10 px": (0, 1), "print of 15 px and more": (1, 1), "print of 10 to 14 px": (1, 1),
    }  # fmt: skip
