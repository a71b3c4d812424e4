import json
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from benchmarks import accuracy, floors, refusal
from benchmarks.measure.honesty import DamagedDocument, PageOutcome, summarise_pages
from engine.errors import MrzNotFound, NotAnImage
from engine.measure.results import Change, compare, load_result
from engine.measure.runner import measure
from engine.measure.scoring import summarise
from engine.measure.truth import load_documents
from engine.values.items import Item
from tests.benchmarks.conftest import LINES
from tests.benchmarks.doubles import FixedEngine, FixedReading, item_reading, mrz_reading, square

WRONG_NAMES = (LINES[0].replace("ANNA", "ANMA"), LINES[1])
GOOD = FixedReading(
    (
        item_reading(Item.PASSPORT_NUMBER, "L898902C3", 1.0, square(10, 10, 40, 10)),
        item_reading(Item.SURNAME, "ERIKSSON", 0.9, square(10, 32, 40, 10)),
        item_reading(Item.MRZ_LINE_1, LINES[0], 0.9, square(0, 50, 80, 5)),
        item_reading(Item.MRZ_LINE_2, LINES[1], 0.9, square(0, 56, 80, 5)),
    ),
    mrz_reading(LINES),
)
BAD = FixedReading(
    (
        item_reading(Item.PASSPORT_NUMBER, "L89890203", 0.995),
        item_reading(Item.SURNAME, "Eriksson", 0.4),
        item_reading(Item.ISSUE_PLACE, "ZENITH", 0.2),
        item_reading(Item.MRZ_LINE_1, WRONG_NAMES[0], 0.9),
        item_reading(Item.MRZ_LINE_2, LINES[1], 0.9),
    ),
    mrz_reading(WRONG_NAMES),
)
MIXED = FixedEngine({"good.png": GOOD, "bad.png": BAD, "empty.png": MrzNotFound("no zone")})


def test_a_wrong_zone_that_is_said_to_be_repaired_is_no_silent_error(dataset: Path) -> None:
    engine = FixedEngine(
        {
            "good.png": FixedReading(GOOD.items, mrz_reading(LINES, repaired=True)),
            "bad.png": FixedReading(BAD.items, mrz_reading(WRONG_NAMES, repaired=True)),
            "empty.png": MrzNotFound("no zone"),
        }
    )
    silent = summarise(list(measure(engine, load_documents(dataset))))["silent"]
    assert (silent["mrz"], silent["mrz_repaired"]) == (0, 1)


def test_summary_counts_by_hand(dataset: Path) -> None:
    summary = summarise(list(measure(MIXED, load_documents(dataset))))
    assert summary["mrz"] == {
        "count": 2,
        "exact": 1,
        "exact_share": 0.5,
        "found": 2,
        "character_accuracy": pytest.approx(1 - 1 / 176),
    }
    assert summary["negatives"] == {"count": 1, "read": 0}
    assert summary["silent"]["items"] == 1  # the number, said to be 0.995 sure
    assert summary["silent"]["mrz"] == 1  # names have no check digit
    assert summary["silent"]["mrz_repaired"] == 0
    surname = summary["items"]["each"][Item.SURNAME.value]
    assert (surname["exact"], surname["caseless"], surname["folded"]) == (0.5, 1.0, 1.0)
    place = summary["items"]["each"][Item.ISSUE_PLACE.value]
    assert (place["count"], place["not_printed"], place["invented"]) == (0, 2, 1)
    assert summary["boxes"] == {"count": 8, "iou_50": 0.5, "iou_70": 3 / 8}
    assert summary["by_tag"]["scan"]["mrz"]["exact_share"] == 1.0
    assert summary["by_tag"]["photo"]["mrz"]["exact_share"] == 0.0


def test_a_crash_is_counted_and_the_rest_is_still_read(dataset: Path) -> None:
    engine = FixedEngine({"good.png": ZeroDivisionError(), "bad.png": NotAnImage("cut off"), "empty.png": GOOD})
    summary = summarise(list(measure(engine, load_documents(dataset))))
    assert summary["status"] == {"crash: ZeroDivisionError": 1, "NotAnImage": 1, "read": 1}
    assert summary["negatives"] == {"count": 1, "read": 1}
    assert summary["mrz"]["character_accuracy"] == 0
    assert summary["items"]["each"][Item.SURNAME.value]["missed"] == 2


