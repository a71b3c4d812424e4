import os
import shutil
import stat
import sys
from pathlib import Path

import pytest

from engine.errors import ReaderCrashed, ReaderMissing, ReaderTimeout
from engine.readers.pytesseract_reader import PytesseractReader
from engine.readers.tesseract import TesseractReader
from tests.engine.readers.lines import TEXTS, blank_line, load_line

installed = pytest.mark.skipif(shutil.which("tesseract") is None, reason="the program tesseract is not installed")

LINE = "td3_upper.png"
PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><body><span class='ocrx_word'>
<span class='ocrx_cinfo' title='x_bboxes 26 4 36 21; x_conf 99.5'>7</span>
<span class='ocrx_cinfo' id='lstm_choices_1_1_1'><span class='ocrx_cinfo' title='x_confs 99'>7</span>
<span class='ocrx_cinfo' title='x_confs 95'>1</span></span>
<span class='ocrx_cinfo' title='x_bboxes 30 4 40 21; x_conf 98'>&lt;</span>
</span></body></html>"""
ANSWERS = {
    "fine": f"cat > \"$2.hocr\" <<'END'\n{PAGE}\nEND",
    "empty": "printf '<html><body/></html>' > \"$2.hocr\"",
    "hang": "exec sleep 600",
    "crash": "exit 3",
    "killed": "kill -9 $$",
    "no answer": "true",
    "babble": 'head -c 4000 /dev/urandom > "$2.hocr"',
    "other xml": "printf '<shopping><milk/></shopping>' > \"$2.hocr\"",
    "wrong boxes": 'printf \'<html xmlns="http://www.w3.org/1999/xhtml"><span class="ocrx_word">'
    '<span title="x_bboxes a b">A</span></span></html>\' > "$2.hocr"',
}


def pretend(
    folder: Path, monkeypatch: pytest.MonkeyPatch, answer: str, version: str = "echo tesseract 5.9.1"
) -> None:
    """Put a shell script called tesseract first on the search path."""
    script = folder / "tesseract"
    script.write_text(f'#!/bin/sh\nif [ "$1" = --version ]; then\n{version}\nexit\nfi\n{answer}\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_reads_characters_places_and_alternatives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(tmp_path, monkeypatch, ANSWERS["fine"])
    reader = PytesseractReader()
    (answer,) = reader.read([load_line(LINE)])
    assert answer.text == "7<"
    assert answer.chars[0].alternatives[0][0] == "1"
    assert answer.chars[0].end == pytest.approx(2 * answer.chars[0].start)
    assert reader.version == "pytesseract-5.9.1-tesseract_ocrb_v1"


def test_page_without_words_is_an_empty_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(tmp_path, monkeypatch, ANSWERS["empty"])
    assert PytesseractReader().read([load_line(LINE)])[0].text == ""


@pytest.mark.parametrize("fault", ["crash", "killed", "no answer", "babble", "other xml", "wrong boxes"])
def test_broken_program_is_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    pretend(tmp_path, monkeypatch, ANSWERS[fault])
    with pytest.raises(ReaderCrashed):
        PytesseractReader().read([load_line(LINE)])


def test_hanging_program_is_a_timeout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(tmp_path, monkeypatch, ANSWERS["hang"])
    reader = PytesseractReader(timeout=0.2)
    with pytest.raises(ReaderTimeout):
        reader.read([load_line(LINE)])


def test_program_that_has_gone_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(tmp_path, monkeypatch, ANSWERS["fine"])
    reader = PytesseractReader()
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    with pytest.raises(ReaderMissing):
        reader.read([load_line(LINE)])


def test_no_program_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReaderMissing):
        PytesseractReader()


@pytest.mark.parametrize("version", ["echo something else", "exit 1"])
def test_program_without_version_is_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    pretend(tmp_path, monkeypatch, ANSWERS["fine"], version)
    with pytest.raises(ReaderCrashed):
        PytesseractReader()


def test_program_that_hangs_on_its_version_is_a_timeout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(tmp_path, monkeypatch, ANSWERS["fine"], "exec sleep 600")
    with pytest.raises(ReaderTimeout):
        PytesseractReader(timeout=0.2)


def test_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pytesseract", None)
    with pytest.raises(ReaderMissing):
        PytesseractReader()


# The badly binarised line is at the model's limit: libtesseract 5.5 reads it, 5.3 loses a letter.
@installed
@pytest.mark.parametrize("name", sorted(TEXTS.keys() - {"td3_lower.png"}))
def test_reads_what_is_printed(name: str) -> None:
    assert PytesseractReader().read([load_line(name)])[0].text == TEXTS[name]


@installed
def test_agrees_with_the_reader_in_process() -> None:
    lines = [load_line("td3_upper.png"), blank_line()]
    program, process = PytesseractReader().read(lines), TesseractReader().read(lines)
    assert [a.text for a in program] == [a.text for a in process]
    for a, b in zip(program[0].chars, process[0].chars, strict=True):
        assert (a.start, a.end) == pytest.approx((b.start, b.end), abs=3)
        assert a.probability == pytest.approx(b.probability, abs=0.1)
