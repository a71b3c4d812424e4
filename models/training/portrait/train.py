"""Trains the net that marks the portrait on page views and writes ``models/portrait_v1``.

``python -m models.training.portrait.train`` goes on from the last checkpoint if there is one. The views are drawn
once and shown again moved, in other light, with their portrait on the page's paper, or without it.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TypeAlias

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.imaging.network import normalised
from engine.values.pictures import Pixels
from engine.visual.portrait import CELL_PX, SCALE, box_of_map
from models.training.loop.device import choose_device, clock_of, half_precision, time_spent
from models.training.loop.drawing import draw_ahead, drawing_processes, first_unseen
from models.training.loop.kept import keep_drawn, load_kept
from models.training.loop.resumable import Resumable
from models.training.loop.schedule import learning_rate
from models.training.portrait.examples import SHAPE, Example, draw_example, shares, shown
from models.training.portrait.net import MULTIPLE, PortraitNet, portrait_loss, unfold
from models.training.steps import WORK, budget_of
from models.training.sums import write_sums

NAME = "portrait_v1"
HOME = Path(__file__).parents[2] / NAME
_VIEWS_SEED, _SHOWN_SEED = 160, 161
_RATE = 4e-3
_BATCH = 16
_MOST_KEPT_BACK = 60
Shown: TypeAlias = tuple[Pixels, NDArray[np.float32]]


@dataclass
class Run(Resumable):
    """State of a training run; everything that a checkpoint holds."""

    device: torch.device
    net: PortraitNet = field(default_factory=PortraitNet)
    step: int = 0
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.net.to(self.device, memory_format=torch.channels_last)
        self.optimiser = torch.optim.AdamW(self.net.parameters(), lr=_RATE, weight_decay=1e-3)

    def learn(self, examples: Sequence[Shown], steps: int) -> Tensor:
        """Take one of ``steps`` steps; returns the loss."""
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(_RATE, self.step, steps, warm_up=40, least=0.02)
        planes = np.stack([normalised(pixels) for pixels, _ in examples])[:, None]
        pixels = torch.from_numpy(planes).contiguous(memory_format=torch.channels_last).to(self.device)
        truth = torch.from_numpy(np.stack([truth for _, truth in examples])).to(self.device)
        self.net.train()
        with half_precision(self.device):
            maps = self.net(pixels)
        loss = portrait_loss(unfold(maps.float()), truth)
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 2.0)
        self.optimiser.step()
        self.step += 1
        return loss.detach()


def draw_views(folder: Path, count: int, processes: int) -> None:
    """Draw views until ``folder`` holds ``count``; those that are there already are kept."""
    keep_drawn(folder, "views", count, _draw_view, processes)


def _draw_view(number: int) -> list[Example]:
    return [draw_example(np.random.default_rng((_VIEWS_SEED, number)))]


def load_views(folder: Path) -> list[Example]:
    """Return all views drawn so far."""
    return load_kept(folder, "views")


def kept_back(count: int) -> int:
    """How many of ``count`` views, the first ones, are not trained on."""
    return max(1, min(_MOST_KEPT_BACK, count // 10))


def show(folder: Path, number: int) -> list[Shown]:
    """The examples of a number, each a view of the folder's."""
    examples = _trained_on(folder)
    rng = np.random.default_rng((_SHOWN_SEED, number))
    return [shown(rng, examples[int(rng.integers(len(examples)))]) for _ in range(_BATCH)]


@cache
def _trained_on(folder: Path) -> list[Example]:
    examples = load_views(folder)
    return examples[kept_back(len(examples)) :]


def train(run: Run, views: Path, steps: int, checkpoint: Path, processes: int) -> None:
    """Train until ``steps`` are done; ``processes`` show the ``views``."""
    clock = clock_of(run.device)
    start = clock() - run.seconds
    first = first_unseen(run.step * _BATCH, _BATCH, processes)
    examples: Iterator[Shown] = draw_ahead(partial(show, views), first, processes)
    losses: list[Tensor] = []
    while run.step < steps:
        losses.append(run.learn([next(examples) for _ in range(_BATCH)], steps))
        run.seconds = clock() - start
        if run.step % 50 == 0 or run.step == steps:
            mean = float(torch.stack(losses).mean())
            print(f"step {run.step} loss {mean:.4f} after {run.seconds / 60:.1f} minutes", flush=True)
            losses.clear()
            run.save(checkpoint)


def evaluate(net: PortraitNet, examples: Sequence[Example]) -> dict[str, float]:
    """How well the boxes fit on views not trained on: the mean overlap, and the share that overlap by 0.85."""
    net.eval()
    rows, columns = SHAPE
    overlaps = []
    for example in examples:
        view = example.pixels[:rows, :columns]
        padded = np.pad(view, ((0, rows - view.shape[0]), (0, columns - view.shape[1])), mode="edge")
        with torch.no_grad():
            logits = unfold(net(torch.from_numpy(normalised(padded))[None, None]))[0]
        found = box_of_map(logits.sigmoid().numpy())
        overlaps.append(0.0 if found is None else _overlap(found * CELL_PX - 0.5, example.corners))
    return {"overlap": float(np.mean(overlaps)), "overlap_85": float(np.mean(np.array(overlaps) >= 0.85))}


def _overlap(found: NDArray[np.float64], true: NDArray[np.float64]) -> float:
    one, other = shares(found), shares(true)
    return float(np.minimum(one, other).sum() / np.maximum(one, other).sum())


def export(run: Run, folder: Path, quality: dict[str, float]) -> None:
    """Write the net, which is on the processor, as ONNX with its config and hashes."""
    folder.mkdir(parents=True, exist_ok=True)
    run.net.eval()
    torch.onnx.export(
        run.net, (torch.zeros(1, 1, *SHAPE),), str(folder / "model.onnx"), dynamo=False, opset_version=17,
        input_names=["gray"], output_names=["map"],
        dynamic_axes={"gray": {2: "height", 3: "width"}, "map": {2: "rows", 3: "columns"}},
    )  # fmt: skip
    config = {
        "version": folder.name, "scale": SCALE, "cell_px": CELL_PX, "multiple": MULTIPLE,
        "training": {"steps": run.step, **time_spent(run.device, run.seconds)},
        "on_unseen_views": {name: round(value, 4) for name, value in quality.items()},
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    write_sums(folder)


def _main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--views", type=int, default=budget_of(NAME)["views"], help="pages that are drawn")
    parser.add_argument("--steps", type=int, default=budget_of(NAME)["steps"])
    parser.add_argument("--processes", type=int, default=drawing_processes(), help="that draw; 0: none but this one")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for views and checkpoints")
    given = parser.parse_args()
    torch.manual_seed(0)
    cv2.setNumThreads(1)
    folder = given.work / NAME
    draw_views(folder, given.views, given.processes)
    run = Run(choose_device())
    run.resume(folder / "last.pt")
    train(run, folder, given.steps, folder / "last.pt", given.processes)
    run.net.cpu()
    examples = load_views(folder)
    quality = evaluate(run.net, examples[: kept_back(len(examples))])
    export(run, HOME, quality)
    print(quality)


if __name__ == "__main__":
    _main()
