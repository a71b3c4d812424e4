"""Stores a network's large weights in eight bits: a quarter of the file, and nearly the same answers.

onnxruntime multiplies them out once, when it opens the file; what it computes afterwards takes as long as before.
"""

from typing import Final

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

LEAST_STORED: Final = 4096
"""Tensors with fewer weights stay as they are: they are a small part of the file, and some of them are sensitive."""


def store_in_eight_bits(model: onnx.ModelProto) -> None:
    """Replace large weights of ``model`` by whole numbers, which the graph multiplies by a scale for each output."""
    graph = model.graph
    uses = {name: node.op_type for node in graph.node for name in node.input}
    for weight in [w for w in graph.initializer if w.data_type == onnx.TensorProto.FLOAT]:
        values = numpy_helper.to_array(weight)
        if values.ndim < 2 or values.size < LEAST_STORED:
            continue
        # Convolutions have their outputs first, matrices that something is multiplied by have them last.
        outputs = 0 if uses[weight.name] in {"Conv", "Gemm"} else values.ndim - 1
        whole, scales = _rounded(values, outputs)
        name = weight.name
        graph.initializer.remove(weight)
        graph.initializer.append(numpy_helper.from_array(whole, f"{name}.whole"))
        graph.initializer.append(numpy_helper.from_array(scales, f"{name}.scales"))
        graph.node.insert(0, helper.make_node("Mul", [f"{name}.cast", f"{name}.scales"], [name]))
        graph.node.insert(0, helper.make_node("Cast", [f"{name}.whole"], [f"{name}.cast"], to=onnx.TensorProto.FLOAT))
    onnx.checker.check_model(model)


def _rounded(values: NDArray[np.float32], outputs: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Whole numbers within ±127 and the scales that give ``values`` back; one for each index of axis ``outputs``."""
    others = tuple(axis for axis in range(values.ndim) if axis != outputs)
    scales = np.maximum(np.abs(values).max(axis=others, keepdims=True), 1e-9) / 127
    return np.round(values / scales).astype(np.int8), scales.astype(np.float32)
