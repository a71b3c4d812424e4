"""Trains the net that marks text lines on page views and writes ``models/text_lines_v2``.

``python -m models.training.text_lines.train --minutes 20`` goes on from the last checkpoint if there is one. The
views are drawn once (``--draw-only`` does nothing else) and shown again moved, scaled and in other light.
"""

import argparse
import json
import math
import pickle
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor

from engine.imaging.network import normalised
from engine.visual.lines.text_map import CELL_PX, SCALE
from models.training.sums import write_sums
from models.training.text_lines.examples import Example, LineTruth, draw_example, targets
from models.training.text_lines.net import CELL, TextLineNet, text_line_loss, unfold

HOME = Path(__file__).parents[2] / "text_lines_v2"
_SIDE = (160, 256)
_RATE = 4e-3
_BATCH = 4
_CHUNK = 50


def draw_views(folder: Path, count: int) -> None:
    """Draw ``count`` examples into files of `_CHUNK`; files that are there already are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    for chunk in range(-(-count // _CHUNK)):
        path = folder / f"views-{chunk:03}.pickle"
        if not path.is_file():
            rng = np.random.default_rng([20, chunk])
            examples = [draw_example(rng) for _ in range(_CHUNK)]
            path.with_suffix(".part").write_bytes(pickle.dumps(examples))
            path.with_suffix(".part").replace(path)
            print(f"{path.name} drawn", flush=True)


def load_views(folder: Path) -> list[Example]:
    """Return all examples drawn so far."""
    return [e for path in sorted(folder.glob("views-*.pickle")) for e in pickle.loads(path.read_bytes())]


def batches(examples: Sequence[Example], rng: Generator) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield endless batches of windows: B×1×H×W and B×4×h×w."""
    while True:
        windows = [_window(rng, examples[int(rng.integers(len(examples)))]) for _ in range(_BATCH)]
        pixels = np.stack([normalised(p) for p, _ in windows])[:, None]
        planes = torch.from_numpy(pixels).contiguous(memory_format=torch.channels_last)  # two thirds faster
        yield planes, torch.from_numpy(np.stack([t for _, t in windows]))


def _window(rng: Generator, example: Example) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """A part of the view, turned up to 4°, scaled by up to a fifth, in other light."""
    height, width = _SIDE
    scale, angle = float(np.exp(rng.normal(0, 0.1))), float(rng.normal(0, 0.02))
    rows, columns = example.pixels.shape
    centre = rng.uniform((0.2 * columns, 0.2 * rows), (0.8 * columns, 0.8 * rows))
    cosine, sine = scale * math.cos(angle), scale * math.sin(angle)
    matrix = np.array([[cosine, -sine, 0.0], [sine, cosine, 0.0]])
    matrix[:, 2] = np.array([width / 2, height / 2]) - matrix[:, :2] @ centre
    pixels = cv2.warpAffine(
        example.pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    lines = [LineTruth(line.corners @ matrix[:, :2].T + matrix[:, 2], line.plain) for line in example.lines]
    return _relit(rng, np.asarray(pixels, np.uint8)), targets(lines, (height // CELL_PX, width // CELL_PX))


def _relit(rng: Generator, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    plane = pixels.astype(np.float32) / 255
    plane = plane ** float(np.exp(rng.normal(0, 0.25)))
    if rng.random() < 0.4:
        ramp = np.linspace(-1, 1, plane.shape[1])[None, :] * rng.normal(0, 0.15) + 1
        ramp = ramp + np.linspace(-1, 1, plane.shape[0])[:, None] * rng.normal(0, 0.15)
        plane = plane * ramp.astype(np.float32)
    plane = plane * float(rng.uniform(0.6, 1.0)) + float(rng.uniform(0, 0.2))
    plane = plane + rng.normal(0, float(rng.uniform(0, 0.03)), plane.shape).astype(np.float32)
    if rng.random() < 0.3:
        plane = np.asarray(cv2.GaussianBlur(plane, (0, 0), float(rng.uniform(0.3, 0.9))))
    return np.asarray(np.clip(plane * 255, 0, 255), np.uint8)


def train(
    net: TextLineNet, examples: Sequence[Example], steps: int, minutes: float, checkpoint: Path
) -> dict[str, float]:
    """Train until ``steps`` or ``minutes`` of processor time are used up; returns steps and minutes in all."""
    net.to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(net.parameters(), lr=_RATE, weight_decay=1e-3)
    done = {"step": 0, "minutes": 0.0}
    if checkpoint.is_file():
        state = torch.load(checkpoint, weights_only=True)
        net.load_state_dict(state["net"])
        optimiser.load_state_dict(state["optimiser"])
        done = state["done"]
    start, before, losses = time.process_time(), done["minutes"], []
    for pixels, truth in batches(examples, np.random.default_rng(int(done["step"]) + 1)):
        if done["step"] >= steps or done["minutes"] - before > minutes:
            break
        for group in optimiser.param_groups:
            group["lr"] = _RATE * min(1.0, (done["step"] + 1) / 40) * (0.02 + 0.98 * _cosine(done["step"] / steps))
        net.train()
        loss = text_line_loss(unfold(net(pixels)), truth)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimiser.step()
        losses.append(float(loss.detach()))
        done["step"] += 1
        done["minutes"] = before + (time.process_time() - start) / 60
        if done["step"] % 50 == 0:
            print(
                f"step {done['step']:.0f} loss {np.mean(losses[-50:]):.4f} cpu {done['minutes']:.1f} min", flush=True
            )
            torch.save({"net": net.state_dict(), "optimiser": optimiser.state_dict(), "done": done}, checkpoint)
    return done


def _cosine(share: float) -> float:
    return 0.5 + 0.5 * math.cos(math.pi * min(1.0, share))


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


def export(net: TextLineNet, folder: Path, done: dict[str, float], quality: dict[str, float]) -> None:
    """Write the net as ONNX with its config and hashes."""
    folder.mkdir(parents=True, exist_ok=True)
    net.eval()
    torch.onnx.export(
        net, (torch.zeros(1, 1, 304, 512),), str(folder / "model.onnx"), dynamo=False, opset_version=17,
        input_names=["gray"], output_names=["maps"],
        dynamic_axes={"gray": {2: "height", 3: "width"}, "maps": {2: "rows", 3: "columns"}},
    )  # fmt: skip
    config = {
        "version": folder.name, "scale": SCALE, "cell_px": CELL_PX, "multiple": CELL, "threshold": 0.5,
        "training": {"steps": int(done["step"]), "cpu_minutes": round(done["minutes"], 1)},
        "on_unseen_views": {name: round(value, 4) for name, value in quality.items()},
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    write_sums(folder)


def _main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--views", type=int, default=1000)
    options.add_argument("--steps", type=int, default=9000)
    options.add_argument("--minutes", type=float, default=60.0, help="processor time of this run at most")
    options.add_argument("--folder", type=Path, default=Path(".cache/text_lines"))
    options.add_argument("--out", type=Path, default=HOME)
    options.add_argument("--draw-only", action="store_true")
    given = options.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    draw_views(given.folder, given.views)
    if given.draw_only:
        return
    examples = load_views(given.folder)
    kept_back = examples[: max(1, min(40, len(examples) // 10))]
    net = TextLineNet()
    done = train(net, examples[len(kept_back) :], given.steps, given.minutes, given.folder / f"{given.out.name}.pt")
    quality = evaluate(net, kept_back)
    export(net, given.out, done, quality)
    print(f"{done} {quality}")


if __name__ == "__main__":
    _main()
