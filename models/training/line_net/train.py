"""Train a line net and write it as a model folder.

``python -m models.training.line_net.train mrz_line_v1`` trains; interrupted, the same command goes on from the last
checkpoint. ``--minutes`` ends it by the clock if that is before all steps are done: the learning rate falls as the
time goes by. ``--export`` writes the model folder from the checkpoint as it is. A recipe that begins with another
one's net needs that one's checkpoint: train ``latin_line_v3_stage1``, ``latin_line_v3_stage2``, then
``latin_line_v3``.

The first steps learn frame by frame from the known character centres, which spares the long plateau at the
beginning of CTC; then CTC a character leads and a little of the frame loss stays.
"""

import argparse
import copy
import math
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from models.training.line_net.batches import PACK, Batch, draw_pack, net_pictures
from models.training.line_net.export import export_model
from models.training.line_net.factorise import factorise
from models.training.line_net.loss import frame_counts, line_loss
from models.training.line_net.net import LineNet, NetShape
from models.training.line_net.reader_net import ReaderNet
from models.training.line_net.recipes import RECIPES, Recipe, is_shipped
from models.training.line_net.validate import validate
from models.training.loop.average import follow
from models.training.loop.checkpoint import load_checkpoint, save_checkpoint
from models.training.loop.device import choose_device, clock_of, half_precision, half_where_quicker, time_spent
from models.training.loop.drawing import draw_ahead, drawing_processes, first_unseen
from models.training.loop.schedule import learning_rate
from models.training.steps import WORK, budget_of

SEED = 20261122
"""Of the weights at the beginning."""
HELD_OUT_SEED = 7
FRAME_STEPS = 300
"""Steps that learn frame by frame, at most an eighth of all."""
FRAME_SHARE = 0.05
REMEMBERED = 400
"""Batches kept to be shown again."""
CHECKPOINT = 250
"""Steps between checkpoints."""
PATIENCE = 240.0
"""Seconds between checkpoints at most, where steps are slow."""
GPU_WIDTHS = 64
"""On a GPU pictures are padded to multiples of so many px: for each new width cuDNN searches its kernels anew."""


class Trainer:
    """The state of one training: net, average of its weights, optimiser, steps done, batches drawn, seconds used.

    It ends after ``steps``, or after ``minutes`` by the clock if they are over before.
    """

    def __init__(self, recipe: Recipe, steps: int, folder: Path, minutes: float = math.inf) -> None:
        torch.manual_seed(SEED)
        self.recipe, self.steps, self.minutes, self.checkpoint = recipe, steps, minutes, folder / "last.pt"
        self.device = choose_device()
        # Faster with the channels last, on a processor and on a GPU.
        self.net = build_net(recipe).to(self.device, memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.net).eval()
        self.optimiser = torch.optim.AdamW(
            self.net.parameters(), lr=recipe.rate, weight_decay=0.01, fused=self.device.type == "cuda"
        )
        self.step = self.drawn = 0
        self.seconds = self.waited = 0.0
        self.before: dict[str, Any] = {}

    @property
    def frame_steps(self) -> int:
        """Steps that learn frame by frame; a net that begins with another one's weights needs none."""
        return 0 if self.recipe.starts_from else min(FRAME_STEPS, self.steps // 8)

    @property
    def steps_in_all(self) -> int:
        """Steps that there will be: those asked for, or as many as the minutes allow at the pace so far."""
        share = self.waited / 60 / self.minutes
        return min(self.steps, math.ceil(self.step / share)) if share else self.steps

    def learn(self, batch: Batch) -> Tensor:
        """Take one step; returns the loss."""
        self._set_to_learn()
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(self.recipe.rate, self.step, self.steps_in_all, warm_up=60, least=0.01)
        share = 1.0 if self.step < self.frame_steps else FRAME_SHARE
        loss = line_loss(self.logits(self.net, batch), batch, self.recipe.stride, frame_share=share)
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 2.0)
        self.optimiser.step()
        follow(self.average, self.net, self.step)
        self.step += 1
        return loss.detach()

    def _set_to_learn(self) -> None:
        """A net that goes on keeps its statistics of batches: smaller ones of other lines would only upset them."""
        self.net.train()
        for module in self.net.modules():
            if self.recipe.goes_on and isinstance(module, torch.nn.BatchNorm2d):
                module.eval()

    def logits(self, net: LineNet, batch: Batch) -> Tensor:
        """Run a net on a batch: N×T×classes float32."""
        pictures = net_pictures(batch, GPU_WIDTHS) if self.device.type == "cuda" else net_pictures(batch)
        with half_where_quicker(self.device) if self.recipe.layers else half_precision(self.device):
            x = torch.from_numpy(pictures).to(self.device, memory_format=torch.channels_last)
            logits: Tensor = net(x, torch.from_numpy(frame_counts(batch, self.recipe.stride)).to(self.device))
        return logits.float()

    def save(self) -> None:
        """Write the checkpoint."""
        state = {key: getattr(self, key) for key in ("step", "drawn", "seconds", "waited", "before")}
        state |= {part: getattr(self, part).state_dict() for part in ("net", "average", "optimiser")}
        state["work_done"] = self.work_done()
        save_checkpoint(self.checkpoint, state)

    def resume(self) -> bool:
        """Load the checkpoint if there is one."""
        state = load_checkpoint(self.checkpoint)
        if state is None:
            return False
        for part in ("net", "average", "optimiser"):
            getattr(self, part).load_state_dict(state[part])
        for key in ("step", "drawn", "seconds", "waited", "before"):
            setattr(self, key, state.get(key, 0.0))
        return True

    def start_from(self, path: Path) -> None:
        """Begin with the averaged weights of the net that the recipe begins with, brought to this recipe's ranks.

        Raises:
            FileNotFoundError: that net has not been trained yet.
        """
        state = load_checkpoint(path)
        if state is None:
            raise FileNotFoundError(f"train {self.recipe.starts_from} first: {path} is not there")
        full = build_net(replace(self.recipe, ranks=RECIPES[self.recipe.starts_from].ranks))
        full.load_state_dict(state["average"])
        shown = draw_pack(self.recipe, HELD_OUT_SEED, 1, 0.5)
        factorise(full, self.net, [torch.from_numpy(net_pictures(batch)) for batch in shown])
        self.average.load_state_dict(self.net.state_dict())
        self.before = state["work_done"]

    def work_done(self) -> dict[str, Any]:
        """Return what ``config.json`` says of the training."""
        done = {"steps": self.step, "batch": self.recipe.batch, **time_spent(self.device, self.seconds)}
        return done | ({"began_with": self.before} if self.before else {})


