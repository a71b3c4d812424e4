"""Writes the model folder of the tesseract reader from a training checkpoint.

``python -m models.training.tesseract.export`` takes the checkpoint of `train_tesseract`'s work folder.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import torch

from models.training.sums import write_sums
from models.training.tesseract import file as tf
from models.training.tesseract.net import BORDER, HEIGHT, SPEC, LineNet, export
from models.training.tesseract.train import WORK

NAME = "tesseract_ocrb_v1"
FILES = ("config.json", "ocrb.traineddata")


def write_folder(checkpoint: Path, folder: Path, *, integer: bool = True) -> None:
    """Write weights, config and hashes; a card that is already there stays."""
    kept: dict[str, Any] = torch.load(checkpoint, weights_only=True)
    net = LineNet().eval()
    net.load_state_dict(kept["average"])
    folder.mkdir(exist_ok=True)
    (folder / "ocrb.traineddata").write_bytes(export(net, integer=integer))
    counts = kept["counts"]
    config = {
        "language": "ocrb",
        "alphabet": tf.ALPHABET,
        "height": HEIGHT,
        "border": BORDER,
        "margin": 0.2,
        "network": SPEC,
        "weights": "8-bit" if integer else "double",
        "trained": {
            "steps": counts["step"],
            "lines": counts["lines"],
            "processor_minutes": round(counts["seconds"] / 60, 1),
        },
    }
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    write_sums(folder, FILES)


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=WORK / "checkpoint.pt")
    parser.add_argument("--folder", type=Path, default=Path(__file__).parents[2] / NAME)
    parser.add_argument("--double", action="store_true", help="keep the weights as floating-point numbers")
    options = parser.parse_args()
    write_folder(options.checkpoint, options.folder, integer=not options.double)


if __name__ == "__main__":
    _main()
