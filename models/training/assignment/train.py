"""Trains the net that gives words to items and writes ``models/assignment_v1``.

``python -m models.training.assignment.train`` draws pages into ``--folder`` until there are enough (``--draw-only``
does nothing else, ``--no-draw`` takes what is there), then goes on from the last checkpoint if there is one. Several
processes may draw at once.
"""

import argparse
import math
import pickle
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from engine.visual.items import word_tags
from engine.visual.items.word_features import PAGE_MM, WordArrays
from models.training.assignment.examples import Example, draw_example
from models.training.assignment.export import export
from models.training.assignment.net import AssignmentNet

HOME = Path(__file__).parents[2] / "assignment_v1"
_CHUNK = 500
_BATCH = 24
_RATE = 2e-3
_LONGEST_POOL = 12
"""Chunks of pages from which batches of like length are made, so that little is padded."""
_SHIFT, _SCALE = 2.0, 0.03
"""Millimetres and share by which a page is moved and scaled each time it is shown (standard deviations)."""
_FORGOTTEN = 0.3
"""Share of pages whose trigrams are left out here and there, and of their trigrams."""
_AVERAGE = 0.998


def draw_pages(folder: Path, count: int) -> None:
    """Draw ``count`` pages into files of `_CHUNK`; those that are there, or are being drawn by others, are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    for chunk in range(-(-count // _CHUNK)):
        path = folder / f"pages-{chunk:04}.pickle"
        part = path.with_suffix(".part")
        if path.is_file() or part.is_file():
            continue
        part.touch()
        rng = random.Random(f"assignment {chunk}")
        examples = [_packed(draw_example(rng)) for _ in range(_CHUNK)]
        part.write_bytes(pickle.dumps(examples))
        part.replace(path)


def _packed(example: Example) -> Example:
    """The example in half the memory."""
    a = example.arrays
    small = WordArrays(
        np.asarray(a.numbers, np.float16), np.asarray(a.letters, np.uint8), np.asarray(a.grams, np.uint16),
        np.asarray(a.boxes, np.float16), np.asarray(a.lines, np.uint8),
    )  # fmt: skip
    return Example(small, example.tags)


def load_chunk(path: Path) -> list[Example]:
    """Return the pages of one file."""
    examples: list[Example] = pickle.loads(path.read_bytes())
    return examples


def batches(folder: Path, rng: np.random.Generator) -> Iterator[tuple[tuple[Tensor, ...], Tensor]]:
    """Yield endless batches of pages of like length: the net's five inputs, and the tags (-100 where no word is)."""
    while True:
        paths = sorted(folder.glob("pages-*.pickle"))
        chosen = rng.choice(len(paths), min(_LONGEST_POOL, len(paths)), replace=False)
        pages = [page for k in chosen for page in load_chunk(paths[int(k)])]
        pages = [pages[int(k)] for k in rng.permutation(len(pages))]
        groups = []
        for start in range(0, len(pages), 40 * _BATCH):
            part = sorted(pages[start : start + 40 * _BATCH], key=lambda page: len(page.tags))
            groups += [part[k : k + _BATCH] for k in range(0, len(part), _BATCH)]
        for k in rng.permutation(len(groups)):
            yield collate([_moved(rng, page) for page in groups[int(k)]])


def collate(pages: Sequence[Example]) -> tuple[tuple[Tensor, ...], Tensor]:
    """Return pages as one batch, as long as the longest of them."""
    longest = max(len(page.tags) for page in pages)

    def stacked(arrays: Sequence[np.ndarray], kind: type, blank: int = 0) -> Tensor:
        out = np.full((len(arrays), longest, *arrays[0].shape[1:]), blank, kind)
        for row, array in zip(out, arrays, strict=True):
            row[: len(array)] = array
        return torch.from_numpy(out)

    inputs = (
        stacked([p.arrays.numbers for p in pages], np.float32), stacked([p.arrays.letters for p in pages], np.int64),
        stacked([p.arrays.grams for p in pages], np.int64), stacked([p.arrays.boxes for p in pages], np.float32),
        stacked([p.arrays.lines for p in pages], np.int64, -1),
    )  # fmt: skip
    return inputs, stacked([p.tags for p in pages], np.int64, -100)


