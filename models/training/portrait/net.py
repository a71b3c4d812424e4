"""The network of the portrait map: from the page view at 2 px/mm to cells of a millimetre."""

from typing import cast

from torch import Tensor, nn
from torch.nn import functional

from models.training.layers import Conv, Separable, Unshuffle

MULTIPLE = 8
"""Height and width of the input must be multiples of this."""


class PortraitNet(nn.Module):  # type: ignore[misc]
    """B×1×H×W normalised gray → B×4×H/4×W/4: the logit of each of four cells, which `unfold` spreads out.

    Dilated layers at 4 mm see the whole page from everywhere: where a portrait is follows from all of it.
    """

    def __init__(self, widths: tuple[int, int] = (32, 64)):
        super().__init__()
        fine, coarse = widths
        self.quarter = nn.Sequential(Unshuffle(4), Conv(16, fine), Separable(fine), Separable(fine))
        dilated = (Separable(coarse, dilation) for dilation in (1, 2, 4, 8, 4, 2, 1))
        self.eighth = nn.Sequential(Conv(fine, coarse, stride=2), *dilated)
        self.narrow = Conv(coarse, fine, 1)
        self.fine = nn.Sequential(Separable(fine), Separable(fine))
        self.head = nn.Conv2d(fine, 4, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Predict the map."""
        quarter = self.quarter(x)
        deep = self.narrow(self.eighth(quarter))
        fine = self.fine(quarter + functional.interpolate(deep, scale_factor=2.0, mode="nearest"))
        return cast(Tensor, self.head(fine))


def unfold(maps: Tensor) -> Tensor:
    """B×4×h×w to B×2h×2w."""
    return functional.pixel_shuffle(maps, 2)[:, 0]


def portrait_loss(logits: Tensor, truth: Tensor) -> Tensor:
    """Cross-entropy and Dice of B×h×w logits against the share of each cell that is portrait."""
    entropy = functional.binary_cross_entropy_with_logits(logits, truth)
    share = logits.sigmoid()
    common = (share * truth).sum((1, 2))
    dice = 1 - (2 * common + 50) / (share.sum((1, 2)) + truth.sum((1, 2)) + 50)
    return entropy + 0.5 * dice.mean()
