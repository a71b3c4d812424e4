"""``passport-ocr read``, with an engine that does what a file's name says."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

import server.cli.main
import server.cli.read
from engine import empty_contract
from server.cli import read_files
from server.contract.ocr_passport.wire import Data
from tests.doubles import VALUES, ByNameEngine, fixed_reading

ROOT = Path(__file__).parents[3]
WITH_DOUBLE = """
import server.cli.main, server.cli.read, tests.doubles
server.cli.read.Engine = tests.doubles.ByNameEngine
server.cli.main.main()
"""


@pytest.fixture(autouse=True)
def double(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server.cli.read, "Engine", ByNameEngine)


def picture(folder: Path, name: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", (640, 480), "white").save(path)
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(server.cli.main.app, [str(a) for a in arguments])


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


class TestJsonl:
    def test_one_line_a_file_with_exactly_these_keys(self, tmp_path: Path) -> None:
        good, blank = picture(tmp_path, "good.jpg"), picture(tmp_path, "blank.png")
        result = run("read", good, blank, "--format", "jsonl")
        first, second = lines(result)
        keys = ["file", "seconds", "code", "message", "data", "warnings", "contradictions", "checks"]
        assert list(first) == keys == list(second)
        assert (first["file"], first["code"], first["message"]) == (str(good), 0, "OK")
        assert first["data"] == fixed_reading().to_contract()
        assert (second["file"], second["code"]) == (str(blank), -9020)
        assert second["data"] == empty_contract()
        assert first["warnings"][0]["warning"] == "CHECK_DIGIT"
        assert [check["ok"] for check in first["checks"]] == [True, False]
        assert second["warnings"] == second["contradictions"] == second["checks"] == []
        assert all(Data.model_validate(line["data"]) and line["seconds"] >= 0 for line in (first, second))
        assert result.exit_code == 1

    def test_all_read_exits_0(self, tmp_path: Path) -> None:
        assert run("read", picture(tmp_path, "good.jpg"), "--format", "jsonl").exit_code == 0

    def test_codes(self, tmp_path: Path) -> None:
        names = ["animated.png", "defect.png"]
        result = run("read", *(picture(tmp_path, n) for n in names), tmp_path / "missing.jpg", "--format", "jsonl")
        assert [line["code"] for line in lines(result)] == [-1400, 500, 404]
        assert "there is no such file" in lines(result)[2]["message"]
        assert "ERIKSSON" not in result.output
        assert result.exit_code == 1

    def test_folders_give_their_pictures_in_order_once(self, tmp_path: Path) -> None:
        for name in ("b.jpg", "a.JPEG", "sub/c.tiff", "d.webp"):
            picture(tmp_path, name)
        result = run("read", tmp_path, tmp_path / "b.jpg", "--format", "jsonl")
        assert result.exit_code == 0
        assert result.stderr == ""
        assert [Path(line["file"]).name for line in lines(result)] == ["a.JPEG", "b.jpg", "d.webp", "c.tiff"]

    def test_a_file_name_that_is_no_utf8(self, tmp_path: Path) -> None:
        path = picture(tmp_path, "good.png").rename(tmp_path / "good\udcff.png")
        assert lines(run("read", path, "--format", "jsonl"))[0]["file"] == str(path)

    def test_processes_keep_the_order_and_survive_a_killing_file(self, tmp_path: Path) -> None:
        names = ["good1.png", "kill.png", "good2.png", "blank.png"]
        result = run("read", *(picture(tmp_path, n) for n in names), "--format", "jsonl", "--jobs", 2)
        assert [(Path(r["file"]).name, r["code"]) for r in lines(result)] == list(
            zip(names, [0, 502, 0, -9020], strict=True)
        )

    def test_a_killing_file_slows_down_only_those_that_were_under_way(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        alone: list[str] = []
        read_alone = read_files._read_alone

        def noted(job: read_files.Job, *more: Any) -> read_files.FileReading:
            alone.append(job.file.name)
            return read_alone(job, *more)

        monkeypatch.setattr(read_files, "_read_alone", noted)
        monkeypatch.setattr(read_files, "AHEAD", 1)
        names = ["kill.png", *(f"good{number}.png" for number in range(9))]
        result = run("read", *(picture(tmp_path, n) for n in names), "--format", "jsonl", "--jobs", 2)
        assert [(Path(r["file"]).name, r["code"]) for r in lines(result)] == list(
            zip(names, [502] + 9 * [0], strict=True)
        )
        assert set(alone) <= {"kill.png", "good0.png"}

    def test_the_page_that_was_read_is_named_where_it_is_not_the_first(self, tmp_path: Path) -> None:
        path = picture(tmp_path, "third.tiff")
        assert lines(run("read", path, "--format", "jsonl"))[0]["file"] == f"{path}#3"
        assert f"{path}#3 " in run("read", path).stdout
        (reading,) = json.loads(run("read", path, "--format", "json").stdout)["readings"]
        assert (reading["file"], reading["page"]) == (f"{path}#3", 3)

    def test_items_mrz_is_passed_on(self, tmp_path: Path) -> None:
        result = run("read", picture(tmp_path, "good.jpg"), "--items", "mrz", "--format", "json")
        assert json.loads(result.stdout)["readings"][0]["width"] == 99
        assert run("read", picture(tmp_path, "good.jpg"), "--items", "viz").exit_code == 2


class TestStandardInput:
    def given(self, tmp_path: Path, *more: object) -> Result:
        data = picture(tmp_path, "good.jpg").read_bytes()
        return CliRunner().invoke(server.cli.main.app, ["read", "-", *(str(m) for m in more)], input=data)

    def test_is_read(self, tmp_path: Path) -> None:
        (line,) = lines(self.given(tmp_path, "--format", "jsonl"))
        assert (line["file"], line["code"]) == ("-", 0)

    def test_stands_beside_files_and_is_read_in_processes_too(self, tmp_path: Path) -> None:
        other = picture(tmp_path, "blank.png")
        result = self.given(tmp_path, other, "--format", "jsonl", "--jobs", 2)
        assert [(line["file"], line["code"]) for line in lines(result)] == [("-", 0), (str(other), -9020)]

    def test_is_annotated_under_a_name_of_its_own(self, tmp_path: Path) -> None:
        assert self.given(tmp_path, "--annotate", tmp_path / "out").exit_code == 0
        assert [p.name for p in (tmp_path / "out").iterdir()] == ["stdin.annotated.jpg"]


class TestJson:
    def test_one_document_with_every_detail(self, tmp_path: Path) -> None:
        result = run("read", picture(tmp_path, "good.jpg"), picture(tmp_path, "blank.jpg"), "--format", "json")
        good, blank = json.loads(result.stdout)["readings"]
        assert {i["item"]: i["value"] for i in good["items"] if i["value"]} == {i.value: v for i, v in VALUES.items()}
        assert good["items"][2]["box"] == {"x": 10, "y": 20, "width": 100, "height": 20}
        assert good["mrz"]["format"] == "TD3"
        assert [check["ok"] for check in good["mrz"]["checks"]] == [True, False]
        assert good["mrz"]["corrections"] == [{"line": 1, "position": 12, "read": "0", "decoded": "O"}]
        assert good["warnings"][0]["warning"] == "CHECK_DIGIT"
        assert good["timings"] == {"decode": 0.01, "locate": 0.02}
        assert (blank["code"], blank["detail"]) == (-9020, "no machine readable zone in 640 x 480 pixels")
        assert result.exit_code == 1


class TestTable:
    def test_says_everything_a_person_needs(self, tmp_path: Path) -> None:
        result = run("read", picture(tmp_path, "good [1].jpg"))
        for text in (
            "good [1].jpg", "护照号码", "passport number", "X1234567", "0.987", "both",
            "P<UTOSPECIMEN<<MUSTER<ANNA<<<<<<<<<<<<<<<<<<", "composite: printed 4, computed 7",
            "line 2, character 13: read 0, taken as O", "warning: a check digit",
        ):  # fmt: skip
            assert text in result.stdout
        assert result.exit_code == 0

    def test_says_why_not(self, tmp_path: Path) -> None:
        result = run("read", picture(tmp_path, "blank.jpg"))
        assert "[-9020]" in result.stdout
        assert "640 x 480" in result.stdout

    def test_annotated_pictures_are_saved_and_named(self, tmp_path: Path) -> None:
        files = [picture(tmp_path, "a/good.png"), picture(tmp_path, "b/good.png"), picture(tmp_path, "blank.png")]
        result = run("read", *files, "--annotate", tmp_path / "out")
        saved = sorted((tmp_path / "out").iterdir())
        assert [p.name for p in saved] == ["good-2.annotated.jpg", "good.annotated.jpg"]
        assert all(p.read_bytes().startswith(b"\xff\xd8\xff") for p in saved)
        assert all(str(p) in result.stdout for p in saved)

    def test_an_annotated_picture_that_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "out" / "good.annotated.jpg").mkdir(parents=True)
        result = run("read", picture(tmp_path, "good.png"), "--annotate", tmp_path / "out")
        assert result.exit_code == 1
        assert "cannot be written" in result.stderr


class TestUsage:
    def test_a_folder_without_pictures_is_wrong_usage(self, tmp_path: Path) -> None:
        result = run("read", tmp_path)
        assert result.exit_code == 2
        assert "no pictures" in result.stderr

    def test_a_file_where_the_annotated_pictures_should_go(self, tmp_path: Path) -> None:
        path = picture(tmp_path, "good.jpg")
        assert run("read", path, "--annotate", path).exit_code == 2


class TestProcess:
    def test_a_reader_that_hangs_up_is_no_error_message(self, tmp_path: Path) -> None:
        files = [str(picture(tmp_path, f"good{n}.png")) for n in range(30)]
        command = [sys.executable, "-c", WITH_DOUBLE, "read", "--format", "jsonl", *files]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT
        ) as process:
            assert process.stdout
            assert process.stderr
            assert json.loads(process.stdout.readline())["code"] == 0
            process.stdout.close()
            assert process.stderr.read() == ""
        assert process.returncode == 1

    def test_output_is_utf8_in_any_locale(self, tmp_path: Path) -> None:
        command = [sys.executable, "-c", WITH_DOUBLE, "read", str(picture(tmp_path, "good.png")), "--format", "jsonl"]
        done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env={"PYTHONIOENCODING": "ascii"})
        assert json.loads(done.stdout.decode("utf-8"))["data"]["items"][0]["item"] == "类别"

    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_ctrl_c_ends_it_silently(self, tmp_path: Path, jobs: str) -> None:
        files = [str(picture(tmp_path, name)) for name in ("good.png", "wait1.png", "wait2.png")]
        command = [sys.executable, "-c", WITH_DOUBLE, "read", "--format", "jsonl", "--jobs", jobs, *files]
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            start_new_session=True,
            # What a shell starts in the background ignores Ctrl-C, and so do its children.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        ) as process:
            assert process.stdout
            assert process.stderr
            assert json.loads(process.stdout.readline())["code"] == 0
            os.killpg(process.pid, signal.SIGINT)
            assert process.stderr.read() == ""
        assert process.returncode == 130
