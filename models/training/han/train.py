"""Trains the net that reads Chinese characters and writes ``models/han_v1``.

``python -m models.training.han.train`` goes on from the last checkpoint if there is one.
"""

import argparse
import copy
import json
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import onnx
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.imaging.network import normalised
from engine.tables.han import han_characters
from engine.values.pictures import Pixels
from engine.visual.han.characters import MODEL, SIDE, SPAN
from models.training.eight_bits import store_in_eight_bits
from models.training.han.examples import PATCH, Example, draw_examples, draw_line, draw_sheet, load_faces
from models.training.han.faces import Face, characters, held_out_faces, load_face
from models.training.han.net import HanNet, first_prototypes, han_loss
from models.training.loop.average import follow
from models.training.loop.device import choose_device, clock_of, half_precision, time_spent
from models.training.loop.drawing import draw_ahead, drawing_processes
from models.training.loop.resumable import Resumable
from models.training.loop.schedule import learning_rate
from models.training.steps import WORK, budget_of
from models.training.sums import write_sums

HOME: Final = Path(__file__).parents[2] / MODEL
_RATE, _PROTOTYPE_RATE = 2.5e-3, 1e-3
_BATCH = 128
_NEW = 64
"""Fresh examples a step; the others were shown before."""
_POOL = 40_000
"""Examples to show again."""
_BLUR = 2.0
"""Spread (px) by which clean glyphs are blurred before their main differences are taken."""
_SEED = 811


class Pool:
    """The latest examples, of which each step shows some: a sheet's do not come all at once."""

    def __init__(self) -> None:
        self.pixels: Pixels = np.zeros((_POOL, PATCH, PATCH), np.uint8)
        self.labels = np.zeros(_POOL, np.int64)
        self.seen = 0

    def add(self, example: Example) -> None:
        """Put an example in the place of the oldest."""
        self.pixels[self.seen % _POOL], self.labels[self.seen % _POOL] = example.pixels, example.label
        self.seen += 1

    def show(self, rng: Generator, count: int) -> tuple[Tensor, Tensor]:
        """Some of the examples as the net sees them: B×1×32×32 and their labels."""
        some = rng.integers(0, min(self.seen, _POOL), count)
        planes = np.stack([normalised(shown(rng, self.pixels[at])) for at in some])[:, None]
        return torch.from_numpy(planes), torch.from_numpy(self.labels[some])


def shown(rng: Generator, pixels: Pixels) -> Pixels:
    """Return an example as the net is shown it once: cut not quite in its place, nor quite of its size."""
    wide, high = np.exp(rng.normal(0, 0.05, 2))
    turn = rng.normal(0, 0.015)
    move = np.array([[wide, turn, 0.0], [-turn, high, 0.0]])
    middle = np.full(2, (SIDE - 1) / 2)
    move[:, 2] = (PATCH - 1) / 2 + rng.normal(0, 0.045 * SIDE / SPAN, 2) - move[:, :2] @ middle
    return _moved(pixels, move)


def plain(pixels: Pixels) -> Pixels:
    """Return the middle of an example."""
    return _moved(pixels, np.array([[1.0, 0.0, (PATCH - SIDE) / 2], [0.0, 1.0, (PATCH - SIDE) / 2]]))


def _moved(pixels: Pixels, move: NDArray[np.float64]) -> Pixels:
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(pixels, move, (SIDE, SIDE), flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


class Run(Resumable):
    """State of a training run; everything that a checkpoint holds."""

    def __init__(self, device: torch.device, prototypes: Tensor) -> None:
        self.device, self.step, self.seconds = device, 0, 0.0
        self.net = HanNet(prototypes).to(device, memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.net)
        others = [values for name, values in self.net.named_parameters() if name != "prototypes"]
        self.optimiser = torch.optim.AdamW(
            [
                {"params": others, "peak": _RATE, "weight_decay": 1e-4},
                {"params": [self.net.prototypes], "peak": _PROTOTYPE_RATE, "weight_decay": 0.0},
            ],
            lr=_RATE,
        )
        self.alike = sounds_alike().to(device)

    def learn(self, pixels: Tensor, labels: Tensor, step: int, steps: int) -> tuple[Tensor, Tensor]:
        """Take a step, the rates being those of ``step`` of ``steps``; returns loss and share read right."""
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(group["peak"], step, steps, warm_up=60, least=0.01)
        labels = labels.to(self.device)
        self.net.train()
        with half_precision(self.device):
            logits = self.net(pixels.contiguous(memory_format=torch.channels_last).to(self.device))
        loss = han_loss(logits.float(), labels, self.alike)
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 5.0)
        self.optimiser.step()
        follow(self.average, self.net, self.step)
        self.step += 1
        return loss.detach(), (logits.argmax(1) == labels).float().mean()


def sounds_alike() -> Tensor:
    """N×N: which characters share a reading; none, the last one, is like itself alone."""
    heard: dict[str, list[int]] = {}
    for at, character in enumerate(han_characters().values()):
        for reading in character.readings:
            heard.setdefault(reading, []).append(at)
    alike = torch.eye(len(characters()) + 1, dtype=torch.bool)
    for places in heard.values():
        some = torch.tensor(places)
        alike[some[:, None], some[None]] = True
    return alike


