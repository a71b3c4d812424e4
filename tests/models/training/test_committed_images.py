import json
from pathlib import Path

import pytest
from PIL import Image, ImageOps

IMAGES = Path(__file__).parents[2] / "images"
LINES = [json.loads(line) for line in (IMAGES / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]


def test_every_committed_picture_is_described() -> None:
    pictures = {path.name for path in IMAGES.iterdir() if path.suffix in {".jpg", ".png"}}
    assert pictures == {line["file"] for line in LINES}
    readme = (IMAGES / "README.md").read_text(encoding="utf-8")
    assert all(name in readme for name in pictures)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["file"])
def test_a_committed_picture_is_small_and_as_described(line: dict[str, object]) -> None:
    path = IMAGES / str(line["file"])
    assert path.stat().st_size < 400_000
    with Image.open(path) as picture:
        assert ImageOps.exif_transpose(picture).size == (line["width"], line["height"])
