"""Right, told, unclear and silent values of damaged pages."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.measure.honesty import DamagedDocument, PageOutcome, Verdict, judge_page, summarise_pages
from engine.fusion.fuse import fuse
from engine.measure.truth import Document, ItemTruth
from engine.result.reading import PassportReading
from engine.values.items import Item, VisualReading
from engine.values.warnings import Contradiction
from tests.engine.readings import located

LINES = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")


def page(kind: str, surname: str = "ERIKSSON", items: tuple[Item, ...] = ()) -> DamagedDocument:
    truths = {Item.SURNAME: ItemTruth(surname), Item.SEX: ItemTruth("F")}
    return DamagedDocument(Document("a.jpg", Path("a.jpg"), "TD3", (), LINES, truths), kind, "", items)


def reading(confidence: float, told: tuple[Item, ...] = ()) -> PassportReading:
    mrz = located(LINES, confidence=confidence)
    different = tuple(Contradiction(item, "A", "B", 0.9, 0.9) for item in told)
    items = tuple(replace(item, confidence=confidence) for item in fuse(mrz, VisualReading()))
    return PassportReading(items, mrz.reading, (), {}, 1, 1, contradictions=different)


@pytest.mark.parametrize(
    ("surname", "confidence", "told", "verdict"),
    [
        ("ERIKSSON", 0.1, (), Verdict.RIGHT),
        ("SMITH", 0.9999, (), Verdict.SILENT),
        ("SMITH", 0.9999, (Item.SURNAME,), Verdict.SILENT),
        ("SMITH", 0.98, (), Verdict.UNCLEAR),
        ("SMITH", 0.98, (Item.SURNAME,), Verdict.DOUBTFUL),
        ("SMITH", 0.5, (), Verdict.DOUBTFUL),
    ],
)
def test_verdicts(surname: str, confidence: float, told: tuple[Item, ...], verdict: Verdict) -> None:
    outcome = judge_page(page("line_1", surname), reading(confidence, told))
    assert outcome.verdicts[Item.SURNAME] is verdict
    assert outcome.verdict is verdict


def test_a_contradiction_must_be_told_and_doubted() -> None:
    asked = page("contradiction", items=(Item.SURNAME,))
    silent, told = judge_page(asked, reading(0.9999)), judge_page(asked, reading(0.5, (Item.SURNAME,)))
    assert (silent.missed, silent.verdict) == (True, Verdict.SILENT)
    assert (told.missed, told.verdict) == (False, Verdict.RIGHT)


def test_a_contradiction_that_is_none_is_a_false_alarm() -> None:
    assert judge_page(page("none"), reading(0.999, (Item.SEX,))).false_alarm
    assert not judge_page(page("none"), reading(0.999)).false_alarm


def test_the_summary_counts_pages_by_their_worst_value() -> None:
    outcomes = [
        judge_page(page("line_1"), reading(0.9999)),
        judge_page(page("line_1", "SMITH"), reading(0.9999)),
        judge_page(page("none"), reading(0.999, (Item.SEX,))),
        PageOutcome(page("line_2"), {}, refused=True),
    ]
    summary = summarise_pages(outcomes)
    assert (summary["pages"], summary["right"], summary["silent"], summary["refused"]) == (4, 3, 1, 1)
    assert summary["silent_share"] == 0.25
    assert summary["by_kind"]["line_1"]["silent"] == 1
    assert summary["contradictions"]["false_alarms"] == 1.0
