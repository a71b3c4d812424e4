"""Writes the model folder of the tesseract reader: weights, config and hashes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.training.sums import write_sums
from models.training.tesseract import file as tf
from models.training.tesseract.net import BORDER, HEIGHT, SPEC, LineNet, export

NAME = "tesseract_ocrb_v1"
FILES = ("config.json", "ocrb.traineddata")


def write_folder(net: LineNet, folder: Path, trained: Mapping[str, Any]) -> None:
    """Write a trained net, which is on the processor, with 8-bit weights; a card that is already there stays."""
    folder.mkdir(exist_ok=True)
    (folder / "ocrb.traineddata").write_bytes(export(net.eval(), integer=True))
    config = {
        "language": "ocrb",
        "alphabet": tf.ALPHABET,
        "height": HEIGHT,
        "border": BORDER,
        "margin": 0.2,
        "network": SPEC,
        "weights": "8-bit",
        "trained": dict(trained),
    }
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    write_sums(folder, FILES)
