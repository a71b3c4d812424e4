from collections.abc import Sequence
from pathlib import Path

import pytest

from engine.readers.select import open_mrz_reader
from engine.values.pictures import LineImage
from engine.values.text import CharReading, LineText
from tests.engine.readers.lines import TEXTS
from tests.golden import READERS, answers_of, read_golden, write_golden


class _Parrot:
    """Says the width of a line."""

    version = "parrot-1"

    def read(self, lines: Sequence[LineImage]) -> list[LineText]:
        return [LineText((CharReading("W", 1 / 3, (), 0.04, float(line.pixels.shape[1])),)) for line in lines]


def test_writer_writes_one_file_a_picture_that_reads_back(tmp_path: Path) -> None:
    paths = write_golden([_Parrot()], tmp_path)
    assert [p.relative_to(tmp_path).as_posix() for p in paths] == [
        f"parrot-1/{Path(name).stem}.json" for name in sorted(TEXTS)
    ]
    assert read_golden("parrot-1", tmp_path) == answers_of(_Parrot())
    assert read_golden("parrot-1", tmp_path)["td1_lower.png"] == {
        "text": "W",
        "probabilities": [0.333],
        "places": [[0.0, 345.0]],
    }


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    before = [p.read_bytes() for p in write_golden([_Parrot()], tmp_path)]
    assert [p.read_bytes() for p in write_golden([_Parrot()], tmp_path)] == before


@pytest.mark.parametrize("name", READERS)
def test_reader_answers_as_it_did(name: str) -> None:
    reader = open_mrz_reader(name)
    golden = read_golden(reader.version)
    if not golden:
        pytest.skip(f"no golden answers of {reader.version}: python -m tests.golden write")
    answers = answers_of(reader)
    assert {k: v["text"] for k, v in answers.items()} == {k: v["text"] for k, v in golden.items()}
    for picture, answer in answers.items():
        assert answer["probabilities"] == pytest.approx(golden[picture]["probabilities"], abs=0.03), picture
        flat = [x for place in answer["places"] for x in place]
        assert flat == pytest.approx([x for place in golden[picture]["places"] for x in place], abs=1.5), picture
