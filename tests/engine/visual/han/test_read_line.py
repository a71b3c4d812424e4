"""How much is looked at before a line is given up: noise must not hold up a page."""

import cv2
import numpy as np
import pytest

from engine.page import SIZES, PlacedPage
from engine.values.items import Item, ItemReading
from engine.values.mrz import MrzFormat
from engine.values.pictures import Photo, Point
from engine.visual.han import look
from engine.visual.han.read_name import read_pieces

MOST = 2200
"""Pictures of characters that the network is shown for a name."""


@pytest.mark.parametrize("seed", range(4))
def test_a_name_cut_by_the_zone_on_noise_is_looked_for_in_few_places(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    shown = 0
    score = look.score_characters

    def counted(crops: np.ndarray) -> np.ndarray:
        nonlocal shown
        shown += len(crops)
        return score(crops)

    monkeypatch.setattr(look, "score_characters", counted)
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (88, 125)).astype(np.uint8)
    pixels = np.asarray(cv2.resize(coarse, (1000, 704), interpolation=int(rng.integers(0, 3))), np.uint8)
    page = PlacedPage(SIZES[MrzFormat.TD3], np.diag([8.0, 8.0, 1.0]), ())
    first = Point(300, 200), Point(600, 200), Point(600, 224), Point(300, 224)
    below = 80 if seed % 2 else 0
    second = tuple(Point(corner.x, corner.y + below) for corner in first)
    names = {
        Item.SURNAME: ItemReading(Item.SURNAME, "MAIMAITIABUDUREXITI", 0.9, first),
        Item.GIVEN_NAMES: ItemReading(Item.GIVEN_NAMES, "ABUDUREXITIABUDUL", 0.9, second),  # type: ignore[arg-type]
    }
    read_pieces(Photo(pixels), page, names, cut=True)
    assert shown <= MOST
