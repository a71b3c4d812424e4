"""Stores the weights of a network in half precision: the file has half the size, what it answers hardly changes.

The network computes as before: each weight is made a float of 32 bits when the file is opened.
"""

from pathlib import Path
from typing import Final

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

_FEWEST: Final = 256
"""Numbers of a weight that is worth it."""


def store_in_half(path: Path) -> None:
    """Rewrite the ONNX file with its large weights as float16, each behind a node that casts it back."""
    model = onnx.load(str(path))
    graph = model.graph
    casts, weights = [], []
    for weight in graph.initializer:
        values = numpy_helper.to_array(weight)
        if weight.data_type != TensorProto.FLOAT or values.size < _FEWEST:
            weights.append(weight)
            continue
        stored = f"{weight.name}_half"
        weights.append(numpy_helper.from_array(values.astype(np.float16), stored))
        casts.append(helper.make_node("Cast", [stored], [weight.name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(weights)
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
