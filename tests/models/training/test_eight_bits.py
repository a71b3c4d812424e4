"""Large weights in eight bits: smaller, nearly the same answers; small ones untouched."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnx", reason="onnx is installed by `make train` only")

import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from models.training.eight_bits import store_in_eight_bits

RNG = np.random.default_rng(3)
PICTURE = RNG.normal(size=(1, 16, 5, 7)).astype(np.float32)


def network() -> onnx.ModelProto:
    """A convolution with outputs of very unlike size, then a small matrix."""
    kernel = (RNG.normal(size=(32, 16, 3, 3)) * np.logspace(-3, 1, 32)[:, None, None, None]).astype(np.float32)
    weights = [
        numpy_helper.from_array(kernel, "kernel"),
        numpy_helper.from_array(np.eye(5, dtype=np.float32), "small"),
    ]
    nodes = [
        helper.make_node("Conv", ["x", "kernel"], ["seen"]),
        helper.make_node("MatMul", ["seen", "small"], ["y"]),
    ]
    shapes = {"x": PICTURE.shape, "y": (1, 32, 3, 5)}
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items()]
    graph = helper.make_graph(nodes, "net", ends[:1], ends[1:], weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def answer(model: onnx.ModelProto, path: Path) -> np.ndarray:
    onnx.save(model, str(path))
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"x": PICTURE})[0])


def test_each_output_keeps_its_answers(tmp_path: Path) -> None:
    model = network()
    before = answer(model, tmp_path / "before.onnx")
    store_in_eight_bits(model)
    after = answer(model, tmp_path / "after.onnx")
    spread = before.std(axis=(0, 2, 3))
    assert np.all(np.abs(after - before).max(axis=(0, 2, 3)) < 0.05 * spread)
    assert (tmp_path / "after.onnx").stat().st_size < 0.4 * (tmp_path / "before.onnx").stat().st_size
    assert "small" in {weight.name for weight in model.graph.initializer}
