"""Many pictures of a few: no two the same, and the same ones again."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.batches import pictures


def draw(folder: Path, *, count: int, seed: int, kind: str | None = None) -> None:
    """Grey pictures in place of drawn ones."""
    folder.mkdir(parents=True)
    for number in range(count):
        Image.new("L", (60, 40), number).save(folder / f"{number}.{'png' if number % 2 else 'jpg'}")


def hashes(folder: Path) -> Iterator[str]:
    return (sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir()))


@pytest.mark.parametrize("cheap", [True, False])
def test_no_two_pictures_are_the_same_and_all_are_made_again(
    cheap: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "draw_pictures", draw)
    for name in ("one", "other"):
        pictures.make_pictures(tmp_path / name, count=50, drawn=20, seed=1, cheap=cheap)
    assert list(hashes(tmp_path / "one")) == list(hashes(tmp_path / "other"))
    assert len(set(hashes(tmp_path / "one"))) == 50
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "other"]
    assert {path.suffix for path in (tmp_path / "one").iterdir()} == {".jpg", ".png"}
