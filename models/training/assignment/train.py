"""Trains the net that gives words to items and writes ``models/assignment_v4``.

``python -m models.training.assignment.train`` goes on from the last checkpoint if there is one. Every page is drawn
anew and shown once.
"""

import argparse
import copy
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from engine.values.items import PAGE_ALONE
from engine.visual.items.tagging import word_tags
from models.training.assignment.examples import Example, draw_example
from models.training.assignment.export import export
from models.training.assignment.net import AssignmentNet
from models.training.assignment.read_pages import NO_VALUE, moved, read_pages, trained_on
from models.training.loop.average import follow
from models.training.loop.device import choose_device, clock_of, time_spent
from models.training.loop.drawing import draw_ahead, drawing_processes, first_unseen
from models.training.loop.resumable import Resumable
from models.training.loop.schedule import learning_rate
from models.training.steps import WORK, budget_of

NAME = "assignment_v4"
HOME = Path(__file__).parents[2] / NAME
_RATE = 2e-3
_BATCH = 24
_TOGETHER = 10
"""Batches made of the same drawn pages, each of pages of like length, so that little is padded."""
_READ = 0.35
"""Share of pages that were drawn in pixels and read by the engine."""
_FORGOTTEN = 0.3
"""Share of pages whose trigrams are left out here and there, and of their trigrams."""
_PADDING = -100
"""Tag of words that are none."""


@dataclass
class Run(Resumable):
    """State of a training run; everything that a checkpoint holds."""

    device: torch.device
    net: AssignmentNet = field(default_factory=AssignmentNet)
    step: int = 0
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.net.to(self.device)
        self.average = copy.deepcopy(self.net)
        self.optimiser = torch.optim.AdamW(self.net.parameters(), lr=_RATE, weight_decay=0.02, betas=(0.9, 0.98))
        self.weights = tag_weights().to(self.device)

    def learn(self, pages: Sequence[Example], steps: int) -> Tensor:
        """Take one of ``steps`` steps; returns the loss."""
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(_RATE, self.step, steps, warm_up=200, least=0.01)
        inputs, tags = as_batch(pages)
        self.net.train()
        with torch.autocast(self.device.type, torch.bfloat16):  # on a processor, too, it is twice as fast
            answers = self.net(*(tensor.to(self.device) for tensor in inputs))
        loss = tagging_loss(answers.float().flatten(0, 1), tags.to(self.device).flatten(), self.weights)
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimiser.step()
        follow(self.average, self.net, self.step)
        self.step += 1
        return loss.detach()


def draw_batches(folder: Path, number: int) -> list[list[Example]]:
    """Draw pages, take some of those read in ``folder``, and return them as batches of pages of like length."""
    rng, read = random.Random(f"assignment {number}"), trained_on(folder)
    pages = [
        _forgetful(rng, moved(rng, rng.choice(read)) if read and rng.random() < _READ else draw_example(rng))
        for _ in range(_TOGETHER * _BATCH)
    ]
    pages.sort(key=lambda page: len(page.tags))
    batches = [pages[k : k + _BATCH] for k in range(0, len(pages), _BATCH)]
    rng.shuffle(batches)
    return batches


def _forgetful(rng: random.Random, page: Example) -> Example:
    """The page, on some pages without some of the words' trigrams: letters alone must tell, too."""
    if rng.random() < _FORGOTTEN:
        grams = page.arrays.grams
        grams[np.random.default_rng(rng.getrandbits(32)).random(grams.shape) < _FORGOTTEN] = 0
    return page


def as_batch(pages: Sequence[Example]) -> tuple[tuple[Tensor, ...], Tensor]:
    """Stack pages as the net takes them, as long as the longest: its five inputs, and B×n tags."""
    arrays = [page.arrays for page in pages]
    inputs = (
        _stacked([a.numbers for a in arrays], 0), _stacked([a.letters for a in arrays], 0),
        _stacked([a.grams for a in arrays], 0), _stacked([a.boxes for a in arrays], 0),
        _stacked([a.lines for a in arrays], -1),
    )  # fmt: skip
    return inputs, _stacked([page.tags.astype(np.int64) for page in pages], _PADDING)


def _stacked(arrays: Sequence[Any], blank: int) -> Tensor:
    longest = max(len(array) for array in arrays)
    stacked = np.full((len(arrays), longest, *arrays[0].shape[1:]), blank, arrays[0].dtype)
    for row, array in zip(stacked, arrays, strict=True):
        row[: len(array)] = array
    return torch.from_numpy(stacked)


def tagging_loss(answers: Tensor, tags: Tensor, weights: Tensor) -> Tensor:
    """Cross-entropy of the words (w×`COUNT` logits): that they are what their tag says, or no value."""
    known, none = (tags >= 0) & (tags < word_tags.COUNT), tags == NO_VALUE
    told = functional.cross_entropy(
        answers, torch.where(known, tags, _PADDING), weight=weights, label_smoothing=0.01, ignore_index=_PADDING,
        reduction="sum",
    )  # fmt: skip
    is_value = torch.zeros(word_tags.COUNT, dtype=torch.bool, device=answers.device)
    is_value[[word_tags.value_tag(item) for item in word_tags.ITEMS]] = True
    left = torch.logsumexp(answers.masked_fill(is_value, -torch.inf), -1)
    untold = ((torch.logsumexp(answers, -1) - left) * none).sum()
    total = weights[tags[known]].sum() + none.sum()
    return (told + untold) / total.clamp(min=1)


def tag_weights() -> Tensor:
    """How much a mistake at each tag costs: items that only the page tells most, labels least."""
    weights = torch.ones(word_tags.COUNT)
    weights[word_tags.OTHER_VALUE + 1 :] = 0.5
    for item in word_tags.ITEMS:
        weights[word_tags.value_tag(item)] = 2.0 if item in PAGE_ALONE else 1.2
    return weights


def train(run: Run, folder: Path, steps: int, checkpoint: Path, processes: int) -> None:
    """Train until ``steps`` are done; ``processes`` draw pages. ``folder`` holds those read."""
    clock = clock_of(run.device)
    start = clock() - run.seconds
    batches: Iterator[list[Example]] = draw_ahead(
        partial(draw_batches, folder), first_unseen(run.step, _TOGETHER, processes), processes
    )
    losses: list[Tensor] = []
    while run.step < steps:
        losses.append(run.learn(next(batches), steps))
        run.seconds = clock() - start
        if run.step % 100 == 0 or run.step == steps:
            mean = float(torch.stack(losses).mean())
            print(f"step {run.step} loss {mean:.4f} after {run.seconds / 60:.1f} minutes", flush=True)
            losses.clear()
            run.save(checkpoint)


def _main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--steps", type=int, default=budget_of(NAME)["steps"])
    parser.add_argument("--processes", type=int, default=drawing_processes(), help="that draw; 0: none but this one")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for checkpoints")
    parser.add_argument("--pages", type=int, default=budget_of(NAME)["pages"], help="pages that are read")
    given = parser.parse_args()
    torch.manual_seed(0)
    cv2.setNumThreads(1)
    folder = given.work / NAME
    read_pages(folder, given.pages, given.processes)
    run = Run(choose_device())
    checkpoint = folder / "last.pt"
    run.resume(checkpoint)
    train(run, folder, given.steps, checkpoint, given.processes)
    done = {"steps": run.step, "pages": run.step * _BATCH, **time_spent(run.device, run.seconds)}
    export(run.average.cpu(), HOME, done)


if __name__ == "__main__":
    _main()
