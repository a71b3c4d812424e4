"""Opens and runs our networks: the one place that knows onnxruntime."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelDamaged, ReaderCrashed, ReaderMissing
from engine.values.pictures import Pixels
from engine.weights import HashMismatch, model_config, open_model


@dataclass(frozen=True, slots=True)
class Network:
    """An opened network: its ``name``, what its ``config.json`` says, and a session that threads may share."""

    name: str
    config: dict[str, Any]
    session: Any

    def run(self, plane: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what the network makes of one H×W picture, without the batch axis.

        Raises:
            ReaderCrashed: it failed.
        """
        size = f"{plane.shape[1]}×{plane.shape[0]} px"
        return self._answer({self.session.get_inputs()[0].name: plane[None]}, size)

    def answer(self, inputs: Mapping[str, NDArray[Any]]) -> NDArray[np.float32]:
        """Return what the network makes of ``inputs`` by name, all without the batch axis.

        Raises:
            ReaderCrashed: it failed.
        """
        shapes = ", ".join(f"{name} {values.shape}" for name, values in inputs.items())
        return self._answer(inputs, shapes)

    def _answer(self, inputs: Mapping[str, NDArray[Any]], size: str) -> NDArray[np.float32]:
        """The answer to ``inputs``, which are of ``size``."""
        try:
            answer = self.session.run(None, {name: values[None] for name, values in inputs.items()})
        except Exception as error:  # onnxruntime's errors have no public base class
            raise ReaderCrashed(f"{self.name} failed on {size}") from error
        return np.asarray(answer[0][0], np.float32)


def open_network(model: str, *, threads: int = 1) -> Network:
    """Open a folder of ``models``, its files checked against their hashes.

    Raises:
        ReaderMissing: onnxruntime is not installed.
        ModelDamaged: a file of the model is missing or not the one it should be.
    """
    try:
        folder = open_model(model)
    except HashMismatch as error:
        raise ModelDamaged(str(error)) from error
    try:
        import onnxruntime
    except ImportError as error:
        raise ReaderMissing("onnxruntime is not installed: pip install onnxruntime") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = 3
    # Each picture has sizes of its own: memory kept for the next one of the same size only grows. Two processes took
    # 699 MB with it and 539 without (python -m benchmarks.batch long --items all --pictures 800).
    options.enable_mem_pattern = options.enable_cpu_mem_arena = False
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
    return Network(model, model_config(folder), session)


def normalised(pixels: Pixels) -> NDArray[np.float32]:
    """Return a picture with mean 0 and standard deviation about 1, as all our networks take it."""
    mean, spread = cv2.meanStdDev(pixels)  # one pass over whole numbers
    return (pixels.astype(np.float32) - np.float32(mean[0, 0])) / np.float32(spread[0, 0] + 8)
