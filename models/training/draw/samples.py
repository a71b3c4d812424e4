"""Writes a set of generated pictures with their truth.

``python -m models.training.draw.samples OUT --count N --seed S`` is the command.

Picture number i depends on the seed and i alone, so a longer set begins with the shorter one.
"""

import argparse
import json
import sys
from pathlib import Path

import cv2
import numpy as np

from models.training.draw.capture.kinds import KINDS, negative, take
from models.training.draw.capture.picture import Picture
from models.training.draw.manifest import save_pictures, write_picture
from models.training.draw.pages.draw import LAYOUTS, draw_page
from models.training.draw.specimens import contract_sample
from models.training.draw.type.fonts import FontsMissing

NEGATIVES = 0.04
"""Share of pictures without a document."""


def make_picture(seed: int, index: int, *, kind: str | None = None, layout: str | None = None) -> Picture:
    """Picture ``index`` of the set of ``seed``.

    ``kind`` is one of `KINDS`, ``negative`` or None for a mixture; ``layout`` one of `LAYOUTS` or None.
    """
    rng = np.random.default_rng((seed, index))
    nothing = rng.random() < NEGATIVES
    if kind == "negative" or (kind is None and layout is None and nothing):
        return negative(rng)
    return take(rng, draw_page(rng, layout), kind)


def write_set(folder: Path, count: int, seed: int, *, kind: str | None = None, layout: str | None = None) -> None:
    """Write ``count`` pictures into ``folder``, then ``manifest.jsonl``; shows progress on a terminal."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / "manifest.part"
    with part.open("w", encoding="utf-8") as manifest:
        for index in range(count):
            picture = make_picture(seed, index, kind=kind, layout=layout)
            line = write_picture(picture, folder, f"s{seed}_{index:04d}")
            manifest.write(json.dumps(line, ensure_ascii=False) + "\n")
            if sys.stderr.isatty():
                print(f"\r{index + 1}/{count}", end="" if index + 1 < count else "\n", file=sys.stderr, flush=True)
    part.replace(folder / "manifest.jsonl")


def main() -> None:
    """Read the command line and write the set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=[*KINDS, "negative"])
    parser.add_argument("--layout", choices=list(LAYOUTS))
    parser.add_argument("--contract-sample", action="store_true", help="the sample of the contract document instead")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    try:
        _write_asked(arguments)
    except FontsMissing as missing:
        sys.exit(f"no pictures can be drawn: {missing}")


def _write_asked(arguments: argparse.Namespace) -> None:
    if arguments.contract_sample:
        save_pictures(arguments.folder, {"contract_sample": contract_sample(arguments.seed)})
        return
    write_set(arguments.folder, arguments.count, arguments.seed, kind=arguments.kind, layout=arguments.layout)


if __name__ == "__main__":
    main()