def _moved(rng: np.random.Generator, page: Example) -> Example:
    """The page a little elsewhere and in another size, some of its trigrams forgotten."""
    shift, scale = rng.normal(0, _SHIFT, 2), rng.normal(1, _SCALE)
    numbers, boxes = page.arrays.numbers.astype(np.float32), page.arrays.boxes.astype(np.float32)
    boxes = boxes * scale + np.tile(shift, 2)
    horizontal = (0, 1, 6, 7)
    numbers[:, horizontal] = numbers[:, horizontal] * scale + shift[0] / PAGE_MM[0]
    numbers[:, 2:4] = numbers[:, 2:4] * scale + shift[1] / PAGE_MM[1]
    grams = page.arrays.grams
    if rng.random() < _FORGOTTEN:
        grams = np.where(rng.random(grams.shape) < _FORGOTTEN, 0, grams)
    arrays = WordArrays(numbers, page.arrays.letters, grams.astype(np.int64), boxes, page.arrays.lines)
    return Example(arrays, page.tags)


def tag_weights() -> Tensor:
    """How much a mistake at each tag costs: items that only the page tells most, labels least."""
    weights = torch.ones(word_tags.COUNT)
    weights[word_tags.OTHER_VALUE + 1 :] = 0.5
    for item in word_tags.ITEMS:
        weights[word_tags.value_tag(item)] = 2.0 if item in word_tags.PAGE_ALONE else 1.2
    return weights


def train(net: AssignmentNet, folder: Path, steps: int, minutes: float, checkpoint: Path) -> dict[str, float]:
    """Train until ``steps`` or ``minutes`` of processor time are used up; returns steps, pages and minutes in all.

    The net ends with the average of its weights over the last steps.
    """
    optimiser = torch.optim.AdamW(net.parameters(), lr=_RATE, weight_decay=0.02, betas=(0.9, 0.98))
    average = {name: value.clone() for name, value in net.state_dict().items()}
    done = {"step": 0.0, "minutes": 0.0}
    if checkpoint.is_file():
        state = torch.load(checkpoint, weights_only=True)
        net.load_state_dict(state["net"])
        optimiser.load_state_dict(state["optimiser"])
        average, done = state["average"], state["done"]
    start, before, losses, weights = time.process_time(), done["minutes"], [], tag_weights()
    net.train()
    for inputs, tags in batches(folder, np.random.default_rng(int(done["step"]) + 1)):
        if done["step"] >= steps or done["minutes"] - before > minutes:
            break
        for group in optimiser.param_groups:
            group["lr"] = _RATE * min(1.0, (done["step"] + 1) / 200) * (0.01 + 0.99 * _cosine(done["step"] / steps))
        with torch.autocast("cpu", dtype=torch.bfloat16):  # twice as fast
            answers = net(*inputs)
        loss = functional.cross_entropy(
            answers.float().flatten(0, 1), tags.flatten(), weight=weights, label_smoothing=0.01, ignore_index=-100
        )
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        losses.append(float(loss.detach()))
        done["step"] += 1
        done["minutes"] = before + (time.process_time() - start) / 60
        share = min(1 - _AVERAGE, 1.0) if done["step"] > 800 else 0.05
        with torch.no_grad():
            for name, value in net.state_dict().items():
                average[name].lerp_(value, share)
        if done["step"] % 100 == 0:
            print(f"step {done['step']:.0f} loss {np.mean(losses[-100:]):.4f} cpu {done['minutes']:.1f}", flush=True)
            state = {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "average": average, "done": done}
            torch.save(state, checkpoint.with_suffix(".part"))
            checkpoint.with_suffix(".part").replace(checkpoint)
    net.load_state_dict(average)
    return {**done, "pages": done["step"] * _BATCH}


def _cosine(share: float) -> float:
    return 0.5 + 0.5 * math.cos(math.pi * min(1.0, share))


def _main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, default=150_000)
    options.add_argument("--steps", type=int, default=16_000)
    options.add_argument("--minutes", type=float, default=90.0, help="processor time of this run at most")
    options.add_argument("--folder", type=Path, default=Path(".cache/assignment"))
    options.add_argument("--out", type=Path, default=HOME)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--draw-only", action="store_true")
    options.add_argument("--no-draw", action="store_true")
    given = options.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(given.threads)
    if not given.no_draw:
        draw_pages(given.folder, given.pages)
    if given.draw_only:
        return
    net = AssignmentNet()
    done = train(net, given.folder, given.steps, given.minutes, given.folder / f"{given.out.name}.pt")
    export(net, given.out, done)
    print(done)


if __name__ == "__main__":
    _main()