def mean_glyphs(faces: Sequence[Face]) -> NDArray[np.float32]:
    """What each character looks like on average, blurred, flattened; the last, of none, is blank."""
    sums = np.zeros((len(characters()) + 1, SIDE * SIDE), np.float32)
    for face in faces:
        for at in np.flatnonzero(face.held):
            padded = cv2.copyMakeBorder(face.glyphs[at], 2, 2, 2, 2, cv2.BORDER_CONSTANT)
            small = cv2.resize(cv2.GaussianBlur(padded, (0, 0), _BLUR), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
            sums[at] += -normalised(np.asarray(small, np.uint8)).ravel()
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1.0), np.float32)


def train(run: Run, examples: Iterator[Example], checkpoint: Path, steps: int, minutes: float) -> None:
    """Train until ``steps`` are done or ``minutes`` have passed, whichever comes first."""
    clock, begin = clock_of(run.device), time.monotonic()
    start = clock() - run.seconds
    pool, rng = Pool(), np.random.default_rng((_SEED, run.step))
    for _ in range(8 * _NEW):
        pool.add(next(examples))
    told: list[Tensor] = []
    while run.step < steps:
        for _ in range(_NEW):
            pool.add(next(examples))
        reached = max(run.step / steps, (time.monotonic() - begin) / 60 / minutes)
        told += run.learn(*pool.show(rng, _BATCH), int(reached * steps), steps)
        run.seconds = clock() - start
        if run.step % 100 == 0 or run.step == steps or reached >= 1:
            loss, right = torch.stack(told).view(-1, 2).mean(0).tolist()
            spent = f"{run.seconds / 60:.1f} minutes"
            print(f"step {run.step} loss {loss:.3f} right {right:.3f} after {spent}, {reached:.0%}", flush=True)
            told.clear()
            run.save(checkpoint)
        if reached >= 1:
            break


def evaluate(net: nn.Module, faces: Sequence[Face], count: int) -> dict[str, float]:
    """The share of characters read right, among all and among those that sound alike, in faces never seen."""
    rng = np.random.default_rng(_SEED)
    examples: list[Example] = []
    while len(examples) < count:
        examples += draw_sheet(rng, faces) if rng.random() < 0.1 else draw_line(rng, faces)
    known = [example for example in examples if example.label < len(characters())]
    planes = torch.from_numpy(np.stack([normalised(plain(example.pixels)) for example in known])[:, None])
    labels = torch.tensor([example.label for example in known])
    net.eval()
    with torch.no_grad():
        logits = torch.cat([net(part) for part in planes.split(256)])
    heard = logits.masked_fill(~sounds_alike()[labels], -torch.inf)
    return {
        "right": float((logits.argmax(1) == labels).float().mean()),
        "right_among_homophones": float((heard.argmax(1) == labels).float().mean()),
    }


class _Scored(nn.Module):  # type: ignore[misc]
    """The net as the engine asks it: 1×N×32×32 → log probabilities 1×N×classes."""

    def __init__(self, net: HanNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, crops: Tensor) -> Tensor:
        return torch.log_softmax(self.net(crops[0][:, None]), 1)[None]


def export(run: Run, folder: Path, quality: dict[str, float]) -> None:
    """Write the averaged net, which is on the processor, as ONNX with its config and hashes."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.onnx"
    torch.onnx.export(
        _Scored(run.average).eval(), (torch.zeros(1, 3, SIDE, SIDE),), str(path), dynamo=False, opset_version=17,
        input_names=["crops"], output_names=["log_probabilities"],
        dynamic_axes={"crops": {1: "n"}, "log_probabilities": {1: "n"}},
    )  # fmt: skip
    model = onnx.load(str(path))
    store_in_eight_bits(model)
    onnx.save(model, str(path))
    config = {
        "version": folder.name, "side": SIDE, "span": SPAN, "characters": characters(),
        "training": {"steps": run.step, **time_spent(run.device, run.seconds)},
        "calibration": {"bias": 0.0, "odds": 1.0, "ahead": 1.0, "most": 0.9},
        "on_unseen_faces": {name: round(value, 4) for name, value in quality.items()},
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    write_sums(folder)


def _main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    budget = budget_of(MODEL)
    parser.add_argument("--steps", type=int, default=budget["steps"])
    parser.add_argument("--minutes", type=float, default=1e9, help="end after so many minutes in any case")
    parser.add_argument("--unseen", type=int, default=budget["unseen"], help="characters to measure the net by")
    parser.add_argument("--faces", type=int, default=budget["faces"], help="of those there are, at most")
    parser.add_argument("--processes", type=int, default=drawing_processes(), help="that draw; 0: none but this one")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for faces and checkpoints")
    given = parser.parse_args()
    torch.manual_seed(0)
    cv2.setNumThreads(1)
    folder = given.work / MODEL
    run = Run(choose_device(), first_prototypes(mean_glyphs(load_faces(folder, given.faces))))
    run.resume(folder / "last.pt")
    draw, begin = partial(draw_examples, folder, given.faces), run.step * _NEW
    train(run, draw_ahead(draw, begin, given.processes), folder / "last.pt", given.steps, given.minutes)
    run.average.cpu()
    unseen = [load_face(path, folder) for path in held_out_faces()[: given.faces]]
    quality = evaluate(run.average, unseen, given.unseen)
    export(run, HOME, quality)
    print(quality)


if __name__ == "__main__":
    _main()
