"""The map of print: cells of half a millimetre over the whole view."""

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.page import PageView
from engine.visual.lines import text_map
from engine.visual.lines.text_map import map_text


def view(rows: int, columns: int) -> PageView:
    return PageView(np.full((rows, columns), 255, np.uint8), 8.0, (0.0, 0.0), np.eye(3))


@pytest.mark.parametrize("size", [(400, 640), (401, 637), (17, 30)])
def test_the_map_covers_the_view(size: tuple[int, int]) -> None:
    found = map_text(view(*size))
    cells = tuple(-(-round(n / 2) // 2) for n in size)
    assert found.text.shape == found.cap_height.shape == found.baseline.shape == cells


def test_blank_paper_holds_no_text() -> None:
    assert map_text(view(400, 640)).text.max() < 0.5


@dataclass(frozen=True)
class Fake:
    """A network of four cells a place: its third map says which cell of which place."""

    def run(self, plane: NDArray[np.float32]) -> NDArray[np.float32]:
        rows, columns = (n // 4 for n in plane.shape)
        places = np.arange(rows * columns, dtype=np.float32).reshape(rows, columns)
        cells = [4 * places + i for i in range(4)]
        return np.stack([np.zeros_like(places)] * 8 + cells)


def test_four_cells_of_a_place_stand_two_by_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_map, "_network", Fake)
    baseline = map_text(view(32, 64)).baseline
    assert baseline[:4, :4].tolist() == [[0, 1, 4, 5], [2, 3, 6, 7], [32, 33, 36, 37], [34, 35, 38, 39]]
