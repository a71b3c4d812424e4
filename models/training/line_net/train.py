"""Train a line net and write it as a model folder.

``python -m models.training.line_net.train mrz --minutes 25`` trains for 25 minutes of processor time; interrupted,
the same command goes on from the last checkpoint. ``--export`` writes the model folder from the checkpoint as it is.

A net whose recipe limits its ranks begins with another one's checkpoint: train ``latin``, ``latin_slim``, then
``latin_slimmer``.

The first steps learn frame by frame from the known character centres, which spares the long plateau at the
beginning of CTC; then CTC a character leads and a little of the frame loss stays.
"""

import argparse
import copy
import math
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from models.training.line_net.batches import PACK, Batch, draw_pack, stream
from models.training.line_net.edit_distance import edit_distance
from models.training.line_net.export import export_model
from models.training.line_net.factorise import factorise
from models.training.line_net.net import BLANK, LineNet, NetShape
from models.training.line_net.recipes import RECIPES, Recipe, is_shipped

SEED = 20261122
"""Of the weights at the beginning."""
HELD_OUT_SEED = 7
FRAME_STEPS = 300
FRAME_SHARE = 0.05
REPLAY = 1 / 3
REMEMBERED = 400


class Trainer:
    """The state of one training: net, average of its weights, optimiser, steps done, processor time used."""

    def __init__(self, recipe: Recipe, minutes: float, folder: Path) -> None:
        torch.manual_seed(SEED)
        self.recipe, self.minutes, self.folder = recipe, minutes, folder
        # Faster on a processor than with the channels first.
        self.net = build_net(recipe).to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.net).eval()
        self.optimiser = torch.optim.AdamW(self.net.parameters(), lr=recipe.rate, weight_decay=0.01)
        self.step = self.drawn = 0
        self.seconds = 0.0
        self.before: dict[str, Any] = {}

    @property
    def progress(self) -> float:
        """How much of the budget is used, 0..1."""
        return min(1.0, self.seconds / (60 * self.minutes))

    def learn(self, batch: Batch) -> float:
        """Take one step; returns the loss."""
        start = time.process_time()
        self.net.train()
        for group in self.optimiser.param_groups:
            group["lr"] = self.recipe.rate * _rate(self.progress, self.step)
        share = 1.0 if self.step < FRAME_STEPS else FRAME_SHARE
        loss = line_loss(self.net(torch.from_numpy(batch.pictures)), batch, self.net_stride, frame_share=share)
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 2.0)
        self.optimiser.step()
        self._follow()
        self.step += 1
        self.seconds += time.process_time() - start
        return float(loss.detach())

    @property
    def net_stride(self) -> int:
        """Input columns a frame."""
        return math.prod(self.recipe.strides)

    def save(self) -> None:
        """Write the checkpoint; a broken-off write leaves the old one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        state = {key: getattr(self, key) for key in ("step", "drawn", "seconds", "before")}
        state |= {"net": self.net.state_dict(), "average": self.average.state_dict()}
        torch.save(state | {"optimiser": self.optimiser.state_dict()}, self.folder / "new.pt")
        (self.folder / "new.pt").rename(self.folder / "last.pt")

    def resume(self) -> bool:
        """Load the checkpoint if there is one."""
        if not (self.folder / "last.pt").is_file():
            return False
        state: dict[str, Any] = torch.load(self.folder / "last.pt", weights_only=True)
        for part in ("net", "average", "optimiser"):
            getattr(self, part).load_state_dict(state[part])
        for key in ("step", "drawn", "seconds", "before"):
            setattr(self, key, state[key])
        return True

    def start_from(self, path: Path) -> None:
        """Begin with the averaged weights of a net of higher rank, beyond the steps that learn frame by frame.

        Raises:
            FileNotFoundError: that net has not been trained yet.
        """
        state: dict[str, Any] = torch.load(path, weights_only=True)
        full = build_net(replace(self.recipe, ranks=RECIPES[self.recipe.starts_from].ranks))
        full.load_state_dict(state["average"])
        shown = draw_pack(self.recipe, HELD_OUT_SEED, 1, 0.5)
        factorise(full, self.net, [torch.from_numpy(batch.pictures) for batch in shown])
        self.average.load_state_dict(self.net.state_dict())
        self.before = _work_done(state["step"], state["seconds"], state["before"])
        self.step = FRAME_STEPS

    def work_done(self) -> dict[str, Any]:
        """Return what the model's card says of the training."""
        return _work_done(self.step, self.seconds, self.before)

    def _follow(self) -> None:
        """Let the averaged weights follow, faster at the beginning."""
        keep = min(0.998, (self.step + 1) / (self.step + 10))
        with torch.no_grad():
            for mean, now in zip(self.average.state_dict().values(), self.net.state_dict().values(), strict=True):
                if mean.dtype.is_floating_point:
                    mean.lerp_(now, 1 - keep)
                else:
                    mean.copy_(now)


def build_net(recipe: Recipe) -> LineNet:
    """Return an untrained net for a recipe."""
    return LineNet(NetShape(recipe.height, recipe.strides, recipe.channels, recipe.ranks), len(recipe.alphabet) + 1)


