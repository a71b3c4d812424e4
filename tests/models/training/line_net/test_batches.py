"""What a line net is trained on is what it is given in use."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from engine.readers.ctc import net_input
from engine.values.pictures import LineImage
from engine.values.text import CharReading, LineText
from models.training.draw.lines.projection import DrawnLine
from models.training.line_net import batches
from models.training.line_net.batches import PACK, draw_pack, net_pictures
from models.training.line_net.recipes import RECIPES


def plain_line(rng: np.random.Generator, severity: float) -> DrawnLine:
    """A line of noise with two characters, 40 rows high, as wide as chance has it."""
    columns = int(rng.integers(90, 200))
    pixels = rng.integers(0, 256, (40, columns)).astype(np.uint8)
    return DrawnLine(pixels, "AB", np.array([columns * 0.25, columns * 0.75], np.float32) - 0.5, 20.0)


RECIPE = replace(RECIPES["mrz_line_v1"], draw=plain_line, batch=4)


def test_training_and_reading_make_the_same_of_a_line() -> None:
    rng = np.random.default_rng((1, 0))
    lines = []
    for _ in range(RECIPE.batch * PACK):  # as `draw_pack` draws them
        if rng.random() >= 0.5:
            rng.uniform(0.2, 1.0)
        lines.append(plain_line(rng, 1.0))
    given = [
        picture[0, :, :width]
        for batch in draw_pack(RECIPE, 1, 0, 1.0)
        for picture, width in zip(net_pictures(batch), batch.widths, strict=True)
    ]
    read = [net_input(line.pixels, RECIPE.height) for line in lines]
    assert len(given) == len(read)
    for picture in read:
        assert any(picture.shape == other.shape and np.array_equal(picture, other) for other in given)


class Judge:
    """A reader that is sure of lines wider than 100 px alone."""

    def read(self, lines: Sequence[LineImage]) -> list[LineText]:
        sure = [line.pixels.shape[1] > 100 for line in lines]
        return [LineText((CharReading("A", 0.9 if s else 0.5),)) for s in sure]


def test_few_lines_are_drawn_that_the_model_before_is_sure_of(monkeypatch: pytest.MonkeyPatch) -> None:
    def drawn(rng: np.random.Generator, severity: float) -> DrawnLine:
        columns = 90 if rng.random() < 0.5 else 150
        pixels = rng.integers(0, 256, (RECIPE.height, columns)).astype(np.uint8)
        return DrawnLine(pixels, "AB", np.array([20.0, 60.0], np.float32), 20.0)

    monkeypatch.setattr(batches, "_open", lambda model: Judge())
    widths = [
        [int(w) for batch in draw_pack(recipe, 1, 0, 1.0) for w in batch.widths]
        for recipe in (
            replace(RECIPE, draw=drawn, batch=20),
            replace(RECIPE, draw=drawn, batch=20, read_before_by="x"),
        )
    ]
    sure = [sum(w > 100 for w in of_pack) / len(of_pack) for of_pack in widths]
    assert sure[0] == pytest.approx(1 / 2, abs=0.1)
    assert sure[1] == pytest.approx(1 / 6, abs=0.08)  # one sure line in five stays


@pytest.mark.parametrize(("share", "layouts"), [(0.0, "ssss"), (0.5, "rrss"), (1.0, "rrrr")])
def test_a_share_of_the_pages_is_of_no_state(share: float, layouts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def page(kind: str) -> Callable[[np.random.Generator], list[DrawnLine]]:
        return lambda rng: drawn.append(kind) or [plain_line(rng, 1.0)]

    monkeypatch.setattr(batches, "page_lines", page("s"))
    monkeypatch.setattr(batches, "random_page_lines", page("r"))
    draw_pack(replace(RECIPE, pages=4, random_pages=share), 1, 0, 1.0)
    assert "".join(drawn) == layouts


@pytest.mark.parametrize("multiple", [8, 64])
def test_pictures_are_padded_with_nothing(multiple: int) -> None:
    for batch in draw_pack(RECIPE, 1, 0, 1.0):
        pictures = net_pictures(batch, multiple)
        assert pictures.shape[3] % multiple == 0
        assert pictures.shape[3] - batch.widths.max() < multiple
        for picture, width in zip(pictures, batch.widths, strict=True):
            assert abs(float(picture[..., :width].mean())) < 1e-3
            assert not picture[..., width:].any()


def test_batches_hold_lines_of_like_width_and_their_truth() -> None:
    batches = draw_pack(RECIPE, 1, 0, 1.0)
    assert len(batches) == PACK
    spans = sorted((int(batch.widths.min()), int(batch.widths.max())) for batch in batches)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    first = batches[0]
    assert first.labels.tolist() == [RECIPE.alphabet.index("A") + 1, RECIPE.alphabet.index("B") + 1] * 4
    assert first.centres.reshape(4, 2) + 0.5 == pytest.approx(first.widths[:, None] * [0.25, 0.75], rel=0.02)


def test_a_pack_depends_on_seed_and_number_alone() -> None:
    one, same, other = (draw_pack(RECIPE, 1, number, 1.0)[0].pixels for number in (5, 5, 6))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
