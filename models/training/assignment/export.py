"""Writes the assignment net as ONNX, with its config and hashes."""

import json
from collections.abc import Mapping
from pathlib import Path

import torch

from engine.visual.items.tagging import word_features, word_tags
from models.training.assignment.net import AssignmentNet
from models.training.half import store_in_half
from models.training.sums import write_sums

INPUTS = ("numbers", "letters", "grams", "boxes", "lines")


def export(net: AssignmentNet, folder: Path, training: Mapping[str, float | str]) -> None:
    """Write ``model.onnx``, ``config.json`` and ``SHA256SUMS``; ``training`` is what the config says of it."""
    folder.mkdir(parents=True, exist_ok=True)
    net.eval()
    words = 60
    example = (
        torch.rand(1, words, word_features.COUNT),
        torch.randint(0, word_features.LETTER_CLASSES, (1, words, word_features.MOST_LETTERS)),
        torch.randint(0, word_features.GRAM_CLASSES, (1, words, word_features.MOST_GRAMS)),
        80 * torch.rand(1, words, 4),
        torch.arange(words)[None] // 3,
    )
    torch.onnx.export(
        net, example, str(folder / "model.onnx"), dynamo=False, opset_version=17, input_names=list(INPUTS),
        output_names=["logits"], dynamic_axes={name: {1: "words"} for name in (*INPUTS, "logits")},
    )  # fmt: skip
    store_in_half(folder / "model.onnx")
    config = {
        "version": folder.name, "numbers": word_features.COUNT, "letters": word_features.LETTERS,
        "tags": list(word_tags.NAMES),
        "training": dict(training),
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    write_sums(folder)
