"""Views are drawn once and kept; a part of them is not trained on."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is installed by `make train` only")

from models.training.text_lines import views as module
from models.training.text_lines.examples import Example, LineTruth
from models.training.text_lines.views import TOGETHER, draw_views, draw_windows, kept_back, load_views


def view(number: int) -> list[Example]:
    """A view as gray as its number, with one line."""
    corners = np.array([[20.0, 20.0], [90.0, 20.0], [90.0, 30.0], [20.0, 30.0]])
    return [Example(np.full((120, 200), number, np.uint8), (LineTruth(corners, True),))]


def grays(folder: Path) -> list[int]:
    return [int(example.pixels[0, 0]) for example in load_views(folder)]


def test_views_that_are_there_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_draw_view", view)
    draw_views(tmp_path, 3, 0)
    draw_views(tmp_path, 53, 0)
    draw_views(tmp_path, 10, 0)
    assert grays(tmp_path) == list(range(53))


@pytest.mark.parametrize(("count", "kept"), [(2, 1), (30, 3), (1000, 40)])
def test_a_tenth_is_kept_back(count: int, kept: int) -> None:
    assert kept_back(count) == kept


def test_windows_are_as_the_net_takes_them_and_depend_on_their_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_draw_view", view)
    draw_views(tmp_path, 4, 0)
    one, same, other = (draw_windows(tmp_path, number) for number in (1, 1, 2))
    assert len(one) == TOGETHER
    assert {(pixels.shape, maps.shape) for pixels, maps in one} == {((160, 256), (5, 80, 128))}
    assert all(np.array_equal(a[0], b[0]) and np.array_equal(a[1], b[1]) for a, b in zip(one, same, strict=True))
    assert any(not np.array_equal(a[0], b[0]) for a, b in zip(one, other, strict=True))
