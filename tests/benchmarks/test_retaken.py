"""Pages taken again keep their truth, and only whole upright pages are taken."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.retaken import main
from engine import Engine
from engine.measure.truth import load_documents
from engine.values.items import Item

IMAGES = Path(__file__).parents[1] / "images"


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All committed pictures, taken again by a phone and at 94 dpi."""
    out = tmp_path_factory.mktemp("retaken") / "out"
    main(IMAGES, out, kinds="scan94,photo2", seed=5)
    return out


def test_only_upright_pages_are_taken_again(taken: Path) -> None:
    files = {document.file for document in load_documents(taken)}
    assert files == {
        f"{kind}_5_{page}.jpg" for kind in ("scan94", "photo2") for page in ("chn_1997_specimen", "chn_2012_specimen")
    }


def test_the_truth_is_that_of_the_page(taken: Path) -> None:
    before = {document.file: document for document in load_documents(IMAGES)}["chn_2012_specimen.jpg"]
    for document in load_documents(taken):
        if document.file.endswith("chn_2012_specimen.jpg"):
            assert document.mrz == before.mrz
            assert document.items[Item.BIRTH_PLACE].value == "SHAANXI"
            assert f"kind:{document.file.split('_')[0]}" in document.tags


def test_the_page_can_still_be_read(taken: Path) -> None:
    (page,) = (d for d in load_documents(taken) if d.file == "scan94_5_chn_2012_specimen.jpg")
    assert Engine().recognize(page.path).mrz.lines == page.mrz


def test_the_same_seed_takes_the_same_pictures(taken: Path, tmp_path: Path) -> None:
    main(IMAGES, tmp_path / "again", kinds="scan94", seed=5)
    for path in (tmp_path / "again").glob("*.jpg"):
        assert path.read_bytes() == (taken / path.name).read_bytes()


def test_an_unknown_way_is_named(tmp_path: Path) -> None:
    import typer

    app = typer.Typer()
    app.command()(main)
    answer = CliRunner().invoke(app, [str(IMAGES), str(tmp_path / "out"), "--kinds", "photo2,fax"])
    assert answer.exit_code == 2
    assert "fax" in answer.output
    assert not (tmp_path / "out").exists()
