"""Trains the net that marks text lines on page views and writes ``models/text_lines_v4``.

``python -m models.training.text_lines.train`` goes on from the last checkpoint if there is one. The views are drawn
once and shown again moved, scaled and in other light.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from engine.imaging.network import normalised
from engine.visual.lines.text_map import CELL_PX, SCALE
from models.training.loop.average import follow
from models.training.loop.device import choose_device, clock_of, half_precision, time_spent
from models.training.loop.drawing import draw_ahead, drawing_processes, first_unseen
from models.training.loop.resumable import Resumable
from models.training.loop.schedule import learning_rate
from models.training.steps import WORK, budget_of
from models.training.sums import write_sums
from models.training.text_lines.examples import Example, targets
from models.training.text_lines.net import CELL, TextLineNet, text_line_loss, unfold
from models.training.text_lines.views import TOGETHER, Window, draw_views, draw_windows, kept_back, load_views

NAME = "text_lines_v4"
HOME = Path(__file__).parents[2] / NAME
_RATE = 4e-3
_BATCH = 8


@dataclass
class Run(Resumable):
    """State of a training run; everything that a checkpoint holds."""

    device: torch.device
    net: TextLineNet = field(default_factory=TextLineNet)
    average: TextLineNet = field(init=False)
    step: int = 0
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.net.to(self.device, memory_format=torch.channels_last)
        self.average = deepcopy(self.net)
        fused = self.device.type == "cuda"
        self.optimiser = torch.optim.AdamW(self.net.parameters(), lr=_RATE, weight_decay=1e-3, fused=fused)

    def learn(self, windows: Sequence[Window], steps: int) -> Tensor:
        """Take one of ``steps`` steps; returns the loss."""
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(_RATE, self.step, steps, warm_up=40, least=0.02)
        pixels, truth = (plane.to(self.device) for plane in as_batch(windows))
        self.net.train()
        with half_precision(self.device):
            maps = self.net(pixels)
        loss = text_line_loss(unfold(maps.float()), truth)
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 2.0)
        self.optimiser.step()
        self.step += 1
        follow(self.average, self.net, self.step)
        return loss.detach()


def as_batch(windows: Sequence[Window]) -> tuple[Tensor, Tensor]:
    """Stack windows as the net takes them: B×1×H×W pixels and B×5×h×w truth."""
    pixels = np.stack([normalised(pixels) for pixels, _ in windows])[:, None]
    planes = torch.from_numpy(pixels).contiguous(memory_format=torch.channels_last)  # two thirds faster
    return planes, torch.from_numpy(np.stack([truth for _, truth in windows]))


def train(run: Run, views: Path, steps: int, checkpoint: Path, processes: int) -> None:
    """Train until ``steps`` are done; ``processes`` cut windows out of the ``views``."""
    clock = clock_of(run.device)
    start = clock() - run.seconds
    first = first_unseen(run.step * _BATCH, TOGETHER, processes)
    windows: Iterator[Window] = draw_ahead(partial(draw_windows, views), first, processes)
    losses: list[Tensor] = []
    while run.step < steps:
        losses.append(run.learn([next(windows) for _ in range(_BATCH)], steps))
        run.seconds = clock() - start
        if run.step % 50 == 0 or run.step == steps:
            mean = float(torch.stack(losses).mean())
            print(f"step {run.step} loss {mean:.4f} after {run.seconds / 60:.1f} minutes", flush=True)
            losses.clear()
            run.save(checkpoint)


def evaluate(net: TextLineNet, examples: Sequence[Example]) -> dict[str, float]:
    """Overlap of text, and mean errors of cap height (share) and baseline (mm) on views not trained on."""
    net.eval()
    common = union = known = height = baseline = 0.0
    for example in examples:
        rows, columns = (n // CELL * CELL for n in example.pixels.shape)
        truth = targets(example.lines, (rows // CELL_PX, columns // CELL_PX))
        with torch.no_grad():
            maps = unfold(net(torch.from_numpy(normalised(example.pixels[:rows, :columns]))[None, None]))[0].numpy()
        found, true = maps[0] > 0, truth[0] > 0.5
        common, union = common + float((found & true).sum()), union + float((found | true).sum())
        known += float(truth[3].sum())
        height += float((np.abs(maps[1] - truth[1]) * truth[3]).sum())
        baseline += float((np.abs(maps[2] - truth[2]) * truth[3]).sum())
    return {"text_iou": common / union, "height_error": height / known, "baseline_error_mm": baseline / known}


def export(run: Run, folder: Path, quality: dict[str, float]) -> None:
    """Write the averaged net, which is on the processor, as ONNX with its config and hashes."""
    folder.mkdir(parents=True, exist_ok=True)
    run.average.eval()
    torch.onnx.export(
        run.average, (torch.zeros(1, 1, 304, 512),), str(folder / "model.onnx"), dynamo=False, opset_version=17,
        input_names=["gray"], output_names=["maps"],
        dynamic_axes={"gray": {2: "height", 3: "width"}, "maps": {2: "rows", 3: "columns"}},
    )  # fmt: skip
    config = {
        "version": folder.name, "scale": SCALE, "cell_px": CELL_PX, "multiple": CELL, "threshold": 0.5,
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
    run.average.cpu()
    examples = load_views(folder)
    quality = evaluate(run.average, examples[: kept_back(len(examples))])
    export(run, HOME, quality)
    print(quality)


if __name__ == "__main__":
    _main()