def build_net(recipe: Recipe) -> LineNet:
    """Return an untrained net for a recipe."""
    shape, classes = NetShape(recipe.height, recipe.strides, recipe.channels, recipe.ranks), len(recipe.alphabet) + 1
    return ReaderNet(shape, classes, recipe.layers) if recipe.layers else LineNet(shape, classes)


def train(trainer: Trainer, processes: int) -> None:
    """Train until all steps are done; ``processes`` draw."""
    recipe, clock = trainer.recipe, clock_of(trainer.device)
    print(f"{recipe.name} on {trainer.device} begins at step {trainer.step} of {trainer.steps}", flush=True)
    held_out = draw_pack(recipe, HELD_OUT_SEED, 0, 1.0)
    batches = _batches(trainer, processes)
    losses: list[Tensor] = []
    start, begun, saved = clock() - trainer.seconds, time.monotonic() - trainer.waited, trainer.waited
    while trainer.step < trainer.steps_in_all:
        losses.append(trainer.learn(next(batches)))
        trainer.seconds, trainer.waited = clock() - start, time.monotonic() - begun
        last = trainer.step >= trainer.steps_in_all
        if trainer.step % 50 == 0 or last:
            mean = float(torch.stack(losses).mean())
            print(f"step {trainer.step} loss {mean:.4f} after {trainer.seconds / 60:.1f} minutes", flush=True)
            losses.clear()
        if trainer.step % CHECKPOINT == 0 or last or trainer.waited - saved > PATIENCE:
            exact, cer = validate(partial(trainer.logits, trainer.average), recipe, held_out)
            print(f"held out: lines {exact:.2%}, character errors {cer:.2%}", flush=True)
            trainer.save()
            saved = trainer.waited


def _batches(trainer: Trainer, processes: int) -> Iterator[Batch]:
    """Yield freshly drawn batches for ever, batches seen before among them: drawing costs time too."""
    recipe, rng = trainer.recipe, np.random.default_rng((SEED, trainer.step))
    first = first_unseen(trainer.drawn, PACK, processes)
    fresh = draw_ahead(partial(draw_pack, recipe, recipe.seed, severity=1.0), first, processes)
    remembered: list[Batch] = []
    while True:
        if len(remembered) > 50 and rng.random() < recipe.replay:
            yield remembered[int(rng.integers(0, len(remembered)))]
            continue
        batch = next(fresh)
        trainer.drawn += 1
        if len(remembered) < REMEMBERED:
            remembered.append(batch)
        else:
            remembered[int(rng.integers(0, REMEMBERED))] = batch
        yield batch


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("net", choices=RECIPES)
    parser.add_argument("--steps", type=int, help="batches to learn from (default: of steps.toml)")
    parser.add_argument("--minutes", type=float, default=math.inf, help="by the clock, after which it ends anyway")
    parser.add_argument("--batch", type=int, help="lines in a batch (default: of the recipe)")
    parser.add_argument("--processes", type=int, default=drawing_processes(), help="that draw; 0: none but this one")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for checkpoints")
    parser.add_argument("--export", action="store_true", help="only write the model folder from the checkpoint")
    options = parser.parse_args()
    recipe = RECIPES[options.net]
    recipe = replace(recipe, batch=options.batch or recipe.batch)
    steps = options.steps or budget_of(recipe.name)["steps"]
    trainer = Trainer(recipe, steps, options.work / recipe.name, options.minutes)
    if not trainer.resume() and recipe.starts_from:
        trainer.start_from(options.work / recipe.starts_from / "last.pt")
    if not options.export:
        train(trainer, options.processes)
    if is_shipped(recipe):
        print(export_model(copy.deepcopy(trainer.average).cpu(), recipe, trained=trainer.work_done()))


if __name__ == "__main__":
    main()
