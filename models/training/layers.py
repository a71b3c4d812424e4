"""Layers that the nets over whole pictures share."""

import torch
from torch import Tensor, nn
from torch.nn import functional


class Conv(nn.Sequential):  # type: ignore[misc]
    """Convolution, batch normalisation, ReLU; ``groups`` = channels makes it depthwise."""

    def __init__(
        self, inputs: int, outputs: int, size: int = 3, *, stride: int = 1, dilation: int = 1, groups: int = 1
    ):
        padding = dilation * (size // 2)
        super().__init__(
            nn.Conv2d(inputs, outputs, size, stride, padding, dilation, groups, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
        )


class Unshuffle(nn.Module):  # type: ignore[misc]
    """`nn.PixelUnshuffle` of one channel, bit for bit, as a convolution: onnxruntime transposes six axes slowly."""

    def __init__(self, size: int):
        super().__init__()
        self.size = size
        self.register_buffer("kernel", torch.eye(size * size).view(size * size, 1, size, size), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """B×1×H×W to B×size²×H/size×W/size."""
        return functional.conv2d(x, self.kernel, stride=self.size)


class Separable(nn.Module):  # type: ignore[misc]
    """Residual depthwise 3×3 and pointwise convolution: wide view at little cost."""

    def __init__(self, channels: int, dilation: int = 1):
        super().__init__()
        self.spread = Conv(channels, channels, dilation=dilation, groups=channels)
        self.mix = nn.Sequential(nn.Conv2d(channels, channels, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x: Tensor) -> Tensor:
        """Keep the shape."""
        return functional.relu(x + self.mix(self.spread(x)))
