"""The report: what it says first, that it needs nothing else, and that both languages say the same."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import pytest

from engine.measure.metrics import Grade
from engine.measure.misses import find_misses
from engine.measure.results import Change, file_row
from engine.measure.runner import FileOutcome, ItemOutcome
from engine.measure.scoring import summarise
from engine.measure.truth import Document, ItemTruth, Problem, ProblemKind
from engine.values.items import Item
from server.bench import words
from server.bench.page import Report, render
from server.bench.plots import Said, Share, bars, latency_curve, reliability_diagram
from server.bench.words import Words

LINES: Final = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
JPEG: Final = b"\xff\xd8\xff"


def outcome(file: str, read: str, confidence: float, *, zone: tuple[str, ...] = LINES) -> FileOutcome:
    truth = {Item.SURNAME: ItemTruth("O<REILLY & Söhne")}
    document = Document(file, Path(file), "TD3", ("phone",), LINES, truth)
    grade = Grade.EXACT if read == truth[Item.SURNAME].value else Grade.WRONG
    item = ItemOutcome(Item.SURNAME, grade, confidence, None, truth[Item.SURNAME].value, read)
    return FileOutcome(document, "read", zone, 0 if zone == LINES else 3, True, (item,), 0.2, None)


def report(*outcomes: FileOutcome, **more: object) -> Report:
    head = {"dataset": "<mine>", "items": "all", "date": "2026-01-01", "release": "1", "versions": {"mrz": "ctc"}}
    machine = {"cpu": "CPU", "cores": 2, "python": "3.11"}
    result = head | {"machine": machine, "summary": summarise(outcomes), "files": [file_row(o) for o in outcomes]}
    misses = find_misses(outcomes)
    made = Report(result, outcomes, misses, [JPEG for _ in misses])
    return replace(made, **more)  # type: ignore[arg-type]


RIGHT: Final = outcome("right.jpg", "O<REILLY & Söhne", 0.999)
TOLD: Final = outcome("told.jpg", "O<REILLY", 0.4)
SILENT: Final = outcome("silent.jpg", "O<REILLY & Sohne", 0.999)


class Parsed(HTMLParser):
    """Every tag with its attributes; unclosed ones are noticed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "input", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_it_is_whole_and_needs_nothing_else() -> None:
    page = render(report(RIGHT, TOLD, SILENT))
    parsed = Parsed(page)
    assert parsed.open == []
    assert not [tag for tag, _ in parsed.tags if tag in ("script", "link", "iframe", "object", "base")]
    assert not [
        name for _, attributes in parsed.tags for name in attributes if name.startswith("on") or name == "style"
    ]
    sources = [value for _, a in parsed.tags for name, value in a.items() if name in ("src", "href")]
    assert sources and all(str(source).startswith("data:image/jpeg;base64,") for source in sources)
    policy = next(str(a["content"]) for _, a in parsed.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy and "unsafe" not in policy


def test_silent_errors_come_first() -> None:
    page = render(report(RIGHT, TOLD, SILENT))
    order = [
        page.index(words.SILENT_TITLE.en),
        page.index("silent.jpg"),
        page.index(words.ITEMS.en),
        page.index("told.jpg"),
    ]
    assert order == sorted(order)
    assert page.count('class="miss silent"') == 2, "among the silent errors, and among all misses"


def test_texts_of_pictures_cannot_become_markup() -> None:
    page = render(report(RIGHT, TOLD, SILENT))
    assert "<mine>" not in page and "&lt;mine&gt;" in page
    assert "O&lt;REILLY" in page
    assert "S<mark>ö</mark>hne" in page and "S<mark>o</mark>hne" in page


def test_what_is_left_out_is_named() -> None:
    problem = Problem(ProblemKind.UNKNOWN_COLUMN, "truth.csv, column surnam", "did you mean surname?")
    page = render(report(RIGHT, problems=(problem,)))
    assert "truth.csv, column surnam" in page and "did you mean surname?" in page
    assert words.LEFT_OUT.en not in render(report(RIGHT))


def test_changes_since_an_earlier_run() -> None:
    changes = (Change("a.jpg", ("英文姓",), ()), Change("b.jpg", (), ("MRZ",)))
    page = render(report(RIGHT, changes=changes, against="mine, 2025"))
    assert "mine, 2025" in page and "b.jpg" in page
    assert '<span class="en">surname</span><span class="zh" lang="zh">英文姓</span>' in page[: page.index("b.jpg")]
    assert page.index("b.jpg") < page.index("a.jpg"), "what worsened first"


def test_nothing_wrong_and_nothing_known_are_said() -> None:
    assert words.NO_MISSES.en in render(report(RIGHT))
    negative = FileOutcome(
        Document("no.jpg", Path("no.jpg"), "none", (), (), {}), "nothing", (), 0, False, (), 0.1, None
    )
    assert words.NEGATIVES.zh in render(report(negative))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_language_is_chosen_beforehand(language: str) -> None:
    page = render(report(RIGHT, language=language))
    assert f'<html lang="{language}">' in page
    assert re.search(rf'id="{language}" checked', page)


def test_every_text_is_in_both_languages() -> None:
    texts = [value for value in vars(words).values() if isinstance(value, Words)]
    assert len(texts) > 40
    assert all(text.en.isascii() or "–" in text.en for text in texts)
    assert all(re.search(r"[\u4e00-\u9fff]", text.zh) for text in texts)


class TestPlots:
    def test_bars_say_how_many(self) -> None:
        drawn = bars(words.ITEMS, [Share(Words("surname", "英文姓"), 9, 10, "x"), Share(Words("a", "b"), 0, 0)])
        assert "90.0 %  9/10 x" in drawn
        assert drawn.count('class="bar"') == 2

    def test_the_diagram_has_a_ring_and_a_dot_for_each_group(self) -> None:
        drawn = reliability_diagram(words.RELIABILITY, [Said(0.9, 1.0, 0.97, 9, 10), Said(0, 0.1, 0.05, 0, 2)])
        assert drawn.count("<circle") == 4
        assert "n = 10" in drawn

    @pytest.mark.parametrize("seconds", [[0.0], [0.1], [0.03, 0.4, 7.0]])
    def test_the_curve_ends_at_all_of_them(self, seconds: list[float]) -> None:
        drawn = latency_curve(words.LATENCY, seconds)
        assert "p90" in drawn and "nan" not in drawn
