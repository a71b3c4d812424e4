"""Trains the tesseract reader's OCR-B network from nothing and writes it as ``ocrb.traineddata``.

    python -m models.training.tesseract.train --steps 6000

goes on from the last checkpoint in the work folder, if there is one. One thread, about a quarter of a CPU second a
step.
"""

import argparse
import copy
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from torch import Tensor, nn

from models.training.draw.lines.mrz_lines import draw_line
from models.training.tesseract import file as tf
from models.training.tesseract.net import BORDER, STRIDE, LineNet, export, fit_height, greedy, normalise, pad_batch

WORK = Path(__file__).parents[3] / ".cache" / "tesseract"
BATCH = 16
POOL = 16
"""Batches drawn at a time; lines of like width go together."""

REPLAY = 1 / 3
"""Share of batches that are seen again."""

CENTRES_ONLY = 250
"""Steps at first that learn each character at its known place; the CTC loss alone stays at nothing for long."""


@dataclass(frozen=True, slots=True)
class Example:
    """A line as the network gets it: normalised picture, codes, and the step of each character's centre."""

    picture: NDArray[np.float32]
    codes: NDArray[np.int64]
    places: NDArray[np.int64]
    text: str


@dataclass(frozen=True, slots=True)
class Stage:
    """What to train on until the running share of wrong characters falls below ``until``.

    Lines have ``lengths`` characters (least, most); a share of ``whole`` are whole lines. The network looks at
    four characters at a time, so pieces teach it nearly as much, and whole lines are half filler.
    """

    severity: float
    lengths: tuple[int, int]
    whole: float
    until: float


CURRICULUM = (
    Stage(0.3, (8, 16), 0.0, 0.20),
    Stage(0.7, (8, 20), 0.1, 0.15),
    Stage(1.0, (8, 24), 0.3, 0.0),
)
"""Short mild lines first, then longer and worse ones, at last what passports give; the error rate moves it on."""


@dataclass(slots=True)
class State:
    """Everything a checkpoint keeps."""

    net: LineNet
    average: LineNet
    optimiser: torch.optim.Optimizer
    step: int = 0
    stage: int = 0
    lines: int = 0
    seconds: float = 0.0

    def save(self, path: Path) -> None:
        """Write the checkpoint, replacing the old one only when the new one is whole."""
        parts = {"net": self.net.state_dict(), "average": self.average.state_dict()}
        counts = {"step": self.step, "stage": self.stage, "lines": self.lines, "seconds": self.seconds}
        new = path.with_suffix(".new")
        torch.save({**parts, "optimiser": self.optimiser.state_dict(), "counts": counts}, new)
        new.replace(path)

    def load(self, path: Path) -> None:
        """Read a checkpoint."""
        kept: dict[str, Any] = torch.load(path, weights_only=True)
        self.net.load_state_dict(kept["net"])
        self.average.load_state_dict(kept["average"])
        self.optimiser.load_state_dict(kept["optimiser"])
        for name, value in kept["counts"].items():
            setattr(self, name, value)


