import json
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner, Result

from benchmarks import accuracy, gate
from benchmarks.refusal import GROUPS, Tally, summary
from engine.errors import MrzNotFound
from models.training.draw.type.fonts import FontsMissing
from tests.benchmarks.doubles import FixedEngine


@pytest.fixture
def drawn(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of drawing, the toy set is put where the gate looks."""

    def draw(folder: Path, *, count: int, seed: int) -> None:
        dataset.rename(folder)

    unread = FixedEngine({name: MrzNotFound("no zone") for name in ("good.png", "bad.png", "empty.png")})

    def damage(folder: Path, count: int, seed: int) -> None:
        folder.mkdir()
        page = next(row for row in map(json.loads, manifest.splitlines()) if row["file"] == "good.png")
        page |= {"damage": {"kind": "line_1", "what": "names:5+1", "items": []}}
        (folder / "manifest.jsonl").write_text(json.dumps(page), encoding="utf-8")
        (folder / "good.png").write_bytes(picture)

    manifest = (dataset / "manifest.jsonl").read_text(encoding="utf-8")
    picture = (dataset / "images" / "good.png").read_bytes()
    monkeypatch.setattr(gate, "draw_pictures", draw)
    monkeypatch.setattr(gate, "write_damaged", damage)
    monkeypatch.setattr(gate, "open_engine", lambda reader: unread)
    monkeypatch.setattr(
        gate, "evaluate_refusal", lambda engine, count, seed: summary({(GROUPS[1], "visa"): Tally([1.0], 1)})
    )


def _run() -> Result:
    app = Typer()
    app.command()(gate.main)
    return CliRunner().invoke(app, [], env={"COLUMNS": "200"})


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize(("floor", "status"), [(0.0, 0), (0.1, 1)])
def test_ends_with_status_1_below_the_floor(floor: float, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    floors = {"gate": {"minimum": {"mrz.exact_share": floor}}, "damage": {}, "refusal": {}}
    monkeypatch.setattr(accuracy, "load_floors", lambda: floors)
    done = _run()
    assert done.exit_code == status, done.output
    assert ("gate does not hold: mrz.exact_share is 0.0" in done.output) is bool(status)


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize(("most", "status"), [(1, 0), (0, 1)])
def test_ends_with_status_1_where_damaged_pages_are_not_told(
    most: int, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        accuracy, "load_floors", lambda: {"gate": {}, "damage": {"maximum": {"refused": most}}, "refusal": {}}
    )
    done = _run()
    assert done.exit_code == status, done.output
    assert ("gate does not hold: refused is 1" in done.output) is bool(status)


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize(("most", "status"), [(1, 0), (0, 1)])
def test_ends_with_status_1_where_another_paper_is_read(
    most: int, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    floors = {"gate": {}, "damage": {}, "refusal": {"maximum": {"other paper.read": most}}}
    monkeypatch.setattr(accuracy, "load_floors", lambda: floors)
    done = _run()
    assert done.exit_code == status, done.output
    assert ("gate does not hold: other paper.read is 1" in done.output) is bool(status)


def test_without_fonts_it_says_so_and_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(folder: Path, *, count: int, seed: int) -> None:
        raise FontsMissing("apt-get is not installed")

    monkeypatch.setattr(gate, "draw_pictures", missing)
    done = _run()
    assert done.exit_code == 0
    assert "skipped: apt-get is not installed" in done.output