def test_a_crash_is_logged_by_its_place_and_not_by_what_it_says(
    dataset: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = FixedEngine({"good.png": KeyError("ERIKSSON"), "bad.png": GOOD, "empty.png": GOOD})
    list(measure(engine, load_documents(dataset)))
    assert "KeyError" in caplog.text
    assert "good.png" in caplog.text
    assert "in recognize" in caplog.text
    assert "ERIKSSON" not in caplog.text


def test_only_what_the_zone_holds_is_judged_when_only_the_zone_is_read(dataset: Path) -> None:
    outcome = next(measure(MIXED, load_documents(dataset), items="mrz"))
    overlaps = {i.item: i.iou for i in outcome.items}
    assert overlaps == {Item.PASSPORT_NUMBER: None, Item.MRZ_LINE_1: 1.0, Item.MRZ_LINE_2: 1.0}


def _run(monkeypatch: pytest.MonkeyPatch, engine: FixedEngine, *arguments: str) -> tuple[int, str]:
    monkeypatch.setattr(accuracy, "open_engine", lambda reader: engine)
    app = Typer()
    app.command()(accuracy.main)
    done = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200"})
    return done.exit_code, done.output


def test_the_result_names_no_value_read_or_printed(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out" / "toy.json"
    status, printed = _run(monkeypatch, MIXED, str(dataset), "--out", str(out))
    assert status == 0
    assert "L89890203" in printed  # the misses are shown to the person who asks
    text = out.read_text(encoding="utf-8")
    assert not [word for word in ("L898902C3", "L89890203", "ERIKSSON", "ZENITH", *LINES) if word in text]
    result = load_result(out)
    assert result["dataset"] == "toy"
    assert result["versions"] == {"reader": "fixed-1"}
    assert [row["file"] for row in result["files"]] == ["good.png", "bad.png", "empty.png"]
    assert "cpu" in result["machine"] and "host" not in json.dumps(result["machine"])


def test_the_next_run_tells_what_changed(dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "toy.json"
    _run(monkeypatch, MIXED, str(dataset), "--out", str(out))
    swapped = FixedEngine({"good.png": BAD, "bad.png": GOOD, "empty.png": GOOD})
    _, printed = _run(monkeypatch, swapped, str(dataset), "--against", str(out))
    assert "1 improved, 2 worsened" in printed


def test_compare_says_which_parts_changed() -> None:
    row = {"file": "a", "mrz_exact": False, "mrz_errors": 3, "refused": False}
    before = [row | {"items": {"护照号码": ["exact", 0.9], "英文姓": ["missed", 0.0]}}]
    after = [
        row
        | {"mrz_exact": True, "items": {"护照号码": ["wrong", 0.9], "英文姓": ["exact", 0.9], "英文名": ["wrong", 0]}}
    ]
    assert compare(before, after) == [Change("a", ("MRZ", "英文姓"), ("护照号码",))]
    assert compare(before, before) == []
    assert compare([], after) == []


def test_pictures_of_the_misses(dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "misses"
    _run(monkeypatch, MIXED, str(dataset), "--misses", str(folder))
    assert [p.name for p in folder.iterdir()] == ["bad.jpg"]


def test_selection(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "toy: 1 pictures" in _run(monkeypatch, MIXED, str(dataset), "--only", "photo")[1]
    assert "toy: 2 pictures" in _run(monkeypatch, MIXED, str(dataset), "--limit", "2")[1]


def test_wrong_usage(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _run(monkeypatch, MIXED, str(dataset), "--items", "some")[0] == 2


def test_floors_end_with_status_1(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accuracy, "load_floors", lambda: {"toy": {"minimum": {"mrz.exact_share": 0.6}}})
    status, printed = _run(monkeypatch, MIXED, str(dataset), "--floors")
    assert status == 1
    assert "mrz.exact_share is 0.5, wanted ≥ 0.6" in printed
    monkeypatch.setattr(accuracy, "load_floors", lambda: {"toy": {"minimum": {"mrz.exact_share": 0.5}}})
    assert _run(monkeypatch, MIXED, str(dataset), "--floors")[0] == 0


def test_gates_by_hand() -> None:
    gates = {"toy": {"minimum": {"a.b": 0.5, "gone": 1}, "maximum": {"a.c": 0.1}}}
    found = floors.check_floors({"dataset": "toy", "summary": {"a": {"b": 0.5, "c": 0.2}}}, gates)
    assert [(b.figure, b.found) for b in found] == [("gone", None), ("a.c", 0.2)]


def test_the_committed_floors_name_figures_that_exist(dataset: Path) -> None:
    summary = summarise(list(measure(MIXED, load_documents(dataset))))
    pages = [DamagedDocument(load_documents(dataset)[0], kind, "", ()) for kind in ("none", "contradiction")]
    others = {
        "damage": summarise_pages([PageOutcome(page, {}, values=1) for page in pages]),
        "refusal": refusal.summary({(group, "kind"): refusal.Tally([1.0]) for group in refusal.GROUPS}),
    }
    for name, gates in floors.load_floors().items():
        result = {"dataset": name, "summary": others.get(name, summary)}
        breaches = floors.check_floors(result, {name: gates})
        assert [b for b in breaches if b.found is None] == []


def test_a_table_without_a_manifest(dataset: Path, tmp_path: Path) -> None:
    """It used to end in a traceback."""
    (dataset / "manifest.jsonl").unlink()
    (dataset / "truth.csv").write_text("file,surname,surnam\ngood.png,ERIKSSON,x\n", encoding="utf-8")
    app = Typer()
    app.command()(accuracy.main)
    done = CliRunner().invoke(app, [str(dataset), "--out", str(tmp_path / "r.json")])
    assert done.exit_code == 0, done.output
    assert "surnam: did you mean surname?" in " ".join(done.output.split())
    assert load_result(tmp_path / "r.json")["summary"]["negatives"]["count"] == 0


def test_a_row_that_says_nothing_of_a_zone_is_no_negative(dataset: Path) -> None:
    (dataset / "manifest.jsonl").write_text('{"file": "good.png", "passport_number": "X1"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="row 1 has neither mrz nor items"):
        load_documents(dataset)
