"""The line network of the tesseract reader in torch: the same computation as libtesseract's, layer by layer."""

from collections.abc import Sequence
from typing import TypeAlias

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models.training import tesseract_file as tf

Pixels: TypeAlias = NDArray[np.uint8]

HEIGHT = 24
"""Rows of a line picture; the text takes about 17 of them (the crop has 0.2 text heights on each side)."""

STRIDE = 4
"""Columns of the picture to one step of the network."""

SPEC = "[1,24,0,1 Ct3,3,16 Mp2,2 Ct3,3,32 Mp2,2 Lfys64 Lfx96 Lrx96 Lfx128 O1c40]"


def fit_height(pixels: Pixels) -> Pixels:
    """Scale a gray line picture (h×w uint8) to `HEIGHT` rows, as the reader does."""
    rows, columns = pixels.shape
    width = max(STRIDE * 2, round(columns * HEIGHT / rows))
    method = cv2.INTER_AREA if rows > HEIGHT else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(pixels, (width, HEIGHT), interpolation=method), np.uint8)


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
    """Two convolutions, one recurrent layer from top to bottom, three along the line, 40 codes at each step."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(1, 16, 3)
        self.second = nn.Conv2d(16, 32, 3)
        self.down = nn.LSTM(32, 64, batch_first=True)
        self.right = nn.LSTM(64, 96, batch_first=True)
        self.left = nn.LSTM(96, 96, batch_first=True)
        self.last = nn.LSTM(96, 128, batch_first=True)
        self.codes = nn.Linear(128, tf.CODES)

    def forward(self, pictures: Tensor, widths: Tensor) -> Tensor:
        """Return log-probabilities batch × steps × codes.

        Args:
            pictures: batch × 1 × 24 × width in -1..1, the columns past each picture's width anything.
            widths: Columns of each picture; ``widths // 4`` of its steps count.
        """
        # Tesseract pools after the tanh; before it gives the same and costs a quarter.
        x = torch.tanh(nn.functional.max_pool2d(self.first(_noisy(pictures, widths)), 2))
        x = torch.tanh(nn.functional.max_pool2d(self.second(_noisy(x, widths // 2)), 2))
        batch, depth, rows, steps = x.shape
        columns = x.permute(0, 3, 2, 1).reshape(batch * steps, rows, depth)
        x = self.down(columns)[0][:, -1].reshape(batch, steps, -1)
        x = self.right(x)[0]
        order = _mirrored(widths // STRIDE, steps)
        x = _reorder(self.left(_reorder(x, order))[0], order)
        return torch.log_softmax(self.codes(self.last(x)[0]), dim=2)


def _noisy(x: Tensor, widths: Tensor) -> Tensor:
    """Surround each picture with noise in -1..1, as Tesseract's convolution does."""
    padded = nn.functional.pad(x, (1, 1, 1, 1))
    shortest, longest = int(widths.min()) + 1, padded.shape[3]
    outside = torch.arange(shortest, longest)[None, :] > widths[:, None]
    tail = padded[:, :, :, shortest:]
    noise = torch.empty_like(tail).uniform_(-1, 1)
    padded[:, :, :, shortest:] = torch.where(outside[:, None, None, :], noise, tail)
    for edge in (padded[:, :, 0], padded[:, :, -1], padded[:, :, :, 0]):
        edge.uniform_(-1, 1)
    return padded


def _mirrored(lengths: Tensor, steps: int) -> Tensor:
    """Indices that turn each sequence round within its own length."""
    position = torch.arange(steps)[None, :].expand(len(lengths), -1)
    inside = position < lengths[:, None]
    return torch.where(inside, lengths[:, None] - 1 - position, position)


def _reorder(x: Tensor, order: Tensor) -> Tensor:
    return x.gather(1, order[:, :, None].expand(-1, -1, x.shape[2]))


def export(net: LineNet, *, integer: bool) -> bytes:
    """Return the trained network as the bytes of a ``.traineddata`` file."""
    network = tf.series(
        "Series",
        tf.gray_input(HEIGHT),
        tf.convolution(_window(net.first), 1),
        tf.max_pool(16, 2),
        tf.convolution(_window(net.second), 16),
        tf.max_pool(32, 2),
        tf.along_y(tf.lstm(_gates(net.down), 32, summary=True)),
        tf.lstm(_gates(net.right), 64),
        tf.right_to_left(tf.lstm(_gates(net.left), 96)),
        tf.lstm(_gates(net.last), 96),
        tf.softmax(_with_bias(net.codes.weight, net.codes.bias), 128),
    )
    return tf.traineddata(network, SPEC, integer=integer)


def _window(layer: nn.Conv2d) -> tf.Matrix:
    """Order the weights as Tesseract stacks its window: over x, then y, then depth."""
    return _with_bias(layer.weight.permute(0, 3, 2, 1).reshape(layer.out_channels, -1), layer.bias)


def _gates(layer: nn.LSTM) -> list[tf.Matrix]:
    """Split torch's stacked gates (input, forget, cell, output) into Tesseract's four matrices."""
    weights = torch.cat((layer.weight_ih_l0, layer.weight_hh_l0), dim=1)
    matrix = _with_bias(weights, layer.bias_ih_l0 + layer.bias_hh_l0)
    entry, forget, cell, out = np.split(matrix, 4)
    return [cell, entry, forget, out]


def _with_bias(weights: Tensor, bias: Tensor) -> tf.Matrix:
    return np.asarray(torch.cat((weights, bias[:, None]), dim=1).detach(), np.float64)


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
