import json
from pathlib import Path

import pytest
from rich.console import Console
from typer import Typer
from typer.testing import CliRunner

from benchmarks import compare_items
from benchmarks.peers.loop import Found, answer
from engine.measure.results import load_result
from engine.measure.truth import load_documents
from engine.values.items import Item, ItemReading


def read(item: Item, value: str) -> ItemReading:
    return ItemReading(item, value, 0.9)


def test_what_is_printed_counts_and_case_and_spaces_do_not(dataset: Path) -> None:
    good = next(d for d in load_documents(dataset) if d.file == "good.png")
    counts = compare_items.count_right([(good, [read(Item.SURNAME, "Eriks son"), read(Item.ISSUE_PLACE, "NADIR")])])
    assert counts[Item.SURNAME] == (1, 1)
    assert counts[Item.PASSPORT_NUMBER] == (0, 1)
    assert Item.ISSUE_PLACE not in counts


def test_a_peer_tells_the_texts_of_the_page_if_it_reads_any() -> None:
    text = {"text": "ERIKSSON", "quad": [[0, 0], [9, 0], [9, 2], [0, 2]], "score": 0.9}
    assert answer(lambda path: Found(["A"], [text]), "p")["texts"] == [text]
    assert answer(lambda path: ["A"], "p")["texts"] == ()


def test_the_table_has_a_column_a_system(dataset: Path) -> None:
    documents = [d for d in load_documents(dataset) if not d.negative]
    rows = compare_items.count_right((d, []) for d in documents)
    console = Console(width=100, record=True)
    compare_items.print_counts(console, "toy", {"ours": rows, "theirs": rows})
    assert "0 of 2" in console.export_text()


def test_both_are_counted_on_the_same_pictures(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(command: object, documents: list[object], kept: Path, *, seconds: float) -> None:
        assert len(documents) == 2  # not the negative
        kept.parent.mkdir(parents=True, exist_ok=True)
        rows = ({"file": file, "lines": [], "texts": []} for file in ("good.png", "bad.png"))
        kept.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    monkeypatch.setattr(compare_items, "CACHE", tmp_path)
    monkeypatch.setattr(compare_items, "set_up", lambda *_: [])
    monkeypatch.setattr(compare_items, "run_system", run)
    app, out = Typer(), tmp_path / "items.json"
    app.command()(compare_items.main)
    done = CliRunner().invoke(app, [str(dataset), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert {name: rows["SURNAME"] for name, rows in load_result(out)["items"].items()} == {
        "ours": [0, 2],
        "rapidocr's lines": [0, 2],
    }
