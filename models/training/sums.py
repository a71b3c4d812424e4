"""The hashes that `models.open_model` checks."""

import hashlib
from pathlib import Path

FILES = ("config.json", "model.onnx")


def write_sums(folder: Path) -> None:
    """Write ``SHA256SUMS`` over the weights and the config of a line net."""
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in FILES]
    (folder / "SHA256SUMS").write_text("".join(lines))
