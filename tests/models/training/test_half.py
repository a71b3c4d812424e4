"""Weights in half precision: half the size, the same answers but for rounding."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest

onnx = pytest.importorskip("onnx")

from models.training.half import store_in_half  # noqa: E402


def test_large_weights_take_two_bytes_and_the_net_answers_as_before(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    large, small = (rng.normal(size=size).astype(np.float32) for size in ((64, 128), (128,)))
    path = tmp_path / "model.onnx"
    nodes = [
        onnx.helper.make_node("MatMul", ["x", "large"], ["y"]),
        onnx.helper.make_node("Add", ["y", "small"], ["z"]),
    ]
    ends = [
        onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [1, n])
        for name, n in (("x", 64), ("z", 128))
    ]
    weights = [onnx.numpy_helper.from_array(values, name) for values, name in ((large, "large"), (small, "small"))]
    graph = onnx.helper.make_graph(nodes, "net", ends[:1], ends[1:], weights)
    onnx.save(onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8), path)
    x, before = rng.normal(size=(1, 64)).astype(np.float32), path.stat().st_size
    wanted = onnxruntime.InferenceSession(path).run(None, {"x": x})[0]
    store_in_half(path)
    assert path.stat().st_size < 0.6 * before
    assert np.allclose(onnxruntime.InferenceSession(path).run(None, {"x": x})[0], wanted, atol=0.05)
    kept = {weight.name: weight.data_type for weight in onnx.load(path).graph.initializer}
    assert kept == {"large_half": onnx.TensorProto.FLOAT16, "small": onnx.TensorProto.FLOAT}
