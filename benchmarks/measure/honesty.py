"""Whether a reading of a damaged or contradictory page is right, says that it is not sure, or is silently wrong."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from engine.measure.metrics import grade
from engine.measure.runner import RIGHT, SURE
from engine.measure.truth import MRZ_ITEMS, Document, load_documents
from engine.result.reading import PassportReading
from engine.values.items import Item, ItemReading

TOLD: Final = 0.9
"""A value below this says of itself that it is to be compared with the document."""
JUDGED: Final = (*MRZ_ITEMS, Item.DOCUMENT_TYPE, Item.SURNAME, Item.GIVEN_NAMES)
"""The items that both zones hold, and the lines: what the page alone tells is judged by `benchmarks.accuracy`."""


class Verdict(StrEnum):
    """What became of a value, best first."""

    RIGHT = "right"
    DOUBTFUL = "doubtful"
    """Wrong, and told: its confidence is below `TOLD`, or the zones are said to differ in it."""
    UNCLEAR = "unclear"
    """Wrong, not told, yet not said to be sure."""
    SILENT = "silent"
    """Wrong, and said to be sure."""


_WORST: Final = {verdict: k for k, verdict in enumerate(Verdict)}


@dataclass(frozen=True, slots=True)
class DamagedDocument:
    """A picture with its truth, and what was done to its page (`models.training.draw.damaged.Damage`)."""

    document: Document
    kind: str
    what: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of one picture.

    ``refused`` says that no machine readable zone was read, which is no lie; ``crash`` names an exception that is not
    the engine's. ``told`` are the items in which the zones were said to differ. ``sure`` counts the right values at
    `SURE` or more, ``values`` all that were judged.
    """

    page: DamagedDocument
    verdicts: Mapping[Item, Verdict]
    told: tuple[Item, ...] = ()
    refused: bool = False
    crash: str = ""
    sure: int = 0
    values: int = 0

    @property
    def verdict(self) -> Verdict:
        """That of its worst value; nothing is worse than an exception that is not the engine's."""
        if self.crash:
            return Verdict.SILENT
        return max(self.verdicts.values(), key=_WORST.__getitem__, default=Verdict.RIGHT)

    @property
    def missed(self) -> bool:
        """A page that contradicts its zone on purpose, and it was not said or a value was said to be sure."""
        return self.page.kind == "contradiction" and not self.refused and not set(self.page.items) <= set(self.told)

    @property
    def false_alarm(self) -> bool:
        """The zones were said to differ where the page prints what its zone says."""
        expected = set(self.page.items) if self.page.kind == "contradiction" else set()
        return bool(set(self.told) - expected)


def load_damaged(folder: Path) -> list[DamagedDocument]:
    """Read the manifest of a set of `models.training.draw.damaged`.

    Raises:
        FileNotFoundError: the manifest or a picture it names is missing.
    """
    documents = load_documents(folder)
    rows = [json.loads(line) for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        DamagedDocument(
            document, row["damage"]["kind"], row["damage"]["what"], tuple(map(Item, row["damage"]["items"]))
        )
        for document, row in zip(documents, rows, strict=True)
    ]


def judge_page(page: DamagedDocument, reading: PassportReading) -> PageOutcome:
    """Compare a reading with the truth; of an item said in two ways any value that is told is right."""
    told = tuple(c.item for c in reading.contradictions)
    truths = {item: page.document.items[item].value for item in JUDGED if item in page.document.items}
    two_ways = page.items if page.kind == "contradiction" else ()
    verdicts = {
        item: _contradicted(reading[item]) if item in two_ways else _verdict(reading[item], truth, item in told)
        for item, truth in truths.items()
    }
    right = [item for item, verdict in verdicts.items() if verdict is Verdict.RIGHT and reading[item].value]
    sure = sum(reading[item].confidence >= SURE for item in right)
    return PageOutcome(page, verdicts, told, sure=sure, values=len(truths))


def _verdict(read: ItemReading, truth: str, is_told: bool) -> Verdict:
    if grade(truth, read.value) in RIGHT:
        return Verdict.RIGHT
    if read.confidence >= SURE:
        return Verdict.SILENT
    return Verdict.DOUBTFUL if is_told or read.confidence < TOLD else Verdict.UNCLEAR


def _contradicted(read: ItemReading) -> Verdict:
    if read.confidence >= SURE:
        return Verdict.SILENT
    return Verdict.RIGHT if read.confidence < TOLD else Verdict.UNCLEAR


def summarise_pages(outcomes: Sequence[PageOutcome]) -> dict[str, Any]:
    """Shares of pages by their worst value, of all and by kind; contradictions missed and made up."""
    kinds = dict.fromkeys(o.page.kind for o in outcomes)
    asked = [o for o in outcomes if o.page.kind == "contradiction" and not o.refused]
    controls = [o for o in outcomes if o.page.kind == "none" and not o.refused]
    return {
        **_shares(outcomes),
        "by_kind": {kind: _shares([o for o in outcomes if o.page.kind == kind]) for kind in sorted(kinds)},
        "contradictions": {
            "count": len(asked),
            "found": _share(not o.missed for o in asked),
            "false_alarms": _share(o.false_alarm for o in controls),
            "false_alarms_on_hidden_print": _share(o.false_alarm for o in outcomes if o.page.kind == "print"),
        },
        "by_item": {
            item.value: {v.value: sum(o.verdicts.get(item) is v for o in outcomes) for v in Verdict}
            for item in JUDGED
        },
    }


def _shares(outcomes: Sequence[PageOutcome]) -> dict[str, Any]:
    worst = [o.verdict for o in outcomes]
    return {
        "pages": len(outcomes),
        "refused": sum(o.refused for o in outcomes),
        "crashed": sum(bool(o.crash) for o in outcomes),
        **{verdict.value: worst.count(verdict) for verdict in Verdict},
        "silent_share": _share(v is Verdict.SILENT for v in worst),
        "right_or_told": _share(v in (Verdict.RIGHT, Verdict.DOUBTFUL) for v in worst),
        "right_and_sure": _share_of(sum(o.sure for o in outcomes), sum(o.values for o in outcomes)),
    }


def _share(flags: Iterable[bool]) -> float | None:
    counted = list(flags)
    return _share_of(sum(counted), len(counted))


def _share_of(part: int, whole: int) -> float | None:
    return part / whole if whole else None
