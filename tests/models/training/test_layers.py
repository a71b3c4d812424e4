"""Layers of the nets over whole pictures; they need torch, which only training installs."""

import pytest

torch = pytest.importorskip("torch", reason="torch is installed by `make train` only")


@pytest.mark.parametrize("size", [2, 4])
def test_the_convolution_unshuffles_pixels_as_torch_does(size: int) -> None:
    from models.training.layers import Unshuffle

    picture = torch.randn(2, 1, 8 * size, 6 * size)
    assert torch.equal(Unshuffle(size)(picture), torch.nn.PixelUnshuffle(size)(picture))
