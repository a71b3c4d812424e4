"""Pages without their zone, and papers that are no passport's."""

import numpy as np
import pytest

from engine.values.items import Item
from models.training.draw.others import PAPERS, draw_other
from models.training.draw.zoneless import KINDS, draw_zoneless

pytestmark = pytest.mark.usefixtures("fonts")


@pytest.mark.parametrize("kind", KINDS)
def test_the_zone_is_gone_and_the_page_is_there(kind: str) -> None:
    picture = draw_zoneless(4, 0, kind)
    assert picture.truth.mrz == ()
    assert f"zone:{kind}" in picture.tags
    quad = picture.truth.items[Item.PASSPORT_NUMBER].quad
    assert quad is not None
    width, height = picture.size
    assert all(0 <= corner.x < width and 0 <= corner.y < height for corner in quad)
    assert np.array_equal(picture.pixels, draw_zoneless(4, 0, kind).pixels)


@pytest.mark.parametrize("kind", PAPERS)
def test_other_papers_are_negatives(kind: str) -> None:
    picture = draw_other(4, 0, kind)
    assert (picture.truth.document, picture.truth.mrz) == ("NONE", ())
    assert "negative" in picture.tags
    assert picture.pixels.std() > 5
