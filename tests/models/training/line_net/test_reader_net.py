"""The far-looking nets: padding changes nothing, and any width gives its frames."""

from dataclasses import replace

import pytest

torch = pytest.importorskip("torch", reason="torch is installed by `make train` only")

from models.training.line_net.recipes import RECIPES  # noqa: E402
from models.training.line_net.train import build_net  # noqa: E402

LARGE = replace(RECIPES["latin_large_v1"], channels=(2, 2, 4, 4, 8), layers=1)


@pytest.mark.parametrize("width", [8, 61, 90, 91])
def test_a_frame_for_each_two_columns(width: int) -> None:
    net = build_net(LARGE).eval()
    assert net(torch.zeros(1, 1, 32, width)).shape[:2] == (1, -(-width // 2))


def test_attention_does_not_see_padding() -> None:
    torch.manual_seed(1)
    attention = build_net(LARGE).eval().attention
    frames = torch.randn(1, 20, 8)
    padded = torch.cat([frames, torch.zeros(1, 9, 8)], 1)
    alone, beside = attention(frames, None), attention(padded, torch.tensor([20]))
    within = slice(0, 8)  # farther from the end than the layer's convolutions reach
    assert torch.allclose(alone[:, within], beside[:, within], atol=1e-5)
    assert not torch.allclose(alone[:, within], attention(padded, torch.tensor([29]))[:, within], atol=1e-5)
