from pathlib import Path

import pytest

import engine
from tests.golden.readings import HOME, differences, pictures, read_reading, reading_of, write_readings


@pytest.fixture(scope="module")
def reader() -> engine.Engine:
    return engine.Engine()


def test_every_picture_has_a_golden_reading_and_no_other_is_kept() -> None:
    assert {p.stem for p in HOME.iterdir()} == {p.stem for p in pictures()}
    assert len(pictures()) >= 45


@pytest.mark.parametrize("picture", pictures(), ids=lambda p: p.stem)
def test_picture_is_read_as_it_was(reader: engine.Engine, picture: Path) -> None:
    assert differences(read_reading(picture), reading_of(reader, picture)) == []


def test_writer_writes_what_is_read_back(reader: engine.Engine, tmp_path: Path) -> None:
    small = min(pictures(), key=lambda p: p.stat().st_size)
    (path,) = write_readings(reader, [small], tmp_path)
    assert path.name == f"{small.stem}.json"
    assert differences(read_reading(small, tmp_path), reading_of(reader, small)) == []


@pytest.mark.parametrize(
    ("golden", "now", "told"),
    [
        ({"a": ["x"]}, {"a": ["y"]}, ["/a/0: x -> y"]),
        ({"a": 1.0}, {"b": 1.0}, [": {'a': 1.0} -> {'b': 1.0}"]),
        ([1, 2], [1], [": [1, 2] -> [1]"]),
        ({"c": 0.98}, {"c": 0.96}, ["/c: 0.98 -> 0.96"]),
        ({"c": 0.98}, {"c": 0.985}, []),
        ({"quads": [[10.0, 4.0]]}, {"quads": [[10.4, 5.0]]}, ["/quads/0/1: 4.0 -> 5.0"]),
        ({"quads": None}, {"quads": [1.0]}, ["/quads: None -> [1.0]"]),
    ],
)
def test_differences_are_told(golden: object, now: object, told: list[str]) -> None:
    assert differences(golden, now) == told
