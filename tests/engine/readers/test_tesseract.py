import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from engine.errors import ReaderCrashed, ReaderMissing, ReaderTimeout
from engine.readers import tesseract
from engine.readers.tesseract import TesseractReader
from tests.engine.readers.lines import TEXTS, blank_line, line_of, load_line


@pytest.fixture(scope="module")
def reader() -> TesseractReader:
    return TesseractReader()


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_reads_what_is_printed(reader: TesseractReader, name: str) -> None:
    (answer,) = reader.read([load_line(name)])
    assert answer.text == TEXTS[name]


def test_characters_lie_side_by_side_in_the_line_image(reader: TesseractReader) -> None:
    line = load_line("td3_upper.png")
    (answer,) = reader.read([line])
    middles = [(c.start + c.end) / 2 for c in answer.chars]
    pitch = np.diff(middles)
    assert middles[0] > 0
    assert middles[-1] < line.pixels.shape[1]
    assert pitch == pytest.approx(np.median(pitch), rel=0.25)


def test_answer_does_not_depend_on_the_lines_before(reader: TesseractReader) -> None:
    lines = [load_line(name) for name in sorted(TEXTS)]
    together = reader.read([*lines, *reversed(lines)])
    apart = [reader.read([line])[0] for line in lines]
    assert together == [*apart, *reversed(apart)]


def test_threads_get_the_answers_one_thread_gets(reader: TesseractReader) -> None:
    lines = [load_line(name) for name in sorted(TEXTS)] * 3
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda line: reader.read([line])[0], lines))
    assert answers == reader.read(lines)


def test_blank_and_tiny_pictures_hold_no_text(reader: TesseractReader, capfd: pytest.CaptureFixture[str]) -> None:
    tiny = [line_of(np.zeros(shape)) for shape in ((1, 1), (0, 0), (1, 400), (60, 2))]
    assert [answer.text for answer in reader.read([blank_line(), *tiny])] == [""] * 5
    assert capfd.readouterr() == ("", "")


def test_reading_is_silent(reader: TesseractReader, capfd: pytest.CaptureFixture[str]) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (30, 500))
    reader.read([line_of(noise), load_line("td3_worn.png"), line_of(noise[:3, :9])])
    assert capfd.readouterr() == ("", "")


def test_version_names_library_and_model(reader: TesseractReader) -> None:
    program, number, model = reader.version.split("-")
    assert (program, model) == ("tesseract", "tesseract_ocrb_v1")
    assert number[0] in "45"


def test_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    with pytest.raises(ReaderMissing):
        TesseractReader()


class _Api:
    """A libtesseract that fails in a chosen way."""

    def __init__(self, fault: str) -> None:
        self.fault = fault

    def SetImage(self, picture: Any) -> None:
        if self.fault == "crash":
            raise RuntimeError("out of memory")

    def Recognize(self, timeout: int) -> bool:
        return False

    def Clear(self) -> None:
        pass


def _failing(monkeypatch: pytest.MonkeyPatch, fault: str) -> TesseractReader:
    def opened(**options: Any) -> _Api:
        if fault == "open":
            raise RuntimeError("Failed to init API")
        return _Api(fault)

    library = SimpleNamespace(tesseract_version=lambda: "tesseract 5.5.4\n x", PyTessBaseAPI=opened)
    monkeypatch.setattr(tesseract, "_import_library", lambda: library)
    return TesseractReader(timeout=0.0 if fault == "timeout" else 60.0)


@pytest.mark.parametrize(("fault", "error"), [("crash", ReaderCrashed), ("give up", ReaderCrashed)])
def test_failure_in_the_library_is_a_crash(monkeypatch: pytest.MonkeyPatch, fault: str, error: type) -> None:
    with pytest.raises(error):
        _failing(monkeypatch, fault).read([load_line("td3_upper.png")])


def test_library_out_of_time_is_a_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReaderTimeout):
        _failing(monkeypatch, "timeout").read([load_line("td3_upper.png")])


def test_model_the_library_refuses_is_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReaderCrashed):
        _failing(monkeypatch, "open")


def test_object_that_failed_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = _failing(monkeypatch, "crash")
    with pytest.raises(ReaderCrashed):
        reader.read([load_line("td3_upper.png")])
    assert reader._idle.empty()
