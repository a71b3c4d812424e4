"""The line network of the tesseract reader in torch: the same computation as libtesseract's, layer by layer."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models.training.tesseract import file as tf

Pixels: TypeAlias = NDArray[np.uint8]

HEIGHT = 24
"""Rows of a line picture; the text takes about 17 of them (the crop has 0.2 text heights on each side)."""

STRIDE = 4
"""Columns of the picture to one step of the network."""

BORDER = 16
"""Columns of paper added on both sides: Tesseract surrounds every layer with noise, which must not touch text."""

CEILING = 2.0
"""Where a rectifier saturates; Tesseract's own saturates at 1, so the weights around it are scaled by this."""

SPEC = "[1,24,0,1 Cp3,3,16 Mp2,2 Cp3,3,40 Mp2,2 S6,1 Cp1,3,128 Cp1,7,128 Cp1,5,128 O1c40]"


def normalise(pixels: Pixels) -> NDArray[np.float32]:
    """Stretch contrast as Tesseract does: black and white are quartiles of the extremes along the middle row."""
    row = pixels[pixels.shape[0] // 2].astype(int)
    before, here, after = row[:-2], row[1:-1], row[2:]
    low = here[((here < before) & (here <= after)) | ((here <= before) & (here < after))]
    high = here[((here > before) & (here >= after)) | ((here >= before) & (here > after))]
    black = _fractile(low if low.size else np.array([0]), 0.25)
    white = _fractile(high if high.size else np.array([255]), 0.75)
    contrast = (white - black) / 2
    values = (pixels.astype(np.float32) - black) / (contrast if contrast > 0 else 1.0) - 1
    return np.asarray(np.clip(values, -1, 1), np.float32)


def _fractile(values: NDArray[np.int_], fraction: float) -> float:
    counts = np.bincount(values, minlength=256)
    target = min(max(int(fraction * len(values) + 0.5), 1), len(values))
    total = np.cumsum(counts)
    index = int(np.searchsorted(total, target))
    return float(index + 1 - (total[index] - target) / counts[index])


class LineNet(nn.Module):  # type: ignore[misc]
    """Two convolutions over the picture, three along the line, 40 codes at each step."""

    def __init__(self) -> None:
        super().__init__()
        shapes = ((1, 16, 3, 3), (16, 40, 3, 3), (240, 128, 1, 3), (128, 128, 1, 7), (128, 128, 1, 5))
        self.layers = nn.ModuleList(nn.Conv2d(i, o, (y, x), bias=False) for i, o, y, x in shapes)
        self.norms = nn.ModuleList(nn.BatchNorm2d(o) for _, o, _, _ in shapes)
        self.drop = nn.Dropout(0.1)
        self.codes = nn.Conv2d(128, tf.CODES, 1)

    def forward(self, pictures: Tensor, widths: Tensor) -> Tensor:
        """Return log-probabilities batch × steps × codes.

        Args:
            pictures: batch × 1 × 24 × width in -1..1, the columns past each picture's width anything.
            widths: Columns of each picture; ``widths // 4`` of its steps count.
        """
        x = pictures
        for number, (layer, norm) in enumerate(zip(self.layers, self.norms, strict=True)):
            x = norm(layer(_noisy(x, widths, layer.kernel_size, CEILING if number else 1.0)))
            if number < 2:
                x, widths = nn.functional.max_pool2d(x, 2), widths // 2
            x = x.clamp(0, CEILING)
            if number == 1:
                x = x.permute(0, 2, 1, 3).flatten(1, 2)[:, :, None, :]
        return torch.log_softmax(self.codes(self.drop(x))[:, :, 0].transpose(1, 2), dim=2)


def _noisy(x: Tensor, widths: Tensor, kernel: tuple[int, int], strength: float) -> Tensor:
    """Surround each picture with noise in -strength..strength, as Tesseract's convolution does."""
    down, across = kernel[0] // 2, kernel[1] // 2
    padded = nn.functional.pad(x, (across, across, down, down))
    shortest = int(widths.min()) + across
    outside = torch.arange(shortest, padded.shape[3], device=x.device)[None, :] >= widths[:, None] + across
    tail = padded[:, :, :, shortest:]
    noise = torch.empty_like(tail).uniform_(-strength, strength)
    padded[:, :, :, shortest:] = torch.where(outside[:, None, None, :], noise, tail)
    edges = [padded[:, :, :, :across]] + ([padded[:, :, :down], padded[:, :, -down:]] if down else [])
    for edge in edges:
        edge.uniform_(-strength, strength)
    return padded


def export(net: LineNet, *, integer: bool) -> bytes:
    """Return the trained network as the bytes of a ``.traineddata`` file."""
    folded = [_folded(layer, norm) for layer, norm in zip(net.layers, net.norms, strict=True)]
    first, second, *along = [_scaled(weights, entry=i > 0) for i, weights in enumerate(folded)]
    parts = [
        tf.gray_input(HEIGHT),
        tf.convolution(first, 1),
        tf.max_pool(16, 2),
        tf.convolution(second, 16),
        tf.max_pool(40, 2),
        tf.stack_rows(40, 6),
    ]
    for weights, layer in zip(along, net.layers[2:], strict=True):
        parts.append(tf.convolution(weights, layer.in_channels, size=(layer.kernel_size[1], 1)))
    last = torch.cat((net.codes.weight[:, :, 0, 0] * CEILING, net.codes.bias[:, None]), dim=1)
    parts.append(tf.softmax(np.asarray(last.detach(), np.float64), 128))
    return tf.traineddata(tf.series("Series", *parts), SPEC, integer=integer)


def _folded(layer: nn.Conv2d, norm: nn.BatchNorm2d) -> tuple[Tensor, Tensor]:
    """Take the normalisation into weights (outputs × inputs × y × x) and bias."""
    factor = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return layer.weight * factor[:, None, None, None], norm.bias - norm.running_mean * factor


def _scaled(folded: tuple[Tensor, Tensor], *, entry: bool) -> tf.Matrix:
    """Scale for activations of 0..1 and order the weights as Tesseract stacks its window: x, then y, then depth."""
    weights, bias = folded
    weights = weights if entry else weights / CEILING
    columns = weights.permute(0, 3, 2, 1).reshape(len(weights), -1)
    return np.asarray(torch.cat((columns, bias[:, None] / CEILING), dim=1).detach(), np.float64)


def pad_batch(pictures: Sequence[NDArray[np.float32]]) -> tuple[Tensor, Tensor]:
    """Stack normalised pictures of one height to batch × 1 × height × widest, with their widths."""
    widths = [picture.shape[1] for picture in pictures]
    batch = np.zeros((len(pictures), 1, HEIGHT, max(widths)), np.float32)
    for i, picture in enumerate(pictures):
        batch[i, 0, :, : widths[i]] = picture
    return torch.from_numpy(batch), torch.tensor(widths)


def greedy(log_probabilities: Tensor, steps: int) -> str:
    """Read one line (steps × codes): best code at each step, repeats and blanks dropped."""
    best = log_probabilities[:steps].argmax(dim=1).tolist()
    kept = [code for i, code in enumerate(best) if code >= tf.FIRST_CODE and (i == 0 or best[i - 1] != code)]
    return "".join(tf.ALPHABET[code - tf.FIRST_CODE] for code in kept)
