import numpy as np
import pytest

from models.training.capture.scene import ScenePool, scene

pytestmark = pytest.mark.usefixtures("fonts")


@pytest.fixture(scope="module")
def pool(fonts: None) -> ScenePool:
    return ScenePool(np.random.default_rng(0), pages=3, surfaces=3)


def test_a_scene_is_gray_and_square_and_holds_its_zone(pool: ScenePool) -> None:
    for seed in range(12):
        pixels, quads = scene(np.random.default_rng(seed), pool, 320)
        assert (pixels.shape, pixels.dtype) == ((320, 320), np.uint8)
        corners = np.array(quads).reshape(-1, 2)
        assert np.all((corners > -0.05 * 320) & (corners < 1.05 * 320))


def test_a_scene_depends_on_its_seed_alone(pool: ScenePool) -> None:
    first, second = (scene(np.random.default_rng(4), pool, 320) for _ in range(2))
    assert np.array_equal(first[0], second[0])
    assert first[1] == second[1]


def test_some_scenes_hold_no_zone(pool: ScenePool) -> None:
    empty = [not scene(np.random.default_rng(seed), pool, 96)[1] for seed in range(60)]
    assert 0 < sum(empty) < 20
