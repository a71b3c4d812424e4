"""Trains the tesseract reader's OCR-B network from nothing and writes ``models/tesseract_ocrb_v1``.

``python -m models.training.tesseract.train`` goes on from the last checkpoint if there is one.
"""

import argparse
import copy
from collections import deque
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from torch import Tensor, nn

from models.training.loop.average import follow
from models.training.loop.checkpoint import load_checkpoint, save_checkpoint
from models.training.loop.device import choose_device, clock_of, half_precision, time_spent
from models.training.loop.drawing import draw_ahead, drawing_processes, first_unseen
from models.training.loop.schedule import learning_rate
from models.training.steps import WORK, budget_of
from models.training.tesseract import file as tf
from models.training.tesseract.examples import BATCH, CURRICULUM, POOL, Example, draw_pool
from models.training.tesseract.export import NAME, write_folder
from models.training.tesseract.net import STRIDE, LineNet, greedy, pad_batch

HOME = Path(__file__).parents[2] / NAME
_RATE = 2.5e-3
CENTRES_ONLY = 250
"""Steps at first, at most an eighth of all, that learn each character at its known place; the CTC loss alone stays
at nothing for long."""
_BLANK_WEIGHT = 0.3
_CENTRES_SHARE = 0.05
_RECENT = 60
"""Steps whose share of wrong characters tells whether a stage of the curriculum is learnt."""


class State:
    """Everything a checkpoint keeps."""

    def __init__(self, steps: int) -> None:
        self.device, self.steps = choose_device(), steps
        self.net = LineNet().to(self.device)
        self.average = copy.deepcopy(self.net).eval()
        fused = self.device.type == "cuda"
        self.optimiser = torch.optim.AdamW(self.net.parameters(), lr=_RATE, weight_decay=0.01, fused=fused)
        self.step = self.stage = self.lines = 0
        self.seconds = 0.0

    def save(self, path: Path) -> None:
        """Write the checkpoint."""
        state: dict[str, Any] = {part: getattr(self, part).state_dict() for part in ("net", "average", "optimiser")}
        save_checkpoint(path, state | {key: getattr(self, key) for key in ("step", "stage", "lines", "seconds")})

    def resume(self, path: Path) -> None:
        """Go on from a checkpoint if there is one."""
        state = load_checkpoint(path)
        if state is None:
            return
        for part in ("net", "average", "optimiser"):
            getattr(self, part).load_state_dict(state[part])
        for key in ("step", "stage", "lines", "seconds"):
            setattr(self, key, state[key])

    def learn(self, batch: list[Example]) -> tuple[float, float]:
        """Learn from one batch; returns the loss and the share of wrong characters in a few of its lines."""
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(_RATE, self.step, self.steps, warm_up=100, least=0.02)
        pictures, widths = (part.to(self.device) for part in pad_batch([line.picture for line in batch]))
        self.net.train()
        with half_precision(self.device):
            logs = self.net(pictures, widths)
        logs = logs.float()
        loss = loss_of(logs, widths, batch, centres_only=self.step < min(CENTRES_ONLY, self.steps // 8))
        self.optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), 2.0)
        self.optimiser.step()
        follow(self.average, self.net, self.step)
        self.step += 1
        self.lines += len(batch)
        return float(loss.detach()), _share_wrong(logs.detach().cpu(), widths, batch)


def loss_of(logs: Tensor, widths: Tensor, batch: list[Example], *, centres_only: bool) -> Tensor:
    """CTC loss a character plus a little of the loss at the known centres, or the latter alone."""
    steps = widths // STRIDE
    frames = torch.from_numpy(_frame_codes(batch, logs.shape[1])).to(logs.device)
    inside = torch.arange(logs.shape[1], device=logs.device)[None, :] < steps[:, None]
    weight = torch.where(frames == tf.BLANK, _BLANK_WEIGHT, 1.0)[inside]
    wrong = nn.functional.nll_loss(logs[inside], frames[inside], reduction="none")
    framed = (wrong * weight).sum() / weight.sum()
    if centres_only:
        return framed
    lengths = torch.tensor([len(line.codes) for line in batch])
    codes = torch.from_numpy(np.concatenate([line.codes for line in batch])).to(logs.device)
    ctc = nn.functional.ctc_loss(
        logs.transpose(0, 1), codes, steps.cpu(), lengths, blank=tf.BLANK, reduction="sum", zero_infinity=True
    )
    return ctc / lengths.sum() + _CENTRES_SHARE * framed


def _frame_codes(batch: list[Example], frames: int) -> NDArray[np.int64]:
    codes = np.full((len(batch), frames), tf.BLANK, np.int64)
    for row, line in zip(codes, batch, strict=True):
        row[line.places] = line.codes
    return codes


def _share_wrong(logs: Tensor, widths: Tensor, batch: list[Example]) -> float:
    shown = range(0, len(batch), 8)
    wrong = sum(Levenshtein.distance(greedy(logs[i], int(widths[i]) // STRIDE), batch[i].text) for i in shown)
    return wrong / max(1, sum(len(batch[i].text) for i in shown))


def train(state: State, checkpoint: Path, processes: int) -> None:
    """Go through the curriculum until all steps are done; ``processes`` draw."""
    clock = clock_of(state.device)
    start = clock() - state.seconds
    losses: deque[float] = deque(maxlen=_RECENT)
    while state.step < state.steps:
        errors: deque[float] = deque(maxlen=_RECENT)
        # Stages have lines of their own, so that a number that one stage has seen may be drawn in the next.
        first = first_unseen(state.lines // BATCH, POOL, processes)
        for batch in draw_ahead(partial(draw_pool, state.stage), first, processes):
            loss, error = state.learn(batch)
            losses.append(loss)
            errors.append(error)
            state.seconds = clock() - start
            learnt = len(errors) == _RECENT and np.mean(errors) < CURRICULUM[state.stage].until
            state.stage += int(learnt)
            done = state.step == state.steps
            if state.step % 100 == 0 or learnt or done:
                print(
                    f"step {state.step} stage {state.stage} loss {np.mean(losses):.4f} wrong {np.mean(errors):.2%} "
                    f"after {state.seconds / 60:.1f} minutes",
                    flush=True,
                )
                state.save(checkpoint)
            if learnt or done:
                break


def _main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--steps", type=int, default=budget_of(NAME)["steps"])
    parser.add_argument("--processes", type=int, default=drawing_processes(), help="that draw; 0: none but this one")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for checkpoints")
    parser.add_argument("--export", action="store_true", help="only write the model folder from the checkpoint")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    torch.manual_seed(1)
    checkpoint = options.work / NAME / "last.pt"
    state = State(options.steps)
    state.resume(checkpoint)
    if not options.export:
        train(state, checkpoint, options.processes)
    trained = {"steps": state.step, "lines": state.lines, **time_spent(state.device, state.seconds)}
    write_folder(state.average.cpu(), HOME, trained)
    print(HOME)


if __name__ == "__main__":
    _main()
