"""The network that gives words of a page to items: attention over all words that knows how they stand."""

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.visual.items.tagging.word_features import COUNT as NUMBERS
from engine.visual.items.tagging.word_features import GRAM_CLASSES, LETTER_CLASSES
from engine.visual.items.tagging.word_tags import COUNT as TAGS

_LETTER_WIDTH, _SHAPE_WIDTH, _GRAM_WIDTH = 24, 64, 48
_REACHES = ((1.2, 3.5, 12.0), (2.5, 10.0, 40.0), (6.0,), (4.0,), (4.0,))
"""Millimetres over which differences in row, left edge, right edge, gap and overlap are told apart."""
_PAIR_NUMBERS = sum(len(reach) for reach in _REACHES) + 1


class AssignmentNet(nn.Module):  # type: ignore[misc]
    """n words of each of B pages → B×n×`TAGS` logits.

    Letters go through one convolution whose largest answers are kept, trigrams through a table; both are joined with
    the numbers of the word. Then each layer lets every word look at all others, with a bias that depends on how the
    two stand to each other.
    """

    def __init__(self, width: int = 96, layers: int = 3, heads: int = 4, drop: float = 0.05):
        super().__init__()
        self.heads, self.layers = heads, layers
        self.letters = nn.Embedding(LETTER_CLASSES, _LETTER_WIDTH, padding_idx=0)
        self.shape = nn.Conv1d(_LETTER_WIDTH, _SHAPE_WIDTH, 3, padding=1)
        self.grams = nn.Embedding(GRAM_CLASSES, _GRAM_WIDTH, padding_idx=0)
        self.join = nn.Sequential(nn.Linear(_SHAPE_WIDTH + _GRAM_WIDTH + NUMBERS, width), nn.LayerNorm(width))
        self.pair = nn.Sequential(nn.Linear(_PAIR_NUMBERS, 16), nn.ReLU(), nn.Linear(16, heads * layers))
        self.blocks = nn.ModuleList(_Block(width, heads, drop) for _ in range(layers))
        self.head = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, TAGS))

    def forward(self, numbers: Tensor, letters: Tensor, grams: Tensor, boxes: Tensor, lines: Tensor) -> Tensor:
        """Answer for words described as `WordArrays` of the engine are, with a batch axis.

        ``lines`` is below 0 where a page has no more words.
        """
        pages, words, longest = letters.shape
        spelt = self.letters(letters.reshape(pages * words, longest)).transpose(1, 2)
        shape = functional.relu(self.shape(spelt)).amax(2).reshape(pages, words, _SHAPE_WIDTH)
        grams = self.grams(grams).sum(2) * 0.4
        x = self.join(torch.cat([shape, grams, numbers], -1))
        bias = self.pair(_how_they_stand(boxes, lines)).permute(0, 3, 1, 2)
        bias = bias.masked_fill((lines < 0)[:, None, None, :], -1e4)
        for k, block in enumerate(self.blocks):
            x = block(x, bias[:, k * self.heads : (k + 1) * self.heads])
        return cast(Tensor, self.head(x))


class _Block(nn.Module):  # type: ignore[misc]
    """Attention with a bias, then a layer for each word on its own; both add to what was there."""

    def __init__(self, width: int, heads: int, drop: float):
        super().__init__()
        self.heads, self.scale, self.drop = heads, (width // heads) ** -0.5, nn.Dropout(drop)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(2))
        self.ask = nn.Linear(width, 3 * width)
        self.answer = nn.Linear(width, width)
        self.own = nn.Sequential(nn.Linear(width, 2 * width), nn.ReLU(), nn.Linear(2 * width, width))

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """B×n×width to the same."""
        pages, words, width = x.shape
        parts = self.ask(self.norms[0](x)).reshape(pages, words, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        shares = torch.softmax(parts[0] @ parts[1].transpose(-1, -2) * self.scale + bias, -1)
        looked = (shares @ parts[2]).transpose(1, 2).reshape(pages, words, width)
        x = x + self.drop(self.answer(looked))
        return x + self.drop(self.own(self.norms[1](x)))


def _how_they_stand(boxes: Tensor, lines: Tensor) -> Tensor:
    """B×n×n×`_PAIR_NUMBERS`: differences from one word to the other, each cut off at several reaches."""
    left, top, right, bottom = boxes.unbind(-1)
    middle = (top + bottom) / 2
    ends = torch.minimum(right[:, :, None], right[:, None, :])
    overlap = ends - torch.maximum(left[:, :, None], left[:, None, :])
    differences = (_from(middle, middle), _from(left, left), _from(right, right), _from(right, left), overlap)
    cut = [
        (difference / reach).clamp(-1, 1)
        for difference, reaches in zip(differences, _REACHES, strict=True)
        for reach in reaches
    ]
    same_line = (lines[:, :, None] == lines[:, None, :]).to(boxes.dtype)
    return torch.stack([*cut, same_line], -1)


def _from(one: Tensor, two: Tensor) -> Tensor:
    return two[:, None, :] - one[:, :, None]
