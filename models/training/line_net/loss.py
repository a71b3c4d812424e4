"""What a line net is trained to make small."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from models.training.line_net.batches import Batch
from models.training.line_net.net import BLANK

IGNORED = -100
"""Label of frames that do not count."""

BLANK_WEIGHT = 0.4
"""Most frames are blank: characters count more, or the net first learns to say nothing."""


def line_loss(logits: Tensor, batch: Batch, stride: int, *, frame_share: float) -> Tensor:
    """Return the loss of N×T×classes logits, on any device.

    It is ``frame_share`` of the cross-entropy of frames and the CTC loss a character; a share of 1 is the former
    alone. ``stride`` is input columns a frame.
    """
    framewise = _frame_loss(logits, batch, stride)
    if frame_share == 1:
        return framewise
    ctc = functional.ctc_loss(
        functional.log_softmax(logits, 2).transpose(0, 1),
        torch.from_numpy(batch.labels).to(logits.device),
        torch.from_numpy(np.minimum(frame_counts(batch, stride), logits.shape[1])),
        torch.from_numpy(batch.lengths),
        blank=BLANK,
        reduction="sum",
        zero_infinity=True,
    )
    return ctc / max(1, int(batch.lengths.sum())) + frame_share * framewise


def frame_counts(batch: Batch, stride: int) -> NDArray[np.int64]:
    """Return how many frames of each line count (N)."""
    return -(-batch.widths // stride)


def frame_labels(batch: Batch, frames: int, stride: int) -> NDArray[np.int64]:
    """Return N×frames classes: the frame nearest to each character's centre has its class, the others are blank.

    Frames beyond a line's end, and all of a line whose centres are unknown, are `IGNORED`.
    """
    labels = np.full((len(batch.lengths), frames), BLANK, np.int64)
    rows = np.repeat(np.arange(len(batch.lengths)), batch.lengths)
    known = ~np.isnan(batch.centres)
    places = np.round((batch.centres[known] + 0.5) / stride - 0.5)
    labels[rows[known], np.clip(places, 0, frames - 1).astype(np.int64)] = batch.labels[known]
    labels[np.unique(rows[~known])] = IGNORED
    labels[np.arange(frames)[None] >= frame_counts(batch, stride)[:, None]] = IGNORED
    return labels


def _frame_loss(logits: Tensor, batch: Batch, stride: int) -> Tensor:
    labels = frame_labels(batch, logits.shape[1], stride)
    if (labels == IGNORED).all():
        return logits.sum() * 0
    weight = torch.ones(logits.shape[2], device=logits.device)
    weight[BLANK] = BLANK_WEIGHT
    truth = torch.from_numpy(labels.ravel()).to(logits.device)
    return functional.cross_entropy(logits.flatten(0, 1), truth, weight=weight, ignore_index=IGNORED)
