"""``passport-ocr redact`` as a user runs it."""

import shutil
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from server.cli.main import app

IMAGES = Path(__file__).parents[2] / "images"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("chn_1997_specimen.jpg", "negative_bank_card.jpg"):
        shutil.copy(IMAGES / name, tmp_path)
    return tmp_path


def redact(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["redact", *map(str, arguments)])


def test_what_can_be_redacted_is_written_and_the_rest_is_named(folder: Path) -> None:
    done = redact(
        folder / "chn_1997_specimen.jpg", folder / "negative_bank_card.jpg", "--keep", "issue_date,护照号码"
    )
    assert done.exit_code == 1
    written = folder / "chn_1997_specimen.redacted.png"
    with Image.open(written) as made, Image.open(folder / "chn_1997_specimen.jpg") as sent:
        assert made.size == sent.size
    assert f"{written}: shows passport number, issue date" in done.output
    assert "negative_bank_card.jpg: no machine readable zone" in done.output
    assert "look at each picture" in done.output
    assert not any(value in done.output for value in ("G60317245", "WANG"))


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["--keep", "natonality"], "did you mean nationality?"),
        (["--keep", "qqqq"], "choose from document_type"),
        (["--keep", "mrz_line_1"], "the lines of the MRZ also show"),
    ],
)
def test_a_wrong_item_is_wrong_usage(folder: Path, arguments: list[str], advice: str) -> None:
    done = redact(folder / "chn_1997_specimen.jpg", *arguments)
    assert done.exit_code == 2
    assert advice in " ".join(done.output.replace("│", " ").split())


def test_a_file_that_is_not_there_is_named(folder: Path) -> None:
    done = redact(folder / "gone.jpg", "--out", folder / "out")
    assert done.exit_code == 1
    assert "gone.jpg: No such file" in done.output
    assert list((folder / "out").iterdir()) == []


def test_the_standard_input(folder: Path) -> None:
    data = (folder / "chn_1997_specimen.jpg").read_bytes()
    done = CliRunner().invoke(app, ["redact", "-", "--whole-page", "--out", str(folder)], input=data)
    assert done.exit_code == 0, done.output
    assert (folder / "stdin.redacted.png").is_file()
    assert "the whole page is covered" in done.output
