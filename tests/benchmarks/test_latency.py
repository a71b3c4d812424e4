import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from typer import Typer
from typer.testing import CliRunner

from benchmarks import latency
from benchmarks.measure.frames import FrameSize, jpeg_frame
from engine.errors import MrzNotFound
from engine.measure.truth import load_documents
from tests.benchmarks.conftest import LINES
from tests.benchmarks.doubles import FixedReading, mrz_reading

SMALL = FrameSize(160, 120)
RIGHT = FixedReading((), mrz_reading(LINES))


class OneAnswer:
    """Reads the same from every picture; an exception is raised."""

    def __init__(self, answer: FixedReading | Exception) -> None:
        self.answer = answer
        self.versions = {"reader": "fixed-1"}
        self.calls = 0

    def recognize(self, source: bytes, *, items: str = "all") -> FixedReading:
        assert cv2.imdecode(np.frombuffer(source, np.uint8), cv2.IMREAD_COLOR).shape == (120, 160, 3)
        self.calls += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_every_read_is_timed_after_the_warm_up(dataset: Path) -> None:
    documents = [d for d in load_documents(dataset) if not d.negative]
    engine = OneAnswer(RIGHT)
    (row,) = latency.time_sizes(engine, documents, items="all", repeats=3, sizes=[SMALL]).values()
    assert engine.calls == 2 * (3 + latency.WARM_UP)
    assert row["reads"] == 6
    assert row["wrong"] == []
    stages = row["stages_cpu_ms"]
    assert stages["mrz"]["p50"] == pytest.approx(2 * stages["decode"]["p50"], abs=0.011)
    assert stages["mrz"]["p50"] + stages["decode"]["p50"] == pytest.approx(row["cpu_ms"]["p50"], abs=0.011)
    assert set(row["cpu_ms"]) == set(row["decode_cpu_ms"]) == {"p50", "p95", "p99"}


@pytest.mark.parametrize(
    "answer", [MrzNotFound("no zone"), FixedReading((), mrz_reading((LINES[0].replace("ANNA", "ANMA"), LINES[1])))]
)
def test_a_wrong_reading_fails_the_run(
    answer: FixedReading | Exception, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(latency, "open_engine", lambda reader: OneAnswer(answer))
    monkeypatch.setattr(latency, "FRAME_SIZES", [SMALL])
    app = Typer()
    app.command()(latency.main)
    out = tmp_path / "latency.json"
    done = CliRunner().invoke(app, ["--pictures", str(dataset), "--repeats", "1", "--out", str(out)])
    assert done.exit_code == 1
    assert "good.png" in done.output
    assert json.loads(out.read_text(encoding="utf-8"))["sizes"]["160x120"]["wrong"] == ["bad.png", "good.png"]


def test_the_page_lies_whole_in_the_frame() -> None:
    page = np.zeros((88, 125, 3), np.uint8)
    frame = cv2.imdecode(np.frombuffer(jpeg_frame(page, SMALL), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert frame.shape == (120, 160)
    rows, columns = np.nonzero(frame < 35)
    assert rows.max() - rows.min() + 1 == pytest.approx(0.88 * 88 * 160 / 125, abs=4)
    assert columns.min() > 0
    assert columns.max() < 159
    assert jpeg_frame(page, SMALL) == jpeg_frame(page, SMALL)
