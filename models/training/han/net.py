"""The Han net: from a square picture to a direction, and on to the likeness with each character's prototype."""

from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from models.training.layers import Conv

DIRECTION = 128
"""Numbers of a direction."""
_SCALE = 16.0
"""What likenesses (−1 to 1) are multiplied by at first, to be logits."""


class Residual(nn.Module):  # type: ignore[misc]
    """Two 3×3 convolutions beside a shortcut."""

    def __init__(self, channels: int):
        super().__init__()
        self.first = Conv(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x: Tensor) -> Tensor:
        """Keep the shape."""
        return functional.relu(x + self.second(self.first(x)))


class HanNet(nn.Module):  # type: ignore[misc]
    """B×1×32×32 normalised gray → logits B×N, one for each prototype."""

    def __init__(self, prototypes: Tensor):
        super().__init__()
        self.trunk = nn.Sequential(
            Conv(1, 32, 5, stride=2), Conv(32, 48), Conv(48, 96, stride=2), Residual(96),
            Conv(96, 160, stride=2), Conv(160, 160),
        )  # fmt: skip
        self.flat = nn.Linear(160 * 16, DIRECTION, bias=False)
        self.even = nn.BatchNorm1d(DIRECTION, affine=False)
        self.prototypes = nn.Parameter(prototypes.clone())
        self.scale = nn.Parameter(torch.tensor(_SCALE))

    def directions(self, x: Tensor) -> Tensor:
        """B×128, of unit length."""
        return functional.normalize(self.even(self.flat(self.trunk(x).flatten(1))), dim=1)

    def forward(self, x: Tensor) -> Tensor:
        """The scaled likeness with each prototype."""
        return cast(Tensor, self.scale * self.directions(x) @ functional.normalize(self.prototypes, dim=1).t())


def first_prototypes(glyphs: NDArray[np.float32]) -> Tensor:
    """Return N×128 unit vectors: N clean pictures (N×pixels) along their 128 main differences, evened out.

    From there a net learns thousands of characters in minutes: look-alikes lie near each other from the start.
    """
    left, spreads, _ = np.linalg.svd(glyphs - glyphs.mean(axis=0), full_matrices=False)
    return functional.normalize(torch.from_numpy(left[:, :DIRECTION] * spreads[:DIRECTION] ** 0.35).float(), dim=1)


def han_loss(logits: Tensor, labels: Tensor, alike: Tensor) -> Tensor:
    """Cross-entropy among all characters, and as much again among those that sound alike.

    ``alike`` (N×N bool) says which share a reading: the zone's pinyin leaves only these to choose from.
    """
    homophones = logits.masked_fill(~alike[labels], -30.0)
    return functional.cross_entropy(logits, labels) + functional.cross_entropy(homophones, labels)