def line_loss(logits: Tensor, batch: Batch, stride: int, *, frame_share: float) -> Tensor:
    """Return the loss of N×T×classes logits: a share of frame cross-entropy, the rest CTC a character."""
    frames = torch.from_numpy(-(-batch.widths // stride)).clamp(max=logits.shape[1])
    framewise = _frame_loss(logits, batch, frames, stride)
    if frame_share == 1:
        return framewise
    log_probabilities = functional.log_softmax(logits, 2).transpose(0, 1)
    labels, lengths = torch.from_numpy(batch.labels), torch.from_numpy(batch.lengths)
    ctc = functional.ctc_loss(
        log_probabilities, labels, frames, lengths, blank=BLANK, reduction="none", zero_infinity=True
    )
    return ctc.sum() / lengths.sum() + frame_share * framewise


def _frame_loss(logits: Tensor, batch: Batch, frames: Tensor, stride: int) -> Tensor:
    """Cross-entropy with the frame nearest to each character's centre labelled by it, the others blank."""
    target = torch.zeros(logits.shape[:2], dtype=torch.long)
    rows = np.repeat(np.arange(len(batch.lengths)), batch.lengths)
    known = ~np.isnan(batch.centres)
    places = np.clip(np.round((batch.centres[known] + 0.5) / stride - 0.5), 0, logits.shape[1] - 1).astype(np.int64)
    target[torch.from_numpy(rows[known]), torch.from_numpy(places)] = torch.from_numpy(batch.labels[known])
    target[torch.from_numpy(np.unique(rows[~known]))] = -100
    target[torch.arange(logits.shape[1])[None, :] >= frames[:, None]] = -100
    if not (target >= 0).any():
        return logits.sum() * 0
    # Most frames are blank: characters count more, or the net first learns to say nothing.
    weight = torch.ones(logits.shape[2])
    weight[BLANK] = 0.4
    return functional.cross_entropy(logits.flatten(0, 1), target.flatten(), weight=weight, ignore_index=-100)


def read_lines(net: LineNet, batch: Batch, alphabet: str, stride: int) -> list[str]:
    """Read a batch greedily."""
    with torch.no_grad():
        best = net(torch.from_numpy(batch.pictures)).argmax(2).numpy()
    texts = []
    for row, width in zip(best, batch.widths, strict=True):
        frames = row[: -(-int(width) // stride)]
        kept = [c for i, c in enumerate(frames) if c != BLANK and (i == 0 or c != frames[i - 1])]
        texts.append("".join(alphabet[c - 1] for c in kept))
    return texts


def validate(net: LineNet, recipe: Recipe, batches: list[Batch]) -> tuple[float, float]:
    """Return (share of lines read exactly, character error rate) on drawn lines."""
    right = lines = errors = characters = 0
    for batch in batches:
        start = 0
        for text, length in zip(read_lines(net, batch, recipe.alphabet, math.prod(recipe.strides)), batch.lengths,
                                strict=True):  # fmt: skip
            truth = "".join(recipe.alphabet[c - 1] for c in batch.labels[start : start + length])
            start += length
            errors += edit_distance(text, truth)
            right, lines, characters = right + (text == truth), lines + 1, characters + len(truth)
    return right / lines, errors / characters


def train(trainer: Trainer, net: str) -> None:
    """Train until the budget of processor minutes is used."""
    recipe = trainer.recipe
    print(f"begins at step {trainer.step}, {trainer.seconds / 60:.1f} minutes", flush=True)
    held_out = draw_pack(recipe, HELD_OUT_SEED, 0, 1.0)
    losses = []
    for batch in _with_replay(stream(net, recipe.seed, trainer.drawn // PACK, 1.0), trainer):
        losses.append(trainer.learn(batch))
        if trainer.step % 50 == 0:
            now, mean = time.strftime("%H:%M:%S"), np.mean(losses)
            print(f"{now} step {trainer.step} loss {mean:.4f} {trainer.progress:.1%}", flush=True)
            losses.clear()
        if trainer.step % 250 == 0 or trainer.progress == 1:
            exact, cer = validate(trainer.average, recipe, held_out)
            print(f"held out: lines {exact:.2%}, character errors {cer:.2%}", flush=True)
            trainer.save()
        if trainer.progress == 1:
            return


def _with_replay(fresh: Iterator[Batch], trainer: Trainer) -> Iterator[Batch]:
    """Mix batches seen before among the fresh ones: drawing costs time too."""
    rng = np.random.default_rng((SEED, trainer.step))
    remembered: list[Batch] = []
    while True:
        if len(remembered) > 50 and rng.random() < REPLAY:
            yield remembered[int(rng.integers(0, len(remembered)))]
            continue
        batch = next(fresh)
        trainer.drawn += 1
        if len(remembered) < REMEMBERED:
            remembered.append(batch)
        else:
            remembered[int(rng.integers(0, REMEMBERED))] = batch
        yield batch


def _work_done(step: int, seconds: float, before: dict[str, Any]) -> dict[str, Any]:
    steps, minutes = step - (FRAME_STEPS if before else 0), round(seconds / 60, 1)
    return {"steps": steps, "processor_minutes": minutes} | ({"began_with": before} if before else {})


def _rate(progress: float, step: int) -> float:
    """Warm up for 60 steps, then a cosine down to 1 %."""
    return min(1.0, (step + 1) / 60) * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * progress)))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("net", choices=sorted(RECIPES))
    parser.add_argument("--minutes", type=float, help="budget of processor minutes (default: that of the recipe)")
    parser.add_argument("--work", type=Path, default=Path(".cache/training"), help="folder for checkpoints")
    parser.add_argument("--export", action="store_true", help="only write the model folder from the checkpoint")
    options = parser.parse_args()
    torch.set_num_threads(1)
    recipe = RECIPES[options.net]
    trainer = Trainer(recipe, options.minutes or recipe.minutes, options.work / recipe.name)
    if not trainer.resume() and recipe.starts_from:
        trainer.start_from(options.work / RECIPES[recipe.starts_from].name / "last.pt")
    if not options.export:
        train(trainer, options.net)
    if is_shipped(options.net):
        print(export_model(trainer.average, recipe, trained=trainer.work_done()))


if __name__ == "__main__":
    main()
