"""``passport-ocr bench`` as a user runs it, on pictures of this project."""

import json
import shutil
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from server.cli.main import app

IMAGES = Path(__file__).parents[2] / "images"
NAMES = ("chn_2012_specimen.jpg", "chn_1997_specimen.jpg", "negative_bank_card.jpg")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in NAMES:
        shutil.copy(IMAGES / name, folder)
    monkeypatch.chdir(tmp_path)
    return folder


def bench(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["bench", *map(str, arguments)])


def test_from_pictures_to_a_report(folder: Path) -> None:
    made = bench(folder, "--init")
    assert made.exit_code == 0, made.output
    assert "fill in by hand: negative_bank_card.jpg" in made.output
    table = folder / "truth.csv"
    text = table.read_text(encoding="utf-8-sig")
    assert "chn_2012_specimen.jpg,,,P,CHN,EA1234567" in text

    refused = bench(folder)
    assert refused.exit_code == 2
    assert "nobody has looked at this row" in refused.output

    corrected = (
        text.replace(".jpg,,,?,", ".jpg,yes,,-,").replace(".jpg,,", ".jpg,yes,").replace("WANG,LIN", "WONG,LIN")
    )
    table.write_text(corrected.replace("?,?\n", "-,-\n").replace(",?,?,?,?,?,?,?,?,?,?,?,", ",-" * 11 + ","), "utf-8")
    done = bench(folder)
    assert done.exit_code == 0, done.output
    assert "3 pictures judged" in done.output
    assert "misses: 1" in done.output
    page = Path("mine-bench.html")
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert "W<mark>O</mark>NG" in page.read_text(encoding="utf-8")
    result = Path("mine-bench.json").read_text(encoding="utf-8")
    assert json.loads(result)["summary"]["negatives"] == {"count": 1, "read": 0}
    assert not any(value in result for value in ("EA1234567", "WANG", "WONG", "OUYANG"))

    again = bench(folder, "--against", "mine-bench.json", "--out", "sub/again.html")
    assert "0 pictures improved, 0 worsened" in again.output
    assert Path("sub/again.json").is_file()


def test_what_is_left_out_is_named_and_the_status_is_1(folder: Path) -> None:
    rows = [{"file": "chn_2012.jpg", "passport_number": "X"}, {"file": NAMES[1], "pasport_number": "X", "sex": "F"}]
    (folder / "truth.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done = bench(folder)
    assert done.exit_code == 1
    assert "column pasport_number: did you mean passport_number?" in done.output
    assert "there is no picture chn_2012.jpg: did you mean chn_2012_specimen.jpg?" in done.output
    assert "picture without truth: negative_bank_card.jpg" in done.output
    assert "1 pictures judged" in done.output
    left_out = json.loads(Path("mine-bench.json").read_text(encoding="utf-8"))["left_out"]
    assert {each["what"] for each in left_out} >= {"unknown column", "truth without picture"}


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["nowhere"], "is no folder"),
        (["empty"], "there are no pictures"),
        (["mine"], "--init writes one"),
        (["mine", "--truth", "gone.csv"], "gone.csv: No such file"),
        (["mine", "--against", "gone.json"], "gone.json: No such file"),
        (["mine", "--against", "other.json"], "is no result of passport-ocr bench"),
        (["mine", "--truth", "truth.ods"], "save it as .xlsx or .csv"),
    ],
)
def test_errors_say_what_to_do(folder: Path, arguments: list[str], advice: str) -> None:
    Path("empty").mkdir()
    Path("truth.ods").touch()
    Path("other.json").write_text("[]", encoding="utf-8")
    done = bench(*arguments)
    assert done.exit_code == 2
    assert advice in done.output
    assert "Traceback" not in done.output


def test_the_report_is_html(folder: Path) -> None:
    done = bench(folder, "--out", "report.json")
    assert done.exit_code == 2
    assert "is no .html" in " ".join(done.output.split())


def test_redacted_pictures_are_left_alone(folder: Path) -> None:
    shutil.copy(IMAGES / NAMES[0], folder / "a.redacted.png")
    assert bench(folder, "--init", "--format", "jsonl").exit_code == 0
    assert "redacted" not in (folder / "truth.jsonl").read_text(encoding="utf-8")


def test_a_table_that_is_there_is_kept(folder: Path) -> None:
    (folder / "truth.csv").write_text("mine", encoding="utf-8")
    done = bench(folder, "--init")
    assert done.exit_code == 2
    assert "left as it is" in done.output
    assert (folder / "truth.csv").read_text(encoding="utf-8") == "mine"


def test_the_command_to_go_on_with_can_be_copied_whatever_the_folder_is_called(tmp_path: Path) -> None:
    folder = tmp_path / "my pictures"
    folder.mkdir()
    shutil.copy(IMAGES / NAMES[0], folder)
    assert f"then: passport-ocr bench '{folder}'\n" in bench(folder, "--init").output
