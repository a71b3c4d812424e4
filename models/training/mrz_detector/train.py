"""Trains the zone detector on generated scenes and writes ``models/mrz_detector_v1``.

``python -m models.training.mrz_detector.train`` goes on from the last checkpoint if there is one; the learning rate
depends on the share of ``--steps`` that is done, so a run may be stopped and resumed at will.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from torch import Tensor

from engine.imaging.network import normalised
from models.training.draw.scenes.scenes import STRIDE, Scene, draw_scene
from models.training.loop.average import follow
from models.training.loop.checkpoint import load_checkpoint, save_checkpoint
from models.training.loop.device import choose_device, clock_of, half_precision, time_spent
from models.training.loop.drawing import draw_ahead, drawing_processes, first_unseen
from models.training.loop.schedule import learning_rate
from models.training.mrz_detector.net import CELL, DetectorNet, detector_loss
from models.training.steps import WORK, budget_of
from models.training.sums import write_sums

NAME = "mrz_detector_v1"
HOME = Path(__file__).parents[2] / NAME
SIDE = 320
"""Height and width of the scenes in px."""
LONG_SIDE = 640
_SEED, _UNSEEN_SEED = 1000, 77
_RATE = 3e-3
_BATCH, _FRESH = 10, 3
"""Scenes a step, and how many of them are shown for the first time."""
_TOGETHER = 12
"""Scenes drawn from one seed."""
_POOL, _FEW = 1200, 60
"""Scenes kept to be shown again; with fewer than a few all scenes of a step are new."""


@dataclass
class Run:
    """State of a training run; everything that a checkpoint holds."""

    device: torch.device
    net: DetectorNet = field(default_factory=DetectorNet)
    average: DetectorNet = field(default_factory=DetectorNet)
    step: int = 0
    drawn: int = 0
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.net.to(self.device, memory_format=torch.channels_last)  # a fifth faster
        self.average.to(self.device).load_state_dict(self.net.state_dict())
        fused = self.device.type == "cuda"
        self.optimiser = torch.optim.AdamW(self.net.parameters(), lr=_RATE, weight_decay=1e-3, fused=fused)

    def save(self, path: Path) -> None:
        """Write a checkpoint."""
        state: dict[str, Any] = {part: getattr(self, part).state_dict() for part in ("net", "average", "optimiser")}
        save_checkpoint(path, state | {key: getattr(self, key) for key in ("step", "drawn", "seconds")})

    def resume(self, path: Path) -> None:
        """Go on from a checkpoint if there is one."""
        state = load_checkpoint(path)
        if state is None:
            return
        for part in ("net", "average", "optimiser"):
            getattr(self, part).load_state_dict(state[part])
        self.step, self.drawn, self.seconds = state["step"], state["drawn"], state["seconds"]

    def learn(self, scenes: list[Scene], steps: int) -> Tensor:
        """Take one of ``steps`` steps; returns the loss."""
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(_RATE, self.step, steps, warm_up=60, least=0.02)
        pixels, zone, direction = (plane.to(self.device) for plane in as_batch(scenes))
        self.net.train()
        with half_precision(self.device):
            maps = self.net(pixels)
        loss = detector_loss(maps.float(), zone, direction)
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 2.0)
        self.optimiser.step()
        follow(self.average, self.net, self.step)
        self.step += 1
        return loss.detach()


def train(run: Run, steps: int, checkpoint: Path, processes: int) -> None:
    """Train until ``steps`` are done; ``processes`` draw."""
    clock = clock_of(run.device)
    start = clock() - run.seconds
    scenes = _scenes(run, processes)
    losses: list[Tensor] = []
    while run.step < steps:
        losses.append(run.learn(next(scenes), steps))
        run.seconds = clock() - start
        if run.step % 100 == 0 or run.step == steps:
            mean = float(torch.stack(losses).mean())
            print(f"step {run.step} loss {mean:.4f} after {run.seconds / 60:.1f} minutes", flush=True)
            losses.clear()
            run.save(checkpoint)


def draw_scenes(number: int) -> list[Scene]:
    """Draw the scenes of a number."""
    rng = np.random.default_rng((_SEED, number))
    return [draw_scene(rng, SIDE) for _ in range(_TOGETHER)]


def _scenes(run: Run, processes: int) -> Iterator[list[Scene]]:
    """Yield endless batches: a third newly drawn, the rest drawn before and shown at another quarter turn."""
    rng = np.random.default_rng((_SEED, 0, run.step))
    drawn = draw_ahead(draw_scenes, first_unseen(run.drawn, _TOGETHER, processes), processes)
    pool: list[Scene] = []
    while True:
        fresh = [next(drawn) for _ in range(_FRESH if len(pool) >= _FEW else _BATCH)]
        run.drawn += len(fresh)
        old = [pool[int(i)] for i in rng.integers(0, max(1, len(pool)), _BATCH - len(fresh))]
        for scene in fresh:
            if len(pool) < _POOL:
                pool.append(scene)
            else:
                pool[int(rng.integers(0, _POOL))] = scene
        yield [turned(scene, int(rng.integers(0, 4))) for scene in (*fresh, *old)]


def turned(scene: Scene, quarters: int) -> Scene:
    """Turn a scene counter-clockwise by quarters."""
    cosine, sine = (np.rot90(plane, quarters) for plane in scene.direction)
    for _ in range(quarters):
        cosine, sine = sine, -cosine
    return Scene(np.rot90(scene.pixels, quarters), np.rot90(scene.zone, quarters), np.stack([cosine, sine]))


def as_batch(scenes: list[Scene]) -> tuple[Tensor, Tensor, Tensor]:
    """Stack scenes as the net takes them: B×1×H×W pixels, B×h×w zone and B×2×h×w direction."""
    pixels = np.stack([normalised(scene.pixels) for scene in scenes])[:, None]
    zone, direction = np.stack([s.zone for s in scenes]), np.stack([s.direction for s in scenes])
    return (
        torch.from_numpy(pixels).contiguous(memory_format=torch.channels_last),
        torch.from_numpy(zone),
        torch.from_numpy(direction),
    )


def evaluate(net: DetectorNet, count: int) -> dict[str, float]:
    """Overlap of zones and share of right directions on ``count`` freshly drawn scenes."""
    rng = np.random.default_rng(_UNSEEN_SEED)
    net.eval()
    common = union = right = inside = 0.0
    for first in range(0, count, 10):
        pixels, zone, direction = as_batch([draw_scene(rng, SIDE) for _ in range(first, min(first + 10, count))])
        with torch.no_grad():
            maps = net(pixels)
        found, true = maps[:, 0] > 0, zone > 0.5
        common += float((found & true).sum())
        union += float((found | true).sum())
        right += float((((maps[:, 1:] * direction).sum(1) > 0) & true).sum())
        inside += float(true.sum())
    return {"zone_iou": common / union, "direction": right / inside}


def export(run: Run, folder: Path) -> None:
    """Write the averaged net, which is on the processor, as ONNX with its config and hashes."""
    folder.mkdir(parents=True, exist_ok=True)
    run.average.eval()
    torch.onnx.export(
        run.average, (torch.zeros(1, 1, SIDE, SIDE),), str(folder / "model.onnx"), dynamo=False, opset_version=17,
        input_names=["gray"], output_names=["maps"],
        dynamic_axes={"gray": {2: "height", 3: "width"}, "maps": {2: "rows", 3: "columns"}},
    )  # fmt: skip
    config = {
        "long_side": LONG_SIDE, "cell": CELL, "stride": STRIDE, "threshold": 0.4,
        "training": {"steps": run.step, **time_spent(run.device, run.seconds)},
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    write_sums(folder)


def _main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--steps", type=int, default=budget_of(NAME)["steps"])
    parser.add_argument("--unseen", type=int, default=budget_of(NAME)["unseen"], help="scenes to judge the net on")
    parser.add_argument("--processes", type=int, default=drawing_processes(), help="that draw; 0: none but this one")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for checkpoints")
    parser.add_argument("--export", action="store_true", help="only write the model from the checkpoint as it is")
    given = parser.parse_args()
    torch.manual_seed(0)
    cv2.setNumThreads(1)
    checkpoint = given.work / NAME / "last.pt"
    run = Run(choose_device())
    run.resume(checkpoint)
    if not given.export:
        train(run, given.steps, checkpoint, given.processes)
    run.average.cpu()
    export(run, HOME)
    print(f"on fresh scenes: {evaluate(run.average, given.unseen)}")


if __name__ == "__main__":
    _main()
