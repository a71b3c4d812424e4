import numpy as np
import pytest

from models.training.draw.capture.geometry import crease, wave
from models.training.draw.capture.scene import (
    Setting,
    blank,
    crowded_desk,
    empty_scene,
    full_of_text,
    place,
    zone_hidden,
)

pytestmark = pytest.mark.usefixtures("fonts")

SETTINGS = {
    "small": Setting(width=800, share=1 / 6),
    "large": Setting(width=400, share=0.94),
    "leaning and turned": Setting(width=600, lean=30, turn=180),
    "curled": Setting(width=600, bending=lambda _, width: wave(width, 0.02 * width, 0.5)),
    "folded": Setting(width=600, bending=lambda _, width: crease(width, 0.02 * width, 0.4)),
    "open book, held": Setting(width=600, open_book=True, held=True),
    "among things, on a screen": Setting(width=600, crowded=True, screenshot=True, layout="td1"),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_the_zone_lies_in_the_picture_as_wide_as_asked(name: str) -> None:
    setting = SETTINGS[name]
    picture = place(np.random.default_rng(3), setting)
    assert (picture.pixels.shape, picture.pixels.dtype) == ((setting.width * 3 // 4, setting.width), np.uint8)
    corners = np.array(picture.truth.mrz_quads).reshape(-1, 2)
    slack = 0.05 * setting.width
    assert np.all(corners > -slack)
    assert np.all(corners < np.array(picture.size) + slack)
    upper = np.array(picture.truth.mrz_quads[0])
    assert np.hypot(*(upper[1] - upper[0])) == pytest.approx(setting.share * setting.width, rel=0.02)


def test_a_picture_depends_on_its_seed_alone() -> None:
    first, second = (place(np.random.default_rng(4), Setting(width=300, crowded=True)) for _ in range(2))
    assert np.array_equal(first.pixels, second.pixels)
    assert first.truth.mrz_quads == second.truth.mrz_quads


@pytest.mark.parametrize("draw", [blank, full_of_text, crowded_desk, zone_hidden])
def test_a_frame_without_a_zone_has_no_truth(draw: object) -> None:
    picture = empty_scene(np.random.default_rng(1), draw)  # type: ignore[arg-type]
    assert picture.pixels.shape == (720, 1280)
    assert not picture.truth.mrz
