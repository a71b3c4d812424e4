"""The network of the text line map: from the page view at 4 px/mm to cells of half a millimetre."""

from typing import cast

from torch import Tensor, nn
from torch.nn import functional

from models.training.detector_net import Conv, Separable, Unshuffle

CELL = 8
"""Height and width of the input must be multiples of this."""


class TextLineNet(nn.Module):  # type: ignore[misc]
    """B×1×H×W normalised gray → B×3×H/2×W/2: logit of text, log cap height (mm), baseline below the cell (mm)."""

    def __init__(self, widths: tuple[int, int, int] = (16, 32, 48)):
        super().__init__()
        fine, middle, coarse = widths
        self.first = nn.Sequential(Unshuffle(2), Conv(4, fine), Separable(fine))
        self.quarter = nn.Sequential(Conv(fine, middle, stride=2), Separable(middle), Separable(middle))
        dilated = (Separable(coarse, dilation) for dilation in (1, 2, 4, 1, 2))
        self.eighth = nn.Sequential(Conv(middle, coarse, stride=2), *dilated)
        self.narrow = Conv(coarse, middle, 1)
        self.up_quarter = nn.Sequential(Separable(middle), Separable(middle), Conv(middle, fine, 1))
        self.up_half = nn.Sequential(Separable(fine), Separable(fine))
        self.head = nn.Conv2d(fine, 3, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Predict the maps."""
        half = self.first(x)
        quarter = self.quarter(half)
        deep = self.narrow(self.eighth(quarter))
        middle = self.up_quarter(quarter + functional.interpolate(deep, scale_factor=2.0, mode="nearest"))
        fine = self.up_half(half + functional.interpolate(middle, scale_factor=2.0, mode="nearest"))
        return cast(Tensor, self.head(fine))


def text_line_loss(maps: Tensor, truth: Tensor) -> Tensor:
    """Cross-entropy and Dice of the text, absolute error of height and baseline where they are known.

    ``truth`` is B×4×h×w as `page_views.targets` makes it.
    """
    logits, text = maps[:, 0], truth[:, 0]
    entropy = functional.binary_cross_entropy_with_logits(logits, text, 1 + 2 * text)
    share = logits.sigmoid()
    common = (share * text).sum((1, 2))
    dice = 1 - (2 * common + 20) / (share.sum((1, 2)) + text.sum((1, 2)) + 20)
    known = truth[:, 3]
    off = (maps[:, 1:3] - truth[:, 1:3]).abs()
    shape = ((off[:, 0] + off[:, 1]) * known).sum() / (known.sum() + 1)
    return entropy + 0.5 * dice.mean() + 0.5 * shape
