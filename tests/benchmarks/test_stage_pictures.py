"""The picture of README."""

from pathlib import Path

from benchmarks.stage_pictures import WIDTH, specimen_picture

SPECIMEN = Path(__file__).parents[1] / "images" / "chn_2012_specimen.jpg"


def test_the_specimen_is_drawn_with_its_items_beside_it() -> None:
    picture = specimen_picture(SPECIMEN)
    assert picture.width == WIDTH
    assert picture.height < WIDTH, "the list of items makes it wide"
