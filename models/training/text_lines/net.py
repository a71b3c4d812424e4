"""The network of the text line map: from the page view at 4 px/mm to cells of half a millimetre."""

from typing import cast

from torch import Tensor, nn
from torch.nn import functional

from models.training.layers import Conv, Separable, Unshuffle

CELL = 8
"""Height and width of the input must be multiples of this."""


class TextLineNet(nn.Module):  # type: ignore[misc]
    """B×1×H×W normalised gray → B×12×H/4×W/4: three maps for each of four cells, which `unfold` spreads out.

    The maps are the logit of text, the logarithm of the cap height (mm) and the baseline below the cell (mm). The
    first layer sees patches of 12 px at once (4×4 px folded into channels, then 3×3) and the last answers for four
    cells at once: nothing is computed at half scale, which would cost as much as all the rest.
    """

    def __init__(self, widths: tuple[int, int] = (32, 48)):
        super().__init__()
        fine, coarse = widths
        self.quarter = nn.Sequential(Unshuffle(4), Conv(16, fine), Separable(fine), Separable(fine))
        dilated = (Separable(coarse, dilation) for dilation in (1, 2, 4, 1, 2))
        self.eighth = nn.Sequential(Conv(fine, coarse, stride=2), *dilated)
        self.narrow = Conv(coarse, fine, 1)
        self.up_quarter = nn.Sequential(Separable(fine), Separable(fine))
        self.head = nn.Conv2d(fine, 3 * 4, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Predict the maps."""
        quarter = self.quarter(x)
        deep = self.narrow(self.eighth(quarter))
        fine = self.up_quarter(quarter + functional.interpolate(deep, scale_factor=2.0, mode="nearest"))
        return cast(Tensor, self.head(fine))


def unfold(maps: Tensor) -> Tensor:
    """B×12×h×w to B×3×2h×2w: the engine does it itself, onnxruntime transposes slowly."""
    return functional.pixel_shuffle(maps, 2)


def text_line_loss(maps: Tensor, truth: Tensor) -> Tensor:
    """Cross-entropy and Dice of the text, absolute error of height and baseline where they are known.

    ``truth`` is B×5×h×w as `text_lines.examples.targets` makes it.
    """
    logits, text = maps[:, 0], truth[:, 0]
    entropy = functional.binary_cross_entropy_with_logits(logits, text, truth[:, 4])
    share = logits.sigmoid()
    common = (share * text).sum((1, 2))
    dice = 1 - (2 * common + 20) / (share.sum((1, 2)) + text.sum((1, 2)) + 20)
    known = truth[:, 3]
    off = (maps[:, 1:3] - truth[:, 1:3]).abs()
    shape = ((off[:, 0] + off[:, 1]) * known).sum() / (known.sum() + 1)
    return entropy + 0.5 * dice.mean() + 0.5 * shape
