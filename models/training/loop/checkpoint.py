"""Checkpoints: what a training that was stopped goes on from."""

from pathlib import Path
from typing import Any

import torch


def save_checkpoint(path: Path, state: dict[str, Any]) -> None:
    """Write a checkpoint; a write that is broken off leaves the one before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".part")
    torch.save(state, new)
    new.replace(path)


def load_checkpoint(path: Path) -> dict[str, Any] | None:
    """Return a checkpoint, its tensors on the processor, or None where there is none."""
    if not path.is_file():
        return None
    state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return state
