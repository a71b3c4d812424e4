"""The line net: a small convolutional network that turns a line picture into character scores per frame."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

BLANK = 0
"""Class of the frames between characters; character i of the alphabet is class i + 1."""


@dataclass(frozen=True, slots=True)
class NetShape:
    """Input height in px (a multiple of 8), horizontal strides of the three reducing layers, and widths."""

    height: int
    strides: tuple[int, int, int]
    channels: tuple[int, int, int, int, int]

    @property
    def stride(self) -> int:
        """Columns of the input for each frame of the output."""
        return self.strides[0] * self.strides[1] * self.strides[2]


class Conv(nn.Sequential):  # type: ignore[misc]
    """Convolution, batch norm, ReLU."""

    def __init__(self, inputs: int, outputs: int, kernel: tuple[int, int], stride: tuple[int, int] = (1, 1)) -> None:
        padding = (kernel[0] // 2, kernel[1] // 2)
        super().__init__(
            nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()
        )


class Residual(nn.Module):  # type: ignore[misc]
    """A convolution beside the identity."""

    def __init__(self, channels: int, kernel: tuple[int, int]) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, kernel, 1, (kernel[0] // 2, kernel[1] // 2), bias=False)
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
        s = shape.strides
        self.rows = nn.Sequential(
            Conv(1, a, (3, 3), (2, s[0])),
            Conv(a, b, (3, 3)),
            Conv(b, c, (3, 3), (2, s[1])),
            Residual(c, (3, 3)),
            Conv(c, d, (3, 3), (2, s[2])),
            Residual(d, (3, 3)),
        )
        self.flatten = nn.Sequential(
            nn.Conv2d(d, e, (shape.height // 8, 3), padding=(0, 1), bias=False), nn.BatchNorm2d(e), nn.ReLU()
        )
        self.along = nn.Sequential(
            Residual(e, (1, 5)), Residual(e, (1, 5)), nn.Dropout(0.1), Residual(e, (1, 3)), Context(e)
        )
        self.out = nn.Linear(e, classes)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits per frame."""
        features = self.along(self.flatten(self.rows(x)))
        logits: Tensor = self.out(features.squeeze(2).transpose(1, 2))
        return logits
