"""The hashes that `engine.weights.open_model` checks."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

FILES = ("config.json", "model.onnx")


def write_sums(folder: Path, files: Sequence[str] = FILES) -> None:
    """Write ``SHA256SUMS`` over the weights and the config of a model folder."""
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in files]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
