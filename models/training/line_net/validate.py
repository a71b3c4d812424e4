"""How well a line net reads drawn lines while it is trained: greedily, without the engine's reader."""

from collections.abc import Callable, Sequence

import torch
from rapidfuzz.distance import Levenshtein
from torch import Tensor

from models.training.line_net.batches import Batch
from models.training.line_net.loss import frame_counts
from models.training.line_net.net import BLANK
from models.training.line_net.recipes import Recipe


def validate(logits_of: Callable[[Batch], Tensor], recipe: Recipe, batches: Sequence[Batch]) -> tuple[float, float]:
    """Return (share of lines read exactly, character error rate); ``logits_of`` runs the net, N×T×classes."""
    right = lines = errors = characters = 0
    for batch in batches:
        with torch.no_grad():
            read = _read(logits_of(batch), batch, recipe)
        for text, truth in zip(read, _truths(batch, recipe), strict=True):
            errors += Levenshtein.distance(text, truth)
            right, lines, characters = right + (text == truth), lines + 1, characters + len(truth)
    return right / lines, errors / characters


def _read(logits: Tensor, batch: Batch, recipe: Recipe) -> list[str]:
    best = logits.argmax(2).cpu().numpy()
    texts = []
    for row, count in zip(best, frame_counts(batch, recipe.stride), strict=True):
        frames = row[:count]
        kept = [c for i, c in enumerate(frames) if c != BLANK and (i == 0 or c != frames[i - 1])]
        texts.append("".join(recipe.alphabet[c - 1] for c in kept))
    return texts


def _truths(batch: Batch, recipe: Recipe) -> list[str]:
    chars = iter(batch.labels)
    return ["".join(recipe.alphabet[next(chars) - 1] for _ in range(length)) for length in batch.lengths]
