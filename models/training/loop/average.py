"""Weights averaged over the last steps of a training: they read better than the last ones."""

import torch
from torch import nn

SLOWEST = 0.998
"""The most that the average keeps of itself in a step: it looks back about 500 steps."""


def follow(average: nn.Module, net: nn.Module, step: int) -> None:
    """Move ``average`` towards ``net`` after ``step`` steps, faster at the beginning.

    What is no floating-point number (counts of batch normalisation) is copied.
    """
    keep = min(SLOWEST, (step + 1) / (step + 10))
    with torch.no_grad():
        for mean, now in zip(average.state_dict().values(), net.state_dict().values(), strict=True):
            if mean.dtype.is_floating_point:
                mean.lerp_(now, 1 - keep)
            else:
                mean.copy_(now)