def example(rng: Generator, stage: Stage) -> Example:
    """Draw one line of a stage."""
    length = None if rng.random() < stage.whole else int(rng.integers(stage.lengths[0], stage.lengths[1] + 1))
    line = draw_line(rng, stage.severity, length=length)
    picture = fit_height(line.pixels)
    scale = (picture.shape[1] - 2 * BORDER) / line.pixels.shape[1]
    steps = ((line.centres + 0.5) * scale + BORDER) / STRIDE
    places = np.clip(steps, 0, picture.shape[1] // STRIDE - 1).astype(np.int64)
    codes = np.array([tf.FIRST_CODE + tf.ALPHABET.index(c) for c in line.text], np.int64)
    return Example(normalise(picture), codes, places, line.text)


def batches(rng: Generator, stage: Stage) -> Iterator[list[Example]]:
    """Draw a pool of lines and yield it in batches of like width, in random order, some of them twice."""
    pool = sorted((example(rng, stage) for _ in range(POOL * BATCH)), key=lambda e: e.picture.shape[1])
    groups = [pool[i : i + BATCH] for i in range(0, len(pool), BATCH)]
    again = [g for g in groups if rng.random() < REPLAY]
    order = groups + again
    for i in rng.permutation(len(order)):
        yield order[i]


def loss_of(logs: Tensor, widths: Tensor, batch: list[Example], *, centres_only: bool) -> Tensor:
    """CTC loss a character plus a little of the loss at the known centres, or the latter alone."""
    steps = widths // STRIDE
    frames = torch.full(logs.shape[:2], tf.BLANK)
    for i, line in enumerate(batch):
        frames[i, line.places] = torch.from_numpy(line.codes)
    inside = torch.arange(logs.shape[1])[None, :] < steps[:, None]
    weight = torch.where(frames == tf.BLANK, 0.3, 1.0)[inside]
    wrong = nn.functional.nll_loss(logs[inside], frames[inside], reduction="none")
    framed = (wrong * weight).sum() / weight.sum()
    if centres_only:
        return framed
    lengths = torch.tensor([len(line.codes) for line in batch])
    codes = torch.from_numpy(np.concatenate([line.codes for line in batch]))
    ctc = nn.functional.ctc_loss(
        logs.transpose(0, 1), codes, steps, lengths, blank=tf.BLANK, reduction="sum", zero_infinity=True
    )
    return ctc / lengths.sum() + 0.05 * framed


def learning_rate(step: int, steps: int, peak: float) -> float:
    """Short climb, then half a cosine down to a fiftieth."""
    climb = min(1.0, (step + 1) / 100)
    fall = 0.5 * (1 + np.cos(np.pi * min(1.0, step / steps)))
    return float(peak * climb * (0.02 + 0.98 * fall))


def train_step(state: State, batch: list[Example], rate: float) -> tuple[float, float]:
    """Learn from one batch; returns the loss and the share of wrong characters in a few of its lines."""
    pictures, widths = pad_batch([line.picture for line in batch])
    logs = state.net(pictures, widths)
    loss = loss_of(logs, widths, batch, centres_only=state.step < CENTRES_ONLY)
    for group in state.optimiser.param_groups:
        group["lr"] = rate
    state.optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(state.net.parameters(), 2.0)
    state.optimiser.step()
    keep = min(0.998, state.step / (state.step + 20))
    with torch.no_grad():
        for slow, fast in zip(state.average.parameters(), state.net.parameters(), strict=True):
            slow.lerp_(fast, 1 - keep)
        for slow, fast in zip(state.average.buffers(), state.net.buffers(), strict=True):
            slow.copy_(fast)
    shown = range(0, len(batch), 8)
    wrong = sum(Levenshtein.distance(greedy(logs[i], int(widths[i]) // STRIDE), batch[i].text) for i in shown)
    return float(loss.detach()), wrong / max(1, sum(len(batch[i].text) for i in shown))


def write_model(state: State, folder: Path) -> None:
    """Write the averaged network as a Tesseract model, in 8-bit and in floating point."""
    (folder / "ocrb.traineddata").write_bytes(export(state.average, integer=True))
    (folder / "ocrb_float.traineddata").write_bytes(export(state.average, integer=False))


def train(state: State, steps: int, peak: float, folder: Path) -> None:
    """Run the curriculum to its end, with a checkpoint and a model every 100 steps."""
    errors: deque[float] = deque([1.0], maxlen=60)
    losses: deque[float] = deque(maxlen=60)
    while state.step < steps:
        stage = CURRICULUM[state.stage]
        rng = np.random.default_rng((11, state.step))
        for batch in batches(rng, stage):
            began = time.process_time()
            loss, error = train_step(state, batch, learning_rate(state.step, steps, peak))
            losses.append(loss)
            errors.append(error)
            state.step += 1
            state.lines += len(batch)
            state.seconds += time.process_time() - began
            if state.step % 20 == 0:
                print(
                    f"step {state.step} stage {state.stage} loss {np.mean(losses):.4f} "
                    f"wrong {np.mean(errors):.2%} lines {state.lines} cpu {state.seconds:.0f} s",
                    flush=True,
                )
            if state.step % 100 == 0:
                state.save(folder / "checkpoint.pt")
                write_model(state, folder)
        if len(errors) == errors.maxlen and np.mean(errors) < stage.until:
            state.stage += 1
            errors.clear()
            errors.append(1.0)
    state.save(folder / "checkpoint.pt")
    write_model(state, folder)


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--peak", type=float, default=2.5e-3)
    parser.add_argument("--folder", type=Path, default=WORK)
    options = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.manual_seed(1)
    options.folder.mkdir(parents=True, exist_ok=True)
    net = LineNet()
    optimiser = torch.optim.AdamW(net.parameters(), lr=options.peak, weight_decay=0.01)
    state = State(net, copy.deepcopy(net).eval(), optimiser)
    if (options.folder / "checkpoint.pt").is_file():
        state.load(options.folder / "checkpoint.pt")
    train(state, options.steps, options.peak, options.folder)


if __name__ == "__main__":
    _main()
