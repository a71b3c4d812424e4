"""The network of the zone detector: fully convolutional, a map of zone and reading direction at a quarter scale."""

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from models.training.layers import Conv, Separable, Unshuffle

CELL = 16
"""Height and width of the input must be multiples of this."""


class DetectorNet(nn.Module):  # type: ignore[misc]
    """B×1×H×W normalised gray → B×3×H/4×W/4: logit of zone, cosine and sine of the reading direction.

    The first layer sees patches of 12 px at once (4×4 px folded into channels, then 3×3): nothing is computed at
    full scale. Dilations up to 8 at a sixteenth scale see a line of the zone from end to end.
    """

    def __init__(self, widths: tuple[int, int, int] = (24, 40, 64)):
        super().__init__()
        fine, middle, coarse = widths
        self.quarter = nn.Sequential(Unshuffle(4), Conv(16, fine), Separable(fine))
        self.eighth = nn.Sequential(Conv(fine, middle, stride=2), Separable(middle), Separable(middle))
        dilated = (Separable(coarse, dilation) for dilation in (1, 2, 4, 8, 1, 2, 4, 1))
        self.sixteenth = nn.Sequential(Conv(middle, coarse, stride=2), *dilated)
        self.narrow = Conv(coarse, middle, 1)
        self.up_eighth = nn.Sequential(Separable(middle), Conv(middle, fine, 1))
        self.up_quarter = nn.Sequential(Separable(fine), Separable(fine, 2))
        self.head = nn.Conv2d(fine, 3, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Predict the maps."""
        quarter = self.quarter(x)
        eighth = self.eighth(quarter)
        deep = self.narrow(self.sixteenth(eighth))
        middle = self.up_eighth(eighth + functional.interpolate(deep, scale_factor=2.0, mode="nearest"))
        fine = self.up_quarter(quarter + functional.interpolate(middle, scale_factor=2.0, mode="nearest"))
        return cast(Tensor, self.head(fine))


def detector_loss(maps: Tensor, zone: Tensor, direction: Tensor) -> Tensor:
    """Cross-entropy and Dice on the zone (B×H×W), squared error of the direction (B×2×H×W) inside it."""
    logits = maps[:, 0]
    weight = 1 + 2 * zone
    entropy = functional.binary_cross_entropy_with_logits(logits, zone, weight)
    share = torch.sigmoid(logits)
    common = (share * zone).sum((1, 2))
    dice = 1 - (2 * common + 20) / (share.sum((1, 2)) + zone.sum((1, 2)) + 20)
    off = ((maps[:, 1:] - direction) ** 2).sum(1) * zone
    return entropy + 0.5 * dice.mean() + 0.5 * off.sum() / (zone.sum() + 1)
