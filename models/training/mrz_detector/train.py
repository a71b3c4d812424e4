"""Trains the zone detector on generated scenes and writes ``models/mrz_detector_v1``.

``python -m models.training.mrz_detector.train --minutes 35`` goes on from the last checkpoint if there is one; the
learning rate depends on the share of ``--steps`` that is done, so a run may be stopped and resumed at will.
"""

import argparse
import json
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.random import Generator
from torch import Tensor

from engine.imaging.network import normalised
from models.training.draw.scenes.scenes import STRIDE, Scene, draw_scene
from models.training.mrz_detector.net import CELL, DetectorNet, detector_loss
from models.training.sums import write_sums

HOME = Path(__file__).parents[2] / "mrz_detector_v1"
SIDE = 320
LONG_SIDE = 640
_RATE = 3e-3
_BATCH, _FRESH = 10, 3
_POOL = 1200
_MOVING_AVERAGE = 0.998


@dataclass
class Run:
    """State of a training run; everything that a checkpoint holds."""

    net: DetectorNet = field(default_factory=DetectorNet)
    average: DetectorNet = field(default_factory=DetectorNet)
    step: int = 0
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.net.to(memory_format=torch.channels_last)  # a fifth faster
        self.average.load_state_dict(self.net.state_dict())
        self.optimiser = torch.optim.AdamW(self.net.parameters(), lr=_RATE, weight_decay=1e-3)

    def save(self, path: Path) -> None:
        """Write a checkpoint."""
        state = {
            "net": self.net.state_dict(), "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(), "step": self.step, "seconds": self.seconds,
        }  # fmt: skip
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)

    def load(self, path: Path) -> None:
        """Go on from a checkpoint."""
        state = torch.load(path, weights_only=True)
        self.net.load_state_dict(state["net"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.seconds = state["step"], state["seconds"]


def train(run: Run, steps: int, minutes: float, checkpoint: Path) -> None:
    """Train until ``steps`` are done or ``minutes`` of processor time are used up."""
    start, before = time.process_time(), run.seconds
    losses: list[float] = []
    for pixels, zone, direction in _batches(seed=1000 + run.step):
        for group in run.optimiser.param_groups:
            group["lr"] = _RATE * min(1.0, (run.step + 1) / 60) * (0.02 + 0.98 * _cosine(run.step / steps))
        run.net.train()
        loss = detector_loss(run.net(pixels), zone, direction)
        run.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(run.net.parameters(), 2.0)
        run.optimiser.step()
        _follow(run)
        losses.append(float(loss.detach()))
        run.step += 1
        run.seconds = before + time.process_time() - start
        if run.step % 100 == 0:
            print(f"step {run.step} loss {np.mean(losses[-100:]):.4f} cpu {run.seconds / 60:.1f} min", flush=True)
        done = run.step >= steps or run.seconds - before > 60 * minutes
        if run.step % 200 == 0 or done:
            run.save(checkpoint)
        if done:
            return


def _cosine(share: float) -> float:
    return 0.5 + 0.5 * math.cos(math.pi * min(1.0, share))


def _follow(run: Run) -> None:
    """Move the averaged weights towards the current ones; batch statistics are taken over as they are."""
    keep = min(_MOVING_AVERAGE, (run.step + 1) / (run.step + 10))
    with torch.no_grad():
        for mine, theirs in zip(run.average.parameters(), run.net.parameters(), strict=True):
            mine.lerp_(theirs, 1 - keep)
        for mine, theirs in zip(run.average.buffers(), run.net.buffers(), strict=True):
            mine.copy_(theirs)


def _batches(seed: int) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Yield endless batches: a third newly drawn, the rest drawn before and shown at another quarter turn."""
    rng = np.random.default_rng(seed)
    pool: list[Scene] = []
    while True:
        fresh = [draw_scene(rng, SIDE) for _ in range(_FRESH if len(pool) >= 60 else _BATCH)]
        old = [pool[int(i)] for i in rng.integers(0, max(1, len(pool)), _BATCH - len(fresh))]
        for scene in fresh:
            if len(pool) < _POOL:
                pool.append(scene)
            else:
                pool[int(rng.integers(0, _POOL))] = scene
        yield as_batch([turned(scene, int(rng.integers(0, 4))) for scene in (*fresh, *old)])


def turned(scene: Scene, quarters: int) -> Scene:
    """Turn a scene counter-clockwise by quarters."""
    cosine, sine = (np.rot90(plane, quarters) for plane in scene.direction)
    for _ in range(quarters):
        cosine, sine = sine, -cosine
    return Scene(np.rot90(scene.pixels, quarters), np.rot90(scene.zone, quarters), np.stack([cosine, sine]))


def as_batch(scenes: list[Scene]) -> tuple[Tensor, Tensor, Tensor]:
    """Stack scenes as the net takes them."""
    pixels = np.stack([normalised(scene.pixels) for scene in scenes])[:, None]
    zone, direction = np.stack([s.zone for s in scenes]), np.stack([s.direction for s in scenes])
    return (
        torch.from_numpy(pixels).contiguous(memory_format=torch.channels_last),
        torch.from_numpy(zone),
        torch.from_numpy(direction),
    )


def evaluate(net: DetectorNet, count: int = 120, seed: int = 77) -> dict[str, float]:
    """Overlap of zones and share of right directions on freshly drawn scenes."""
    rng: Generator = np.random.default_rng(seed)
    net.eval()
    common = union = right = inside = 0.0
    for _ in range(count // 10):
        pixels, zone, direction = as_batch([draw_scene(rng, SIDE) for _ in range(10)])
        with torch.no_grad():
            maps = net(pixels)
        found, true = maps[:, 0] > 0, zone > 0.5
        common += float((found & true).sum())
        union += float((found | true).sum())
        right += float((((maps[:, 1:] * direction).sum(1) > 0) & true).sum())
        inside += float(true.sum())
    return {"zone_iou": common / union, "direction": right / inside}


def export(run: Run, folder: Path) -> None:
    """Write the averaged net as ONNX with its config and hashes."""
    folder.mkdir(parents=True, exist_ok=True)
    run.average.eval()
    torch.onnx.export(
        run.average, (torch.zeros(1, 1, SIDE, SIDE),), str(folder / "model.onnx"), dynamo=False, opset_version=17,
        input_names=["gray"], output_names=["maps"],
        dynamic_axes={"gray": {2: "height", 3: "width"}, "maps": {2: "rows", 3: "columns"}},
    )  # fmt: skip
    config = {
        "long_side": LONG_SIDE, "cell": CELL, "stride": STRIDE, "threshold": 0.4,
        "training": {"steps": run.step, "cpu_minutes": round(run.seconds / 60, 1)},
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    write_sums(folder)


def _main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--steps", type=int, default=3000)
    options.add_argument("--minutes", type=float, default=40.0, help="processor time of this run at most")
    options.add_argument("--checkpoint", type=Path, default=Path(".cache/detector/checkpoint.pt"))
    options.add_argument("--out", type=Path, default=HOME)
    options.add_argument("--export-only", action="store_true", help="write the model from the checkpoint as it is")
    given = options.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    given.checkpoint.parent.mkdir(parents=True, exist_ok=True)
    run = Run()
    if given.checkpoint.is_file():
        run.load(given.checkpoint)
    if not given.export_only:
        train(run, given.steps, given.minutes, given.checkpoint)
    export(run, given.out)
    print(f"steps {run.step}, cpu {run.seconds / 60:.1f} min, on fresh scenes: {evaluate(run.average)}")


if __name__ == "__main__":
    _main()
