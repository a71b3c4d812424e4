"""The line net: a small convolutional network that turns a line picture into character scores per frame."""

from dataclasses import dataclass
from typing import TypeAlias

import torch
from torch import Tensor, nn

Pair: TypeAlias = tuple[int, int]
"""Rows and columns."""

BLANK = 0
"""Class of the frames between characters; character i of the alphabet is class i + 1."""


@dataclass(frozen=True, slots=True)
class NetShape:
    """Input height in px (a multiple of 8), horizontal strides of the three reducing layers, and widths.

    ``ranks`` of the nine middle layers, first to last, makes each a `Separated` one; empty, they are ordinary.
    """

    height: int
    strides: tuple[int, int, int]
    channels: tuple[int, int, int, int, int]
    ranks: tuple[int, ...] = ()

    @property
    def stride(self) -> int:
        """Columns of the input for each frame of the output."""
        return self.strides[0] * self.strides[1] * self.strides[2]


class Separated(nn.Sequential):  # type: ignore[misc]
    """A convolution of limited rank: down the rows to ``rank`` channels, then along them to the outputs."""

    def __init__(self, inputs: int, outputs: int, kernel: Pair, stride: Pair, padding: Pair, rank: int) -> None:
        super().__init__(
            nn.Conv2d(inputs, rank, (kernel[0], 1), (stride[0], 1), (padding[0], 0), bias=False),
            nn.Conv2d(rank, outputs, (1, kernel[1]), (1, stride[1]), (0, padding[1]), bias=False),
        )


def convolution(
    inputs: int, outputs: int, kernel: Pair, stride: Pair = (1, 1), *, rank: int = 0, padding: Pair | None = None
) -> nn.Module:
    """Return a convolution without bias; ``rank`` 0 is an ordinary one. By default padded to keep the size."""
    padding = (kernel[0] // 2, kernel[1] // 2) if padding is None else padding
    if rank:
        return Separated(inputs, outputs, kernel, stride, padding, rank)
    return nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False)


class Conv(nn.Sequential):  # type: ignore[misc]
    """Convolution, batch norm, ReLU."""

    def __init__(self, inputs: int, outputs: int, kernel: Pair, stride: Pair = (1, 1), rank: int = 0) -> None:
        super().__init__(convolution(inputs, outputs, kernel, stride, rank=rank), nn.BatchNorm2d(outputs), nn.ReLU())


class Residual(nn.Module):  # type: ignore[misc]
    """A convolution beside the identity."""

    def __init__(self, channels: int, kernel: Pair, rank: int = 0) -> None:
        super().__init__()
        self.conv = convolution(channels, channels, kernel, rank=rank)
        self.norm = nn.BatchNorm2d(channels)

    def forward(self, x: Tensor) -> Tensor:
        """Same shape in and out."""
        return torch.relu(x + self.norm(self.conv(x)))


class Context(nn.Module):  # type: ignore[misc]
    """Lets each frame look at about two characters to either side."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.look = nn.Conv2d(channels, channels, (1, 17), padding=(0, 16), dilation=(1, 2), groups=channels)
        self.mix = nn.Conv2d(channels, channels, 1, bias=False)
        self.norm = nn.BatchNorm2d(channels)

    def forward(self, x: Tensor) -> Tensor:
        """Same shape in and out."""
        return torch.relu(x + self.norm(self.mix(self.look(x))))


class LineNet(nn.Module):  # type: ignore[misc]
    """Line pictures N×1×height×W (normalised) to logits N×(W / stride)×classes."""

    def __init__(self, shape: NetShape, classes: int) -> None:
        super().__init__()
        a, b, c, d, e = shape.channels
        s, r = shape.strides, shape.ranks or (0,) * 9
        self.rows = nn.Sequential(
            Conv(1, a, (3, 3), (2, s[0])),
            Conv(a, b, (3, 3), rank=r[0]),
            Conv(b, c, (3, 3), (2, s[1]), rank=r[1]),
            Residual(c, (3, 3), r[2]),
            Conv(c, d, (3, 3), (2, s[2]), rank=r[3]),
            Residual(d, (3, 3), r[4]),
        )
        self.flatten = nn.Sequential(
            convolution(d, e, (shape.height // 8, 3), rank=r[5], padding=(0, 1)), nn.BatchNorm2d(e), nn.ReLU()
        )
        self.along = nn.Sequential(
            Residual(e, (1, 5), r[6]),
            Residual(e, (1, 5), r[7]),
            nn.Dropout(0.1),
            Residual(e, (1, 3), r[8]),
            Context(e),
        )
        self.out = nn.Linear(e, classes)

    def forward(self, x: Tensor, frames: Tensor | None = None) -> Tensor:
        """Return logits per frame; ``frames`` (N), how many of them are no padding, changes nothing here."""
        features = self.along(self.flatten(self.rows(x)))
        logits: Tensor = self.out(features.squeeze(2).transpose(1, 2))
        return logits
