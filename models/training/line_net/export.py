"""Write a trained line net as a model folder: ``model.onnx``, ``config.json``, ``SHA256SUMS``."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import nn

from models.training.eight_bits import store_in_eight_bits
from models.training.line_net.recipes import Recipe
from models.training.sums import write_sums

HOME = Path(__file__).parents[2]


class _Scored(nn.Module):  # type: ignore[misc]
    """A net that answers log probabilities."""

    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.net = net

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.log_softmax(self.net(x), 2)


def export_model(
    net: nn.Module, recipe: Recipe, *, trained: Mapping[str, Any], temperature: float = 1.0, home: Path = HOME
) -> Path:
    """Write the folder of a model; its ``README.md`` is written by `line_net.evaluate`. Returns the folder."""
    folder = home / recipe.name
    folder.mkdir(exist_ok=True)
    _write_onnx(_Scored(net).eval(), recipe, folder / "model.onnx")
    if recipe.eight_bits:
        model = onnx.load(str(folder / "model.onnx"))
        store_in_eight_bits(model)
        onnx.save(model, str(folder / "model.onnx"))
    config = {
        "version": recipe.name,
        "title": recipe.title,
        "alphabet": recipe.alphabet,
        "height": recipe.height,
        "margin": recipe.margin,
        "stride": recipe.stride,
        "normalisation": "(x - mean) / (spread + 8)",
        "blank": 0,
        "even_pitch": recipe.even_pitch,
        "temperature": temperature,
        "trained": dict(trained),
    }
    (folder / "config.json").write_text(json.dumps(config, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    write_sums(folder)
    return folder


def _write_onnx(net: nn.Module, recipe: Recipe, path: Path) -> None:
    example = torch.zeros(2, 1, recipe.height, 320)
    torch.onnx.export(
        net,
        (example,),
        str(path),
        dynamo=False,
        input_names=["pictures"],
        output_names=["log_probabilities"],
        dynamic_axes={"pictures": {0: "n", 3: "width"}, "log_probabilities": {0: "n", 1: "frames"}},
        opset_version=17,
    )
    onnx.checker.check_model(onnx.load(str(path)))
