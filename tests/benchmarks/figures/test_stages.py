from pathlib import Path

import numpy as np
import pytest

from benchmarks.figures.stages import STAGES, WIDTH, Specimen, open_specimen

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def specimen() -> Specimen:
    return open_specimen(ROOT / "tests" / "images" / "uto_photo_rotated90.jpg")


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_a_picture_that_shows_something(stage: str, specimen: Specimen) -> None:
    drawn = STAGES[stage](specimen)
    assert drawn.width == WIDTH
    assert np.asarray(drawn).std() > 10


def test_the_page_shows_them_all_in_their_order() -> None:
    page = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")
    places = [page.index(f"pictures/stages/{stage}.jpg") for stage in STAGES]
    assert places == sorted(places)
    assert sorted(STAGES) == sorted(path.stem for path in (ROOT / "docs" / "pictures" / "stages").iterdir())
