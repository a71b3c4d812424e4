"""A net of limited ranks answers like the one it was made from; needs torch, which only training does."""

from dataclasses import replace

import pytest

torch = pytest.importorskip("torch", reason="torch is installed by `make train` only")

from models.training.line_net.factorise import factorise  # noqa: E402
from models.training.line_net.net import LineNet, NetShape  # noqa: E402

FULL = NetShape(32, (2, 1, 1), (4, 6, 6, 8, 10))
RANKS = (12, 18, 18, 18, 24, 30, 10, 10, 10)
"""As high as they can be: nothing is lost."""


def net(shape: NetShape, seed: int) -> LineNet:
    torch.manual_seed(seed)
    return LineNet(shape, 5).eval()


@pytest.mark.parametrize("ranks", [(), RANKS], ids=["from full rank", "from limited ranks"])
def test_the_highest_ranks_give_the_same_answers(ranks: tuple[int, ...]) -> None:
    first, second = net(replace(FULL, ranks=ranks), 1), net(replace(FULL, ranks=RANKS), 2)
    pictures = torch.randn(2, 1, 32, 40)
    factorise(first, second, [torch.randn(4, 1, 32, 64)])
    with torch.no_grad():
        torch.testing.assert_close(second.eval()(pictures), first(pictures), atol=1e-3, rtol=1e-3)
