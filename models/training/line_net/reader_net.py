"""The large net that reads Latin lines which a small one is in doubt about.

It is a `LineNet` that looks along the whole line: whether ``ТОМ`` is Cyrillic, only the words around it tell.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from models.training.line_net.net import LineNet, NetShape


class FarContext(nn.Module):  # type: ignore[misc]
    """Lets each frame look at about six characters to either side, every sixth frame of them."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.look = nn.Conv2d(channels, channels, (1, 17), padding=(0, 48), dilation=(1, 6), groups=channels)
        self.mix = nn.Conv2d(channels, channels, 1, bias=False)
        self.norm = nn.BatchNorm2d(channels)

    def forward(self, x: Tensor) -> Tensor:
        """Same shape in and out."""
        return torch.relu(x + self.norm(self.mix(self.look(x))))


class Layer(nn.Module):  # type: ignore[misc]
    """Self-attention, a look at the neighbours, and two dense layers, each beside the identity."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.norm_a, self.norm_b, self.norm_c = nn.LayerNorm(width), nn.LayerNorm(width), nn.LayerNorm(width)
        self.inward, self.outward = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.near = nn.Conv1d(width, width, 9, padding=4, groups=width)
        self.up, self.down = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, hidden: Tensor | None) -> Tensor:
        """N×T×width in and out; ``hidden`` (N×1×1×T, float) is -inf where the picture is padding."""
        x = x + self.drop(self._attend(self.norm_a(x), hidden))
        near = self.near(self.norm_b(x).transpose(1, 2)).transpose(1, 2)
        x = x + self.drop(functional.gelu(near))
        return x + self.drop(self.down(functional.gelu(self.up(self.norm_c(x)))))

    def _attend(self, x: Tensor, hidden: Tensor | None) -> Tensor:
        count, frames, width = x.shape
        parts = self.inward(x).reshape(count, frames, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        asked, offered, told = parts[0], parts[1], parts[2]
        if hidden is None:
            # Written out: exported, it works for lines of any length.
            likeness = asked @ offered.transpose(2, 3) * (width // self.heads) ** -0.5
            mixed = torch.softmax(likeness, 3) @ told
        else:
            mixed = functional.scaled_dot_product_attention(asked, offered, told, attn_mask=hidden.to(asked.dtype))
        return self.outward(mixed.transpose(1, 2).reshape(count, frames, width))


class Attention(nn.Module):  # type: ignore[misc]
    """Layers of self-attention over every second frame, added to the frames."""

    def __init__(self, width: int, layers: int, heads: int = 4, dropout: float = 0.1) -> None:
        super().__init__()
        self.fewer = nn.Conv1d(width, width, 3, stride=2, padding=1)
        self.layers = nn.ModuleList([Layer(width, heads, dropout) for _ in range(layers)])
        self.norm, self.more = nn.LayerNorm(width), nn.Linear(width, 2 * width)

    def forward(self, x: Tensor, frames: Tensor | None) -> Tensor:
        """N×T×width in and out; ``frames`` (N) says how many of the T are no padding; None: all."""
        y = self.fewer(x.transpose(1, 2)).transpose(1, 2)
        hidden = None if frames is None else _hidden((frames + 1) // 2, y)
        for layer in self.layers:
            y = layer(y, hidden)
        count, half, width = y.shape
        wide = self.more(self.norm(y)).reshape(count, half * 2, width)
        return x + wide[:, : x.shape[1]]


def _hidden(frames: Tensor, like: Tensor) -> Tensor:
    places = torch.arange(like.shape[1], device=like.device)
    beyond = places[None, :] >= frames[:, None]
    return torch.zeros(beyond.shape, device=like.device).masked_fill(beyond, float("-inf"))[:, None, None, :]


class ReaderNet(LineNet):
    """Line pictures N×1×height×W (normalised) to logits N×(W / stride)×classes; ``layers`` of self-attention."""

    def __init__(self, shape: NetShape, classes: int, layers: int) -> None:
        super().__init__(shape, classes)
        self.far = FarContext(shape.channels[4])
        self.attention = Attention(shape.channels[4], layers)

    def forward(self, x: Tensor, frames: Tensor | None = None) -> Tensor:
        """Return logits per frame; ``frames`` as for `Attention`."""
        features = self.far(self.along(self.flatten(self.rows(x)))).squeeze(2).transpose(1, 2)
        logits: Tensor = self.out(self.attention(features, frames))
        return logits
